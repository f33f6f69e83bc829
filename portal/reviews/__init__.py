"""Looking at the plan together again: what is there to look at, what both say, and the day of the next time."""
