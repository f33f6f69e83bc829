"""From answers to a fit for each model of practice, with its reasons. Pure functions: no session, no case, no page.

fit = the weighted mean of what each answer is worth, times 100; skipped answers are left out (DOMAIN 5).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from portal.choosing.bands import MODELS, ModelBands
from portal.choosing.questions import QUESTIONS, Dimension, Gate, Question
from portal.i18n import _, _l
from portal.profiles import registry
from portal.profiles.profile import Profile

#: Fewer answers than this say too little.
ENOUGH: Final = 5
#: A lead smaller than this is none: talk about both.
CLOSE_CALL: Final = 10
_REASONS_FOR: Final = 3
_UNSAFE: Final = _l("Contact is not safe for this person. Agree first how to reach them.")
_FULL: Final = _l("Your caseload is full with this one. Talk to your supervisor.")
_BY_DIMENSION: Final[Mapping[Dimension, Question]] = {question.dimension: question for question in QUESTIONS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered, and what there is here. A dimension that is not named was skipped."""

    given: Mapping[Dimension, int]
    open_gates: frozenset[Gate] = frozenset()
    contact_safe: bool = True
    #: Profile keys for which the worker's caseload would be over its soft limit.
    full: Collection[str] = field(default=())

    @property
    def enough(self) -> bool:
        """Whether they say anything yet."""
        return len(self.given) >= ENOUGH


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer that speaks for or against a model, and how strongly."""

    dimension: Dimension
    value: int
    strength: float

    def __str__(self) -> str:
        question = _BY_DIMENSION[self.dimension]
        return _("%(topic)s: %(answer)s", topic=question.topic, answer=question.answer(self.value))


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one model fits. `missing` says why it cannot be had here; a model without it is offered."""

    profile: Profile
    exact: float
    reasons_for: tuple[Reason, ...]
    reason_against: Reason | None
    cautions: tuple[str, ...] = ()
    missing: Any = None

    @property
    def score(self) -> int:
        """The fit as it is shown, 0 to 100."""
        return int(self.exact + 0.5)

    @property
    def offered(self) -> bool:
        """Whether it can be chosen here."""
        return self.missing is None


@dataclass(frozen=True, slots=True)
class Advice:
    """The fits of all models that are worth showing, best first, and what to talk about."""

    enough: bool
    fits: tuple[Fit, ...] = ()
    cautions: tuple[str, ...] = ()

    @property
    def offered(self) -> tuple[Fit, ...]:
        """Those that can be chosen here, best first."""
        return tuple(fit for fit in self.fits if fit.offered)

    @property
    def greyed(self) -> tuple[Fit, ...]:
        """Those that cannot, with what is missing."""
        return tuple(fit for fit in self.fits if not fit.offered)

    @property
    def is_close(self) -> bool:
        """Whether the best two are too near each other to say which."""
        best = self.offered[:2]
        return len(best) == 2 and best[0].exact - best[1].exact < CLOSE_CALL

    @property
    def best(self) -> Fit | None:
        """The best that can be chosen here."""
        return self.offered[0] if self.offered else None


NOT_ENOUGH: Final = Advice(enough=False)


def advise(answers: Answers, in_use: Collection[str] | None = None) -> Advice:
    """How well each model fits these answers.

    Args:
        answers: what was answered and what there is here.
        in_use: keys of the profiles this organisation has switched on; all of them when it is None.
    """
    if not answers.enough:
        return NOT_ENOUGH
    shown = (model for model in MODELS if not (model.hidden and _gate_shut(model, answers)))
    fits = sorted((_fit(model, answers, in_use) for model in shown), key=lambda fit: -fit.exact)
    return Advice(enough=True, fits=tuple(fits), cautions=tuple(_cautions(fits, answers)))


def _fit(model: ModelBands, answers: Answers, in_use: Collection[str] | None) -> Fit:
    counted = [
        (dimension, value, band.weight, band.credit(value))
        for dimension, band in model.bands.items()
        if (value := answers.given.get(dimension)) is not None
    ]
    whole = sum(weight for _dimension, _value, weight, _credit in counted)
    exact = 100 * sum(weight * credit for _d, _v, weight, credit in counted) / whole if whole else 0.0
    speaking = [Reason(dimension, value, weight) for dimension, value, weight, credit in counted if credit == 1]
    objecting = [Reason(dimension, value, weight * (1 - credit)) for dimension, value, weight, credit in counted]
    against = max(objecting, key=lambda reason: reason.strength, default=None)
    return Fit(
        profile=registry.by_key(model.key),
        exact=exact,
        reasons_for=tuple(sorted(speaking, key=lambda reason: -reason.strength)[:_REASONS_FOR]),
        reason_against=against if against is not None and against.strength > 0 else None,
        cautions=tuple(_own_cautions(model, answers)),
        missing=_missing(model, answers, in_use),
    )


def _gate_shut(model: ModelBands, answers: Answers) -> bool:
    return model.gate is not None and model.gate not in answers.open_gates


def _missing(model: ModelBands, answers: Answers, in_use: Collection[str] | None) -> Any:
    if in_use is not None and model.key not in in_use:
        return _l("Not used in this organisation.")
    return model.gate.missing if model.gate is not None and _gate_shut(model, answers) else None


def _own_cautions(model: ModelBands, answers: Answers) -> Iterator[str]:
    for caution in model.cautions:
        if caution.holds(answers.given.get(caution.dimension)):
            yield str(caution.says)
    if model.key in answers.full:
        yield str(_FULL)


def _cautions(fits: Collection[Fit], answers: Answers) -> Iterator[str]:
    """What to talk about whichever is chosen."""
    if not answers.contact_safe:
        yield str(_UNSAFE)
    best = next(iter(fits), None)
    if best is not None and not best.offered:
        yield from (
            str(model.instead)
            for model in MODELS
            if model.instead is not None and registry.by_key(model.key) == best.profile
        )
