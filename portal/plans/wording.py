"""The exact sentences people sign under. A signature keeps the sentence it was given under, word for word."""

from typing import Any

from portal.i18n import _, _l


def agreement(number: int) -> str:
    """What a client signs."""
    return _(
        "I have read version %(number)s of my plan and I agree with it. I can change my mind at any time.",
        number=number,
    )


def staff_agreement(number: int) -> str:
    """What staff sign."""
    return _("I have talked about version %(number)s of this plan with the client and will do my part.", number=number)


def spoken_agreement(number: int) -> str:
    """What a client says aloud, and a witness hears."""
    return _(
        "Version %(number)s of my plan was read to me and I agree with it. I can change my mind at any time.",
        number=number,
    )


def other_agreement(number: int) -> str:
    """What somebody else who does a part of the plan signs."""
    return _("I have read my part of version %(number)s of this plan and will do it.", number=number)


#: What a client can say about the choice they had, by its key in a signature (the agreement items of HL7's eLTSS).
CHOICES: dict[str, Any] = {
    "services_offered": _l("I could choose between services."),
    "helped_choose": _l("I got help to choose, as far as I wanted it."),
    "providers_offered": _l("I could choose who gives me each service."),
    "informed": _l("I know what each choice means for me."),
}
