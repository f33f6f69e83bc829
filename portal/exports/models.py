"""What was exported, when, for whom and why. The client can see that it was done."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import CaseBound
from portal.db import Base, EncryptedText
from portal.roles import Power


class CaseExport(CaseBound, Base):
    """One export. Without a release it was the client's own copy."""

    __tablename__ = "case_export"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        ForeignKeyConstraint(["case_id", "release_id"], ["release.case_id", "release.id"]),
    )
    #: Which form the data had: "fhir-r4".
    form: Mapped[str]
    release_id: Mapped[UUID | None]
    #: Why, in the words of whoever ran the command.
    reason: Mapped[str] = mapped_column(EncryptedText)
    made_at: Mapped[datetime]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """To no supporter."""
        return None
