"""Which source said what about a field, and when; and what people here have put right themselves.

A field that has no change yet is as its row's source said it when the row was added (`added_at`).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.directory.models.rows import Words


class DirectoryChange(Base):
    """One field of one row that was changed: by a source, or by somebody here (`source_id` is None). Never altered."""

    __tablename__ = "directory_change"
    __table_args__ = (Index("ix_directory_change_row", "row_id", "at"),)

    #: The table's HSDS name.
    entity: Mapped[str]
    row_id: Mapped[UUID]
    field: Mapped[str]
    at: Mapped[datetime]
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("directory_source.id", ondelete="SET NULL"), index=True)
    by_id: Mapped[UUID | None]
    before: Mapped[Words]
    after: Mapped[Words]


class DirectoryEdit(Base):
    """That a field was put right here: an import leaves it alone, and notes what the source says meanwhile."""

    __tablename__ = "directory_edit"
    __table_args__ = (UniqueConstraint("row_id", "field"),)

    source_id: Mapped[UUID] = mapped_column(ForeignKey("directory_source.id", ondelete="CASCADE"), index=True)
    entity: Mapped[str]
    row_id: Mapped[UUID]
    field: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None]
    #: What the source says, as the text of a CSV cell, and since when.
    theirs: Mapped[Words]
    theirs_at: Mapped[datetime | None]
