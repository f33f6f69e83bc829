"""One of each thing of group supervision that an address can name, in Ana's case."""

from typing import Any
from uuid import UUID

from portal.cases.models import Case
from portal.group import commands
from portal.plans.models import Goal
from tests.access.personas import World
from tests.make import Make


def build(make: Make, world: World, goal_id: UUID) -> dict[str, Any]:
    """By the name an address uses, the value to put there."""
    with make.work(world.wes, world.case_id) as work:
        case = work.get(Case, world.case_id)
        turn = commands.hold_turn(work, case, work.get(Goal, goal_id))
        (idea,) = commands.note_ideas(work, turn, ["Swim with a friend"])
        commands.offer_ideas(work, case, [idea])
        return {"turn_id": turn.id, "idea_id": idea.id}
