"""The next best places, ready when one did not work out: like it, untried, and right for what got in the way."""

from dataclasses import dataclass
from uuid import UUID

from babel import Locale
from sqlalchemy import select

from portal.cases.models import Case
from portal.directory.models import DirectoryAttribute, ServiceStatus
from portal.directory.search import Hit, Query, hit_of, search
from portal.referrals.models import ClosureReason, Referral, Report, Status
from portal.referrals.models.states import NOT_ABOUT_THE_PLACE
from portal.web.opening_words import today_words
from portal.work import Work

#: Two or three can be compared; more is a search.
MOST = 3
_LOOKED_AT = 20
#: What can be told only beside the place before.
_COMPARED = frozenset({ClosureReason.GETTING_THERE, ClosureReason.OPENING_HOURS})
#: How lists of places write that nothing is to be paid, in the languages they are written in.
_FREE = ("free", "no cost", "no charge", "gratis", "gratuito", "sin costo", "مجان")


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another place: its card, and whether one can go there today."""

    hit: Hit
    today: str


#: Ended without help from this place, though the client may still want some.
_WITHOUT = frozenset({Status.THEY_SAID_NO, Status.CLOSED_OTHER})
_ASKED = frozenset({Report.HELP, Report.ANOTHER})


def wants_another(referral: Referral) -> bool:
    """Whether other places belong beside this one: it did not work out, or the client asked for help or another."""
    ended = referral.status in _WITHOUT and referral.closure_reason not in NOT_ABOUT_THE_PLACE
    return ended or referral.last_report in _ASKED


def next_best(work: Work, case: Case, referral: Referral, most: int = MOST) -> list[Alternative]:
    """Other places for the same need. Those that were tried or stand open in this case are left out.

    What has the same kinds of help comes first, then what has the words of the need. Among these, places that suit the
    reason this one did not work out, and that were checked lately, go before the others.
    """
    tried = _tried(work, case)
    found: dict[UUID, Hit] = {}
    for query in _queries(work, referral):
        for hit in search(work.session, query, now=work.now, zone=work.zone).hits:
            if hit.service_id not in tried and hit.status is ServiceStatus.ACTIVE:
                found.setdefault(hit.service_id, hit)
        if len(found) >= most:
            break
    before = _place_of(work, referral) if referral.closure_reason in _COMPARED else None
    ranked = sorted(found.values(), key=lambda hit: (not _suits(hit, referral, case, before), hit.stale))
    return [Alternative(hit, today_words(hit.opening, work.now)) for hit in ranked[:most]]


def _tried(work: Work, case: Case) -> set[UUID]:
    wanted = select(Referral.service_id).where(
        Referral.case_id == case.id, Referral.service_id.is_not(None), Referral.status != Status.VOID
    )
    return {service_id for service_id in work.session.scalars(wanted) if service_id is not None}


def _queries(work: Work, referral: Referral) -> list[Query]:
    """What to look for, the best first: the same kinds of help with the words of the need, then one of them alone."""
    kinds = select(DirectoryAttribute.taxonomy_term_id).where(DirectoryAttribute.link_id == referral.service_id)
    ids = list(work.session.scalars(kinds.distinct())) if referral.service_id else []
    wider = Query(category=ids, size=_LOOKED_AT) if ids else Query(words=referral.need, size=_LOOKED_AT)
    if ids and referral.need:
        return [Query(words=referral.need, category=ids, size=_LOOKED_AT), wider]
    return [wider] if ids or referral.need else []


def _place_of(work: Work, referral: Referral) -> Hit | None:
    if referral.service_id is None:
        return None
    return hit_of(work.session, [referral.service_id], work.now, work.zone).get(referral.service_id)


def _suits(hit: Hit, referral: Referral, case: Case, before: Hit | None) -> bool:
    """Whether this place does not have what got in the way at the one before."""
    match referral.closure_reason:
        case ClosureReason.COST:
            return any(word in hit.cost.casefold() for word in _FREE)
        case ClosureReason.GETTING_THERE:
            return before is None or hit.town.casefold() != before.town.casefold()
        case ClosureReason.LANGUAGE_OR_ACCESS:
            return bool(_names(case.client.language) & {name.casefold() for name in hit.languages})
        case ClosureReason.OPENING_HOURS:
            return bool(hit.rules) and (before is None or hit.rules != before.rules)
    return True


def _names(code: str) -> set[str]:
    """What lists of places call this language: in English, or in itself."""
    known = Locale.parse(code)
    return {str(known.get_display_name(shown) or code).casefold() for shown in ("en", code)}
