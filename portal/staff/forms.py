"""What staff fill in: a new case, an answer, a hand-over, a closing."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from wtforms import BooleanField, Field, SelectField
from wtforms.validators import ValidationError

from portal import clock, i18n
from portal.choosing.questions import QUESTIONS, Dimension, Gate
from portal.i18n import _, _l
from portal.profiles.profile import Profile
from portal.web.forms import ChoiceField, DayField, LongTextField, ManyField, PortalForm, TextField

#: "How do you want to work?", as a client answers it (STORIES 4.1).
WISHES = (
    ("alone", _l("Mostly on my own")),
    ("some", _l("With some help")),
    ("beside", _l("With somebody beside me")),
    ("people", _l("Together with people close to me")),
    ("open", _l("I do not know yet")),
)
_SKIP = ("", _l("Skip"))


class ListField(SelectField):
    """One of a list that is as long as the organisation has programmes or people."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **kwargs)

    def offer(self, choices: Sequence[tuple[UUID, str]], *, none: str | None = None) -> None:
        """Offer these; `none` is what choosing nothing is called."""
        self.choices = [*([("", none)] if none is not None else []), *((str(id_), name) for id_, name in choices)]

    @property
    def id_chosen(self) -> UUID | None:
        """What was chosen, if it was offered."""
        offered = {choice[0] for choice in self.choices or ()}
        return UUID(self.data) if self.data and self.data in offered else None


class OpenCaseForm(PortalForm):
    """A new case. The questions of the model-selection helper stand in it too, so that nothing typed is lost."""

    do = TextField(_l("What to do"), most=10)
    programme = ListField(_l("Programme"))
    name = TextField(_l("Name"), most=120, required=_l("Write the name of the client."))
    language = ListField(_l("Language they read"))
    phone = TextField(_l("Phone"), most=40)
    email = TextField(_l("Email"), most=254)
    safe = ManyField(
        _l("Is it safe to contact them here?"),
        choices=[
            ("phone", _l("Yes, we may send a text to this phone")),
            ("email", _l("Yes, we may write to this email")),
        ],
    )
    wish = ChoiceField(_l("How do you want to work?"), choices=WISHES)
    wish_words = LongTextField(_l("In their own words"), most=1000)
    here = ManyField(
        _l("What is there?"),
        choices=[
            (Gate.CLINICIAN.value, _l("A licensed clinician can do this work")),
            (Gate.TEAM.value, _l("A team is there day and night")),
            (Gate.TRANSITION.value, _l("They leave a hospital, shelter, prison or other care within 90 days")),
        ],
    )
    unsafe = BooleanField(_l("Contact is not safe for this person"))
    profile = ChoiceField(_l("Way of working"), required=_l("Choose a way of working."))
    reason = LongTextField(_l("Why this way?"), most=1000, required=_l("Write why, in one line or more."))
    worker = ListField(_l("Case manager"))
    team = ListField(_l("Team"))

    def offer_profiles(self, profiles: Sequence[Profile]) -> None:
        """Offer the ways of working that are switched on."""
        self.profile.choices = [(profile.key, profile.name) for profile in profiles]

    def validate_safe(self, field: Field) -> None:
        """A way that is called safe has to be written down."""
        if any(not self._fields[name].data for name in field.data or ()):
            raise ValidationError(_("Write the phone or email that is safe, or take the tick away."))

    @property
    def wants_fit(self) -> bool:
        """Whether the button "See what fits" was pressed, and not the one that opens the case."""
        return bool(self.do.data == "fit")

    @property
    def questions(self) -> list[Field]:
        """The helper's questions, in their order."""
        return [self._fields[f"q_{question.dimension.value}"] for question in QUESTIONS]

    @property
    def given(self) -> dict[Dimension, int]:
        """What was answered."""
        found = {question.dimension: self._fields[f"q_{question.dimension.value}"].data for question in QUESTIONS}
        return {dimension: int(value) for dimension, value in found.items() if value in {"0", "1", "2", "3"}}

    @property
    def wished(self) -> str:
        """How the client wants to work: what they chose, then what they said."""
        chosen = str(dict(WISHES).get(self.wish.data or "", ""))
        return "\n".join(part for part in (chosen, self.wish_words.data or "") if part)


for _question in QUESTIONS:
    _answers = [*((str(value), label) for value, label in enumerate(_question.answers)), _SKIP]
    setattr(
        OpenCaseForm, f"q_{_question.dimension.value}", ChoiceField(_question.ask, choices=_answers, default="")
    )  # fmt: skip


def _not_past(day: date) -> Any:
    today = clock.local_date(clock.now(), i18n.zone_name())
    return _("This day is over. Choose a day that is still to come.") if day < today else None


class AnswerForm(PortalForm):
    """An answer to something a client wrote. The button that is pressed says which kind."""

    answer = TextField(_l("Answer"), most=20)
    words = LongTextField(_l("Your words for the client"), most=5000)


class FirstStepForm(PortalForm):
    """A first step for a goal."""

    text = TextField(_l("First step"), most=300, required=_l("Write the step."))
    doer = ChoiceField(_l("Who does it?"), required=_l("Choose who does it."))
    due_on = DayField(_l("By when"))


class AddWorkerForm(PortalForm):
    """A colleague who joins a case, and what the client is told."""

    worker = ListField(_l("Who joins?"))
    until = DayField(_l("Last day, if they only cover for somebody"), check=_not_past)
    words = LongTextField(_l("Your own words to the client"), most=5000)


class EndWorkerForm(PortalForm):
    """The last day of a colleague on a case."""

    last_day = DayField(_l("Last day"), check=_not_past)


class CloseForm(PortalForm):
    """Closing words."""

    words = LongTextField(
        _l("What the client reads"), most=5000, required=_l("Write some words to the client.")
    )  # fmt: skip
