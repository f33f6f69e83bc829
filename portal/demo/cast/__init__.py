"""Everybody in the demo and all that happened to them. Made up, with a fixed story: it is the same for everyone."""

from portal.demo.cast import (
    brokerage,
    clinical,
    critical_time,
    elena,
    everyday,
    farah,
    intensive,
    newcomers,
    rehabilitation,
    strengths,
    team,
)
from portal.demo.cast.organisation import OFFICE_HOURS, ORGANISATION, PROGRAMMES, STAFF, TEAMS
from portal.demo.scenes import Client

#: Clients in the order of their stories.
CLIENTS: tuple[Client, ...] = (
    elena.CLIENT,
    farah.CLIENT,
    *intensive.CLIENTS,
    *clinical.CLIENTS,
    *critical_time.CLIENTS,
    *team.CLIENTS,
    *rehabilitation.CLIENTS,
    *strengths.CLIENTS,
    *newcomers.CLIENTS,
    *brokerage.CLIENTS,
    *everyday.CLIENTS,
)

__all__ = ["CLIENTS", "OFFICE_HOURS", "ORGANISATION", "PROGRAMMES", "STAFF", "TEAMS"]
