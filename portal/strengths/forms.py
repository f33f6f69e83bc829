"""Forms of strengths. One box first; everything else can be skipped."""

from typing import Any, Self

from wtforms import BooleanField, HiddenField

from portal.cases.areas import Areas
from portal.i18n import _l
from portal.strengths.models import MOST_LETTERS, HowGood, ResourceKind, StrengthKind, Tense
from portal.web.forms import ChoiceField, LongTextField, PortalForm, TextField

_WORDS = _l("Write a few words first. They can be short.")


class SortedForm(PortalForm):
    """Something that goes to a part of life."""

    area = ChoiceField(_l("Which part of life?"))

    def offer(self, areas: Areas, held: str = "") -> Self:
        """Offer these parts of life, and the one it is held in."""
        self.area.choices = areas.choices(held)
        return self


class StrengthForm(SortedForm):
    """One thing for the sheet."""

    words = LongTextField(_l("In your own words"), most=MOST_LETTERS, required=_WORDS)
    tense = ChoiceField(_l("When is this?"), choices=[(tense.value, tense.label) for tense in Tense])
    kind = ChoiceField(_l("What is it?"), choices=[(kind.value, kind.label) for kind in StrengthKind])
    resource_kind = ChoiceField(
        _l("If it is a person or a place, where do they belong?"),
        choices=[(kind.value, kind.label) for kind in ResourceKind],
    )

    def values(self) -> dict[str, Any]:
        """What was written and chosen, as the commands take it."""
        return {
            "words": self.words.data,
            "tense": Tense(self.tense.data or Tense.WANT),
            "area": self.area.data or "",
            "kind": StrengthKind(self.kind.data) if self.kind.data else None,
            "resource_kind": ResourceKind(self.resource_kind.data) if self.resource_kind.data else None,
        }


class ShareableForm(StrengthForm):
    """The same, with the client's own choice to share it from the start. Off by default."""

    shared = BooleanField(_l("My supporters may see this too"))

    def values(self) -> dict[str, Any]:
        """Also whether it is shared."""
        return {**super().values(), "shared": self.shared.data}


class WishForm(SortedForm):
    """One line for what matters most."""

    words = TextField(_l("What matters to you now?"), most=MOST_LETTERS, required=_WORDS)


class AnswerForm(PortalForm):
    """The one box of a question in the talk. It may stay empty."""

    words = LongTextField(_l("In your own words"), most=MOST_LETTERS)


class LifeRatingForm(PortalForm):
    """How one part of life is, and how it could be."""

    now = ChoiceField(_l("How is it now?"), choices=[(str(step.value), step.label) for step in HowGood])
    want = ChoiceField(_l("How would you like it to be?"), choices=[(str(step.value), step.label) for step in HowGood])
    why = LongTextField(_l("Why did you choose these?"), most=1000)
    what_helps = LongTextField(_l("What would help?"), most=1000)

    def values(self) -> dict[str, Any]:
        """What was chosen and written, as the command takes it."""
        return {
            "now": int(self.now.data) if self.now.data else None,
            "want": int(self.want.data) if self.want.data else None,
            "why": self.why.data or "",
            "what_helps": self.what_helps.data or "",
        }


class QuickWishForm(PortalForm):
    """The one box on the home page: a hope for the sheet, sorted later or never."""

    words = LongTextField(_l("What do you want?"), most=MOST_LETTERS, required=_WORDS)
    tense = HiddenField(default=Tense.WANT.value)
