"""The search documents, and the full-text index that is made and dropped with their table."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import ForeignKey, Table, event
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.directory.index_sql import create_search_index, drop_search_index


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


_documents = cast(Table, SearchDocument.__table__)
event.listen(_documents, "after_create", lambda _table, connection, **_: create_search_index(connection))
event.listen(_documents, "before_drop", lambda _table, connection, **_: drop_search_index(connection))
