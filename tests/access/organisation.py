"""One of each thing of the organisation that an address can name, and Ana's case manager as a row of her case."""

from typing import Any

from sqlalchemy import select

from portal.access.actions import Action
from portal.accounts.models import Account
from portal.cases.models import Case, CaseMember, StaffPost, Team, TeamMember
from portal.jobs import commands
from portal.jobs.kinds import JobKind
from tests.access.personas import World
from tests.make import Make


def build(make: Make, world: World) -> dict[str, Any]:
    """By the name an address uses, the value to put there."""
    with make.system() as work:
        case = work.session.get_one(Case, world.case_id)
        team = Team(programme_id=case.programme_id, name="Blue")
        work.session.add(team)
        work.session.flush()
        joined = TeamMember(team_id=team.id, person_id=world.wes.id)
        work.session.add(joined)
        work.session.flush()
        job = commands.start(work, JobKind.DIRECTORY_IMPORT, Action.DIRECTORY_MANAGE, inputs={"file": "county"})
        return {
            "job_id": job.id,
            "programme_id": case.programme_id,
            "team_id": team.id,
            "joined_id": joined.id,
            "account_id": work.session.scalars(select(Account.id).where(Account.person_id == world.wes.id)).one(),
            "post_id": work.session.scalars(select(StaffPost.id).where(StaffPost.person_id == world.wes.id)).one(),
            "colleague_id": work.session.scalars(
                select(CaseMember.id).where(CaseMember.person_id == world.wes.id)
            ).one(),
        }
