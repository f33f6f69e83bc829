"""What the pages of goals and plans show, and what home, staff and supervision pages ask of them.

Every query leaves out the private goals of somebody else; staff get their number and nothing more.
"""

from portal.plans.queries.agreement import Marks, Suggested, marks_on, own_suggestions, suggestions_on
from portal.plans.queries.figures import (
    Figures,
    GoalLine,
    Going,
    NextStep,
    TickedToday,
    due_on_of,
    figures_of,
    goal_lines,
    going_on,
    natural_share_of,
    next_step_of,
    next_steps_of,
    private_goals,
)
from portal.plans.queries.goals import (
    Answer,
    CheerLine,
    GoalPage,
    GoalsPage,
    goal_for,
    goal_page,
    goals_page,
    ladder_of,
    standing_step,
    step_for,
)
from portal.plans.queries.ladders import IndexOn, IndexPage, Rating, Ratings, Said, index_page, ratings_of
from portal.plans.queries.plan import PlanPage, frame_of, helpers_of, plan_page, preview
from portal.plans.queries.rows import DoerChoice, StepRow
from portal.plans.queries.subjects import goals_by_id, requests_by_id, versions_by_id
from portal.plans.queries.supporting import Supporting, goals_for_supporter
from portal.plans.queries.version import Changes, VersionPage, changes_before, changes_since, scan_of, version_page

__all__ = [
    "Answer",
    "Changes",
    "CheerLine",
    "DoerChoice",
    "Figures",
    "GoalLine",
    "GoalPage",
    "GoalsPage",
    "Going",
    "IndexOn",
    "IndexPage",
    "Marks",
    "NextStep",
    "PlanPage",
    "Rating",
    "Ratings",
    "Said",
    "StepRow",
    "Suggested",
    "Supporting",
    "TickedToday",
    "VersionPage",
    "changes_before",
    "changes_since",
    "due_on_of",
    "figures_of",
    "frame_of",
    "goal_for",
    "goal_lines",
    "goal_page",
    "goals_by_id",
    "goals_for_supporter",
    "goals_page",
    "going_on",
    "helpers_of",
    "index_page",
    "ladder_of",
    "marks_on",
    "natural_share_of",
    "next_step_of",
    "next_steps_of",
    "own_suggestions",
    "plan_page",
    "preview",
    "private_goals",
    "ratings_of",
    "requests_by_id",
    "scan_of",
    "standing_step",
    "step_for",
    "suggestions_on",
    "version_page",
    "versions_by_id",
]
