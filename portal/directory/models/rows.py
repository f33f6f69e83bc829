"""What all rows of the directory share, where they came from, and the record of each import."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, cast
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from portal.db import Base

Words = Annotated[str, mapped_column(default="")]


def points(table: str, *, delete: str = "SET NULL") -> Any:
    """A column that points to a row of another directory table; `delete` is what happens when that row goes."""
    return mapped_column(ForeignKey(f"directory_{table}.id", ondelete=delete), index=True)


class DirectorySource(Base):
    """Where rows come from: one provider of data, imported again and again under one name."""

    __tablename__ = "directory_source"

    name: Mapped[str] = mapped_column(unique=True)
    licence: Mapped[Words]
    imported_at: Mapped[datetime | None]
    #: An import has begun and not ended yet: the next one does not trust that anything is up to date.
    unfinished: Mapped[bool] = mapped_column(default=False)


class DirectoryImport(Base):
    """One run of an import: what it was and how many rows it kept."""

    __tablename__ = "directory_import"

    source_id: Mapped[UUID] = points("source", delete="CASCADE")
    at: Mapped[datetime]
    package: Mapped[Words]
    dialect: Mapped[Words]
    counts: Mapped[dict[str, Any]]


class DirectoryImportProblem(Base):
    """One row an import repaired or refused, with the file and line to find it again."""

    __tablename__ = "directory_import_problem"

    import_id: Mapped[UUID] = points("import", delete="CASCADE")
    position: Mapped[int]
    file: Mapped[Words]
    line: Mapped[int]
    refused: Mapped[bool]
    reason: Mapped[Words]
    #: What the source calls the row, cut short.
    row: Mapped[Words]
    name: Mapped[Words]


class Imported:
    """A row that an import made: which row of which source it is, and whether the source still has it."""

    HSDS: ClassVar[tuple[str, ...]] = ()
    if TYPE_CHECKING:
        id: Mapped[UUID]  # the mapped base class has it

    external_id: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(String(32), default="")
    closed_at: Mapped[datetime | None]
    #: When the row first came: since then it is as its source says, but for what `DirectoryChange` tells.
    added_at: Mapped[datetime | None]

    @declared_attr
    def source_id(cls) -> Mapped[UUID]:
        """The source the row came from."""
        return cast(Mapped[UUID], mapped_column(ForeignKey("directory_source.id", ondelete="CASCADE")))

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("source_id", "external_id"),)
