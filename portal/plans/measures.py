"""Figures about steps, as DOMAIN 3 defines them, so that every page tells the same number. Plain values in and out."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.plans.models import ResourceKind, Step, StepState


@dataclass(frozen=True, slots=True)
class NaturalShare:
    """Steps that name somebody or some place from the client's own life, of those that name anybody."""

    natural: int
    named: int

    @property
    def percent(self) -> int | None:
        """The share in whole per cent; None when no step names anybody."""
        return round(100 * self.natural / self.named) if self.named else None


def natural_share(kinds: Iterable[ResourceKind]) -> NaturalShare:
    """`natural_share` = steps naming a natural resource / steps naming any person or place (DOMAIN 3).

    Args:
        kinds: `Step.counted_kind` of each step; NONE names nobody and is left out.
    """
    named = [kind for kind in kinds if kind is not ResourceKind.NONE]
    return NaturalShare(sum(kind is ResourceKind.NATURAL for kind in named), len(named))


@dataclass(frozen=True, slots=True)
class Done:
    """How many steps are done, of those that count: what was left out or changed is no step any more."""

    done: int
    total: int


def done_of(steps: Iterable[Step]) -> Done:
    """How many of these steps are done: 5 of 6."""
    counted = [step.state for step in steps if step.state.counts]
    return Done(counted.count(StepState.DONE), len(counted))
