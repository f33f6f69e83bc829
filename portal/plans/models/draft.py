"""What a plan holds besides goals and services: who led, who came, what matters, needs, risks, who watches over it.

The version that is being written keeps the short facts (`Frame`); each thing somebody says is a row (`PlanItem`), so
that a client's words stay theirs and two people can write at once (DOMAIN 2.3).
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import CaseBound
from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l
from portal.plans.models.goal import NotFromHere
from portal.plans.models.step import DoerKind


class LedBy(StrEnum):
    """Who led the planning."""

    CLIENT = "client"
    TOGETHER = "together"
    STAFF = "staff"
    REPRESENTATIVE = "representative"

    @property
    def label(self) -> Any:
        """In plain words."""
        return {
            LedBy.CLIENT: _l("The client"),
            LedBy.TOGETHER: _l("The client and staff together"),
            LedBy.STAFF: _l("Staff"),
            LedBy.REPRESENTATIVE: _l("A legal representative"),
        }[self]


class PlanFormat(StrEnum):
    """In what form somebody wants the plan."""

    LARGE_PRINT = "large_print"
    AUDIO = "audio"
    READ_ALOUD = "read_aloud"
    INTERPRETER = "interpreter"
    SIGN_LANGUAGE = "sign_language"
    PICTURES = "pictures"

    @property
    def label(self) -> Any:
        """In plain words."""
        return {
            PlanFormat.LARGE_PRINT: _l("Large print"),
            PlanFormat.AUDIO: _l("As sound"),
            PlanFormat.READ_ALOUD: _l("Read aloud by a person"),
            PlanFormat.INTERPRETER: _l("With an interpreter"),
            PlanFormat.SIGN_LANGUAGE: _l("In sign language"),
            PlanFormat.PICTURES: _l("With pictures"),
        }[self]


@dataclass(frozen=True, slots=True)
class Frame:
    """The short facts of one version. Days are ISO dates, so that the frame freezes as it is."""

    led_by: str = LedBy.CLIENT.value
    met_on: str = ""
    met_where: str = ""
    #: Whether time and place suited the client: "yes", "no", or "" when nobody said.
    suited: str = ""
    language: str = ""
    formats: tuple[str, ...] = ()
    monitor_name: str = ""
    monitor_phone: str = ""

    @classmethod
    def read(cls, text: str | None) -> Self:
        """Read it back; an empty one from nothing."""
        if not text:
            return cls()
        found = json.loads(text)
        return replace(cls(**found), formats=tuple(found.get("formats", ())))

    def text(self) -> str:
        """As it is stored."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)

    @property
    def leader(self) -> LedBy:
        """Who led."""
        return LedBy(self.led_by)

    @property
    def met(self) -> date | None:
        """The day of the meeting."""
        return date.fromisoformat(self.met_on) if self.met_on else None

    @property
    def wanted_forms(self) -> list[PlanFormat]:
        """In what forms it is wanted."""
        return [PlanFormat(word) for word in self.formats]


class ItemKind(StrEnum):
    """What somebody says in a plan."""

    PARTICIPANT = "participant"
    PREFERENCE = "preference"
    NEED = "need"
    RISK = "risk"
    BACKUP = "backup"


class NeedKind(StrEnum):
    """Kinds of need: the list of HL7's Gravity project, where a protective factor stands beside the needs."""

    PROTECTIVE = "protective_factor"
    FOOD = "food_insecurity"
    HOUSING_INSTABILITY = "housing_instability"
    HOMELESSNESS = "homelessness"
    INADEQUATE_HOUSING = "inadequate_housing"
    TRANSPORT = "transportation_insecurity"
    MONEY = "financial_insecurity"
    HARDSHIP = "material_hardship"
    EDUCATION = "educational_attainment"
    JOB = "employment_status"
    VETERAN = "veteran_status"
    STRESS = "stress"
    CONNECTION = "social_connection"
    PARTNER_VIOLENCE = "intimate_partner_violence"
    ELDER_ABUSE = "elder_abuse"
    HEALTH_LITERACY = "health_literacy"
    INSURANCE = "health_insurance_coverage_status"
    MEDICAL_COST = "medical_cost_burden"
    DIGITAL_LITERACY = "digital_literacy"
    DIGITAL_ACCESS = "digital_access"
    UTILITIES = "utility_insecurity"
    LANGUAGE = "language_access"
    INCARCERATION = "incarceration_status"
    OTHER = "other"

    @property
    def label(self) -> Any:
        """The need in plain words."""
        return _NEEDS[self]


