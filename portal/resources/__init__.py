"""The pages of the directory: find a place, look at it, save it, ask about it."""
