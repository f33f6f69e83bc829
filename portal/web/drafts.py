"""Drafts: what is typed and not sent is kept at the server: through a time-out, an exit, a dead battery.

SECURITY, decided conflicts 2 and 5, asks for it; WCAG 2.2.6 asks for 20 hours at least.
Every form with room for longer text carries the place it stands in (`PortalForm.draft`). The script sends what is
typed a few seconds later; without it, a form that comes after its session has timed out is kept as it came. Only the
person who wrote it sees it again, on the same form; sending the form clears it.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, bindparam, delete, exists, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import Person
from portal.db import Base, EncryptedText
from portal.work import Work

#: The name of the hidden box that says where a form stands.
FIELD: Final = "draft"
#: A month at the server (UX 4.3, time-outs).
KEPT_FOR: Final = timedelta(days=30)
#: A person has no more unsent forms than this; the oldest goes first.
MOST: Final = 30
#: No longer than all the boxes of our longest form.
LONGEST: Final = 60_000
_LONGEST_PLACE: Final = 300
_PLACE: Final = re.compile(r"/(?:[\w-][\w/-]*)?\|[A-Za-z]\w*\|[\w+-]+", re.ASCII)
_NOT_KEPT: Final = frozenset({"csrf_token", "once", FIELD, "password", "code"})


class Draft(Base):
    """What somebody has typed into one form of one page and not sent."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("person_id", "place"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    place: Mapped[str]
    fields: Mapped[str] = mapped_column(EncryptedText)
    kept_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft, as its form takes it up: the values of each field, and since when."""

    fields: dict[str, list[str]]
    at: datetime


#: Whether the person of the surrounding statement has any draft: part of the statement that finds who asks.
HAS_ANY = exists(select(Draft.id).where(Draft.person_id == Person.id)).correlate(Person)
_ONE = select(Draft).where(Draft.person_id == bindparam("person"), Draft.place == bindparam("place"))


def place_of(path: str, form: str, boxes: Iterable[str]) -> str:
    """Where a form stands: the page's path, which of its forms, and the names of its boxes for longer text."""
    return f"{path}|{form}|{'+'.join(boxes)}"


def page_of(place: str) -> str | None:
    """The path of the page a place is on; None when it is none of ours."""
    return place.partition("|")[0] if len(place) <= _LONGEST_PLACE and _PLACE.fullmatch(place) else None


def keep(work: Work, person_id: UUID, place: str, sent: Mapping[str, Iterable[str]]) -> bool:
    """Keep what was typed into a form, instead of what was kept of it before. With nothing written, nothing is kept.

    Args:
        work: of whoever asks; it commits.
        person_id: who typed it.
        place: the form, as `place_of` names it.
        sent: the values of each field, as a browser sends them.

    Returns:
        whether it is kept: not when the place is none of ours or the text is longer than any form of ours.
    """
    fields = {name: list(values) for name, values in sent.items() if name not in _NOT_KEPT}
    text = json.dumps(fields, ensure_ascii=False)
    if page_of(place) is None or len(text) > LONGEST:
        return False
    draft = _find(work, person_id, place)
    boxes = place.rpartition("|")[2].split("+")
    if not any(value.strip() for box in boxes for value in fields.get(box, ())):
        if draft is not None:
            work.session.delete(draft)
        return False
    if draft is None:
        _make_room(work, person_id)
        draft = Draft(person_id=person_id, place=place)
        work.session.add(draft)
    draft.fields, draft.kept_at = text, work.now
    return True


def kept(work: Work, place: str) -> Kept | None:
    """What the person asking typed into this form and did not send."""
    draft = _find(work, work.actor.id, place)
    return Kept(json.loads(draft.fields), draft.kept_at) if draft is not None else None


def clear(work: Work, place: str) -> None:
    """Forget what the person asking typed into this form: it was sent, or is not wanted."""
    gone = delete(Draft).where(Draft.person_id == work.actor.id, Draft.place == place)
    work.session.execute(gone, execution_options={"synchronize_session": False})


def forget_old(work: Work) -> None:
    """Remove what nobody came back for. The worker calls it now and then."""
    work.session.execute(delete(Draft).where(Draft.kept_at < work.now - KEPT_FOR))


def _find(work: Work, person_id: UUID | None, place: str) -> Draft | None:
    return work.session.scalars(_ONE, {"person": person_id, "place": place}).first()


def _make_room(work: Work, person_id: UUID) -> None:
    newest = select(Draft.id).where(Draft.person_id == person_id).order_by(Draft.kept_at.desc(), Draft.id)
    for old in work.session.scalars(newest.offset(MOST - 1)).all():
        work.session.execute(delete(Draft).where(Draft.id == old))
