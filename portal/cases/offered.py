"""Which ways of working the organisation has switched on. The operator's settings are the ceiling, this the choice."""

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.db import Base
from portal.profiles import registry
from portal.profiles.profile import Profile


class OrganisationProfile(Base):
    """One profile that is switched on. While there is no row, all that the settings allow are."""

    __tablename__ = "organisation_profile"
    key: Mapped[str] = mapped_column(unique=True)


def profiles_in_use(session: Session, ceiling: Collection[str]) -> tuple[Profile, ...]:
    """The profiles a new case can have, in our order.

    Args:
        session: any session; this table belongs to no case.
        ceiling: the keys the operator's settings allow; empty for all.
    """
    allowed = registry.chosen(ceiling)
    chosen = set(session.scalars(select(OrganisationProfile.key).order_by(OrganisationProfile.key)))
    return tuple(profile for profile in allowed if profile.key in chosen) or allowed


def choose_profiles(session: Session, keys: Collection[str]) -> None:
    """Switch on these and no others."""
    session.execute(delete(OrganisationProfile))
    session.add_all(OrganisationProfile(key=profile.key) for profile in registry.ALL if profile.key in keys)
