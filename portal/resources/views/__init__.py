"""Find help: search the directory, look at a place, keep it, take it along, say what is wrong; and its upkeep."""

from portal.resources.views import finding, places, upkeep
from portal.resources.views.blueprint import bp

__all__ = ["bp", "finding", "places", "upkeep"]
