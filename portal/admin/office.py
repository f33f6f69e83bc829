"""Deciding how the portal looks and when the office is open. What will not do is refused with the reason."""

from collections.abc import Mapping

from portal import office
from portal.audit.events import Event
from portal.colours import LEAST
from portal.i18n import _, _l, number
from portal.work import Refused, Work


class NoColour(Refused):
    """Not a colour as we take it."""

    field, says = "accent", _l("Write a colour like #0f5c5c: a # and six letters or numbers.")


class TooLight(Refused):
    """White words on this colour could not be read."""

    field = "accent"

    def __init__(self, ratio: float) -> None:
        super().__init__(
            _(
                "White words on this colour are hard to read: the contrast is %(ratio)s, and people need %(least)s."
                " Choose a darker one.",
                ratio=number(round(ratio, 1)),
                least=number(LEAST),
            )
        )


class NoLogo(Refused):
    """Not a picture we take."""

    field, says = "logo", _l("This is not a PNG or JPEG picture that we can show. Save it as PNG and try again.")


class LogoTooLarge(Refused):
    """A picture that people with a bad network would wait for."""

    field = "logo"

    def __init__(self, size: int) -> None:
        super().__init__(
            _(
                "This picture has %(size)s KB, and %(most)s KB is the most. 200 pixels across are enough.",
                size=number(-(-size // 1024)),
                most=number(office.LARGEST_LOGO // 1024),
            )
        )


def dress(work: Work, *, accent: str, hours: Mapping[str, str], logo: bytes | None, remove_logo: bool) -> None:
    """Decide the look and the office hours.

    Args:
        accent: a colour such as "#0f5c5c"; "" for the one in the settings.
        hours: language code -> when the office is open, in that language's words; empty ones are dropped.
        logo: the bytes of a new picture; None to leave it.
        remove_logo: show the portal's own mark again.

    Raises:
        NoColour, TooLight: the colour will not do.
        NoLogo, LogoTooLarge: the picture will not do.
    """
    accent = accent.lower()
    if accent and (ratio := office.contrast_of(accent)) is None:
        raise NoColour
    if accent and not office.is_readable(accent):
        raise TooLight(ratio or 1)
    row = office.decide(work.session)
    before = (row.accent, row.hours, row.logo)
    row.accent, row.hours = accent, {code: text for code, text in sorted(hours.items()) if text}
    if logo is not None:
        row.logo = _checked(logo)
    elif remove_logo:
        row.logo = None
    after = (row.accent, row.hours, row.logo)
    named = ("accent", "hours", "logo")
    changed = [name for name, old, new in zip(named, before, after, strict=True) if old != new]
    work.record(Event.OFFICE_CHANGED, None, changed=changed)


def _checked(logo: bytes) -> bytes:
    if len(logo) > office.LARGEST_LOGO:
        raise LogoTooLarge(len(logo))
    try:
        office.picture(logo)
    except office.BadPicture:
        raise NoLogo from None
    return logo
