"""The organisation before its first client: its administrator, and what they set up: programmes, staff, the team."""

from datetime import datetime, timedelta

from portal.accounts import commands as accounts
from portal.admin import commands as admin
from portal.cases.models import Programme
from portal.demo import keys
from portal.demo.cast import OFFICE_HOURS, PROGRAMMES, STAFF, TEAMS
from portal.demo.people import StaffMember
from portal.demo.stage import Stage
from portal.office import decide
from portal.roles import Post
from portal.work import Work

_LATER = timedelta(hours=1)


def found(stage: Stage, moment: datetime) -> None:
    """Set the organisation up: an operator adds the first administrator, who adds everybody else."""
    first = next(member for member in STAFF if (Post.ADMINISTRATOR, None) in member.posts)
    with stage.everywhere(moment) as work:
        _hire(stage, work, first)
    with stage.as_staff(first.key, moment + _LATER) as work:
        for programme in PROGRAMMES:
            stage.programmes[programme.key] = admin.add_programme(work, programme.name).id
        for member in STAFF:
            if member is not first:
                _hire(stage, work, member)
        _teams(stage, work)
        decide(work.session).hours = dict(OFFICE_HOURS)


def _hire(stage: Stage, work: Work, member: StaffMember) -> None:
    """Add a member of staff, who then chooses the password that everybody may read."""
    posts = [(post, None if where is None else stage.programmes[where]) for post, where in member.posts]
    account, _link = admin.add_staff(work, name=member.name, email=member.email, posts=posts)
    accounts.set_password(work, account, keys.password(member.key), settings=stage.light)
    stage.meets_staff(member, account.person_id)


def _teams(stage: Stage, work: Work) -> None:
    for team in TEAMS:
        made = admin.add_team(work, work.get(Programme, stage.programmes[team.programme]), team.name)
        for key in team.members:
            admin.join_team(work, made, stage.memory.people[key])
        stage.meets_team(team, made.id)
