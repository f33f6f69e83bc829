"""Pages made for paper: the plan, a keepsake, the sheet for the team. Printed from the browser, or kept as a PDF."""
