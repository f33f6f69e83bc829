"""Lending a trusted person some powers, and taking them back. The grant itself is a CaseMember row."""
