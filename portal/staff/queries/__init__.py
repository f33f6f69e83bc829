"""What staff's pages show."""
