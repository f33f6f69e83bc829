"""Messages between a client and those who work with them, a supporter's line to staff, and staff's private notes."""
