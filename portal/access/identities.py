"""Finding people by what they type, before anybody is signed in and so before there is a scope."""

import phonenumbers
from sqlalchemy import select

from portal.access.scope import BEFORE_SCOPE
from portal.cases.models import ContactKind, ContactPoint
from portal.crypto import KeyRing
from portal.db import PortalSession


class NoContact(ValueError):
    """What was typed is no email address or phone number."""


def normalised(kind: ContactKind, value: str, country: str) -> str:
    """An address or a number in the one form it is stored in: small letters, or +15550100.

    Args:
        kind: email or phone.
        value: as it was typed.
        country: where a number without a country code is (ISO 3166).

    Raises:
        NoContact: it cannot be one.
    """
    if kind is ContactKind.EMAIL:
        plain = "".join(value.split()).lower()
        name, _at, host = plain.rpartition("@")
        if not name or "." not in host.strip(".") or len(plain) > 254:
            raise NoContact(kind)
        return plain
    try:
        number = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException:
        raise NoContact(kind) from None
    if not phonenumbers.is_possible_number(number):
        raise NoContact(kind)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def as_written(contact: ContactPoint, country: str) -> str:
    """An address or a number as people there write it: (555) 555-0100 at home, +44 20 7946 0000 elsewhere."""
    if contact.kind is ContactKind.EMAIL:
        return contact.value
    try:
        number = phonenumbers.parse(contact.value, country)
    except phonenumbers.NumberParseException:
        return contact.value
    form = phonenumbers.PhoneNumberFormat
    at_home = number.country_code == phonenumbers.country_code_for_region(country)
    return phonenumbers.format_number(number, form.NATIONAL if at_home else form.INTERNATIONAL)


def contact_hash(ring: KeyRing, value: str) -> bytes:
    """By which a normalised address or number is found."""
    return ring.lookup("contact", value)


def safe_contacts_like(session: PortalSession, value: str) -> list[ContactPoint]:
    """Every contact point with this normalised value that its owner called safe. Two people may share one."""
    wanted = (
        select(ContactPoint)
        .where(ContactPoint.value_hash == contact_hash(session.key_ring, value), ContactPoint.safe)
        .order_by(ContactPoint.created_at, ContactPoint.id)
    )
    return list(session.scalars(wanted, execution_options={BEFORE_SCOPE: True}))


def safe_contacts_of(session: PortalSession, person_id: object) -> list[ContactPoint]:
    """Where this person may be reached, phones first: a text is read sooner than a letter."""
    wanted = (
        select(ContactPoint)
        .where(ContactPoint.person_id == person_id, ContactPoint.safe)
        .order_by(ContactPoint.kind.desc(), ContactPoint.created_at, ContactPoint.id)
    )
    return list(session.scalars(wanted, execution_options={BEFORE_SCOPE: True}))
