"""Accounts, the ways to prove one is their owner, and sessions. A secret is kept only as a hash."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, EncryptedText, WordEnum
from portal.roles import AccountKind

#: How long proving who one is counts as "a short while ago" (SECURITY 27).
FRESH_FOR = timedelta(minutes=15)


class Account(Base):
    """One way for one person to stand before the portal: as a client, as staff or as a supporter."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("person_id", "kind"), UniqueConstraint("name_hash"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[AccountKind] = mapped_column(WordEnum(AccountKind))
    #: What they sign in with: a client number, or an email address. Shown on cards and lists; found by its hash.
    sign_in_name: Mapped[str] = mapped_column(EncryptedText)
    name_hash: Mapped[bytes]
    password_hash: Mapped[str | None]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    last_signed_in_at: Mapped[datetime | None]


class Card(Base):
    """The code on a printed card. A new card ends the one before."""

    __tablename__ = "account_card"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    code_hash: Mapped[bytes]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]


class OneTimeCode(Base):
    """A code that was sent, or a link that was given. It works once, for a short while."""

    __tablename__ = "account_code"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    purpose: Mapped[str]
    code_hash: Mapped[bytes] = mapped_column(index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    #: A hash of the browser that asked for it: a code works there and nowhere else. A link works anywhere.
    asked_from: Mapped[bytes | None] = mapped_column(index=True)


class Throttle(Base):
    """How often something was tried: signing in to one account, or from one address. Keys are hashes."""

    __tablename__ = "account_throttle"
    __table_args__ = (UniqueConstraint("key_hash"),)
    key_hash: Mapped[bytes]
    count: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class SignIn(Base):
    """A session: kept here, ended here. The browser holds a random token of which this row holds the hash."""

    __tablename__ = "account_sign_in"
    __table_args__ = (UniqueConstraint("token_hash"),)
    token_hash: Mapped[bytes]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    fresh_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    #: A computer others use too: shorter idle time, and the browser is asked to forget.
    shared: Mapped[bool] = mapped_column(default=False)
    #: What the next page says, and no more.
    notes: Mapped[dict[str, Any]] = mapped_column(default=dict)
