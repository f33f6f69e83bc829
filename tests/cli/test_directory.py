"""`portal directory`: lists of categories, their licences, and the export."""

import json

import pytest
from click.testing import CliRunner

from portal.cli.directory import directory
from tests.directory.conftest import package  # noqa: F401  a fixture


@pytest.fixture
def run(app, settings, monkeypatch):
    """The command on the tests' own database."""
    monkeypatch.setattr("portal.cli.context.read_settings", lambda: settings)
    return lambda *words: CliRunner().invoke(directory, [str(word) for word in words])


@pytest.fixture
def county(run, package):  # noqa: F811  as above
    folder = package(
        organizations="id,name\no,O",
        services="id,organization_id,name\ns,o,Soup",
        taxonomies="id,name\nt,Some list",
        taxonomy_terms="id,name,taxonomy_id\n1,Food,t",
        attributes="id,link_id,link_entity,taxonomy_term_id\n1,s,service,1",
    )
    assert run("import", folder).exit_code == 0


def test_a_list_comes_in_is_listed_and_may_be_licensed(run, county, tmp_path):
    file = tmp_path / "needs.csv"
    file.write_text("code,name,name_es\nF,Food,Comida\nX,,\n", encoding="utf-8")
    done = run("taxonomy", file, "--name", "Our needs")
    assert done.exit_code == 0, done.output
    assert "Our needs: 1 categories, named in en, es." in done.output
    assert "needs.csv, line 3: It has no name." in done.output
    told = {one["name"]: one for one in json.loads(run("taxonomies", "--json").output)}
    assert {name: (one["in_use"], one["exported"]) for name, one in told.items()} == {
        "Our needs": (0, False), "Some list": (1, False)
    }  # fmt: skip
    assert run("licence", "Our needs", "CC0").exit_code == 0
    assert "exported under CC0" in run("taxonomies").output
    assert run("licence", "Our needs", "none").exit_code == 0
    assert "CC0" not in run("taxonomies").output
    assert run("licence", "Nobody's", "CC0").exit_code == 1
    refused = run("taxonomy", tmp_path / "none.csv")
    assert (refused.exit_code, "cannot be read" in refused.output) == (1, True)


def test_an_export_says_what_it_left_out_and_writes_over_nothing(run, county, tmp_path):
    done = run("export", tmp_path / "out.zip")
    assert done.exit_code == 0, done.output
    assert "service: 1" in done.output
    assert "Left out: the taxonomy Some list and its categories. Its licence is not known." in done.output
    again = run("export", tmp_path / "out.zip")
    assert again.exit_code == 1
    assert "is there already" in again.output
    assert run("export", tmp_path / "out.zip", "--overwrite").exit_code == 0
    run("licence", "Some list", "CC0")
    told = json.loads(run("export", tmp_path / "trees", "--form", "json", "--json").output)
    assert told["tables"] == {"services": 1, "organizations": 1, "taxonomies": 1, "taxonomy_terms": 1}
    assert told["left_out"] == []
    assert run("export", tmp_path / "out.json", "--form", "csv").exit_code == 1
