"""A supervisor's week: how full each caseload is, what is overdue, and whether places lead to help."""
