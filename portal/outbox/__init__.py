"""Messages to people outside the portal: written with the change that caused them, sent afterwards by the worker."""
