"""The search documents, what helps to ask them, and the full-text index that is made and dropped with their table."""

from datetime import date
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Table, event
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.directory.index_sql import create_search_index, drop_search_index
from portal.directory.models.rows import Words

#: Raised when documents are made otherwise than before, so that those of an earlier release are known and made anew.
EDITION: Final = 2


class SearchDocument(Base):
    """What a search result needs to show of one searchable service, written in the same transaction as the service.

    `number` ties it to the full-text index (SQLite's row id must be a whole number). Services that nobody should find
    (inactive, defunct, gone from their source) have no document.
    """

    __tablename__ = "directory_document"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("directory_service.id", ondelete="CASCADE"), unique=True)
    number: Mapped[int] = mapped_column(unique=True)
    sort_name: Mapped[str] = mapped_column(index=True)
    card: Mapped[dict[str, Any]]
    checked_on: Mapped[date | None]
    edition: Mapped[int] = mapped_column(default=EDITION, server_default="1")


class SearchSite(Base):
    """Where a service is given: one row for each of its places that is on the map, narrow, to be read by the hundred.

    Where a place has no point of its own, its postal code or town has lent it one.
    """

    __tablename__ = "directory_site"
    __table_args__ = (Index("ix_directory_site_point", "latitude", "longitude"),)

    number: Mapped[int] = mapped_column(ForeignKey("directory_document.number", ondelete="CASCADE"), index=True)
    latitude: Mapped[float]
    longitude: Mapped[float]
    checked_on: Mapped[date | None]


class SearchWord(Base):
    """A word of the directory, folded and not stemmed: to offer while somebody types, and to mend what they typed.

    `skeleton` is the word without its vowels, where most slips happen. `services` counts the documents that have the
    word, `named` those that have it in a name or a category; both are near enough, not exact.
    """

    __tablename__ = "directory_word"
    __table_args__ = (Index("ix_directory_word_start", "start", "named"),)

    word: Mapped[str] = mapped_column(unique=True)
    #: Its first two letters. A range of words would not do: databases order letters by their own locale.
    start: Mapped[str]
    skeleton: Mapped[str] = mapped_column(index=True)
    services: Mapped[int] = mapped_column(default=0)
    named: Mapped[int] = mapped_column(default=0)


class SearchPlace(Base):
    """A postal code, town or county by name, and its middle: that of our own addresses, or what a census list says.

    `key` is the folded name; `state` and `county` are folded too, so that whom a service helps can be told by them.
    """

    __tablename__ = "directory_place"

    key: Mapped[str] = mapped_column(index=True)
    kind: Mapped[Words]
    name: Mapped[Words]
    county: Mapped[Words]
    state: Mapped[Words]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    services: Mapped[int] = mapped_column(default=0)
    #: Whether it came from a list (a census file) and stays when our own addresses change.
    listed: Mapped[bool] = mapped_column(default=False)


class SearchFacet(Base):
    """How many services speak a language, so that only languages in use are offered, the common ones first."""

    __tablename__ = "directory_facet"

    kind: Mapped[str] = mapped_column(index=True)
    key: Mapped[str]
    name: Mapped[Words]
    services: Mapped[int] = mapped_column(default=0)


_documents = cast(Table, SearchDocument.__table__)
event.listen(_documents, "after_create", lambda _table, connection, **_: create_search_index(connection))
event.listen(_documents, "before_drop", lambda _table, connection, **_: drop_search_index(connection))
