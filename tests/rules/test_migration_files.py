"""Migrations are numbered in one line and know nothing of the application."""

from tests.checks import migrations
from tests.checks.source import listed, snippet

FIRST = snippet('revision = "0001"\ndown_revision = None\n', "migrations/versions/0001_people.py")
SECOND = snippet('revision: str = "0002"\ndown_revision: str = "0001"\n', "migrations/versions/0002_plans.py")
TWIN = snippet('revision = "0002b"\ndown_revision = "0001"\n', "migrations/versions/0002_places.py")


def test_migrations_form_one_line():
    assert not list(migrations.out_of_line([FIRST, SECOND]))
    assert list(migrations.out_of_line([FIRST, SECOND, TWIN])), "two heads are not found"
    assert migrations.revisions(), "there is no migration"
    found = list(migrations.out_of_line(migrations.revisions()))
    assert not found, f"number them in the order they run:{listed(found)}"


def test_migrations_stand_alone():
    assert list(migrations.not_alone([snippet("from portal.db import Base")]))
    found = list(migrations.not_alone(migrations.revisions()))
    assert not found, listed(found)
