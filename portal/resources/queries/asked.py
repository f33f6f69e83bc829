"""What a client asked staff about places, with the answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import bindparam, select

from portal.cases.models import Case, ReviewItem, ReviewKind
from portal.resources.models import PlaceRequest
from portal.work import Work


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to staff about a place, and their answer if there is one."""

    request: PlaceRequest
    answer: str
    answered_at: datetime | None


#: Statements are built once: making one costs as much as running it.
_ASKED = (
    select(PlaceRequest, ReviewItem)
    .outerjoin(
        ReviewItem,
        (ReviewItem.subject_id == PlaceRequest.id)
        & (ReviewItem.kind == ReviewKind.PLACE_REQUEST)
        & (ReviewItem.case_id == PlaceRequest.case_id),
    )
    .where(PlaceRequest.case_id == bindparam("case"))
    .order_by(PlaceRequest.asked_at.desc(), PlaceRequest.id)
    .limit(bindparam("most"))
)
_ASKED_ABOUT = _ASKED.where(PlaceRequest.service_id == bindparam("service"))


def asked(work: Work, case: Case, service_id: UUID | None = None, limit: int = 20) -> list[Asked]:
    """What the client asked staff, latest first, with the answers. One query.

    Args:
        work: the unit of work.
        case: who asked.
        service_id: only what was asked about this place.
        limit: no more than so many.
    """
    values = {"case": case.id, "service": service_id, "most": limit}
    wanted = _ASKED if service_id is None else _ASKED_ABOUT
    rows = cast(Iterable[tuple[PlaceRequest, ReviewItem | None]], work.session.execute(wanted, values).all())
    return [
        Asked(request, item.answer_text if item else "", item.answered_at if item else None) for request, item in rows
    ]
