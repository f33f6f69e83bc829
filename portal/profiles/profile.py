"""What a model of practice offers. A profile is a value: it holds no session, request or case (DOMAIN 3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from portal.roles import Role


class ClientReport(StrEnum):
    """What a client's own report about a referral does (DOMAIN 2.4)."""

    MOVES = "moves"
    SUGGESTS = "suggests"


@dataclass(frozen=True, slots=True)
class Nudges:
    """Days of silence after which the client is asked, staff follow up, and a supervisor sees a referral."""

    client: int | None = 7
    staff: int = 14
    supervisor: int = 30


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of time in a model that has them: its key, its name and how long it lasts."""

    key: str
    name: Any
    length: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The settings that make one engine serve one model of practice. Numbers: the table in DOMAIN 3."""

    key: str
    name: Any
    #: One or two sentences a client can read about this way of working.
    about: Any
    #: Which panels a home page has, in order. A feature that is not named is switched off for the case.
    panels: tuple[str, ...]
    plan_authors: frozenset[Role] = frozenset({Role.CLIENT, Role.CASE_MANAGER, Role.TEAM_MEMBER, Role.SUPERVISOR})
    words: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    caseload_soft: int = 20
    caseload_hard: int = 25
    #: How often staff make contact, in days, at the start.
    contact_every_days: int = 14
    #: Days until the first plan review; then every so many days.
    review_every_days: int = 180
    plan_max_age_days: int = 365
    reply_working_days: int = 2
    client_report: ClientReport = ClientReport.MOVES
    nudges: Nudges = Nudges()
    goal_soft_cap: int = 3
    natural_first: bool = False
    first_session_referrals: int = 0
    #: When a client is asked for their strengths: "offer" once, or "ongoing" on the home page.
    strengths_prompt: str = "offer"
    supporter_prompt: str = "neutral"
    team_inbox: bool = False
    release_default_days: int = 180
    #: Days between two times that a case is talked about in group supervision; none where that is not the way.
    group_supervision_days: int | None = None
    phases: tuple[Phase, ...] = ()
    #: Which referrals come before strengths on the home page is the order of `panels`; this is the crisis text's tone.
    crisis_prominent: bool = False
