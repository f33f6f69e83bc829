"""The pages a place sees: it reads what it was told about one referral, and answers once, without an account."""
