"""What an organisation makes of the parts of life: names, order, which are offered, and parts of its own."""

from collections.abc import Mapping
from uuid import uuid4

from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.areas import AREAS, MOST_AREAS, OrganisationArea
from portal.i18n import _l
from portal.work import NotFound, Refused, Work


class AreaNameMissing(Refused):
    """A part of life of the organisation's own without a name."""

    says = _l("Write a name in at least one language.")


class TooManyAreas(Refused):
    """More parts of life than fit on one sheet of paper."""

    says = _l("Twelve are the most: more do not fit on one sheet of paper.")


class LastArea(Refused):
    """A sheet without any part of life."""

    says = _l("This is the last one. Offer another one first.")


def add_area(work: Work, labels: Mapping[str, str]) -> OrganisationArea:
    """Add a part of life, at the end.

    Args:
        work: as an administrator.
        labels: its name, by language.

    Raises:
        AreaNameMissing: there is no name in any language.
        TooManyAreas: there are twelve already.
    """
    said = _said(labels)
    if not said:
        raise AreaNameMissing
    rows = _rows(work)
    if sum(row.offered for row in rows) >= MOST_AREAS:
        raise TooManyAreas
    made = OrganisationArea(key=f"own_{uuid4().hex[:12]}", rank=len(rows) + 1, labels=said, offered=True)
    work.session.add(made)
    _record(work, "added", made)
    return made


def name_area(work: Work, key: str, labels: Mapping[str, str]) -> None:
    """Call a part of life something else. Without a name, one of ours is called as we call it.

    Raises:
        NotFound: there is none such.
        AreaNameMissing: it is the organisation's own and would have no name.
    """
    row, said = _row(work, key), _said(labels)
    if not said and key not in {area.key for area in AREAS}:
        raise AreaNameMissing
    row.labels = said
    _record(work, "named", row)


def move_area(work: Work, key: str, *, up: bool) -> None:
    """Let a part of life change places with its neighbour. The first cannot go up; then nothing happens.

    Raises:
        NotFound: there is none such.
    """
    rows = _rows(work)
    at = next((place for place, row in enumerate(rows) if row.key == key), None)
    if at is None:
        raise NotFound(OrganisationArea.__name__)
    to = at + (-1 if up else 1)
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        for rank, row in enumerate(rows, start=1):
            row.rank = rank
        _record(work, "moved", rows[to])


def offer_area(work: Work, key: str, *, on: bool) -> None:
    """Offer a part of life, or no longer. What clients wrote there stays where it is.

    Raises:
        NotFound: there is none such.
        LastArea: none would be left.
        TooManyAreas: twelve are offered.
    """
    row, rows = _row(work, key), _rows(work)
    offered = sum(other.offered for other in rows)
    if on and not row.offered and offered >= MOST_AREAS:
        raise TooManyAreas
    if not on and row.offered and offered == 1:
        raise LastArea
    row.offered = on
    _record(work, "offered" if on else "withdrawn", row)


def _row(work: Work, key: str) -> OrganisationArea:
    found = next((row for row in _rows(work) if row.key == key), None)
    if found is None:
        raise NotFound(OrganisationArea.__name__)
    return found


def _rows(work: Work) -> list[OrganisationArea]:
    """The parts of life in their order. Before the first change there are none: then ours are written down."""
    wanted = select(OrganisationArea).order_by(OrganisationArea.rank, OrganisationArea.key)
    found = list(work.session.scalars(wanted))
    if not found:
        found = [
            OrganisationArea(key=area.key, rank=rank, labels={}, offered=True)
            for rank, area in enumerate(AREAS, start=1)
        ]
        work.session.add_all(found)
        work.session.flush()  # the same look-up again finds them
    return found


def _said(labels: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in labels.items() if text.strip()}


def _record(work: Work, did: str, row: OrganisationArea) -> None:
    work.session.flush()  # the record names its id
    work.record(Event.AREAS_CHANGED, row, did=did, key=row.key)
