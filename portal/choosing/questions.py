"""What is asked when a way of working is chosen, as data (DOMAIN 5). The client may answer first, in these words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from portal.i18n import _l


class Dimension(StrEnum):
    """What the models differ on. Each is answered 0 to 3, or skipped."""

    BREADTH = "breadth"
    INSTABILITY = "instability"
    HELP_TO_ACT = "help_to_act"
    CONTACT = "contact"
    TREATMENT = "treatment"
    SKILLS = "skills"
    STRENGTHS = "strengths"
    LOCAL = "local"


class Gate(StrEnum):
    """What a model cannot do without."""

    CLINICIAN = "clinician"
    TEAM = "team"
    TRANSITION = "transition"

    @property
    def missing(self) -> Any:
        """What to say when it is not there."""
        return {
            Gate.CLINICIAN: _l("This needs a licensed clinician."),
            Gate.TEAM: _l("This needs a team that is there day and night."),
            Gate.TRANSITION: _l("This is for people who leave a hospital, shelter, prison or other care."),
        }[self]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is asked, and what its answers 0 to 3 mean. `topic` names it in a reason."""

    dimension: Dimension
    ask: Any
    topic: Any
    answers: tuple[Any, Any, Any, Any]

    def answer(self, value: int) -> str:
        """The answer with this value, in words."""
        return str(self.answers[value])


QUESTIONS: Final[tuple[Question, ...]] = (
    Question(
        Dimension.BREADTH,
        _l("How many parts of life do you want help with?"),
        _l("Parts of life"),
        (_l("One"), _l("Two"), _l("Three or four"), _l("Five or more")),
    ),
    Question(
        Dimension.INSTABILITY,
        _l("How are day-to-day things now?"),
        _l("Day-to-day things"),
        (
            _l("Steady"),
            _l("A bit shaky"),
            _l("It is hard to get through tasks"),
            _l("A crisis, hospital or no home in the last 90 days"),
        ),
    ),
    Question(
        Dimension.HELP_TO_ACT,
        _l("Could you call a place yourself?"),
        _l("Calling a place"),
        (_l("Yes, alone"), _l("Yes, with the facts in hand"), _l("With someone beside me"), _l("Not now")),
    ),
    Question(
        Dimension.CONTACT,
        _l("How often would you like contact?"),
        _l("Contact"),
        (_l("When I ask"), _l("Each month"), _l("Each week or two"), _l("Most days")),
    ),
    Question(
        Dimension.TREATMENT,
        _l("Do you want treatment together with this help?"),
        _l("Treatment"),
        (
            _l("No, or I have my own provider"),
            _l("A little"),
            _l("Yes, from the same worker"),
            _l("Yes: a severe illness, often in hospital"),
        ),
    ),
    Question(
        Dimension.SKILLS,
        _l("Do you want to learn or relearn things?"),
        _l("Learning things"),
        (_l("No"), _l("A little"), _l("Some"), _l("That is the main thing")),
    ),
    Question(
        Dimension.STRENGTHS,
        _l("Shall we build on your own goals, interests, family and community?"),
        _l("Building on what is there"),
        (_l("No"), _l("A little"), _l("Some"), _l("That is the main thing")),
    ),
    Question(
        Dimension.LOCAL,
        _l("Are there services near that are open to you?"),
        _l("Services near"),
        (_l("Hardly any"), _l("Some, with gaps"), _l("Good ones"), _l("Plenty, and they work together")),
    ),
)
