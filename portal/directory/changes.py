"""When a service last changed: it, its places, or anything that hangs on them. What others ask with `modified_after`.

A change of the service's own row counts by itself (`Service.changed_at` is set with it). Whoever changes something that
hangs on a service calls `touch`: an import for the services its changes show in, and an edit by hand.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal import clock
from portal.directory.models import Service

_BATCH: Final = 2_000


def touch(session: Session, service_ids: Sequence[UUID]) -> None:
    """Mark these services as changed now."""
    now = clock.now()
    for start in range(0, len(service_ids), _BATCH):
        some = service_ids[start : start + _BATCH]
        changed = update(Service).where(Service.id.in_(some)).values(changed_at=now)
        session.execute(changed, execution_options={"synchronize_session": False})
