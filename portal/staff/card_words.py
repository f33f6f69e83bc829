"""What stands on a printed sign-in card, in the client's language whatever staff speak."""

from dataclasses import dataclass

from portal import i18n
from portal.i18n import _


@dataclass(frozen=True, slots=True)
class CardWords:
    """The words of a card, ready to print."""

    language: str
    direction: str
    title: str
    how: tuple[str, ...]
    number: str
    code: str
    address: str
    picture: str
    keep: str
    lost: str


def card_words(language: str, organisation: str, office_phone: str) -> CardWords:
    """The words of a card in this language."""
    with i18n.speaking(language):
        lost = (
            _("Lost your card? Call us: %(phone)s. We make a new one, and this one stops working.", phone=office_phone)
            if office_phone
            else _("Lost your card? Tell us. We make a new one, and this one stops working.")
        )
        return CardWords(
            language=language,
            direction=i18n.direction(language),
            title=_("Your card for %(organisation)s", organisation=organisation),
            how=(
                _("Go to the address below, or point your phone's camera at the picture."),
                _("Type your number."),
                _("Type your code."),
            ),
            number=_("Your number"),
            code=_("Your code"),
            address=_("The address"),
            picture=_("A picture that leads your phone to the address"),
            keep=_("Keep this card safe. Whoever has it can read your pages. We never ask you for your code."),
            lost=lost,
        )
