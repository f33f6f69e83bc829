"""Pages of goals, steps and the plan."""

from portal.plans.views import draft, goals, plan, ratings, signing, steps
from portal.plans.views.blueprint import bp

__all__ = ["bp", "draft", "goals", "plan", "ratings", "signing", "steps"]
