"""One service as a result card shows it, made from the card that is stored beside the index."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from portal import clock, i18n
from portal.directory.hours import Opening, Rule, opening
from portal.directory.languages import spoken
from portal.directory.models import ResourceKind, ServiceStatus

#: After so many days without a check a place is shown with "call first" (DOMAIN 2.4, resource record).
STALE_AFTER: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Hit:
    """One service as a result card shows it. Text is as the source wrote it; `summary` is plain text.

    `miles` is how far its nearest place is from where somebody asked to look from, or None.
    """

    service_id: UUID
    name: str
    organization: str
    summary: str
    status: ServiceStatus
    resource_kind: ResourceKind
    location_id: UUID | None
    places: int
    address: str
    town: str
    postal_code: str
    latitude: float | None
    longitude: float | None
    phone: str
    extension: str
    cost: str
    languages: tuple[str, ...]
    checked_on: date | None
    stale: bool
    opening: Opening
    rules: tuple[Rule, ...] = ()
    categories: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    wheelchair: bool = False
    bring: tuple[str, ...] = ()
    least_age: float | None = None
    most_age: float | None = None
    miles: float | None = None


def is_stale(checked_on: date | None, today: date) -> bool:
    """Whether what we know was checked too long ago, or never, so that calling first is wise."""
    return checked_on is None or today - checked_on > STALE_AFTER


def rules_in(card: dict[str, Any]) -> list[Rule]:
    """The hours a stored card holds."""
    return [Rule.from_json(rule) for rule in card.get("rules", ())]


def hit_from(
    service_id: UUID, card: dict[str, Any], now: datetime, zone: str, *, miles: float | None = None
) -> Hit:  # fmt: skip
    """A stored card as a hit; also for queries that join `SearchDocument` themselves."""
    checked = date.fromisoformat(card["checked"]) if "checked" in card else None
    status = ServiceStatus(card.get("status", ServiceStatus.ACTIVE))
    rules = rules_in(card) if status is ServiceStatus.ACTIVE else []
    return Hit(
        service_id=service_id,
        name=card["name"],
        organization=card.get("organization", ""),
        summary=card.get("summary", ""),
        status=status,
        resource_kind=ResourceKind(card["kind"]),
        location_id=UUID(card["location"]) if "location" in card else None,
        places=card.get("places", 0),
        address=card.get("address", ""),
        town=card.get("town", ""),
        postal_code=card.get("postal_code", ""),
        latitude=card.get("latitude"),
        longitude=card.get("longitude"),
        phone=card.get("phone", ""),
        extension=card.get("extension", ""),
        cost=card.get("cost") or cost_line(card.get("costs", ())),
        languages=tuple(spoken(name) for name in card.get("languages", ())),
        checked_on=checked,
        stale=is_stale(checked, clock.local_date(now, zone)),
        opening=opening(now, rules, zone),
        rules=tuple(rules),
        categories=tuple(card.get("categories", ())),
        areas=tuple(card.get("areas", ())),
        wheelchair=bool(card.get("wheelchair")),
        bring=tuple(card.get("bring", ())),
        least_age=card.get("least_age"),
        most_age=card.get("most_age"),
        miles=miles,
    )


def cost_line(costs: Sequence[Sequence[Any]]) -> str:
    """Cost options in one line, amounts as the language being spoken writes them."""
    lines = []
    for option, amount, currency, description in costs:
        money = "" if amount is None else i18n.money(amount, currency) if currency else i18n.number(amount)
        price = " ".join(part for part in (money, description) if part)
        lines.append(f"{option}: {price}" if option and price else option or price)
    return "; ".join(line for line in lines if line)
