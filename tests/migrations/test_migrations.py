"""From empty to head and back, a step at a time, on the database under test; the end is what the models say."""

import os
import tempfile
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from portal.cli.models import METADATA
from portal.cli.setup import alembic_config
from tests.postgres import ADDRESS, create_database, drop_database


@pytest.fixture
def url(worker_id):
    """An empty database."""
    server = os.environ.get(ADDRESS)
    if server:
        name = f"portal_migrations_{worker_id}"
        yield create_database(server, name)
        drop_database(server, name)
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'empty.sqlite'}"


def tables(url):
    engine = create_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


@pytest.mark.slow
def test_every_step_goes_up_and_down_and_up_again(url):
    config = alembic_config(url)
    revisions = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()][::-1]
    before = set[str]()
    for revision in revisions:
        command.upgrade(config, revision)
        after = tables(url)
        command.downgrade(config, "-1")
        assert tables(url) - {"alembic_version"} == before, f"{revision} does not undo what it did"
        command.upgrade(config, revision)
        assert tables(url) == after
        before = after - {"alembic_version"}


def test_at_head_the_database_is_what_the_models_say(url):
    command.upgrade(alembic_config(url), "head")
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda _item, name, kind, *_: (
                    not (kind == "table" and str(name).startswith("directory_search"))
                ),
            },
        )
        differences = compare_metadata(context, METADATA)
    engine.dispose()
    assert not differences, "\n".join(map(str, differences))


def test_going_to_head_twice_changes_nothing(url):
    config = alembic_config(url)
    command.upgrade(config, "head")
    before = tables(url)
    command.upgrade(config, "head")
    assert tables(url) == before


def test_there_is_one_line_of_steps_numbered_in_order():
    script = ScriptDirectory.from_config(alembic_config("sqlite://"))
    assert len(script.get_heads()) == 1
    revisions = [step.revision for step in script.walk_revisions()][::-1]
    assert revisions == [f"{number:04d}" for number in range(1, len(revisions) + 1)]
