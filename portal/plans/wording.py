"""The exact sentences people sign under. A signature keeps the sentence it was given under, word for word."""

from portal.i18n import _


def agreement(number: int) -> str:
    """What a client signs."""
    return _(
        "I have read version %(number)s of my plan and I agree with it. I can change my mind at any time.",
        number=number,
    )


def staff_agreement(number: int) -> str:
    """What staff sign."""
    return _("I have talked about version %(number)s of this plan with the client and will do my part.", number=number)
