"""What others may ask the directory for: which services, organisations, places and categories, a page or all of them.

The parameters are those of the HSDS 3.1 API; they combine by "and". Lists are in the order of ids, which no edit
changes; services that words were asked for come best first. Everything here ends in ids: `nested` makes what is sent.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Select, false, func, or_, select, union
from sqlalchemy.orm import Session

from portal.directory import index_sql
from portal.directory.index_sql import Wanted
from portal.directory.licences import shared_taxonomies, shared_terms
from portal.directory.models import (
    Address,
    DirectoryAttribute,
    Location,
    Organization,
    SearchDocument,
    Service,
    ServiceArea,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
)
from portal.directory.taxonomies import with_children
from portal.directory.text import asked, slug

#: The radius of the Earth, in metres.
_EARTH: Final = 6_371_000
#: Half its circumference: a circle this large holds everything.
FARTHEST: Final = 20_020_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for, by the names of the HSDS 3.1 API; all of it optional. `proximity` is in metres."""

    search: str = ""
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    modified_after: datetime | None = None
    postcode: str = ""
    proximity: float | None = None
    top_only: bool = False
    parent_id: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything that answers a wish, not read yet."""

    session: Session
    key: Any
    wanted: Select[Any]
    #: What comes before the id in the order, if anything does.
    best: ColumnElement[Any] | None = None
    #: Words alone, without another condition: they are counted and ranked inside the index, which is quicker.
    words: Wanted | None = None

    def count(self) -> int:
        """How many there are."""
        counted = index_sql.hits(self.session, self.words) if self.words else self.wanted
        return self.session.scalar(select(func.count()).select_from(counted.subquery())) or 0

    def page(self, number: int, size: int) -> list[UUID]:
        """The ids on a page; pages count from 1."""
        if self.words:
            ranked = index_sql.best(self.session, self.words, limit=size, offset=(number - 1) * size).subquery()
            documents = select(SearchDocument.service_id).join(ranked, ranked.c.number == SearchDocument.number)
            return list(self.session.scalars(documents.order_by(ranked.c.score, ranked.c.number.desc())))
        order = [self.key] if self.best is None else [self.best, self.key]
        statement = self.wanted.order_by(*order).limit(size).offset((number - 1) * size)
        return list(self.session.scalars(statement))

    def after(self, last: UUID | None, size: int) -> list[UUID]:
        """The next ids in the order of ids, for those who read everything."""
        return [row[0] for row in self.rows_after(last, size)]

    def rows_after(self, last: UUID | None, size: int, *columns: Any) -> Sequence[Any]:
        """The next ids in the order of ids, with further columns of theirs."""
        following = self.wanted if last is None else self.wanted.where(self.key > last)
        return self.session.execute(following.add_columns(*columns).order_by(self.key).limit(size)).all()

    def batches(self, size: int) -> Iterator[list[UUID]]:
        """All ids, so many at a time."""
        last: UUID | None = None
        while some := self.after(last, size):
            yield some
            last = some[-1]


def services(session: Session, wish: Wish) -> Listing:
    """Services of every status; those with words asked are the ones people can find."""
    wanted = _services(session, wish)
    if not wish.search:
        return Listing(session, Service.id, wanted)
    groups, _sentence = asked(wish.search)
    if not groups:
        return Listing(session, Service.id, wanted.where(false()))
    words = _all_of(groups)
    hits = index_sql.hits(session, words).subquery()
    alone = wish == Wish(search=wish.search)
    wanted = wanted.join(SearchDocument, SearchDocument.service_id == Service.id).join(
        hits, hits.c.number == SearchDocument.number
    )
    return Listing(session, Service.id, wanted, hits.c.score, words if alone else None)


def organizations(session: Session, wish: Wish) -> Listing:
    """Organisations: those with a service that answers, where words or categories are asked."""
    wanted = select(Organization.id).where(Organization.closed_at.is_(None))
    if wish.search:
        theirs = _services(session, Wish()).where(Service.id.in_(_found(session, wish.search)))
        wanted = wanted.where(Organization.id.in_(theirs.with_only_columns(Service.organization_id)))
    if wish.taxonomy_term_id or wish.taxonomy_id:
        theirs = _services(session, Wish(taxonomy_term_id=wish.taxonomy_term_id, taxonomy_id=wish.taxonomy_id))
        own = _with_category(session, wish, "organization", Organization.id)
        own = [Organization.id.in_(theirs.with_only_columns(Service.organization_id)), *own]
        wanted = wanted.where(or_(*own))
    return Listing(session, Organization.id, wanted)


def links(session: Session, wish: Wish) -> Listing:
    """Service-at-locations whose service answers, and whose place is near or whose service area holds the postcode."""
    wanted = select(ServiceAtLocation.id).where(ServiceAtLocation.id.not_in(_links_gone()))
    theirs = _conditions(session, wish)
    if theirs:
        wanted = wanted.where(ServiceAtLocation.service_id.in_(select(Service.id).where(*theirs)))
    if wish.search:
        wanted = wanted.where(ServiceAtLocation.service_id.in_(_found(session, wish.search)))
    if wish.postcode and wish.proximity is not None:
        wanted = wanted.where(ServiceAtLocation.location_id.in_(_near(session, wish)))
    elif wish.postcode:
        wanted = wanted.where(ServiceAtLocation.id.in_(_covered(session, wish.postcode)))
    return Listing(session, ServiceAtLocation.id, wanted)


def _links_gone() -> CompoundSelect[Any]:
    """The few service-at-locations whose service or place is closed: asked from those, not from all there are."""
    link = select(ServiceAtLocation.id)
    services = select(Service.id).where(Service.closed_at.is_not(None))
    places = select(Location.id).where(Location.closed_at.is_not(None))
    return union(
        link.where(ServiceAtLocation.service_id.in_(services)), link.where(ServiceAtLocation.location_id.in_(places))
    )


def taxonomies(session: Session, wish: Wish) -> Listing:
    """Taxonomies that may be passed on."""
    wanted = select(Taxonomy.id).where(Taxonomy.id.in_(shared_taxonomies(session)), Taxonomy.closed_at.is_(None))
    if wish.search:
        wanted = wanted.where(func.lower(Taxonomy.name).contains(wish.search.lower(), autoescape=True))
    return Listing(session, Taxonomy.id, wanted)


def terms(session: Session, wish: Wish) -> Listing:
    """Categories of taxonomies that may be passed on."""
    wanted = select(TaxonomyTerm.id).where(shared_terms(session), TaxonomyTerm.closed_at.is_(None))
    if wish.search:
        wanted = wanted.where(TaxonomyTerm.key.contains(slug(wish.search), autoescape=True))
    if wish.taxonomy_id:
        wanted = wanted.where(_is(TaxonomyTerm.taxonomy_id, wish.taxonomy_id))
    if wish.top_only:
        wanted = wanted.where(TaxonomyTerm.parent_id.is_(None))
    if wish.parent_id:
        wanted = wanted.where(_is(TaxonomyTerm.parent_id, wish.parent_id))
    return Listing(session, TaxonomyTerm.id, wanted)


def is_open(session: Session, model: Any, key: UUID) -> bool:
    """Whether the directory has this row, and it may be passed on."""
    if model is TaxonomyTerm:
        listing = terms(session, Wish())
    elif model is Taxonomy:
        listing = taxonomies(session, Wish())
    elif model is ServiceAtLocation:
        listing = links(session, Wish())
    else:
        listing = Listing(session, model.id, select(model.id).where(model.closed_at.is_(None)))
    return session.scalar(listing.wanted.where(model.id == key)) is not None


# --- conditions ---


def _services(session: Session, wish: Wish) -> Select[Any]:
    return select(Service.id).where(Service.closed_at.is_(None), *_conditions(session, wish))


def _conditions(session: Session, wish: Wish) -> Sequence[ColumnElement[bool]]:
    """What a service must fulfil, its words aside."""
    found: list[ColumnElement[bool]] = []
    if wish.organization_id:
        found.append(_is(Service.organization_id, wish.organization_id))
    if wish.modified_after is not None:
        found.append(Service.changed_at >= wish.modified_after)
    return [*found, *_with_category(session, wish, "service", Service.id)]


def _with_category(session: Session, wish: Wish, entity: str, key: Any) -> Sequence[ColumnElement[bool]]:
    """Conditions on having a category, or one below it, and one of a taxonomy."""
    having = select(DirectoryAttribute.link_id).where(DirectoryAttribute.link_entity == entity)
    found: list[ColumnElement[bool]] = []
    if wish.taxonomy_term_id:
        wanted = _uuid(wish.taxonomy_term_id)
        ids = with_children(session, [wanted]) if wanted else {}
        known = select(TaxonomyTerm.id).where(TaxonomyTerm.id.in_(ids), shared_terms(session))
        found.append(key.in_(having.where(DirectoryAttribute.taxonomy_term_id.in_(known))))
    if wish.taxonomy_id:
        listed = select(TaxonomyTerm.id).where(_is(TaxonomyTerm.taxonomy_id, wish.taxonomy_id), shared_terms(session))
        found.append(key.in_(having.where(DirectoryAttribute.taxonomy_term_id.in_(listed))))
    return found


def _found(session: Session, words: str) -> Select[Any]:
    """The services that have all these words."""
    groups, _sentence = asked(words)
    if not groups:
        return select(Service.id).where(false())
    hits = index_sql.hits(session, _all_of(groups)).subquery()
    return select(SearchDocument.service_id).join(hits, hits.c.number == SearchDocument.number)


def _all_of(groups: Sequence[tuple[str, ...]]) -> Wanted:
    """Each word in one of its stems, without what people here may call it besides: other systems mean what they say."""
    return Wanted([((group,),) for group in groups])


def _postcodes(postcode: str) -> tuple[str, ...]:
    """How a postcode may be written in an address: with or without its blank, a ZIP code without its last four."""
    plain = "".join(postcode.replace("\0", "").upper().split())
    short = plain.partition("-")[0] if plain[:5].isdigit() else plain
    spaced = f"{plain[:-3]} {plain[-3:]}"
    return tuple(dict.fromkeys((postcode.strip(), plain, short, spaced)))


def _near(session: Session, wish: Wish) -> Select[Any]:
    """The places within so many metres of the middle of a postcode, which is that of the places we know in it.

    On the plane that touches the Earth there: off by less than 0.5 % for what anybody travels for help.
    """
    open_ones = select(Location.id).where(Location.closed_at.is_(None))
    middle = select(func.avg(Location.latitude), func.avg(Location.longitude)).where(
        Location.id.in_(_places_in(wish.postcode)), Location.latitude.is_not(None), Location.closed_at.is_(None)
    )
    latitude, longitude = session.execute(middle).one()
    if latitude is None or wish.proximity is None:
        return open_ones.where(false())
    reach = math.degrees(min(wish.proximity, FARTHEST) / _EARTH)
    narrow = max(math.cos(math.radians(latitude)), 0.01)
    north, east = Location.latitude - latitude, (Location.longitude - longitude) * narrow
    box = Location.latitude.between(latitude - reach, latitude + reach)
    return open_ones.where(box, north * north + east * east <= reach * reach)


def _places_in(postcode: str) -> Select[Any]:
    return select(Address.location_id).where(
        Address.postal_code.in_(_postcodes(postcode)), Address.address_type != "postal"
    )


def _covered(session: Session, postcode: str) -> CompoundSelect[Any]:
    """The links whose service area holds a postcode; of those that tell no area, the ones that are in it.

    An area is a name. It holds the postcode if it is the postcode itself, or the town, county or state that the
    addresses of the directory give to the postcode.
    """
    codes = _postcodes(postcode)
    lived = select(Address.city, Address.region, Address.state_province, Address.country).distinct()
    rows = session.execute(lived.where(Address.postal_code.in_(codes)).order_by(Address.city).limit(200))
    names = {name for row in rows for name in row if name}
    names |= {f"{name} County" for name in names} | {name.removesuffix(" County") for name in names} | set(codes)
    holding = names | {name.lower() for name in names} | {name.title() for name in names}
    link = select(ServiceAtLocation.id)
    theirs = or_(ServiceArea.service_id == Service.id, ServiceArea.service_at_location_id == ServiceAtLocation.id)
    return union(
        link.join(ServiceArea, ServiceArea.service_id == ServiceAtLocation.service_id).where(
            ServiceArea.name.in_(holding)
        ),
        select(ServiceArea.service_at_location_id).where(
            ServiceArea.name.in_(holding), ServiceArea.service_at_location_id.is_not(None)
        ),
        link.join(Service, Service.id == ServiceAtLocation.service_id).where(
            ServiceAtLocation.location_id.in_(_places_in(postcode)), ~select(ServiceArea.id).where(theirs).exists()
        ),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _is(column: Any, text: str) -> ColumnElement[bool]:
    """That a pointer is this id; what is no id points nowhere."""
    wanted = _uuid(text)
    return column == wanted if wanted else false()