_NEEDS: dict[NeedKind, Any] = {
    NeedKind.PROTECTIVE: _l("Something that keeps me strong"),
    NeedKind.FOOD: _l("Food"),
    NeedKind.HOUSING_INSTABILITY: _l("Keeping my home"),
    NeedKind.HOMELESSNESS: _l("A place to live"),
    NeedKind.INADEQUATE_HOUSING: _l("A home that is safe and in order"),
    NeedKind.TRANSPORT: _l("Getting around"),
    NeedKind.MONEY: _l("Money"),
    NeedKind.HARDSHIP: _l("Things for daily life"),
    NeedKind.EDUCATION: _l("School and learning"),
    NeedKind.JOB: _l("Work"),
    NeedKind.VETERAN: _l("Help for veterans"),
    NeedKind.STRESS: _l("Stress"),
    NeedKind.CONNECTION: _l("People and company"),
    NeedKind.PARTNER_VIOLENCE: _l("Safety from a partner"),
    NeedKind.ELDER_ABUSE: _l("Safety in older age"),
    NeedKind.HEALTH_LITERACY: _l("Understanding my health"),
    NeedKind.INSURANCE: _l("Health insurance"),
    NeedKind.MEDICAL_COST: _l("Cost of care"),
    NeedKind.DIGITAL_LITERACY: _l("Using phones and computers"),
    NeedKind.DIGITAL_ACCESS: _l("A phone or the internet"),
    NeedKind.UTILITIES: _l("Power, heat and water"),
    NeedKind.LANGUAGE: _l("Help in my language"),
    NeedKind.INCARCERATION: _l("Coming home from jail or prison"),
    NeedKind.OTHER: _l("Something else"),
}


class Source(StrEnum):
    """Where something in the plan comes from (HL7's five sources)."""

    SELF = "self_reported"
    RELATED = "related_person"
    OBSERVED = "observed"
    ADMINISTRATIVE = "administrative"
    DERIVED = "derived"

    @property
    def label(self) -> Any:
        """The source in plain words."""
        return {
            Source.SELF: _l("The client said so"),
            Source.RELATED: _l("Someone close to them said so"),
            Source.OBSERVED: _l("Staff saw it"),
            Source.ADMINISTRATIVE: _l("From papers"),
            Source.DERIVED: _l("Worked out from other facts"),
        }[self]


class PlanItem(CaseBound, Base):
    """One thing somebody says in the plan. What the client wrote only the client changes; taken out, it stays kept."""

    __tablename__ = "plan_item"
    __table_args__ = (UniqueConstraint("case_id", "id"), Index("ix_plan_item_case", "case_id", "taken_out_on"))
    kind: Mapped[ItemKind] = mapped_column(WordEnum(ItemKind))
    words: Mapped[str] = mapped_column(EncryptedText)
    #: For a risk what helps against it, for somebody who came who they are to the client.
    more: Mapped[str] = mapped_column(EncryptedText, default="")
    need: Mapped[NeedKind | None] = mapped_column(WordEnum(NeedKind))
    source: Mapped[Source] = mapped_column(WordEnum(Source), default=Source.SELF)
    added_by: Mapped[DoerKind] = mapped_column(WordEnum(DoerKind))
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    taken_out_on: Mapped[date | None]

    @property
    def is_clients(self) -> bool:
        """Whether the client wrote it, and so alone may change it."""
        return self.added_by is DoerKind.CLIENT

    def take_out(self, on: date) -> None:
        """Take it out of the plan.

        Raises:
            NotFromHere: it was taken out before.
        """
        if self.taken_out_on is not None:
            raise NotFromHere
        self.taken_out_on = on
