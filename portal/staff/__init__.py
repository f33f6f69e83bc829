"""Staff's own pages: the caseload, one client's page, what waits for an answer, opening and closing a case."""
