"""Who has looked at a client's pages and what was done there, for the client alone."""
