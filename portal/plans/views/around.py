"""Whom plans asks about other features: kept by the application, given in by home."""

from collections.abc import MutableMapping
from typing import Any, Final, cast

from flask import current_app

from portal.plans.things import Around

_KEY: Final = "portal_around"


def give(extensions: MutableMapping[str, Any], around: Around) -> None:
    """Tell plans whom to ask.

    Args:
        extensions: the application's own, where it keeps what parts of it share.
        around: who is asked.
    """
    extensions[_KEY] = around


def around() -> Around:
    """Whom to ask."""
    return cast(Around, current_app.extensions[_KEY])
