"""Small pieces every resource is made of, and the bundle that collects them. Empty parts are never written."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

Json = dict[str, Any]

US_CORE_CATEGORY = "http://hl7.org/fhir/us/core/CodeSystem/us-core-category"
_NAMES = UUID("6a2f6f5e-0f2d-4b3e-9a54-0f3b7d5f7c11")


def filled(**parts: Any) -> Json:
    """The parts that say something: FHIR knows no empty text, list or object. A trailing `_` is left off a name."""
    return {name.rstrip("_"): value for name, value in parts.items() if value not in (None, "", [], {})}


def coded(system: str, code: str, text: str = "") -> Json:
    """A CodeableConcept with one coding."""
    return filled(coding=[{"system": system, "code": code}], text=text)


def moment(at: datetime | None) -> str | None:
    """A dateTime or instant."""
    return at.isoformat(timespec="seconds") if at else None


def day(on: date | None) -> str | None:
    """A date."""
    return on.isoformat() if on else None


def derived(what: str, of: UUID) -> UUID:
    """An id for something that has no row of its own, always the same for the same thing."""
    return uuid5(_NAMES, f"{what}:{of}")


def refer(id_: UUID, display: str = "") -> Json:
    """A reference to another resource of the bundle."""
    return filled(reference=f"urn:uuid:{id_}", display=display)


@dataclass
class Collected:
    """The resources of one bundle, each once, in the order they were first needed."""

    entries: dict[UUID, Json] = field(default_factory=dict)

    def add(self, kind: str, id_: UUID, **parts: Any) -> Json:
        """Add a resource unless it is there, and give a reference to it."""
        if id_ not in self.entries:
            self.entries[id_] = {"resourceType": kind, "id": str(id_), **filled(**parts)}
        return refer(id_)

    def bundle(self, id_: UUID, at: datetime) -> Json:
        """The bundle. Its label says that it is restricted: it is about one person's life."""
        confidential = {"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}
        return {
            "resourceType": "Bundle",
            "id": str(id_),
            "meta": {"security": [confidential]},
            "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{id_}"},
            "type": "collection",
            "timestamp": moment(at),
            "entry": [{"fullUrl": f"urn:uuid:{key}", "resource": found} for key, found in self.entries.items()],
        }
