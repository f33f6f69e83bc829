"""A talk about which way of working fits: questions, bands and a transparent score. People decide, never the score."""
