"""The pages of releases: a client signs who may be told what, sees it, and takes it back (DOMAIN 2.7)."""
