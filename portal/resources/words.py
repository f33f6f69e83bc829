"""Search in words: what was found and where, why a place is among the results, what a wider search changes."""

from portal import i18n
from portal.directory.asking import Query
from portal.directory.search import Hit, Results
from portal.directory.text import fold
from portal.directory.why import Reason, Where
from portal.directory.wider import Step, Wider
from portal.i18n import _, ngettext


def summary(results: Results, query: Query) -> str:
    """How many places, and where: "12 places within 10 miles of Larkwater"."""
    if results.capped:
        return _("More than %(most)s places. Add a word or a town.", most=i18n.number(results.total))
    count = ngettext("%(num)s place", "%(num)s places", results.total)
    if results.near and query.miles is not None:
        return _("%(places)s within %(miles)s miles of %(town)s", places=count, miles=i18n.number(query.miles),
                 town=results.near)  # fmt: skip
    if query.serves and query.place:
        return _("%(places)s for people from %(town)s", places=count, town=query.place)
    return count


def away(hit: Hit) -> str:
    """How far a place is: "1.2 miles"; "less than a mile" would hide whether one can walk."""
    if hit.miles is None:
        return ""
    miles = round(hit.miles, 1) if hit.miles < 10 else round(hit.miles)
    return ngettext("%(miles)s mile", "%(miles)s miles", 1 if miles == 1 else 2, miles=i18n.number(miles))


def asks_near_me(words: str) -> bool:
    """Whether somebody asks for what is near without saying where they are."""
    return any(phrase in f" {fold(words)} " for phrase in _NEAR_ME)


_NEAR_ME = tuple(f" {fold(said)} " for said in ("near me", "close to me", "nearby", "cerca de mí", "cerca", "قريب مني"))


def why_words(reason: Reason) -> str:
    """A reason as a line under a result. What the source wrote stands in it as it is."""
    match reason.where:
        case Where.CATEGORY:
            return _("Kind of help: %(name)s", name=reason.text)
        case Where.OTHER_NAME:
            return _("Also called: %(name)s", name=reason.text)
        case Where.WHO:
            return _("Who it is for: %(words)s", words=reason.text)
        case Where.TEXT:
            return _("They say: %(words)s", words=reason.text)


def wider_words(wider: Wider) -> str:
    """What a wider search does."""
    match wider.step:
        case Step.FARTHER:
            return _("Look within %(miles)s miles", miles=wider.told)
        case Step.FEWER_WORDS:
            return _("Look for “%(words)s” alone", words=wider.told)
        case step:
            return str(_WIDER[step]())


_WIDER = {
    Step.OPEN_LATER: lambda: _("Also places that are closed now"),
    Step.ANY_PAPERS: lambda: _("Also places that want to see papers"),
    Step.ANY_AGE: lambda: _("Also places for other ages"),
    Step.ANY_COST: lambda: _("Also places that cost money"),
    Step.ANY_ACCESS: lambda: _("Also places that do not say if a wheelchair gets in"),
    Step.ANYBODY: lambda: _("Also places for anyone"),
    Step.ANY_LANGUAGE: lambda: _("Also places in other languages"),
    Step.SERVES: lambda: _("Places farther away that help people from there"),
    Step.ANYWHERE: lambda: _("Look everywhere"),
    Step.ANY_KIND: lambda: _("Look in all kinds of help"),
}
