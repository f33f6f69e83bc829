"""Forms of what needs two features at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from portal.i18n import _l
from portal.web.forms import ManyField, PortalForm


class GoalsForm(PortalForm):
    """Which goals one strength helps with."""

    goals = ManyField(_l("Which goals does this help with?"))

    def offer(self, goals: Sequence[tuple[UUID, str]]) -> None:
        """Offer these goals: id and words."""
        self.goals.choices = _choices(goals)


class StrengthsForm(PortalForm):
    """Which strengths help with one goal."""

    strengths = ManyField(_l("What helps you with this goal?"))

    def offer(self, strengths: Sequence[tuple[UUID, str]]) -> None:
        """Offer these strengths: id and words."""
        self.strengths.choices = _choices(strengths)


def _choices(rows: Sequence[tuple[UUID, str]]) -> list[tuple[str, Any]]:
    return [(str(id_), words) for id_, words in rows]
