"""Pages of goals, steps and the plan."""

from portal.plans.views import agreement, draft, goals, plan, ratings, signing, steps
from portal.plans.views.blueprint import bp

__all__ = ["agreement", "bp", "draft", "goals", "plan", "ratings", "signing", "steps"]
