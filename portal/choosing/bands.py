"""Where each model of practice fits: bands, weights, gates and cautions (DOMAIN 5), as configuration.

They were set by hand so that the published examples come out as told there. They are no validated instrument.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from portal.choosing.questions import Dimension, Gate
from portal.i18n import _l


@dataclass(frozen=True, slots=True)
class Band:
    """The answers from `lo` to `hi` fit; how much this counts."""

    lo: int
    hi: int
    weight: int

    def credit(self, value: int) -> float:
        """1 inside the band, one half beside it, 0 further off."""
        distance = max(self.lo - value, value - self.hi, 0)
        return (1.0, 0.5, 0.0)[min(distance, 2)]


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to talk about whatever the score, when an answer is at most or at least so much."""

    dimension: Dimension
    says: Any
    at_most: int = 3
    at_least: int = 0

    def holds(self, value: int | None) -> bool:
        """Whether it applies to this answer."""
        return value is not None and self.at_least <= value <= self.at_most


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelBands:
    """One model: its profile's key, its bands by dimension, and what it cannot do without."""

    key: str
    bands: Mapping[Dimension, Band]
    gate: Gate | None = None
    #: Not even shown while its gate is shut: the question does not arise.
    hidden: bool = False
    cautions: tuple[Caution, ...] = ()
    #: What to say when it fits best and cannot be had here.
    instead: Any = None


def _bands(*row: tuple[int, int, int] | None) -> Mapping[Dimension, Band]:
    return MappingProxyType(
        {dimension: Band(*band) for dimension, band in zip(Dimension, row, strict=False) if band is not None}
    )


#: The table of DOMAIN 5, row by row: (lo, hi, weight) for each dimension in its order.
MODELS: Final[tuple[ModelBands, ...]] = (
    ModelBands(
        key="brokerage",
        bands=_bands((0, 2, 1), (0, 1, 3), (0, 1, 3), (0, 1, 2), (0, 1, 2), (0, 1, 2), (0, 1, 1), (2, 3, 5)),
        cautions=(
            Caution(Dimension.LOCAL, _l("There are few places to refer to."), at_most=1),
            Caution(Dimension.INSTABILITY, _l("Things are shaky now: this way of working sees people seldom."),
                    at_least=2),
        ),
    ),
    ModelBands(
        key="clinical",
        bands=_bands((0, 2, 1), (1, 2, 2), (1, 2, 2), (1, 2, 2), (2, 3, 4), (0, 2, 1), None, (1, 3, 1)),
        gate=Gate.CLINICIAN,
    ),
    ModelBands(
        key="intensive",
        bands=_bands((1, 3, 1), (2, 3, 4), (2, 3, 3), (3, 3, 3), (1, 2, 2), None, None, (1, 3, 1)),
    ),
    ModelBands(
        key="act",
        bands=_bands((2, 3, 1), (3, 3, 4), (3, 3, 3), (3, 3, 3), (3, 3, 3)),
        gate=Gate.TEAM,
        instead=_l("A day-and-night team fits best and is not here. Talk about intensive work, and refer to a team."),
    ),
    ModelBands(
        key="cti",
        bands=_bands((1, 3, 1), (1, 2, 2), (1, 2, 2), (1, 2, 2), (0, 2, 1), None, (1, 3, 1), (1, 3, 2)),
        gate=Gate.TRANSITION,
        hidden=True,
    ),
    ModelBands(
        key="strengths",
        bands=_bands((0, 3, 1), (0, 2, 2), (1, 2, 2), (1, 2, 2), (0, 1, 2), (1, 2, 1), (3, 3, 4)),
    ),
    ModelBands(
        key="rehabilitation",
        bands=_bands((0, 2, 1), (0, 2, 2), (1, 2, 2), (1, 2, 2), (0, 2, 1), (3, 3, 4), (1, 2, 2)),
    ),
)  # fmt: skip
