"""What the pages about places show."""

from portal.resources.queries.asked import Asked, asked
from portal.resources.queries.finding import Found, Offered, SearchPage, find, offered, suggestions
from portal.resources.queries.keeping import Keeping, WordWaiting, detail_of, keeping, look_up
from portal.resources.queries.places import Compared, PlacePage, Sheet, compared, own_case, place, place_page, sheets

__all__ = [
    "Asked",
    "Compared",
    "Found",
    "Keeping",
    "Offered",
    "PlacePage",
    "SearchPage",
    "Sheet",
    "WordWaiting",
    "asked",
    "compared",
    "detail_of",
    "find",
    "keeping",
    "look_up",
    "offered",
    "own_case",
    "place",
    "place_page",
    "sheets",
    "suggestions",
]
