"""What the search page shows: results with their reasons, wider searches when there are none, and what was kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import bindparam, select

from portal.cases.models import Case
from portal.directory import lexicon, synonyms
from portal.directory.models import SearchDocument, SearchFacet
from portal.directory.search import Category, Hit, Query, Results, categories_in_use, hit_from, search
from portal.directory.text import fold, words
from portal.directory.why import Reason, reasons
from portal.directory.wider import Wider, wider
from portal.resources.models import SavedPlace
from portal.resources.queries.asked import Asked, asked
from portal.web.opening_words import today_words
from portal.work import Work

#: So many languages are offered to choose from, the common ones first.
MOST_LANGUAGES = 30


@dataclass(frozen=True, slots=True)
class Found:
    """One result: the place, whether one can go there today, and why it is here."""

    hit: Hit
    today: str
    saved: bool
    reasons: Sequence[Reason] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search page: the categories there are, results if something was asked, else what the client kept."""

    categories: Sequence[Category]
    results: Results | None
    found: Sequence[Found]
    saved: Sequence[Found]
    asked: Sequence[Asked]
    wider: Sequence[Wider] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be typed on: everyday words, kinds of help, and words of the directory."""

    everyday: Sequence[str]
    categories: Sequence[Category]
    words: Sequence[str]


_SAVED = (
    select(SavedPlace.service_id)
    .where(SavedPlace.case_id == bindparam("case"))
    .order_by(SavedPlace.saved_at.desc(), SavedPlace.id)
)
_KEPT = (
    select(SavedPlace.service_id, SearchDocument.card)
    .join(SearchDocument, SearchDocument.service_id == SavedPlace.service_id)
    .where(SavedPlace.case_id == bindparam("case"))
    .order_by(SavedPlace.saved_at.desc(), SavedPlace.id)
)
_LANGUAGES = (
    select(SearchFacet.key)
    .where(SearchFacet.kind == "language")
    .order_by(SearchFacet.services.desc(), SearchFacet.key)
    .limit(MOST_LANGUAGES)
)


def offered(work: Work) -> list[str]:
    """The codes of the languages that some place speaks, the common ones first."""
    return list(work.session.scalars(_LANGUAGES))


def find(work: Work, case: Case, query: Query | None) -> SearchPage:
    """The search page.

    Args:
        work: the unit of work.
        case: whose page it is.
        query: what is looked for; none shows the categories and what the client kept.
    """
    top = [category for category in categories_in_use(work.session) if category.depth == 0]
    if query is None:
        rows = work.session.execute(_KEPT, {"case": case.id})
        kept = [hit_from(row.service_id, row.card, work.now, work.zone) for row in rows]
        shown = [Found(hit, today_words(hit.opening, work.now), saved=True) for hit in kept]
        return SearchPage(top, None, (), shown, asked(work, case))
    saved = list(work.session.scalars(_SAVED, {"case": case.id}))
    results = search(work.session, query, now=work.now, zone=work.zone)
    why = reasons(work.session, results.hits, results.concepts)
    kept_ids = set(saved)
    found = [
        Found(hit, today_words(hit.opening, work.now), hit.service_id in kept_ids, why.get(hit.service_id, ()))
        for hit in results.hits
    ]
    more = [] if results.total else wider(work.session, query, now=work.now, zone=work.zone)
    return SearchPage(top, results, found, (), (), more)


def suggestions(work: Work, typed: str) -> Offered:
    """What somebody may be about to type. Two queries.

    Args:
        work: the unit of work.
        typed: what they have typed so far.
    """
    said = words(typed)
    last = said[-1] if said else ""
    if len(last) < 2:
        return Offered((), (), ())
    begun = [phrase for folded, phrase in _everyday() if folded.startswith(" ".join(said))]
    begun = begun or [phrase for folded, phrase in _everyday() if folded.startswith(last)]
    kinds = [
        category
        for category in categories_in_use(work.session)
        if any(word.startswith(last) for word in words(category.name))
    ]
    return Offered(begun[:8], kinds[:8], lexicon.starting(work.session, last))


@cache
def _everyday() -> list[tuple[str, str]]:
    return [(fold(phrase), phrase) for phrase in synonyms.everyday()]
