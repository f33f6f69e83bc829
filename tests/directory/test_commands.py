import json
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

import portal.cli.context
from portal.cli.directory import directory
from portal.directory.models import Service


@pytest.fixture
def run(session, monkeypatch):
    """Run `portal directory ...` on the test's own session."""

    @contextmanager
    def open_session(because=""):
        nested = session.begin_nested()
        try:
            yield session
        except BaseException:
            nested.rollback()
            raise
        nested.commit()

    monkeypatch.setattr(portal.cli.context, "open_session", open_session)
    monkeypatch.setattr(portal.cli.context, "read_settings", lambda: SimpleNamespace(zone="America/Chicago"))
    return lambda *words: CliRunner().invoke(directory, [str(word) for word in words])


@pytest.fixture
def folder(package):
    return package(
        organizations="id,name\no,Harvest", services="id,organization_id,name\ns1,o,Food box\ns2,o,\n"
    )  # fmt: skip


def test_import_lists_counts_and_bad_rows(run, folder, session):
    done = run("import", folder, "--source", "County")
    assert done.exit_code == 0, done.output
    assert "County" in done.stdout
    assert "services.csv, line 3: It has no name." in done.stdout
    assert session.scalar(select(func.count()).select_from(Service)) == 1
    told = json.loads(run("import", folder, "--source", "County", "--json").stdout)
    assert told["totals"]["unchanged"] == 2
    assert told["problems"][0] == {
        "table": "service", "file": "services.csv", "line": 3, "refused": True, "reason": "It has no name.",
    }  # fmt: skip


def test_nothing_to_import_is_one_line_on_standard_error(run, tmp_path, session):
    done = run("import", tmp_path / "nothing")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_failed_import_leaves_nothing(run, package, session):
    assert run("import", package(services="id,name\n1,\n2,")).exit_code == 1
    assert session.scalar(select(func.count()).select_from(Service)) == 0


def test_search(run, folder):
    run("import", folder)
    assert "Food box | Harvest" in run("search", "food", "boxes").stdout
    told = json.loads(run("search", "food", "--json").stdout)
    assert (told["total"], told["hits"][0]["name"], told["hits"][0]["open_now"]) == (1, "Food box", "unknown")
    assert run("search", "nothing", "--place", "nowhere", "--category", "none").exit_code == 0


def test_export(run, folder, tmp_path):
    run("import", folder)
    told = json.loads(run("export", tmp_path / "out.zip", "--json").stdout)
    assert told["tables"]["service"] == 1
    assert run("export", folder).exit_code == 1
