"""What it means for a case to change its way of working: each setting that differs, before and after, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal.i18n import _, ngettext, number
from portal.profiles.profile import ClientReport, Profile
from portal.roles import Role


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: what it is, and what it is now and then."""

    name: str
    now: str
    then: str


def what_changes(now: Profile, then: Profile) -> list[Setting]:
    """Every setting that is not the same in both, what the client feels first."""
    return [Setting(name, old, new) for name, old, new in _settings(now, then) if old != new]


def _settings(now: Profile, then: Profile) -> Iterator[tuple[str, str, str]]:
    pairs: list[tuple[str, Any]] = [
        (_("We are in touch"), lambda p: _every(p.contact_every_days)),
        (_("We look at the plan again"), lambda p: _every(p.review_every_days)),
        (_("A message has an answer within"), lambda p: _working(p.reply_working_days)),
        (_("Who writes goals"), _authors),
        (_("Goals at one time, at most"), lambda p: number(p.goal_soft_cap)),
        (_("When the client tells news about a place"), _report),
        (_("No news from a place: client asked, staff follow up, supervisor sees it"), _nudges),
        (_("Ordinary places and people are shown first"), lambda p: _yes(p.natural_first)),
        (_("A team reads and answers messages"), lambda p: _yes(p.team_inbox)),
        (_("A release lasts"), lambda p: _days(p.release_default_days)),
        (_("Fixed phases"), _phases),
        (_("Emergency numbers stand at the top"), lambda p: _yes(p.crisis_prominent)),
        (_("Order of the first page"), lambda p: " · ".join(_panel(name) for name in p.panels)),
        (_("Clients for one worker"), lambda p: number(p.caseload_soft)),
    ]
    for name, of in pairs:
        yield name, of(now), of(then)


def _every(days: int) -> str:
    return ngettext("every day", "every %(num)s days", days)


def _days(days: int) -> str:
    return ngettext("%(num)s day", "%(num)s days", days)


def _working(days: int) -> str:
    return ngettext("%(num)s working day", "%(num)s working days", days)


def _yes(yes: bool) -> str:
    return _("Yes") if yes else _("No")


def _authors(profile: Profile) -> str:
    return _("The client; staff suggest") if profile.plan_authors == {Role.CLIENT} else _("The client and staff")


def _report(profile: Profile) -> str:
    return _("it counts at once") if profile.client_report is ClientReport.MOVES else _("staff check it first")


def _nudges(profile: Profile) -> str:
    days = (profile.nudges.client, profile.nudges.staff, profile.nudges.supervisor)
    return " / ".join("–" if day is None else _days(day) for day in days)


def _phases(profile: Profile) -> str:
    return ", ".join(str(phase.name) for phase in profile.phases) or _("No")


def _panel(name: str) -> str:
    return {
        "plans": _("Goals"),
        "strengths": _("Strengths"),
        "messages": _("Messages"),
        "supporters": _("My supporters"),
        "referrals": _("Places"),
        "resources": _("Find help near you"),
        "trail": _("See who looked at your pages"),
    }.get(name, name)
