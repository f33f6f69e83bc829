"""The made-up organisation: its programmes, its staff and the team that shares its cases."""

from typing import Any

from portal.demo.people import ProgrammeOf, SharedTeam, StaffMember
from portal.i18n import _l
from portal.roles import Post

#: As the pages call it. A neutral name: it says nothing about anybody who uses it.
ORGANISATION = "Larkwater Community Help"
#: When its office is open, in each language's own words.
OFFICE_HOURS = {
    "en": "Monday to Friday, 9 AM to 5 PM",
    "es": "De lunes a viernes, de 9:00 a 17:00",
    "ar": "من الإثنين إلى الجمعة، من 9 صباحًا إلى 5 مساءً",
}

PROGRAMMES = (
    ProgrammeOf("everyday", "Everyday Help"),
    ProgrammeOf("family", "Family and Home"),
    ProgrammeOf("mind", "Mind and Health"),
    ProgrammeOf("bridge", "Coming Home"),
)


def _case_manager(key: str, name: str, programme: str, note: Any, *, first: bool = True) -> StaffMember:
    return StaffMember(key=key, name=name, posts=((Post.CASE_MANAGER, programme),), note=note, first=first)


def _of_the_team(key: str, name: str) -> StaffMember:
    return _case_manager(key, name, "bridge", _l("One of the team of ten that shares its clients."), first=False)


STAFF = (
    StaffMember(
        key="grace",
        name="Grace Lindqvist",
        posts=tuple((Post.SUPERVISOR, programme.key) for programme in PROGRAMMES),
        note=_l("Supervises all programmes: full caseloads, what is overdue, places gone quiet."),
    ),
    _case_manager("dana", "Dana Okafor", "everyday", _l("Brokerage: the largest caseload, with Elena Marsh.")),
    _case_manager("priya", "Priya Nair", "family", _l("Strengths-based: Farah Demir and her family, Ivy, Layla.")),
    _case_manager("inez", "Inez Moreau", "family", _l("Rehabilitation: Keisha Thompson and others.")),
    _case_manager("marcus", "Marcus Lee", "mind", _l("Intensive: Tom Reyes, whose sister writes to staff too.")),
    _case_manager("ruth", "Ruth Adler", "mind", _l("Clinical: Daniel Okoye, who keeps one goal to himself.")),
    _case_manager("theo", "Theo Brandt", "bridge", _l("Critical time intervention: Rosa Lim, nine months in steps.")),
    _case_manager("jo", "Jo Fisher", "bridge", _l("Nurse of the team that shares its clients: Sam Whitlock.")),
    _of_the_team("gabriel", "Gabriel Stone"),
    _of_the_team("aisha", "Aisha Rahman"),
    _of_the_team("leo", "Leo Novak"),
    _of_the_team("carmen", "Carmen Ortiz"),
    _of_the_team("winston", "Winston Clarke"),
    _of_the_team("mei", "Mei Tanaka"),
    _of_the_team("patrick", "Patrick Doyle"),
    _of_the_team("hana", "Hana Yusuf"),
    _of_the_team("bea", "Beatriz Castillo"),
    StaffMember(
        key="sofia",
        name="Sofia Brennan",
        posts=((Post.ADMINISTRATOR, None),),
        note=_l("Administrator: staff, programmes, the directory. Reads no client's pages."),
    ),
)

TEAMS = (
    SharedTeam(
        key="sunrise",
        name="Sunrise team",
        programme="bridge",
        members=("jo", "gabriel", "aisha", "leo", "carmen", "winston", "mei", "patrick", "hana", "bea"),
    ),
)
