"""What was done and who looked: an append-only record, chained so that an edit or a gap shows."""
