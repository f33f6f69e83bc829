"""A small step towards a goal: who does it, by when, and whether it is done. And the cheers of supporters."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    or_,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import CaseBound, Person
from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l
from portal.plans.models.goal import Goal, shared_goal_ids
from portal.roles import STAFF_ROLES, Power, Role
from portal.work import Refused


class DoerKind(StrEnum):
    """Who does a step."""

    CLIENT = "client"
    STAFF = "staff"
    SUPPORTER = "supporter"
    OTHER = "other"


class StepState(StrEnum):
    """How far a step is."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    CHANGED = "changed"
    SKIPPED = "skipped"

    @property
    def label(self) -> Any:
        """The state in plain words."""
        return {
            StepState.TODO: _l("To do"),
            StepState.DOING: _l("Started"),
            StepState.DONE: _l("Done"),
            StepState.CHANGED: _l("Changed into another step"),
            StepState.SKIPPED: _l("Left out"),
        }[self]

    @property
    def is_open(self) -> bool:
        """Whether somebody still means to do it."""
        return self in {StepState.TODO, StepState.DOING}

    @property
    def counts(self) -> bool:
        """Whether it belongs to "5 of 6 done"."""
        return self in {StepState.TODO, StepState.DOING, StepState.DONE}


class ResourceKind(StrEnum):
    """What kind of person or place a step or a service names; NONE names nobody."""

    NATURAL = "natural"
    SEMI_FORMAL = "semi_formal"
    FORMAL = "formal"
    NONE = "none"

    @property
    def label(self) -> Any:
        """The kind in plain words."""
        return {
            ResourceKind.NATURAL: _l("Family, friends or a place open to all"),
            ResourceKind.SEMI_FORMAL: _l("A group or club for people like me"),
            ResourceKind.FORMAL: _l("A service or a professional"),
            ResourceKind.NONE: _l("Nobody else"),
        }[self]


class LinkKind(StrEnum):
    """What a step can go with."""

    STRENGTH = "strength"
    REFERRAL = "referral"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Link:
    """The one thing a step goes with."""

    kind: LinkKind
    id: UUID


@dataclass(frozen=True, slots=True)
class Doer:
    """Who is to do a step: the client, a member of staff or a supporter (by person), or somebody named."""

    kind: DoerKind
    person_id: UUID | None = None
    name: str = ""


class NotYourStep(Refused):
    """Somebody ticks a step that is not theirs to tick."""

    says = _l("This step is for someone else to tick.")


class StepClosed(Refused):
    """The step was left out or changed before."""

    says = _l("This step is not open any more.")


class NoName(Refused):
    """A step for somebody without a name."""

    field = "doer_name"
    says = _l("Write who does this.")


class PrivateStep(Refused):
    """A step in a private goal for somebody who cannot see the goal."""

    field = "doer"
    says = _l("Only you see this goal. Choose yourself, or someone without a sign-in here.")


