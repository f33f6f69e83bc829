"""How far a client has come: their wins in their own words, their ladders and ratings over time. No streaks to lose."""
