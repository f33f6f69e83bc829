"""Pages of goals, steps and the plan."""

from portal.plans.views import goals, plan, ratings, steps
from portal.plans.views.blueprint import bp

__all__ = ["bp", "goals", "plan", "ratings", "steps"]
