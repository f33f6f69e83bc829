"""Writing entries at the end of their chain, and checking a chain from its beginning.

A seal is a keyed hash over the entry and the seal before it: an edit, a gap or a missing end is found, and whoever can
write to the database but has not the keys cannot mend the chain.
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, bindparam, insert, or_, select

from portal.audit.events import Event
from portal.audit.models import AuditEntry, AuditHead, SystemEntry
from portal.db import PortalSession


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to remember, before it has a place in its chain."""

    case_id: UUID | None
    at: datetime
    actor_id: UUID | None
    role: str
    event: Event
    subject: str
    facts: dict[str, Any]


def _seal(key: bytes, before: bytes, seq: int, fact: Fact) -> bytes:
    parts = [
        seq,
        str(fact.case_id),
        fact.at.isoformat(timespec="microseconds"),
        str(fact.actor_id),
        fact.role if fact.case_id is not None else "",  # the organisation's chain keeps none
        fact.event.value,
        fact.subject,
        fact.facts,
    ]
    body = before + json.dumps(parts, sort_keys=True, ensure_ascii=True).encode()
    return hmac.new(key, body, hashlib.sha256).digest()


def append(session: PortalSession, facts: list[Fact]) -> None:
    """Write these at the end of their chains, in the transaction that did what they tell of.

    A page about fifty cases costs what a page about one does: one read of the heads, one insert, one update.
    """
    key = session.key_ring.lookup("audit", "seal")
    by_chain: dict[UUID | None, list[Fact]] = {}
    for fact in facts:
        by_chain.setdefault(fact.case_id, []).append(fact)
    rows: dict[Any, list[dict[str, Any]]] = {}
    for head in _heads(session, by_chain):
        seq, seal = head.seq, head.seal
        for fact in by_chain[head.case_id]:
            seq += 1
            seal = _seal(key, seal, seq, fact)
            rows.setdefault(AuditEntry if fact.case_id else SystemEntry, []).append(_row(fact, seq, seal))
        head.seq, head.seal = seq, seal
    for model, entries in rows.items():
        session.execute(insert(model), entries)


@cache
def _locked_heads(*, system: bool) -> Select[AuditHead]:
    of_cases = AuditHead.case_id.in_(bindparam("cases", expanding=True))
    wanted = select(AuditHead).where(or_(of_cases, AuditHead.case_id.is_(None)) if system else of_cases)
    return wanted.order_by(AuditHead.case_id).with_for_update().execution_options(populate_existing=True)


def _heads(session: PortalSession, chains: Collection[UUID | None]) -> list[AuditHead]:
    """The ends of these chains, locked in one order for everybody, so that two writers never wait in a ring."""
    ids = [case_id for case_id in chains if case_id is not None]
    found = session.scalars(_locked_heads(system=None in chains), {"cases": ids})
    heads = {head.case_id: head for head in found}
    for case_id in sorted(set(chains) - set(heads), key=str):
        heads[case_id] = AuditHead(id=uuid4() if case_id else _SYSTEM_HEAD, case_id=case_id, seq=0, seal=b"")
        session.add(heads[case_id])
    return list(heads.values())


#: The chain without a case has one head: its fixed id makes a second one impossible.
_SYSTEM_HEAD = UUID(int=1)


def _row(fact: Fact, seq: int, seal: bytes) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": uuid4(),
        "seq": seq,
        "at": fact.at,
        "actor_id": fact.actor_id,
        "event": fact.event,
        "subject": fact.subject,
        "facts": fact.facts,
        "seal": seal,
    }
    return row if fact.case_id is None else {**row, "case_id": fact.case_id, "role": fact.role}


def faults(session: PortalSession) -> Iterator[str]:
    """Check every chain. Needs a session that sees every case.

    Yields:
        one sentence for each chain that was edited, has a gap or lost its end.
    """
    key = session.key_ring.lookup("audit", "seal")
    for head in session.scalars(select(AuditHead).order_by(AuditHead.id)).all():
        model: Any = SystemEntry if head.case_id is None else AuditEntry
        wanted = select(model).order_by(model.seq)
        if head.case_id is not None:
            wanted = wanted.where(model.case_id == head.case_id)
        name = "the organisation's chain" if head.case_id is None else f"the chain of case {head.case_id}"
        with session.execute(wanted.execution_options(yield_per=500)) as entries:
            yield from _faults_of(key, name, head, entries.scalars())


def _faults_of(key: bytes, name: str, head: AuditHead, entries: Any) -> Iterator[str]:
    seal, seq = b"", 0
    for entry in entries:
        seq += 1
        role = getattr(entry, "role", "")
        case_id = getattr(entry, "case_id", None)
        fact = Fact(case_id, entry.at, entry.actor_id, role, entry.event, entry.subject, entry.facts)
        expected = _seal(key, seal, seq, fact)
        if entry.seq != seq or not hmac.compare_digest(expected, entry.seal):
            yield f"{name}: entry {seq} was changed, or one before it is missing"
            return
        seal = expected
    if (seq, seal) != (head.seq, bytes(head.seal)):
        yield f"{name}: its end is missing ({head.seq} entries expected, {seq} found)"
