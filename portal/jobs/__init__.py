"""Work too long for a page: it waits in a table, a process of its own does it, and a page tells how far it is."""
