"""Pages of strengths, all on one blueprint."""

from portal.strengths.views import entries, sheet, top
from portal.strengths.views.blueprint import bp

__all__ = ["bp", "entries", "sheet", "top"]
