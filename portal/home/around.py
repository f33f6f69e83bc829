"""What plans asks about strengths and places, answered here, where all features are known."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from portal.cases.models import Case
from portal.directory.models import Service
from portal.plans.models import Goal, Link, LinkKind, ResourceKind
from portal.plans.things import Named, Thing
from portal.referrals.models import FINAL, Referral, Status
from portal.resources.models import SavedPlace
from portal.strengths.models import StrengthEntry, StrengthInGoal, StrengthStatus
from portal.work import Work

_STRENGTHS = select(StrengthEntry.id, StrengthEntry.words, StrengthEntry.resource_kind).order_by(
    StrengthEntry.created_at, StrengthEntry.id
)
_REFERRALS = select(Referral.id, Referral.place).order_by(Referral.created_at, Referral.id)


class Neighbours:
    """Strengths, referrals and saved places, as plans sees them. A query for each kind."""

    def offered(self, work: Work, case: Case) -> Sequence[Thing]:
        """What a step may go with."""
        sheet = _STRENGTHS.where(
            StrengthEntry.case_id == case.id, StrengthEntry.status == StrengthStatus.VISIBLE
        )  # fmt: skip
        going = _REFERRALS.where(Referral.case_id == case.id, Referral.status.not_in({*FINAL, Status.DRAFT}))
        saved = (
            select(Service.id, Service.name)
            .join(SavedPlace, SavedPlace.service_id == Service.id)
            .where(SavedPlace.case_id == case.id)
            .order_by(SavedPlace.saved_at, SavedPlace.id)
        )
        return [
            *(_strength(*row) for row in work.session.execute(sheet)),
            *(_referral(*row) for row in work.session.execute(going)),
            *(_place(case.id, *row) for row in work.session.execute(saved)),
        ]

    def named(self, work: Work, links: Collection[Link], goal: Goal | None = None) -> Named:
        """These things and what helps with a goal; the kinds that none of them is of are not asked for."""
        ids = {kind: [link.id for link in links if link.kind is kind] for kind in LinkKind}
        found: list[Thing] = []
        helping: list[Thing] = []
        if ids[LinkKind.STRENGTH] or goal is not None:
            found, helping = _strengths(work, ids[LinkKind.STRENGTH], goal)
        if places := ids[LinkKind.REFERRAL]:
            found += [_referral(*row) for row in work.session.execute(_REFERRALS.where(Referral.id.in_(places)))]
        if places := ids[LinkKind.PLACE]:
            (case_id,) = work.actor.standings
            wanted = select(Service.id, Service.name).where(Service.id.in_(places)).order_by(Service.id)
            found += [_place(case_id, *row) for row in work.session.execute(wanted)]
        return Named({thing.link: thing for thing in found}, helping)


def _strengths(work: Work, ids: Sequence[UUID], goal: Goal | None) -> tuple[list[Thing], list[Thing]]:
    """The strengths with these ids, and those on the sheet that help with the goal. One query."""
    helps = (StrengthInGoal.strength_id == StrengthEntry.id) & (StrengthInGoal.goal_id == (goal.id if goal else None))
    wanted = _STRENGTHS.add_columns(StrengthInGoal.id.label("helps"), StrengthEntry.status)
    wanted = wanted.outerjoin(StrengthInGoal, helps).where(StrengthEntry.id.in_(ids) | StrengthInGoal.id.is_not(None))
    rows = list(work.session.execute(wanted))
    things = [_strength(*row[:3]) for row in rows]
    on_sheet = [row.helps is not None and row.status is StrengthStatus.VISIBLE for row in rows]
    return things, [thing for thing, helps_now in zip(things, on_sheet, strict=True) if helps_now]


def _strength(id_: UUID, words: str, kind: object) -> Thing:
    nearness = ResourceKind(str(kind)) if kind else ResourceKind.NONE
    return Thing(Link(LinkKind.STRENGTH, id_), words, "strengths.entry", {"entry_id": id_}, nearness)


def _referral(id_: UUID, place: str) -> Thing:
    return Thing(Link(LinkKind.REFERRAL, id_), place, "referrals.show", {"referral_id": id_}, ResourceKind.FORMAL)


def _place(case_id: UUID, id_: UUID, name: str) -> Thing:
    return Thing(Link(LinkKind.PLACE, id_), name, "resources.show", {"case_id": case_id, "service_id": id_})
