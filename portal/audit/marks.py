"""What a client has not looked at yet of the answers they got. A record of looking, so showing a page may write it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from portal.audit.models import ReadMark
from portal.cases.models import ReviewItem, ReviewKind


def has_new_answer(subject_id: InstrumentedAttribute[UUID], kind: ReviewKind) -> ColumnElement[bool]:
    """The condition that staff answered something of this kind and `:reader` has not seen the answer.

    Args:
        subject_id: the column of the row that the answer is about.
        kind: what the client asked or wrote.
    """
    item, mark = aliased(ReviewItem), aliased(ReadMark)  # the query around this may ask for review items itself
    seen = exists().where(
        mark.subject_id == item.subject_id,
        mark.person_id == bindparam("reader"),
        mark.read_at >= item.answered_at,
    )
    return exists().where(item.subject_id == subject_id, item.kind == kind, item.answered_at.is_not(None), ~seen)


def note_seen(session: Session, case_id: UUID, subject_id: UUID, reader: UUID, newest: datetime) -> None:
    """Remember that the reader has seen everything up to `newest`.

    Args:
        session: the session of the work.
        case_id: whose case it is.
        subject_id: what was answered.
        reader: who looks.
        newest: the moment of the last answer shown.
    """
    wanted = select(ReadMark).where(ReadMark.subject_id == subject_id, ReadMark.person_id == reader)
    mark = session.scalars(wanted).first()
    if mark is None:
        session.add(ReadMark(case_id=case_id, person_id=reader, subject_id=subject_id, read_at=newest))
    elif mark.read_at < newest:
        mark.read_at = newest
