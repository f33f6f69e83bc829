"""A first mapping for a table of another making: what each column probably is, for somebody to put right."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from portal.directory.mapping import targets
from portal.directory.records import Records, column_name
from portal.directory.tables import Entries, PackageProblem
from portal.i18n import _

#: What a column is, and what such columns are called. The first that fits the whole name wins.
_NAMES: Final[tuple[tuple[str, str], ...]] = (
    ("service.id", r"(service|program|resource)_?(id|key|number|code)|id|record_id|unique_id"),
    ("organization.id", r"(agency|org|organi[sz]ation|provider)_?(id|key|number|code)"),
    ("organization.name", r"(agency|org|organi[sz]ation|provider|company|parent)(_?name)?"),
    ("service.name", r"(service|program|resource|site_program)(_?name|_title)?|name|title|nombre"),
    ("service.alternate_name", r"(alternate|other|short)_?name|aka|acronym"),
    ("location.name", r"(site|location|facility|place|branch|building)(_?name)?"),
    (
        "service.description",
        (
            r"(long_|full_|service_|program_|agency_)?(description|about|summary|services_provided"
            r"|details|descripcion)"
        ),
    ),
    (
        "address.address_1",
        (
            r"(street_?)?address(_?1|_line_?1|_street)?|street|street_address|direccion|addr"
            r"|physical_address"
        ),
    ),
    ("address.address_2", r"address_?2|address_line_?2|suite|unit|apt|floor"),
    ("address.city", r"city|town|municipality|ciudad|locality"),
    ("address.region", r"county|region|borough|parish"),
    ("address.state_province", r"state|province|state_province|st|estado"),
    ("address.postal_code", r"zip(_?code)?|post(al)?_?code|zip_postal|codigo_postal|postcode"),
    ("address.country", r"country|pais"),
    ("location.latitude", r"lat(itude)?|y|y_coord(inate)?"),
    ("location.longitude", r"lon(g|gitude)?|lng|x|x_coord(inate)?"),
    (
        "phone.number",
        (
            r"(main_?|primary_?|office_?|intake_?|public_?|toll_free_?|other_?|second_?)?(tele)?(phone"
            r"|telefono)(_?number|_?\d|_main)?|tel|hotline(_phone)?|mobile|cell"
        ),
    ),
    ("service.url", r"(website|web|url|web_?site(_url)?|site_url|homepage|link|sitio_web)"),
    ("service.email", r"(public_?|contact_?|main_?|service_?)?e_?mail(_?address)?|correo"),
    ("contact.name", r"contact(_?(name|person))?"),
    ("contact.title", r"(contact_)?(position|job_?title|role)"),
    (
        "hours",
        (
            r"(hours|schedule|office_hours|opening_hours|hours_of_operation|horario|days_and_hours"
            r"|days_hours|open)"
        ),
    ),
    ("hours.MO", r"mon(day)?(_hours)?"),
    ("hours.TU", r"tue(s|sday)?(_hours)?"),
    ("hours.WE", r"wed(nesday)?(_hours)?"),
    ("hours.TH", r"thu(r|rs|rsday)?(_hours)?"),
    ("hours.FR", r"fri(day)?(_hours)?"),
    ("hours.SA", r"sat(urday)?(_hours)?"),
    ("hours.SU", r"sun(day)?(_hours)?"),
    (
        "category",
        (
            r"(sub_?)?categor(y|ies)|type(_of_(service|help))?|service_type|taxonomy(_term)?s?|tags?"
            r"|topics?|categoria"
        ),
    ),
    ("service.keywords", r"keywords?|search_terms"),
    ("language.name", r"languages?(_spoken|_offered)?|idiomas?"),
    (
        "service.eligibility_description",
        (
            r"eligib(ility|le)(_criteria|_requirements)?|who_(is_)?(eligible|served)"
            r"|population(s)?(_served)?|requirements|audience"
        ),
    ),
    ("service.minimum_age", r"(min(imum)?|youngest)_?age|age_?(min|from)"),
    ("service.maximum_age", r"(max(imum)?|oldest)_?age|age_?(max|to)"),
    (
        "service.application_process",
        (
            r"(application|intake|enrol?lment)(_process|_procedure)?|how_to_(apply|access)"
            r"|procedure"
        ),
    ),
    ("service.fees_description", r"fees?(_structure|_description)?|cost|price|charge|payment"),
    ("required_document.document", r"(required_)?documents?(_required)?|what_to_bring|documentation"),
    (
        "service_area.name",
        (
            r"(area|areas|counties|region|geographic)_?(served|covered|area)|service_?areas?"
            r"|coverage(_area)?"
        ),
    ),
    (
        "accessibility.description",
        (
            r"accessib(ility|le)|ada(_accessible)?|wheelchair(_accessible)?|disab(led"
            r"|ility)_access"
        ),
    ),
    ("location.transportation", r"transport(ation)?|bus(_routes?)?|directions"),
    ("service.status", r"status|active"),
    (
        "service.last_modified",
        (
            r"(last_)?(updated|modified|verified|checked)(_on|_date|_at)?|date_(updated|modified"
            r"|verified)"
        ),
    ),
    ("service.payments_accepted", r"payments?_accepted|insurance(_accepted)?"),
    ("service.alert", r"alert|notice"),
)
_MANY: Final = frozenset({"category", "language.name", "required_document.document", "service_area.name"})
_HEAD: Final = """\
# How the columns of {file} become a directory.
#
# Each line says what a column is. Put right what was guessed wrong, and leave "" where a column says nothing that
# people looking for help need. Then:  portal directory import {file} --map THIS-FILE
#
# A column can be:
{targets}
#
# hours: as people write them ("Mon-Fri 9am-5pm; Sat 10am-2pm"); hours.MO to hours.SU: one day each.
# Rows with the same service and organization are one service at several places. An id keeps a service the same when
# its name changes; without one its name and organization say which it is.
"""


def guess(name: str) -> str:
    """What a column of this name probably is; "" where nobody can tell."""
    plain = column_name(name)
    return next((target for target, pattern in _NAMES if re.fullmatch(pattern, plain)), "")


def draft(entries: Entries) -> str:
    """A mapping file for one CSV file, with what its first rows say beside each line.

    Raises:
        PackageProblem: there is not exactly one file, or it has no heading.
    """
    if len(entries) != 1:
        raise PackageProblem(_("A mapping is for one CSV file, and there are %(number)s.", number=len(entries)))
    name, entry = next(iter(entries.items()))
    with entry.open() as file:
        records = Records(file)
        some = [record.values for record, _n in zip(records, range(200), strict=False)]
        header = [column for column in records.header if column]
    if not header:
        raise PackageProblem(_("%(file)s has no heading.", file=name))
    return _written(name, header, some)


def _written(name: str, header: Sequence[str], some: Sequence[dict[str, str]]) -> str:
    guessed = {column: guess(column) for column in header}
    if "service.name" not in guessed.values() and "organization.name" not in guessed.values():
        guessed[header[0]] = "service.name"
    lines = [_HEAD.format(file=name, targets=_folded(sorted(targets()))), "[columns]"]
    for column, target in guessed.items():
        example = next((row[column] for row in some if row.get(column)), "")
        shown = " ".join(example.split())[:60]
        lines.append(f"{_quoted(column)} = {_quoted(target)}{f'  # {shown}' if shown else ''}")
    lines += ["", "# What stands between the items of a list in one cell.", "[split]"]
    for column, target in guessed.items():
        if target in _MANY and (between := _between(row.get(column, "") for row in some)):
            lines.append(f"{_quoted(column)} = {_quoted(between)}")
    lines += ["", "# What no column says and is true of every row.", "[fixed]", '# "address.country" = "US"', ""]
    return "\n".join(lines)


def _between(cells: Iterable[str]) -> str:
    """What divides lists in these cells: a mark that many of them have."""
    filled = [cell for cell in cells if cell]
    for mark in (";", "|", ","):
        if filled and sum(mark in cell for cell in filled) * 4 >= len(filled):
            return mark
    return ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _folded(words: Sequence[str]) -> str:
    lines, line = [], "#  "
    for word in words:
        if len(line) + len(word) > 112:
            lines.append(line)
            line = "#  "
        line += f" {word}"
    return "\n".join([*lines, line])
