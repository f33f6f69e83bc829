"""Whether the team may know whose sheet it is. Nobody has said so until the client does."""

from sqlalchemy import select

from portal.cases.models import Case
from portal.group.models import GroupChoice
from portal.work import Work


def choice_of(work: Work, case: Case) -> GroupChoice | None:
    """What the client chose, if they did."""
    return work.session.scalars(select(GroupChoice).where(GroupChoice.case_id == case.id)).first()


def name_ok(work: Work, case: Case) -> bool:
    """Whether the client's name may stand on the sheet."""
    found = choice_of(work, case)
    return found is not None and found.name_ok
