"""What stands on each paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from portal.cases.areas import Areas
from portal.cases.models import Case
from portal.i18n import _
from portal.plans import queries as plans
from portal.plans.frozen import FrozenPlan
from portal.plans.models import PlanSignature, PlanVersion, VersionState
from portal.progress.queries import HowFar, Path, how_far
from portal.strengths import queries as strengths
from portal.strengths.models import Tense
from portal.strengths.queries import Entry, TopWish
from portal.work import Work

#: A version that stands: offered to the client, or answered by them.
_STANDING = (VersionState.OFFERED, VersionState.AGREED, VersionState.CHANGES_ASKED, VersionState.NOT_AGREED)


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """The plan: the newest version with its signatures, or, before there is one, what is written so far."""

    plan: FrozenPlan
    version: PlanVersion | None
    signatures: Sequence[PlanSignature]


@dataclass(frozen=True, slots=True)
class Keepsake:
    """What a client takes along when the work ends, in their own words."""

    far: HowFar
    wishes: Sequence[TopWish]
    strengths: Sequence[Entry]

    @property
    def reached(self) -> list[Path]:
        """The goals they reached."""
        return [path for path in self.far.paths if path.goal.lifecycle.value == "reached"]

    @property
    def going_on(self) -> list[Path]:
        """The goals they go on with."""
        return [path for path in self.far.paths if path.goal.lifecycle.is_open]

    @property
    def helpers(self) -> list[str]:
        """Who did a step with them, in the order of their first."""
        return list(dict.fromkeys(win.by for win in reversed(self.far.wins) if win.by))


def plan_paper(work: Work, case: Case, *, named: bool = True) -> PlanPaper:
    """The plan as it stands. After the work has ended, the last version.

    Args:
        work: the reader's.
        case: whose plan.
        named: whether the client's name may stand beside their steps.
    """
    states = (*_STANDING, VersionState.ENDED) if case.is_closed else _STANDING
    wanted = (
        select(PlanVersion)
        .where(PlanVersion.case_id == case.id, PlanVersion.state.in_(states))
        .order_by(PlanVersion.number.desc())
        .limit(1)
    )
    version = work.session.scalars(wanted).first()
    if version is None:
        return PlanPaper(_named(plans.preview(work, case), named), None, ())
    shown = plans.version_page(work, case, version)
    return PlanPaper(_named(shown.plan, named), version, shown.signatures)


def _named(plan: FrozenPlan, named: bool) -> FrozenPlan:
    """The same, where it is not named with "Me" in place of the client's name."""
    if named:
        return plan
    me = _("Me")
    return replace(
        plan,
        goals=tuple(
            replace(goal, steps=tuple(replace(s, doer_name=me) if s.is_clients else s for s in goal.steps))
            for goal in plan.goals
        ),
    )


def keepsake(work: Work, case: Case, *, private: bool) -> Keepsake:
    """Their wins, what matters to them and what they are good at.

    Args:
        work: the reader's.
        case: whose.
        private: with the private goals, which only their client can ask for.
    """
    sheet = strengths.sheet(work, case, Areas.of(()))  # by whatever part of life: the paper does not sort them
    good_at = [entry for entry in sheet.visible if entry.tense is not Tense.WANT]
    return Keepsake(how_far(work, case, private=private), strengths.wishes(work, case), good_at)
