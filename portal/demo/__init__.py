"""A made-up organisation to look round in: its county, its people, and their stories."""
