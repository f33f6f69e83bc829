import json
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

import portal.cli.context
from portal.cli.directory import directory
from portal.cli.pacing import Paced
from portal.directory.models import Service
from portal.jobs import running


@pytest.fixture
def run(session, monkeypatch, tmp_path):
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

    @contextmanager
    def system_work(because="", **_options):
        with open_session() as opened:
            yield SimpleNamespace(session=opened, record=lambda *_what, **facts: recorded.append(facts))

    recorded = []
    monkeypatch.setattr(portal.cli.context, "open_session", open_session)
    monkeypatch.setattr(portal.cli.context, "system_work", system_work)
    monkeypatch.setattr(
        portal.cli.context, "read_settings", lambda: SimpleNamespace(zone="America/Chicago", instance=tmp_path)
    )
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
        "row_id": "s2", "name": "",
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


def test_a_list_with_columns_of_its_own_comes_in_by_a_mapping(run, tmp_path, session):
    places, mapping, report = tmp_path / "places.csv", tmp_path / "map.toml", tmp_path / "report.csv"
    places.write_text("Agency,Program,Phone\nHarvest,Food box,555-0100\nHarvest,Clothes,none\n", encoding="utf-8")
    told = run("import", places)
    assert told.exit_code == 1
    assert "portal directory map" in told.stderr
    assert '"program" = "service.name"' in run("map", places).stdout
    assert run("map", places, "--to", mapping).exit_code == 0
    assert run("map", places, "--to", mapping).exit_code == 1  # never over a file that is there
    assert run("import", places, "--map", tmp_path / "none.toml").exit_code == 1
    assert run("import", places, "--map", mapping, "--report", report, "--quiet").exit_code == 0
    assert session.scalar(select(func.count()).select_from(Service)) == 2
    assert "Left out,places.csv,3,phone" in report.read_text(encoding="utf-8-sig")
    assert run("map", tmp_path / "nothing.csv").exit_code == 1


def test_progress_is_shown_to_people_and_others_may_write_between_steps(monkeypatch, capsys):
    saved: list[Any] = []
    work: Any = "work"
    monkeypatch.setattr(running, "SAVE_EVERY", 0.0)
    monkeypatch.setattr("portal.work.save_so_far", lambda work, pause: saved.append(work))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with Paced(work) as paced:
        paced.step("reading", 1, 4)
        paced.step("indexing", 0, 0)
    assert saved == ["work", "work"]
    assert "Reading the files:  25 %" in capsys.readouterr().err
    with Paced(work, quiet=True) as paced:
        paced.step("reading", 1, 4)
    assert capsys.readouterr().err == ""


def test_many_bad_rows_are_shortened_in_the_terminal(run, package):
    rows = "\n".join(f"s{n},o," for n in range(250))
    told = run("import", package(organizations="id,name\no,A", services=f"id,organization_id,name\n{rows}"))
    assert "and 50 more; --report FILE" in told.stdout
