"""One row of an HSDS 3.1 table: its values read, its needs checked.

Rules: a row without what makes it useful is refused; a value that is only helpful is left out and said; hours and dates
that cannot be read refuse their row, because wrong hours are worse than none.
"""

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Any, Final

from portal.directory.dialects import Row
from portal.directory.hours import DAYS
from portal.directory.models import TABLES, ServiceStatus
from portal.directory.values import (
    Read,
    Unreadable,
    as_address,
    as_age,
    as_date,
    as_days,
    as_email,
    as_flag,
    as_line,
    as_moment,
    as_names,
    as_number,
    as_phone,
    as_text,
    as_time,
    as_whole,
    as_year,
    language_name,
    one_of,
)
from portal.i18n import _


class Refused(Exception):
    """The row cannot be kept. Its text is a sentence for the report."""


#: The table that a pointer column points into. `parent_*` point into their own table and are set at the end.
POINTERS: Final = {
    "organization_id": "organization",
    "program_id": "program",
    "service_id": "service",
    "location_id": "location",
    "service_at_location_id": "service_at_location",
    "contact_id": "contact",
    "phone_id": "phone",
    "taxonomy_id": "taxonomy",
    "taxonomy_term_id": "taxonomy_term",
    "unit_id": "unit",
}
PARENTS: Final = {"taxonomy_term": "parent_id", "organization": "parent_organization_id"}
#: Pointers without which a row means nothing.
MUST_POINT: Final[dict[str, tuple[str, ...]]] = {
    "program": ("organization_id",),
    "service_at_location": ("service_id", "location_id"),
    "address": ("location_id",),
    "accessibility": ("location_id",),
    "attribute": ("taxonomy_term_id",),
    "cost_option": ("service_id",),
    "required_document": ("service_id",),
    "organization_identifier": ("organization_id",),
    "service_capacity": ("service_id",),
}
#: Tables whose rows must belong to at least one thing.
MUST_BELONG: Final = frozenset({"phone", "contact", "schedule", "language", "service_area", "funding", "url"})
_OHANA_POINTS: Final = {"location": ("organization_id",), "service": ("location_id",)}

_NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "taxonomy": ("name",),
    "taxonomy_term": ("name",),
    "organization": ("name",),
    "program": ("name",),
    "service": ("name",),
    "contact": ("name", "title", "department", "email"),
    "phone": ("number",),
    "address": ("address_1", "city", "postal_code"),
    "language": ("name", "code"),
    "accessibility": ("description", "details"),
    "cost_option": ("option", "amount", "amount_description"),
    "required_document": ("document", "uri"),
    "service_area": ("name", "description", "extent"),
    "funding": ("source",),
    "organization_identifier": ("identifier",),
    "unit": ("name",),
    "url": ("url",),
}
#: What ohana-api's own importer demands of a row beyond that, where the column is there.
_OHANA_NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "location": ("name",),
    "contact": ("name",),
    "phone": ("type",),
    "address": ("address_1", "city", "state_province", "postal_code", "country"),
}
_STATUS: Final = {
    **dict.fromkeys(("active", "open", "activo", "yes", "true", "1"), ServiceStatus.ACTIVE),
    **dict.fromkeys(("inactive", "inactivo", "no", "false", "0", "draft"), ServiceStatus.INACTIVE),
    **dict.fromkeys(("defunct", "closed", "cerrado", "deleted"), ServiceStatus.DEFUNCT),
    "temporarily closed": ServiceStatus.TEMPORARILY_CLOSED,
}
_KINDS_OF_PLACE: Final = {word: word for word in ("physical", "postal", "virtual")} | {"mailing": "postal"}
_FREQUENCIES: Final = {"weekly": "WEEKLY", "monthly": "MONTHLY", "daily": "DAILY"}
_CODES: Final = {day.lower(): day for day in DAYS}
_READERS: Final[dict[str, Callable[[str], Read]]] = {
    **dict.fromkeys(("valid_from", "valid_to", "dtstart", "until", "assured_date"), as_date),
    **dict.fromkeys(("last_modified", "updated"), as_moment),
    **dict.fromkeys(("opens_at", "closes_at"), as_time),
    **dict.fromkeys(
        ("latitude", "longitude", "amount", "available", "maximum"), as_number
    ),
    **dict.fromkeys(("minimum_age", "maximum_age"), as_age),
    **dict.fromkeys(("count", "interval"), as_whole),
    **dict.fromkeys(("url", "website", "uri", "term_uri", "logo", "schedule_link"), as_address),
    **dict.fromkeys(("email", "assurer_email"), as_email),
    **dict.fromkeys(
        (
            "description", "application_process", "fees_description", "eligibility_description", "accreditations",
            "licenses", "alert", "interpretation_services", "transportation", "notes", "document", "details", "note",
            "amount_description", "keywords", "extent", "source", "wait_time",
        ),
        as_text,
    ),
    "year_incorporated": as_year,
    "names": as_names,
    "closed": as_flag,
    "number": as_phone,
    "byday": as_days,
    "location_type": one_of(_KINDS_OF_PLACE, "physical"),
    "address_type": one_of(_KINDS_OF_PLACE, "physical"),
    "freq": one_of(_FREQUENCIES, ""),
    "wkst": one_of(_CODES, ""),
}  # fmt: skip
#: Columns whose unreadable value refuses the row.
_CRITICAL: Final = {
    "schedule": frozenset({"opens_at", "closes_at", "valid_from", "valid_to", "byday", "closed"}),
    "phone": frozenset({"number"}),
    "url": frozenset({"url"}),
}
_OWN: Final = {"service": ("keywords", "payments_accepted"), "schedule": ("closed",), "taxonomy_term": ("names",)}
_EXTENSION = re.compile(r"(.*\d\)?)[\s,;.]*(?:x|ext|extn|extension)[\s.:#]*(\d{1,6})", re.IGNORECASE)
_REMEMBERED: Final = 500
_SHORT: Final = 40
_CLOSED_WORDS = re.compile(r"\b(closed|cerrado|cerrada|fermé|مغلق)\b", re.IGNORECASE)


