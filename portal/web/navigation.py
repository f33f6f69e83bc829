"""Where one can go from here: a few places for a client, the work for staff. Five at most on a phone."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import g, request

from portal.access.actions import Action
from portal.access.actor import Actor
from portal.access.policy import can
from portal.cases.models import Case
from portal.i18n import _, _l, long_day
from portal.roles import AccountKind, Role
from portal.web.jinja import address
from portal.work import Work


@dataclass(frozen=True, slots=True)
class Item:
    """One place in the navigation."""

    label: str
    url: str
    icon: str
    current: bool
    badge: int = 0
    #: The key that leads there, for staff.
    key: str = ""


#: For a client: panel that must be offered (or none), endpoint, label, icon. Short words: five share 320 pixels.
_CLIENT: tuple[tuple[str | None, str, Any, str], ...] = (
    (None, "home.show", _l("Home"), "home"),
    ("plans", "plans.goals", _l("Goals"), "goal"),
    ("strengths", "strengths.sheet", _l("Strengths"), "strength"),
    ("referrals", "referrals.index", _l("Places"), "place"),
    ("messages", "messages.thread", _l("Messages"), "message"),
)
#: For staff: what it takes, endpoint, label, icon.
_STAFF: tuple[tuple[Action, str, Any, str], ...] = (
    (Action.CASELOAD_VIEW, "staff.caseload", _l("Caseload"), "people"),
    (Action.CASELOAD_VIEW, "staff.queue", _l("To answer"), "check"),
    (Action.CASELOAD_VIEW, "referrals.follow_up", _l("Places to follow up"), "place"),
    (Action.CASE_OPEN, "staff.open_case", _l("Open a case"), "plan"),
    (Action.PLACE_KEEP, "resources.upkeep", _l("Directory to keep"), "edit"),
    (Action.SUPERVISION_VIEW, "supervision.overview", _l("Supervision"), "report"),
    (Action.STAFF_MANAGE, "admin.people", _l("People"), "people"),
    (Action.SETTINGS_MANAGE, "admin.programmes", _l("Programmes"), "settings"),
    (Action.SETTINGS_MANAGE, "admin.office_look", _l("Office and look"), "star"),
    (Action.DIRECTORY_MANAGE, "admin.directory", _l("Directory"), "place"),
    (Action.ACCOUNT_VIEW, "accounts.account", _l("My account"), "lock"),
)


def items(actor: Actor, work: Work | None, case: Case | None) -> list[Item]:
    """The navigation for this reader."""
    if actor.kind is AccountKind.CLIENT:
        return _client_items(actor, case)
    if actor.kind is AccountKind.STAFF:
        return _staff_items(actor)
    if actor.kind is AccountKind.SUPPORTER:
        return [
            _item(_("Home"), "home.supporting", "home"),
            _item(_("My account"), "accounts.account", "lock"),
        ]
    return []


def _staff_items(actor: Actor) -> list[Item]:
    found = [_item(str(label), endpoint, icon) for action, endpoint, label, icon in _STAFF if can(actor, action)]
    return [replace(item, key=str(place)) if place < 10 else item for place, item in enumerate(found, 1)]


def _client_items(actor: Actor, case: Case | None) -> list[Item]:
    case_id: UUID | None = case.id if case is not None else g.get("home_case_id")
    if case_id is None:
        return []
    offered = case.profile.panels if case is not None else None
    found = []
    for panel, endpoint, label, icon in _CLIENT:
        if panel is None or offered is None or panel in offered:
            found.append(_item(str(label), endpoint, icon, case_id=case_id))
    return found


def _item(label: str, endpoint: str, icon: str, **values: Any) -> Item:
    here = request.endpoint or ""
    same = here == endpoint or (values and here.partition(".")[0] == endpoint.partition(".")[0])
    return Item(label, address(endpoint, **values), icon, bool(same))


def supporter_banner(work: Work | None, case: Case | None) -> str | None:
    """What a supporter is told on every page: whose case they see, and until when."""
    standing = work.actor.standing(case) if work is not None and case is not None else None
    if standing is None or case is None or standing.role is not Role.SUPPORTER:
        return None
    if standing.until is None:
        return _("You see what %(name)s shares with you.", name=case.client.name)
    return _(
        "You see what %(name)s shares with you, until %(day)s.", name=case.client.name, day=long_day(standing.until)
    )


#: Where a reader's pages of one case begin.
_FIRST_OF_CASE: dict[AccountKind, str] = {
    AccountKind.CLIENT: "home.show",
    AccountKind.STAFF: "staff.client",
    AccountKind.SUPPORTER: "home.supporter",
}


def up_to(work: Work, case: Case) -> tuple[str, str]:
    """One step up from a page of this case, for the page's `back`: home for the client, else the client's name."""
    kind = work.actor.kind or AccountKind.CLIENT
    label = _("Home") if kind is AccountKind.CLIENT else case.client.name
    return label, address(_FIRST_OF_CASE[kind], case_id=case.id)
