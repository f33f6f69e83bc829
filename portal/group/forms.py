"""Forms of the group: start a turn, write ideas down, offer them, and say what came of them."""

from portal.group.models import MOST_LETTERS
from portal.i18n import _l
from portal.web.forms import ChoiceField, LongTextField, ManyField, PortalForm

_LINES = 12


class TurnForm(PortalForm):
    """Which goal the team talks about."""

    goal = ChoiceField(_l("Which goal?"), required=_l("Choose a goal."))


class IdeasForm(PortalForm):
    """What the team thought of, a line each."""

    words = LongTextField(
        _l("Ideas, one on each line"), most=_LINES * MOST_LETTERS, required=_l("Write at least one idea.")
    )

    @property
    def lines(self) -> list[str]:
        """The ideas."""
        return [line for line in (self.words.data or "").splitlines() if line.strip()]


class OfferForm(PortalForm):
    """Which ideas the client is offered."""

    ideas = ManyField(_l("Offer these to the client"), required=_l("Choose at least one idea."))


class FollowUpForm(PortalForm):
    """What came of an idea."""

    came_of = LongTextField(_l("What came of it?"), most=1000, required=_l("Write what came of it."))
