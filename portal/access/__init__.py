"""Who may do what, and who sees which rows. The policy table and the scope; knows of no page."""