class Step(CaseBound, Base):
    """One small step. A new wording or a new doer makes a new step, and this one stays as `changed`."""

    __tablename__ = "goal_step"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        ForeignKeyConstraint(["case_id", "goal_id"], ["goal.case_id", "goal.id"]),
        ForeignKeyConstraint(["case_id", "replaces_id"], ["goal_step.case_id", "goal_step.id"]),
        ForeignKeyConstraint(["case_id", "referral_id"], ["referral.case_id", "referral.id"]),
        ForeignKeyConstraint(["case_id", "strength_id"], ["strength_entry.case_id", "strength_entry.id"]),
        CheckConstraint("(doer IN ('staff', 'supporter')) = (doer_person_id IS NOT NULL)", name="doer_is_known"),
        Index("ix_goal_step_goal", "goal_id", "created_at"),
        Index("ix_goal_step_case_due", "case_id", "state", "due_on"),
        Index("ix_goal_step_doer", "doer_person_id"),
    )
    goal_id: Mapped[UUID]
    #: The same as its goal's, kept by the goal's commands: a supporter's scope hides the goal, so `lent` cannot ask it.
    is_private: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(EncryptedText)
    doer: Mapped[DoerKind] = mapped_column(WordEnum(DoerKind))
    doer_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    doer_name: Mapped[str] = mapped_column(EncryptedText, default="")
    due_on: Mapped[date | None]
    state: Mapped[StepState] = mapped_column(WordEnum(StepState), default=StepState.TODO)
    done_on: Mapped[date | None]
    done_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    #: The moment it was ticked: of two steps done on one day the later one is the one to take back.
    ticked_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(EncryptedText, default="")
    resource_kind: Mapped[ResourceKind] = mapped_column(WordEnum(ResourceKind), default=ResourceKind.NONE)
    #: What it goes with, where it does: a referral, a strength. Rows of other features, of the same case.
    referral_id: Mapped[UUID | None]
    strength_id: Mapped[UUID | None]
    #: A place of the directory it leads to. The directory may lose it; the step stays.
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("directory_service.id", ondelete="SET NULL"), index=True)
    #: When somebody said that it is not too big for its day.
    sized_at: Mapped[datetime | None]
    replaces_id: Mapped[UUID | None]
    #: When the supporter who does it said "I can do this". They answer for their own steps only.
    accepted_at: Mapped[datetime | None]
    added_by: Mapped[DoerKind] = mapped_column(WordEnum(DoerKind))
    created_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    doer_person: Mapped[Person | None] = relationship(foreign_keys=[doer_person_id], lazy="raise")

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """Their own steps (never those of a private goal), and all steps of the goals they may see."""
        seen: list[ColumnElement[bool]] = []
        if Power.MY_STEPS in powers:
            seen.append((cls.doer_person_id == supporter_id) & cls.is_private.is_(False))
        if powers & {Power.SEE_GOALS, Power.SEE_PLAN}:
            seen.append(cls.goal_id.in_(shared_goal_ids()))
        return or_(*seen) if seen else None

    def give_to(self, doer: Doer, goal: Goal) -> None:
        """Say who does it.

        Raises:
            PrivateStep: the goal is private and this person would have to see it.
            NoName: somebody else, and no name.
        """
        if goal.is_private and doer.person_id is not None:
            raise PrivateStep
        if doer.kind is DoerKind.OTHER and not doer.name:
            raise NoName
        self.doer, self.doer_person_id, self.doer_name = doer.kind, doer.person_id, doer.name
        self.is_private = goal.is_private

    def is_ticked_by(self, person_id: UUID, role: Role) -> bool:
        """Whether this person ticks it: the client all but staff's, staff all but a supporter's, a supporter their own.

        Staff tick the client's steps when the client told them, by phone or on paper; who ticked is kept and shown.
        """
        if role is Role.CLIENT:
            return self.doer is not DoerKind.STAFF
        if role in STAFF_ROLES:
            return self.doer is not DoerKind.SUPPORTER
        return self.doer is DoerKind.SUPPORTER and self.doer_person_id == person_id

    def tick(self, by_id: UUID, role: Role, on: date, at: datetime) -> None:
        """Mark it done. Doing so twice changes nothing.

        Raises:
            NotYourStep: it is somebody else's to tick.
            StepClosed: it was left out or changed before.
        """
        self._check(by_id, role)
        if self.state is not StepState.DONE:
            self.state, self.done_on, self.done_by_id, self.ticked_at = StepState.DONE, on, by_id, at

    def untick(self, by_id: UUID, role: Role) -> None:
        """Mark it not done after all.

        Raises:
            NotYourStep, StepClosed: as for `tick`.
        """
        self._check(by_id, role)
        self.state, self.done_on, self.done_by_id, self.ticked_at = StepState.TODO, None, None, None

    def start(self, by_id: UUID, role: Role) -> None:
        """Mark it started.

        Raises:
            NotYourStep, StepClosed: as for `tick`; it is not to do.
        """
        self._check(by_id, role)
        if self.state is StepState.DONE:
            raise StepClosed
        self.state = StepState.DOING

    def skip(self) -> None:
        """Leave it out.

        Raises:
            StepClosed: it is done, or was closed before.
        """
        if not self.state.is_open:
            raise StepClosed
        self.state = StepState.SKIPPED

    def replace(self) -> None:
        """Close it because another step takes its place.

        Raises:
            StepClosed: it is done, or was closed before.
        """
        if not self.state.is_open:
            raise StepClosed
        self.state = StepState.CHANGED

    @property
    def link(self) -> Link | None:
        """What it goes with."""
        found = (
            (LinkKind.STRENGTH, self.strength_id),
            (LinkKind.REFERRAL, self.referral_id),
            (LinkKind.PLACE, self.service_id),
        )
        return next((Link(kind, id_) for kind, id_ in found if id_ is not None), None)

    def go_with(self, link: Link | None) -> None:
        """Say what it goes with, or nothing."""
        given = {link.kind: link.id} if link else {}
        self.strength_id = given.get(LinkKind.STRENGTH)
        self.referral_id = given.get(LinkKind.REFERRAL)
        self.service_id = given.get(LinkKind.PLACE)

    def is_too_big(self, next_talk: date) -> bool:
        """Whether its day comes after the next talk, and nobody said that this is fine (DOMAIN 2.2: a nudge)."""
        return self.state.is_open and self.due_on is not None and self.due_on > next_talk and self.sized_at is None

    @property
    def counted_kind(self) -> ResourceKind:
        """The kind of person or place it names; a supporter who does it is one from the client's own life."""
        return ResourceKind.NATURAL if self.doer is DoerKind.SUPPORTER else self.resource_kind

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and it is still open."""
        return self.state.is_open and self.due_on is not None and self.due_on < today

    def _check(self, by_id: UUID, role: Role) -> None:
        if not self.is_ticked_by(by_id, role):
            raise NotYourStep
        if not self.state.counts:
            raise StepClosed


class Cheer(CaseBound, Base):
    """A supporter cheered the client on: no words, once a day."""

    __tablename__ = "goal_cheer"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        UniqueConstraint("goal_id", "person_id", "cheered_on"),
        ForeignKeyConstraint(["case_id", "goal_id"], ["goal.case_id", "goal.id"]),
    )
    goal_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    cheered_on: Mapped[date]
    cheered_at: Mapped[datetime]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """One's own."""
        return cls.person_id == supporter_id if Power.CHEER in powers else None
