"""What one running application holds: its settings, its sessions, and how to know who asks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from flask import current_app
from sqlalchemy import Engine

from portal.access.actor import Actor
from portal.db import PortalSession
from portal.settings import Settings


@dataclass(frozen=True, slots=True)
class Portal:
    """Kept in app.extensions["portal"]. What accounts know is given by them: the edge may not import them."""

    settings: Settings
    engine: Engine
    sessions: Callable[[], PortalSession]
    actor: Callable[[], Actor]
    #: Keeps the note for the next page in the transaction of what it tells of.
    keep_note: Callable[[PortalSession], None]
    #: Who asked before their session timed out, while this browser still has its token; None for anybody else.
    timed_out: Callable[[], UUID | None]
    #: Whether the one who asks has left something unsent in a form.
    has_drafts: Callable[[], bool]


def portal() -> Portal:
    """The running application's own."""
    return cast(Portal, current_app.extensions["portal"])