class TableReader:
    """How the rows of one table are read, in one dialect.

    `pointers` are the columns that hold ids of other rows; `must_point` are those without which the row means nothing.
    """

    def __init__(self, table: str, *, ohana: bool) -> None:
        self.table = table
        columns = TABLES[table].HSDS
        self.must_point = MUST_POINT.get(table, ()) + (_OHANA_POINTS.get(table, ()) if ohana else ())
        self.pointers = tuple(name for name in POINTERS if name in columns or name in self.must_point)
        no_values = {*POINTERS, PARENTS.get(table), "link_id"}
        self.columns = tuple(name for name in (*columns, *_OWN.get(table, ())) if name not in no_values)
        #: What the older dialect's own importer demands; `demand_only` narrows it to what a file ever says.
        self._demanded = _OHANA_NEEDED.get(table, ()) if ohana else ()
        #: By column, what short texts were read as, if nothing had to be said: most come again and again.
        self._known: dict[str, dict[str, Any]] = {name: {} for name in self.columns}
        self._blank = {name: self._value(name, "", []) for name in self.columns}

    def demand_only(self, said: AbstractSet[str]) -> None:
        """Demand no column that a whole file leaves empty: its rows are no worse than each other."""
        self._demanded = tuple(name for name in self._demanded if name in said)

    def read(self, row: Row) -> tuple[dict[str, Any], list[str]]:
        """The typed values of a row, and a sentence for each thing mended.

        Raises:
            Refused: the row lacks what makes it useful, or says something that must not be guessed.
        """
        mended: list[str] = []
        values = dict(self._blank)
        for name, known in self._known.items():
            if text := row.get(name):
                if text in known:
                    values[name] = known[text]
                    continue
                before = len(mended)
                values[name] = self._value(name, text, mended)
                if len(mended) == before and len(known) < _REMEMBERED and len(text) < _SHORT:
                    known[text] = values[name]
        needed = _NEEDED.get(self.table, ())
        if needed and not any(values[name] not in (None, "") for name in needed):
            raise Refused(" ".join((_("It has no %(columns)s.", columns=" / ".join(needed)), *mended)))
        lacking = [name for name in self._demanded if name in row and not values[name]]
        if lacking:
            raise Refused(_("It has no %(columns)s.", columns=", ".join(lacking)))
        check: Callable[[Row, dict[str, Any], list[str]], None] | None = _CHECKS.get(self.table)
        if check:
            check(row, values, mended)
        return values, mended

    def value_of(self, name: str, text: str) -> Any:
        """One value as the text of its cell says it; nothing where it cannot be read."""
        return self._value(name, text, [])

    def _value(self, name: str, text: str, mended: list[str]) -> Any:
        if name == "status":
            return _status(text, mended)
        reader = _READERS.get(name, as_line)
        try:
            value, note = reader(text)
        except Unreadable as problem:
            if name in _CRITICAL.get(self.table, ()):
                raise Refused(f"{name}: {problem}") from None
            mended.append(_("%(column)s is left out: %(reason)s", column=name, reason=str(problem)))
            return reader("")[0]
        if note:
            mended.append(f"{name}: {note}")
        return value


