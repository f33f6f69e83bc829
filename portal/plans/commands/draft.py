"""Writing the plan that is to be offered: its short facts, and what client and staff say in it."""

from dataclasses import dataclass
from uuid import uuid4

from portal.access.actions import Action
from portal.audit.events import Event
from portal.cases.models import Case
from portal.i18n import _l
from portal.plans.commands.versions import to_offer, versions_of
from portal.plans.models import DoerKind, Frame, ItemKind, NeedKind, PlanItem, PlanVersion, Source
from portal.roles import Role
from portal.work import NotAllowed, Refused, Work


class ItemMissing(Refused):
    """Nothing was written."""

    field, says = "words", _l("Write it in a few words.")


@dataclass(frozen=True, slots=True)
class Said:
    """What an item says."""

    words: str
    more: str = ""
    need: NeedKind | None = None
    source: Source = Source.SELF


def write_frame(work: Work, case: Case, frame: Frame) -> PlanVersion:
    """Change the short facts of the plan that is being written; the first such change begins a new version.

    Raises:
        NotAllowed: somebody who may not write in this plan.
    """
    work.require(Action.PLAN_WRITE, case)
    version = working_version(work, case)
    version.write(frame)
    work.record(Event.PLAN_WRITTEN, version, number=version.number)
    return version


def working_version(work: Work, case: Case) -> PlanVersion:
    """The version that is being written. When there is none a new one begins, with the facts of the newest."""
    version = to_offer(versions_of(work, case), case)
    work.session.add(version)
    return version


def add_item(work: Work, case: Case, kind: ItemKind, said: Said) -> PlanItem:
    """Say something in the plan: a need, a risk and what helps, what matters, who came, what to do if it fails.

    Raises:
        NotAllowed: somebody who may not write in this plan.
        ItemMissing: no words; a need of a known kind needs none.
    """
    item = PlanItem(
        id=uuid4(), case_id=case.id, kind=kind, added_by=_side(work, case), added_by_id=work.actor.id,
        created_at=work.now,
    )  # fmt: skip
    _fill(item, said)
    work.session.add(item)
    work.record(Event.PLAN_ITEM_ADDED, item, kind=kind.value, source=item.source.value)
    return item


def change_item(work: Work, item: PlanItem, said: Said) -> None:
    """Say it in other words. What the client wrote only they change.

    Raises:
        NotAllowed: staff tried to change what the client wrote.
        ItemMissing: as for `add_item`.
    """
    _may_change(work, item)
    _fill(item, said)
    work.record(Event.PLAN_ITEM_CHANGED, item, kind=item.kind.value, source=item.source.value)


def take_out_item(work: Work, item: PlanItem) -> None:
    """Take it out of the plan; it stays in the versions that have it. The client may take out whatever stands there.

    Raises:
        NotAllowed: staff tried to take out what the client wrote.
        NotFromHere: it was taken out before.
    """
    _may_change(work, item)
    item.take_out(work.today)
    work.record(Event.PLAN_ITEM_TAKEN_OUT, item, kind=item.kind.value)


def _fill(item: PlanItem, said: Said) -> None:
    if not said.words.strip() and (said.need is None or said.need is NeedKind.OTHER):
        raise ItemMissing
    item.words, item.more, item.need = said.words, said.more, said.need
    item.source = Source.SELF if item.is_clients else said.source


def _side(work: Work, case: Case) -> DoerKind:
    work.require(Action.PLAN_WRITE, case)
    standing = work.standing(case)
    return DoerKind.CLIENT if standing and standing.role is Role.CLIENT else DoerKind.STAFF


def _may_change(work: Work, item: PlanItem) -> None:
    """The second lock on the client's words, behind the policy's."""
    side = _side(work, work.get(Case, item.case_id))
    if side is not DoerKind.CLIENT and item.is_clients:
        raise NotAllowed(Action.PLAN_WRITE, item.case_id)
