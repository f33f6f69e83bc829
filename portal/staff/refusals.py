"""What staff are told when something cannot be done here."""

from portal.i18n import _l
from portal.work import Refused


class AnsweredAlready(Refused):
    """Another member of staff was quicker."""

    says = _l("Somebody has answered this already.")


class WordsMissing(Refused):
    """An answer that needs words, without them."""

    field, says = "words", _l("Write some words first.")


class NotForThis(Refused):
    """This kind of thing is not answered so."""

    says = _l("Choose one of the answers that are shown.")


class KeptPrivate(Refused):
    """The client keeps it to themselves now, or has let it go."""

    says = _l("The client has taken this back or keeps it private now.")


class NobodyChosen(Refused):
    """A colleague who cannot take this case."""

    field, says = "worker", _l("Choose somebody from this list.")


class WorksHereAlready(Refused):
    """They are on the case."""

    field, says = "worker", _l("They work on this case already.")


class NobodyLeft(Refused):
    """The last person who works on a case leaves it."""

    says = _l("Somebody has to work with this client. Add a colleague first.")


class StillWaiting(Refused):
    """A case is closed while something of the client's waits for an answer."""

    says = _l("Something from this client still waits for an answer. Answer it first.")


class ClosedAlready(Refused):
    """The case is closed."""

    says = _l("This case is closed.")


class NotOffered(Refused):
    """A way of working that is not switched on, or a programme, team or colleague that is not the actor's."""

    says = _l("Choose from what is shown.")


class SameModel(Refused):
    """The way of working they have."""

    field, says = "profile", _l("You work in this way already. Choose another.")


class ReasonMissing(Refused):
    """Another way of working, and nobody says why."""

    field, says = "reason", _l("Write why, in one line or more.")
