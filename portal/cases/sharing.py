"""What a release says, whoever asks for it: the categories a client can tick, and the sentence they sign."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from portal.cases.releases import Release
from portal.i18n import _, _l, listed, long_day


class Shared(StrEnum):
    """A kind of fact that may be told to a receiver. Nothing that is not here can be ticked."""

    CONTACT = "contact"
    NEED = "need"
    LANGUAGE = "language"
    VISITS = "visits"
    HEALTH = "health"
    MONEY = "money"
    PLAN = "plan"


SHARED_LABELS: MappingProxyType[Shared, Any] = MappingProxyType(
    {
        Shared.CONTACT: _l("My name and how to reach me"),
        Shared.NEED: _l("What I want help with"),
        Shared.LANGUAGE: _l("My language and what helps me take part"),
        Shared.VISITS: _l("My visit dates and how they went"),
        Shared.HEALTH: _l("Health facts for this help"),
        Shared.MONEY: _l("Money and benefits facts for this help"),
        Shared.PLAN: _l("My goals and my plan"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a client fills in to sign a release."""

    receiver: str
    service_id: UUID | None
    categories: list[str]
    purpose: str
    ends_on: date
    signed_name: str


def sentence(terms: Terms) -> str:
    """The sentence that is signed, in the language being spoken. It is kept as it was shown."""
    told = listed(SHARED_LABELS[Shared(category)] for category in terms.categories)
    return _(
        "You may tell %(receiver)s these things: %(told)s. The reason is: %(purpose)s. My yes ends on %(day)s."
        " I can take it back at any time. I know I can say no and still get your help.",
        receiver=terms.receiver,
        told=told,
        purpose=terms.purpose,
        day=long_day(terms.ends_on),
    )


def signed(terms: Terms, case_id: UUID, signed_by_id: UUID, at: datetime, today: date) -> Release:
    """The release that these terms make, signed now.

    Raises:
        BadRelease: a part is missing, it ends before today, or it lasts more than a year.
    """
    return Release.sign(
        case_id=case_id,
        receiver=terms.receiver,
        service_id=terms.service_id,
        categories=list(terms.categories),
        purpose=terms.purpose,
        starts_on=today,
        ends_on=terms.ends_on,
        signed_name=terms.signed_name,
        sentence=sentence(terms),
        signed_by_id=signed_by_id,
        at=at,
    )
