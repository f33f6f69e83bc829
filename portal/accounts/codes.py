"""One-time codes and links: made, used once, dead after a while. Kept as hashes only."""

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, select, update

from portal.accounts.models import OneTimeCode
from portal.work import Work

#: SECURITY 23: at most ten minutes for what goes to a phone, a day for a link.
CODE_LASTS, LINK_LASTS = timedelta(minutes=10), timedelta(hours=24)
CODE_LENGTH = 6
#: Wrong tries that one code survives.
TRIES = 5
SIGN_IN, CONFIRM, WELCOME = "sign_in", "confirm", "welcome"
_KEPT_FOR = timedelta(days=2)


def make_code(work: Work, account_id: UUID, purpose: str, browser: bytes) -> str:
    """A new six-digit code for this browser. Codes made before for the same purpose end."""
    code = f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}}"
    end(work, account_id, purpose)
    code_hash = _code_hash(work, account_id, purpose, code)
    _keep(work, account_id, purpose, code_hash=code_hash, lasts=CODE_LASTS, browser=browser)
    return code


def make_link(work: Work, account_id: UUID, purpose: str) -> str:
    """The secret part of a new link. Links made before for the same purpose end."""
    token = secrets.token_urlsafe(32)
    end(work, account_id, purpose)
    _keep(work, account_id, purpose, code_hash=_link_hash(token), lasts=LINK_LASTS, browser=None)
    return token


def _keep(
    work: Work, account_id: UUID, purpose: str, *, code_hash: bytes, lasts: timedelta, browser: bytes | None
) -> None:
    work.session.add(
        OneTimeCode(
            account_id=account_id,
            purpose=purpose,
            code_hash=code_hash,
            created_at=work.now,
            expires_at=work.now + lasts,
            asked_from=browser,
        )
    )


def use_code(work: Work, purpose: str, browser: bytes, typed: str) -> UUID | None:
    """Use the code that this browser asked for.

    Returns:
        whose it was; None when it is wrong, used, too old, tried too often or asked for elsewhere.
    """
    wanted = (
        select(OneTimeCode.id, OneTimeCode.account_id, OneTimeCode.code_hash)
        .where(
            OneTimeCode.asked_from == browser,
            OneTimeCode.purpose == purpose,
            OneTimeCode.used_at.is_(None),
            OneTimeCode.expires_at > work.now,
        )
        .order_by(OneTimeCode.created_at.desc(), OneTimeCode.id)
        .limit(1)
    )
    found = work.session.execute(wanted).first()
    if found is None or not _try(work, found.id):
        return None
    right = hmac.compare_digest(_code_hash(work, found.account_id, purpose, typed), bytes(found.code_hash))
    return found.account_id if right and _use(work, found.id) else None


def _try(work: Work, code_id: UUID) -> bool:
    one_more = (
        update(OneTimeCode)
        .where(OneTimeCode.id == code_id, OneTimeCode.used_at.is_(None), OneTimeCode.tries < TRIES)
        .values(tries=OneTimeCode.tries + 1)
    )
    return _changed(work, one_more)


def _use(work: Work, code_id: UUID) -> bool:
    """Take it, once: of two at the same moment the second finds it used."""
    taken = (
        update(OneTimeCode)
        .where(OneTimeCode.id == code_id, OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > work.now)
        .values(used_at=work.now)
    )
    return _changed(work, taken)


def _changed(work: Work, statement: object) -> bool:
    done = work.session.execute(statement, execution_options={"synchronize_session": False})  # type: ignore[call-overload]  # an update
    return bool(done.rowcount == 1)


def live_link(work: Work, purpose: str, token: str) -> OneTimeCode | None:
    """The link with this secret, if it still works. Looking does not use it: mail scanners look."""
    wanted = select(OneTimeCode).where(
        OneTimeCode.code_hash == _link_hash(token),
        OneTimeCode.purpose == purpose,
        OneTimeCode.used_at.is_(None),
        OneTimeCode.expires_at > work.now,
    )
    return work.session.scalars(wanted).first()


def use_link(work: Work, link: OneTimeCode) -> bool:
    """Use a link; False when somebody was faster."""
    return _use(work, link.id)


def end(work: Work, account_id: UUID, *purposes: str) -> None:
    """End what was made for these purposes, or for all when none is named: after signing in, or a new password."""
    unused = update(OneTimeCode).where(OneTimeCode.account_id == account_id, OneTimeCode.used_at.is_(None))
    if purposes:
        unused = unused.where(OneTimeCode.purpose.in_(purposes))
    work.session.execute(unused.values(used_at=work.now), execution_options={"synchronize_session": False})


def forget_old(work: Work) -> None:
    """Remove what no longer works."""
    work.session.execute(delete(OneTimeCode).where(OneTimeCode.expires_at < work.now - _KEPT_FOR))


def _code_hash(work: Work, account_id: UUID, purpose: str, code: str) -> bytes:
    return work.session.key_ring.lookup("code", f"{account_id} {purpose} {code}")


def _link_hash(token: str) -> bytes:
    return sha256(token.encode(errors="replace")).digest()
