"""Forms of strengths. One box first; everything else can be skipped."""

from typing import Any

from wtforms import BooleanField, HiddenField

from portal.cases import areas
from portal.i18n import _l
from portal.strengths.models import MOST_LETTERS, ResourceKind, StrengthKind, Tense
from portal.web.forms import ChoiceField, LongTextField, PortalForm, TextField

_WORDS = _l("Write a few words first. They can be short.")


class StrengthForm(PortalForm):
    """One thing for the sheet."""

    words = LongTextField(_l("In your own words"), most=MOST_LETTERS, required=_WORDS)
    tense = ChoiceField(_l("When is this?"), choices=[(tense.value, tense.label) for tense in Tense])
    area = ChoiceField(_l("Which part of life?"), choices=areas.choices())
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


class WishForm(PortalForm):
    """One line for what matters most."""

    words = TextField(_l("What matters to you now?"), most=MOST_LETTERS, required=_WORDS)
    area = ChoiceField(_l("Which part of life?"), choices=areas.choices())


class QuickWishForm(PortalForm):
    """The one box on the home page: a hope for the sheet, sorted later or never."""

    words = LongTextField(_l("What do you want?"), most=MOST_LETTERS, required=_WORDS)
    tense = HiddenField(default=Tense.WANT.value)
