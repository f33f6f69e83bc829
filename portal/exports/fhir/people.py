"""Who the data is about and who wrote it: the client, our staff, our organisation, the places."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from portal.cases.models import Case, ContactKind, ContactPoint, Person
from portal.cases.releases import Release
from portal.cases.sharing import Shared
from portal.exports.fhir.parts import Collected, Json, coded, day, derived, filled, moment, refer
from portal.work import Work

_CONSENT_SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
_RECEIVES = coded("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP")


@dataclass(frozen=True)
class Allowed:
    """What may leave: everything but what is private for the client's own copy, else what one live release names."""

    release: Release | None = None

    def tells(self, what: Shared) -> bool:
        """Whether this kind of fact may be told."""
        return self.release is None or what.value in self.release.categories

    def is_about(self, service_id: UUID | None) -> bool:
        """Whether a referral to this service may be told: to a receiver, their own only."""
        return self.release is None or (service_id is not None and service_id == self.release.service_id)


@dataclass
class People:
    """The people and organisations of one bundle; each becomes a resource when it is first named."""

    work: Work
    case: Case
    allowed: Allowed
    out: Collected
    _names: dict[UUID, str] = field(default_factory=dict)

    @property
    def patient(self) -> Json:
        """The client."""
        return refer(self.case.client_id)

    def add_client(self) -> None:
        """The client as a Patient: with a name, safe addresses and a language only as far as these may be told."""
        contact, client = self.allowed.tells(Shared.CONTACT), self.case.client
        language = {"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": client.language}]}, "preferred": True}
        self.out.add(
            "Patient",
            client.id,
            active=not self.case.is_closed,
            name=[{"text": client.name}] if contact else None,
            telecom=self._safe_ways() if contact else None,
            communication=[language] if self.allowed.tells(Shared.LANGUAGE) else None,
        )

    def _safe_ways(self) -> list[Json]:
        """Only what the client called safe (SECURITY 8)."""
        wanted = select(ContactPoint).where(
            ContactPoint.person_id == self.case.client_id, ContactPoint.safe.is_(True)
        )  # fmt: skip
        points = self.work.session.scalars(wanted.order_by(ContactPoint.created_at, ContactPoint.id))
        kinds = {ContactKind.EMAIL: "email", ContactKind.PHONE: "phone"}
        return [{"system": kinds[point.kind], "value": point.value} for point in points]

    def organisation(self, name: str) -> Json:
        """Ourselves."""
        return self.out.add("Organization", derived("organisation", self.case.programme_id), name=name)

    def place(self, service_id: UUID | None, referral_id: UUID, name: str) -> Json:
        """A place people are referred to."""
        return self.out.add("Organization", service_id or derived("place", referral_id), name=name)

    def staff(self, person_id: UUID | None) -> Json | None:
        """A member of staff, or the client where it was they."""
        if person_id is None:
            return None
        if person_id == self.case.client_id:
            return self.patient
        if person_id not in self._names:
            person = self.work.session.get(Person, person_id)
            self._names[person_id] = person.name if person else ""
        name = self._names[person_id]
        return self.out.add("Practitioner", person_id, name=[{"text": name}] if name else None)

    def add_consent(self) -> None:
        """The release this rests on, as a Consent."""
        release = self.allowed.release
        if release is None:
            return
        self.out.add(
            "Consent",
            release.id,
            status="active",
            scope=coded(_CONSENT_SCOPE, "patient-privacy"),
            category=[coded("http://loinc.org", "59284-0", "Release of information")],
            patient=self.patient,
            dateTime=moment(release.signed_at),
            policyRule={"text": release.sentence},
            provision=filled(
                type="permit",
                period={"start": day(release.starts_on), "end": day(release.ends_on)},
                actor=[{"role": _RECEIVES, "reference": {"display": release.receiver}}],
            ),
        )