def _status(text: str, mended: list[str]) -> ServiceStatus:
    plain = " ".join(text.lower().replace("_", " ").split())
    if plain and plain not in _STATUS:
        mended.append(_("status: %(value)s is unknown, so the service is kept as inactive.", value=repr(text)))
        return ServiceStatus.INACTIVE
    return _STATUS.get(plain, ServiceStatus.ACTIVE)


def _check_location(_row: Row, values: dict[str, Any], mended: list[str]) -> None:
    latitude, longitude = values["latitude"], values["longitude"]
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None or (latitude, longitude) == (0, 0):
        reason = _("a latitude needs a longitude, and 0, 0 is no place")
    elif 90 < abs(latitude) <= 180 and abs(longitude) <= 90:
        values["latitude"], values["longitude"] = longitude, latitude
        mended.append(_("Latitude and longitude stood in each other’s place."))
        return
    elif abs(latitude) > 90 or abs(longitude) > 180:
        reason = _(
            "latitude %(latitude)s, longitude %(longitude)s is not on Earth", latitude=latitude, longitude=longitude
        )
    else:
        return
    values["latitude"] = values["longitude"] = None
    mended.append(_("The position is left out: %(reason)s.", reason=reason))


def _check_schedule(row: Row, values: dict[str, Any], _mended: list[str]) -> None:
    opens, closes, first, last = (values[name] for name in ("opens_at", "closes_at", "valid_from", "valid_to"))
    if row.get("must") == "day" and not values["byday"]:
        raise Refused(_("It names no day of the week."))
    if row.get("must") == "dates" and first is None:
        raise Refused(_("It has no dates."))
    if first and last and last < first:
        raise Refused(_("It ends before it starts."))
    if (opens is None) != (closes is None):
        raise Refused(_("It opens but does not close, or closes but does not open."))
    if values["freq"] == "DAILY":
        values["freq"], values["byday"] = "WEEKLY", ",".join(DAYS)
    said = f"{values['notes']} {values['description']}"
    dated = first is not None and last is not None
    if opens is None and dated and not values["byday"] and _CLOSED_WORDS.search(said):
        values["closed"] = True
    if values["closed"]:
        values["opens_at"] = values["closes_at"] = None
    elif opens is None and row.get("must") == "dates":
        raise Refused(_("It is not closed, and has no hours."))
    elif opens is None and not values["byday"] and not said.strip() and not values["schedule_link"]:
        raise Refused(_("It says nothing about hours."))
    if dated and last - first > timedelta(days=400) and values["closed"] and not _every_year(first):
        raise Refused(_("It would be closed for more than a year; a status says that."))


def _every_year(day: date) -> bool:
    return day.year == 1


def _check_language(_row: Row, values: dict[str, Any], _mended: list[str]) -> None:
    name = values["name"] or language_name(values["code"])
    values["name"] = name[:1].upper() + name[1:]


def _check_ages(_row: Row, values: dict[str, Any], mended: list[str]) -> None:
    for name in ("minimum_age", "maximum_age"):
        if values[name] is not None and not 0 <= values[name] <= 150:
            mended.append(_("%(column)s is left out: %(value)s is no age.", column=name, value=values[name]))
            values[name] = None


def _check_phone(_row: Row, values: dict[str, Any], mended: list[str]) -> None:
    found = _EXTENSION.fullmatch(values["number"])
    if found and not values["extension"] and sum(c.isdigit() for c in found[1]) >= 7:
        parts = f"{found[1]} / {found[2]}"
        mended.append(_("%(given)s was read as %(value)s.", given=repr(values["number"]), value=parts))
        values["number"], values["extension"] = found[1], found[2]


def _check_cost(_row: Row, values: dict[str, Any], _mended: list[str]) -> None:
    code = values["currency"].upper()
    values["currency"] = code if re.fullmatch("[A-Z]{3}", code) else ""


_CHECKS: Final[dict[str, Callable[[Row, dict[str, Any], list[str]], None]]] = {
    "location": _check_location,
    "schedule": _check_schedule,
    "language": _check_language,
    "service": _check_ages,
    "cost_option": _check_cost,
    "phone": _check_phone,
}
