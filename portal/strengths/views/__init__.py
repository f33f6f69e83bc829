"""Pages of strengths, all on one blueprint."""

from portal.strengths.views import entries, ratings, sheet, talk, top
from portal.strengths.views.blueprint import bp

__all__ = ["bp", "entries", "ratings", "sheet", "talk", "top"]
