"""The directory for other systems: the read API of HSDS 3.1 under /hsds. Holds facts about places, none about people.

Where to look: `views` (the addresses and answers), `parameters` (what may be asked), `kinds` (what is told, as pages
and streams), `reading` (a session that sees the directory alone), `throttle`, `description` (its OpenAPI document).
"""
