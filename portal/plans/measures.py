"""Figures about steps, as DOMAIN 3 defines them, so that every page tells the same number. Plain values in and out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt

from portal.clock import local_date
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


def attainment_index(ratings: Sequence[tuple[int, int]]) -> float | None:
    """The goal attainment index of some ladders together, 50 where each stands on what was hoped for.

    T = 50 + 10·Σ(wx) / √(0.7·Σw² + 0.3·(Σw)²), the form of Turner-Stokes' published correction (DOMAIN 2.2): the
    formula first printed in 2009 was wrong. Supervisors read it about their work; it is no score of a person.

    Args:
        ratings: by goal, its weight (1 or more) and its rung, -2 to 2.

    Returns:
        the index, one decimal; None where nothing was rated.
    """
    if not ratings:
        return None
    weights = [weight for weight, _rung in ratings]
    spread = sqrt(0.7 * sum(weight**2 for weight in weights) + 0.3 * sum(weights) ** 2)
    return round(50 + 10 * sum(weight * rung for weight, rung in ratings) / spread, 1)


def next_talk(last: datetime | None, every_days: int, now: datetime, zone: str) -> date:
    """The day by which client and staff talk next, as the model of practice has it.

    Args:
        last: when both last heard from each other; None if never.
        every_days: how often the model of practice has staff make contact.
        now: the moment of asking.
        zone: the organisation's time zone.
    """
    today = local_date(now, zone)
    due = local_date(last, zone) + timedelta(days=every_days) if last is not None else today
    return due if due > today else today + timedelta(days=every_days)
