"""The directory of places and services: HSDS in and out, opening hours, and search. Knows no cases and no Flask.

Where to look: `models` (the tables), `importer.import_package`, `search.search`, `search.categories_in_use`,
`detail.service_detail`, `documents.reindex`, `export.export_package`, `hours` (pure functions on opening hours).
"""
