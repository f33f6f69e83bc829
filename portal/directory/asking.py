"""From what somebody asks to what a document must hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.directory import lexicon, marks, places
from portal.directory.index_sql import Wanted
from portal.directory.models import TaxonomyTerm
from portal.directory.places import Spot
from portal.directory.synonyms import Concept, concepts
from portal.directory.text import asked, slug, stems, words

#: A question is about so many things at most; of more, the rarest count.
MOST_CONCEPTS: Final = 6
#: Words the directory does not have, with what they may have been meant to be.
Unknown = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What somebody looks for; all of it optional, none of it ever an error. Pages count from 1.

    `category` is a term's id, its name or its code, or several of them (any of them will do); categories below it
    count too. `place` is a town, county or postal code; with `miles` everything within so many miles of its middle is
    meant (held between 0.1 and 50), with `serves` whatever helps people from there wherever it is, with neither what
    lies in it. `point` is a latitude and longitude instead of a place. `language` is one or several (any will do), by
    name or code. `age` is in years: services that name no age are for all. `audience` is a key of `marks.AUDIENCES`.
    `no_papers` leaves out services that list papers to bring. `nearest` orders by distance.
    """

    words: str = ""
    category: str | UUID | Sequence[str | UUID] | None = None
    place: str = ""
    point: tuple[float, float] | None = None
    miles: float | None = None
    serves: bool = False
    language: str | Sequence[str] = ()
    free: bool = False
    open_now: bool = False
    evenings: bool = False
    weekends: bool = False
    wheelchair: bool = False
    age: float | None = None
    audience: str = ""
    no_papers: bool = False
    organization: str = ""
    email: str = ""
    area: str = ""
    nearest: bool = False
    page: int = 1
    size: int = 20


@dataclass(frozen=True, slots=True)
class Question:
    """A query, read: the things it is about, where, and what else a document must hold.

    `unknown` are words that the directory does not have, with what they may have been meant to be.
    """

    concepts: tuple[Concept, ...]
    sentence: bool
    spot: Spot | None
    filters: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    place: tuple[str, ...]
    unknown: Unknown = ()

    def wanted(self, *, least: int = 0, near: Sequence[str] = ()) -> Wanted:
        """What the index is asked.

        Args:
            least: how many of the things must be there; all of them by default.
            near: cells of the map, one of which the service must lie in.
        """
        filters = (*self.filters, tuple(near)) if near else self.filters
        phrases = [concept.phrases for concept in self.concepts]
        return Wanted(phrases, least, place=self.place, filters=filters, without=self.without)

    def mended(self) -> "Question":
        """The same with each unknown word replaced by the likeliest that it was meant to be."""
        likely = dict(self.unknown)
        found = []
        for concept in self.concepts:
            meant = likely.get(concept.said[0], ()) if len(concept.said) == 1 else ()
            found.append(concepts(meant[0])[0] if meant else concept)
        return Question(tuple(found), self.sentence, self.spot, self.filters, self.without, self.place, self.unknown)


def read(session: Session, query: Query, hour: str = "") -> Question | None:
    """Understand a query. Four small statements at most; None if it asks for a category there is not.

    Args:
        session: any session.
        query: what is asked.
        hour: the token of the hour of the week that "open now" means.
    """
    categories = _categories(session, query.category)
    if categories is None:
        return None
    about, unknown = _about(session, query.words)
    spot = _spot(session, query)
    place: tuple[str, ...] = ()
    filters = [categories] if categories else []
    if query.serves and query.place:
        filters.append(spot.areas if spot else tuple(marks.areas([query.place, "everywhere"])))
    elif query.place and not _is_near(query, spot):
        place = tuple(dict.fromkeys(words(places.short_zip(query.place))))
    filters += _filters(query, hour)
    without = [marks.age(query.age)] if query.age is not None else []
    without += [marks.PAPERS] if query.no_papers else []
    return Question(about, asked(query.words)[1], spot, tuple(filters), tuple(without), place, unknown)


def _is_near(query: Query, spot: Spot | None) -> bool:
    return query.miles is not None and spot is not None and spot.point is not None and not query.serves


def _spot(session: Session, query: Query) -> Spot | None:
    if query.point is not None:
        return Spot("", *query.point, ())
    wanted = query.place and (query.miles is not None or query.serves)
    return places.place_of(session, query.place) if wanted else None


def _about(session: Session, said: str) -> tuple[tuple[Concept, ...], Unknown]:
    """What a question is about, the rarest things if they are many, and the words the directory does not have."""
    found = concepts(said)
    if not found:
        return (), ()
    known = lexicon.common(session, (word for concept in found for word in concept.said))
    if len(found) > MOST_CONCEPTS:

        def rarity(concept: Concept) -> int:
            return min((known.get(word, (0, 0))[0] or 1_000_000) for word in concept.said)

        rarest = sorted(found, key=rarity)[:MOST_CONCEPTS]
        found = tuple(concept for concept in found if concept in rarest)
    alone = [concept.said[0] for concept in found if len(concept.phrases) == 1 and len(concept.said) == 1]
    lost = ((word, _other_words(session, word)) for word in alone if word not in known)
    return found, tuple((word, meant) for word, meant in lost if meant)


def _other_words(session: Session, word: str) -> tuple[str, ...]:
    own = set(stems(word))
    return tuple(other for other in lexicon.meant(session, word) if not own & set(stems(other)))


def _filters(query: Query, hour: str) -> list[tuple[str, ...]]:
    several = [query.language] if isinstance(query.language, str) else list(query.language)
    spoken = tuple(dict.fromkeys(marks.language(name) for name in several if slug(name)))
    found = [spoken] if spoken else []
    found += [
        (token,)
        for token, asked_for in (
            (marks.FREE, query.free),
            (marks.EVENINGS, query.evenings),
            (marks.WEEKENDS, query.weekends),
            (marks.WHEELCHAIR, query.wheelchair),
            (hour, query.open_now and bool(hour)),
        )
        if asked_for
    ]
    found += [(marks.audience(query.audience),)] if query.audience else []
    found += [(marks.email(query.email),)] if query.email.strip() else []
    found += [tuple(marks.areas([query.area]))] if slug(query.area) else []
    found += [tuple(group) for group in marks.organization_groups(query.organization)]
    return found


def _categories(session: Session, category: str | UUID | Sequence[str | UUID] | None) -> tuple[str, ...] | None:
    """The index tokens of what was asked for; None if the directory has no such thing; empty if nothing was asked."""
    several = [category] if isinstance(category, str | UUID) else list(category or ())
    # PostgreSQL has no text with a NUL in it, and no category has such a name.
    several = [part.replace("\0", "") if isinstance(part, str) else part for part in several]
    several = [one for one in several if not isinstance(one, str) or one.strip()]
    if not several:
        return ()
    ids, names = set[UUID](), set[str]()
    for one in several:
        try:
            ids.add(one if isinstance(one, UUID) else UUID(one))
        except ValueError:
            names.add(str(one).strip())
    paths = session.scalars(
        select(TaxonomyTerm.path)
        .where(
            or_(
                TaxonomyTerm.id.in_(ids),
                TaxonomyTerm.key.in_({slug(name) for name in names} - {""}),
                TaxonomyTerm.code.in_(names),
            )
        )
        .distinct()
        .order_by(TaxonomyTerm.path)
    ).all()
    return tuple(marks.category(path) for path in paths) or None
