"""Signatures under a version, the papers they were given on, and copies handed out (DOMAIN 2.3)."""

import json
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import CaseBound, Person
from portal.crypto import KeyRing
from portal.db import Base, EncryptedBytes, EncryptedText, WordEnum
from portal.i18n import _l
from portal.plans.models.version import PlanVersion
from portal.roles import Power
from portal.work import Refused


class AlreadySigned(Refused):
    """This person signed this version before."""

    says = _l("You have signed this version.")


class SignMethod(StrEnum):
    """How somebody signed."""

    TYPED_NAME = "typed_name"
    ON_PAPER = "on_paper"
    SPOKEN = "spoken"

    @property
    def label(self) -> Any:
        """The way in plain words."""
        return {
            SignMethod.TYPED_NAME: _l("Typed name, after a fresh sign-in"),
            SignMethod.ON_PAPER: _l("On paper"),
            SignMethod.SPOKEN: _l("Said aloud, with a witness"),
        }[self]


class SignedAs(StrEnum):
    """As what somebody signed. The values of staff are those of their role in the case."""

    CLIENT = "client"
    LEGAL_REPRESENTATIVE = "legal_representative"
    CASE_MANAGER = "case_manager"
    TEAM_MEMBER = "team_member"
    SUPERVISOR = "supervisor"
    PROVIDER = "provider"
    SUPPORTER = "supporter"

    @property
    def label(self) -> Any:
        """The part they have in the plan, in plain words."""
        return {
            SignedAs.CLIENT: _l("Client"),
            SignedAs.LEGAL_REPRESENTATIVE: _l("Legal representative"),
            SignedAs.CASE_MANAGER: _l("Case manager"),
            SignedAs.TEAM_MEMBER: _l("Team"),
            SignedAs.SUPERVISOR: _l("Supervisor"),
            SignedAs.PROVIDER: _l("Gives a service"),
            SignedAs.SUPPORTER: _l("Supporter"),
        }[self]

    @property
    def speaks_for_client(self) -> bool:
        """Whether this signature is the client's agreement."""
        return self in {SignedAs.CLIENT, SignedAs.LEGAL_REPRESENTATIVE}


class PlanSignature(CaseBound, Base):
    """A signature under one version: who, as what, how, when, under which text and with which sentence on the page."""

    __tablename__ = "plan_signature"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        UniqueConstraint("version_id", "signer_id"),
        ForeignKeyConstraint(["case_id", "version_id"], ["plan_version.case_id", "plan_version.id"]),
        Index("ix_plan_signature_version", "version_id", "signed_at"),
    )
    version_id: Mapped[UUID]
    #: None for somebody without an account here: a legal representative, a place that gives a service.
    signer_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[SignedAs] = mapped_column(WordEnum(SignedAs))
    method: Mapped[SignMethod] = mapped_column(WordEnum(SignMethod), default=SignMethod.TYPED_NAME)
    typed_name: Mapped[str] = mapped_column(EncryptedText)
    sentence: Mapped[str] = mapped_column(EncryptedText)
    #: What they wrote beside their name.
    comment: Mapped[str | None] = mapped_column(EncryptedText)
    #: Who heard it, for a spoken signature.
    witness: Mapped[str | None] = mapped_column(EncryptedText)
    #: The client's answers about choice (DOMAIN 2.3, eLTSS), as JSON: {"helped_choose": true}.
    answers: Mapped[str | None] = mapped_column(EncryptedText)
    #: The member of staff who put a paper or spoken signature here.
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    #: The SHA-256 of the paper, for one on paper.
    scan_hash: Mapped[str | None]
    version_hash: Mapped[str]
    signed_at: Mapped[datetime]
    #: A keyed hash over all of this, by which a signature that was changed is found out. None before it was kept.
    seal: Mapped[bytes | None]
    signer: Mapped[Person | None] = relationship(foreign_keys=[signer_id], lazy="raise")
    recorded_by: Mapped[Person | None] = relationship(foreign_keys=[recorded_by_id], lazy="raise")

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """To those who may read the plan."""
        return true() if Power.SEE_PLAN in powers else None

    @property
    def choices(self) -> dict[str, bool]:
        """The client's answers about choice."""
        return dict(json.loads(self.answers)) if self.answers else {}

    def _signed(self) -> str:
        parts = (
            self.version_id, self.version_hash, self.signer_id or "", self.role.value, self.method.value,
            self.typed_name, self.sentence, self.comment or "", self.witness or "", self.answers or "",
            self.scan_hash or "", self.signed_at.timestamp(),
        )  # fmt: skip
        return json.dumps([str(part) for part in parts])

    def close(self, ring: KeyRing) -> None:
        """Seal it: from now on every change of it is found out."""
        self.seal = ring.lookup("plan signature", self._signed())

    def holds_for(self, version: PlanVersion, ring: KeyRing | None = None) -> bool:
        """Whether it stands under this very text and, with the key ring, was not changed itself."""
        under = version.is_intact and version.id == self.version_id and self.version_hash == version.hash
        if not under or ring is None or self.seal is None:
            return under
        return self.seal == ring.lookup("plan signature", self._signed())


class ScanKind(StrEnum):
    """What a scan may be."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        """Its media type."""
        return "application/pdf" if self is ScanKind.PDF else f"image/{self.value}"


class SignatureScan(CaseBound, Base):
    """The paper a plan was signed on, sealed as everything people write is. For the eyes of client and staff alone."""

    __tablename__ = "plan_signature_scan"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        UniqueConstraint("signature_id"),
        ForeignKeyConstraint(["case_id", "signature_id"], ["plan_signature.case_id", "plan_signature.id"]),
    )
    signature_id: Mapped[UUID]
    kind: Mapped[ScanKind] = mapped_column(WordEnum(ScanKind))
    content: Mapped[bytes] = mapped_column(EncryptedBytes)
    size: Mapped[int]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]


class CopyWay(StrEnum):
    """How a copy of the plan was given."""

    PRINTED = "printed"
    LARGE_PRINT = "large_print"
    READ_ALOUD = "read_aloud"
    POST = "post"
    HERE = "here"
    OTHER = "other"

    @property
    def label(self) -> Any:
        """The way in plain words."""
        return {
            CopyWay.PRINTED: _l("Printed"),
            CopyWay.LARGE_PRINT: _l("In large print"),
            CopyWay.READ_ALOUD: _l("Read aloud"),
            CopyWay.POST: _l("By post"),
            CopyWay.HERE: _l("They read it here, signed in"),
            CopyWay.OTHER: _l("In another way"),
        }[self]


class PlanCopy(CaseBound, Base):
    """A copy of one version that somebody was given: who, how, when, and which part of it."""

    __tablename__ = "plan_copy"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        ForeignKeyConstraint(["case_id", "version_id"], ["plan_version.case_id", "plan_version.id"]),
        Index("ix_plan_copy_version", "version_id", "given_on"),
    )
    version_id: Mapped[UUID]
    to_name: Mapped[str] = mapped_column(EncryptedText)
    way: Mapped[CopyWay] = mapped_column(WordEnum(CopyWay))
    #: Which part, in words; empty for the whole plan.
    part: Mapped[str] = mapped_column(EncryptedText, default="")
    given_on: Mapped[date]
    given_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
