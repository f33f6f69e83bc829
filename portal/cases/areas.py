"""The parts of life that strengths and goals are sorted by (DOMAIN 2.1): our seven, or an organisation's own.

A key is stored with each row and never changes; what people read is a label. An organisation can rename a part, put
the parts in its own order, stop offering one, and add some. What was sorted before keeps its place and its name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import i18n
from portal.db import Base
from portal.i18n import _l

#: The paper sheet has six, seven or nine (DOMAIN 2.1); more than twelve no longer print on one page.
MOST_AREAS = 12


@dataclass(frozen=True, slots=True)
class Area:
    """One part of life: its stored key and what a client calls it."""

    key: str
    label: Any


AREAS: tuple[Area, ...] = (
    Area("home", _l("My home and daily life")),
    Area("money", _l("My money, benefits and things I own")),
    Area("work_learning", _l("My work and learning")),
    Area("people", _l("People who matter to me")),
    Area("health", _l("My health and feeling well")),
    Area("fun", _l("What I do for fun")),
    Area("meaning", _l("What gives me meaning: faith, culture, values")),
)
_OURS = {area.key: area.label for area in AREAS}


class OrganisationArea(Base):
    """One part of life as this organisation has it. While there is no row, the seven of ours are offered."""

    __tablename__ = "organisation_area"
    key: Mapped[str] = mapped_column(unique=True)
    rank: Mapped[int]
    #: The organisation's own name for it, by language; nothing where our words (or another language) serve.
    labels: Mapped[dict[str, Any]]
    offered: Mapped[bool] = mapped_column(default=True)

    @property
    def label(self) -> str:
        """Its name in the language being spoken: the organisation's, else ours, else in whatever language there is."""
        said = self.labels.get(i18n.language()) or str(_OURS.get(self.key, ""))
        return said or self.labels.get("en") or next((str(text) for text in self.labels.values() if text), self.key)


@dataclass(frozen=True, slots=True)
class Areas:
    """The parts of life of this organisation, with labels in the language being spoken."""

    offered: Sequence[Area]
    labels: Mapping[str, str]

    @classmethod
    def of(cls, rows: Sequence[OrganisationArea]) -> Self:
        """From what the organisation decided; ours if it decided nothing."""
        labels = {key: str(label) for key, label in _OURS.items()} | {row.key: row.label for row in rows}
        listed = [Area(row.key, row.label) for row in rows if row.offered] if rows else list(AREAS)
        return cls(listed, labels)

    def choices(self, held: str = "") -> list[tuple[str, Any]]:
        """The parts as a form offers them, and the one a row is held in, offered or not."""
        listed = [(area.key, area.label) for area in self.offered]
        return listed if not held or self.has(held) else [*listed, (held, self.label_of(held))]

    def has(self, key: str) -> bool:
        """Whether a new entry can go there."""
        return any(area.key == key for area in self.offered)

    def label_of(self, key: str) -> str:
        """What a client calls it, also one that is offered no more; the key itself when nobody knows it."""
        return self.labels.get(key, key)


_ROWS = select(OrganisationArea).order_by(OrganisationArea.rank, OrganisationArea.key)


def areas_in_use(session: Session) -> Areas:
    """The parts of life this organisation works with. One query; this table belongs to no case."""
    return Areas.of(session.scalars(_ROWS).all())
