"""Looking after the organisation: people, posts, programmes, teams, ways of working, the directory. No case."""
