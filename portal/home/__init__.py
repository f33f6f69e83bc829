"""The first page: where each kind of person begins, and what needs two features at once."""
