"""The life of a referral: a place offered, answered, asked, visited, and what came of it (DOMAIN 2.4)."""
