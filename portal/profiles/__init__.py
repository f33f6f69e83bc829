"""Models of practice, as values."""
