"""Once only: a form that is sent twice, by a double tap or a repeated request, acts once and shows what it made."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from flask import Request
from sqlalchemy import ForeignKey, UniqueConstraint, bindparam, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.work import Work

FIELD = "once"
_LONGEST = 64
#: A page that has lain open this long is read again before its form is sent: no session lasts a day.
KEPT_FOR = timedelta(days=7)


class OnceKey(Base):
    """A form that was acted on: its key, who sent it and where the answer led."""

    __tablename__ = "once_key"
    __table_args__ = (UniqueConstraint("person_id", "key"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    key: Mapped[str]
    location: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)


def once_key() -> str:
    """A fresh key for one form on one page."""
    return uuid4().hex


def key_of(request: Request) -> str | None:
    """The key the form carries, or None when it has none or one that no page of ours made."""
    key = request.form.get(FIELD, "")
    return key if 0 < len(key) <= _LONGEST and key.isalnum() else None


_BEFORE = select(OnceKey.location).where(OnceKey.person_id == bindparam("me"), OnceKey.key == bindparam("key"))


def answered_before(work: Work, key: str) -> str | None:
    """Where the answer to this form led the first time, or None if it is new."""
    return work.session.scalars(_BEFORE, {"me": work.actor.id, "key": key}).first()


def forget_old(work: Work) -> None:
    """Remove the keys of forms that nobody sends again. The worker calls it now and then."""
    work.session.execute(delete(OnceKey).where(OnceKey.created_at < work.now - KEPT_FOR))


def remember(work: Work, key: str, location: str) -> None:
    """Keep where this form's answer leads, in the transaction of what it did."""
    work.session.add(OnceKey(person_id=work.actor.id, key=key, location=location, created_at=work.now))
