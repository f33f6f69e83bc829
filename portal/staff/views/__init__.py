"""Staff's own pages."""

from portal.staff.views import case, client, lists, model, opening
from portal.staff.views.blueprint import bp

__all__ = ["bp", "case", "client", "lists", "model", "opening"]
