import json
import zipfile

import pytest
from frictionless import Package, system
from sqlalchemy import func, select

from portal.directory.export import FILES, ExportProblem, Form, columns_of, export_directory, export_package
from portal.directory.importer import import_package
from portal.directory.models import TABLES, Schedule, Service
from tests.hsds import Hsds

SETS = ["hsds/ohana-sample/sample-csv", "hsds/uk-foodbanks-hsds-3.1", "hsds/illinois-ilao/ilao/output",
        "hsds/hsds-1.1-sample", "hsds/hsds-3.1-sample/csv"]  # fmt: skip


@pytest.fixture(scope="module")
def standard(request):
    shared = request.getfixturevalue("shared")
    return json.loads((shared("hsds/spec-3.1") / "datapackage.repaired.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def spec(request):
    return Hsds(request.getfixturevalue("shared")("hsds/spec-3.1") / "schema")


def faults(folder, standard):
    """What frictionless finds wrong with a package, by the standard's own description of the files.

    Two things the description says are wrong in the specification itself: a programme's organisation and a term's code
    are no keys (DIRECTORY 1.5).
    """
    for resource in standard["resources"]:
        for field in resource["schema"]["fields"]:
            if (resource["name"], field["name"]) == ("program", "organization_id"):
                field.get("constraints", {}).pop("unique", None)
    (folder / "datapackage.json").write_text(json.dumps(standard), encoding="utf-8")
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    return [(task.name, error.message) for task in report.tasks for error in task.errors] + list(report.errors)


def test_every_table_of_the_standard_in_its_order(standard):
    for resource in standard["resources"]:
        assert FILES[resource["name"]] == resource["path"]
        assert [field["name"] for field in resource["schema"]["fields"]] == list(columns_of(resource["name"]))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", SETS)
def test_what_came_in_goes_out_by_the_standard(session, shared, standard, tmp_path, name):
    import_package(session, shared(name), source_name=name, licence="for a test")
    counts = export_package(session, tmp_path / "out")
    assert counts["service"] == session.scalar(select(func.count()).select_from(Service))
    assert faults(tmp_path / "out", standard) == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_our_own_description_is_valid_too(session, shared, tmp_path):
    import_package(session, shared(SETS[0]), source_name="x")
    export_package(session, tmp_path / "out")
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "out" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "message"])


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_an_export_comes_in_again_whole(session, shared, tmp_path, name):
    import_package(session, shared(name), source_name=name, licence="for a test")
    counts = export_package(session, tmp_path / "out.zip")
    report = import_package(session, tmp_path / "out.zip")
    assert report.total("refused") == 0, [str(p) for p in report.problems]
    kept = {table: report.of(table).kept for table in TABLES}
    assert kept == {table: counts[table] for table in TABLES} | {"organization": kept["organization"]}


def test_days_closed_survive_the_round_trip(session, package, tmp_path):
    folder = package(
        organizations="id,name\no,O",
        services="id,organization_id,name\ns,o,S",
        holiday_schedules="id,service_id,closed,start_date,end_date\nh,s,true,2025-12-25,2025-12-25",
    )
    import_package(session, folder)
    export_package(session, tmp_path / "out")
    assert "Closed." in (tmp_path / "out" / "schedules.csv").read_text("utf-8")
    import_package(session, tmp_path / "out", source_name="again")
    assert [row.closed for row in session.scalars(select(Schedule).order_by(Schedule.id))] == [True, True]


def test_an_archive_is_whole_and_a_full_folder_left_alone(session, package, tmp_path):
    import_package(session, package(organizations="id,name\no,O"))
    export_package(session, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert set(archive.namelist()) == {*FILES.values(), "datapackage.json"}
        assert archive.testzip() is None
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "services.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportProblem):
        export_package(session, tmp_path / "full")
    assert (tmp_path / "full" / "services.csv").read_text("utf-8") == "mine"
    with pytest.raises(ExportProblem):
        export_package(session, tmp_path / "nowhere" / "out.zip")
    assert not list(tmp_path.glob(".out*"))


def test_closed_services_and_what_hangs_on_them_stay_here(session, package, tmp_path):
    tables = {"organizations": "id,name\no,O", "phones": "id,service_id,number\np,s2,555-0100"}
    services = "id,organization_id,name\ns1,o,A\ns2,o,B"
    import_package(session, package(**tables, services=services))
    import_package(session, package(services=services.rsplit("\n", 1)[0], phones="id,service_id,number"))
    counts = export_package(session, tmp_path / "out")
    assert (counts["service"], counts["phone"]) == (1, 0)


def test_trees_are_by_the_standard_and_complete(session, shared, package, tmp_path, spec):
    import_package(session, shared(SETS[0]), source_name="x", licence="for a test")
    told = export_directory(session, tmp_path / "out", form=Form.TREES)
    assert {file.name for file in (tmp_path / "out").iterdir()} == {
        "services.json", "organizations.json", "taxonomies.json", "taxonomy_terms.json"
    }  # fmt: skip
    for name, schema in (("services", "service"), ("organizations", "organization"), ("taxonomies", "taxonomy"),
                         ("taxonomy_terms", "taxonomy_term")):  # fmt: skip
        page = json.loads((tmp_path / "out" / f"{name}.json").read_text("utf-8"))
        assert page["total_items"] == len(page["contents"]) == told.counts[name]
        assert [fault for one in page["contents"] for fault in spec.faults(one, schema)] == []
    one = export_directory(session, tmp_path / "all.json").counts["services"]
    export_directory(session, tmp_path / "all.ndjson")
    lines = (tmp_path / "all.ndjson").read_text("utf-8")
    page = json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert [json.loads(line) for line in lines.splitlines()] == page["contents"]
    assert (one, page["empty"]) == (23, False)


def test_an_empty_directory_goes_out_too(session, tmp_path, spec):
    assert export_directory(session, tmp_path / "none.json").counts == {"services": 0}
    page = json.loads((tmp_path / "none.json").read_text("utf-8"))
    assert spec.answer("/services", page) == []
    assert (page["contents"], page["empty"]) == ([], True)
    assert export_directory(session, tmp_path / "none.zip").counts["service"] == 0


def test_a_taxonomy_without_a_licence_stays_here_with_its_categories(session, package, tmp_path):
    folder = package(
        organizations="id,name\no,O",
        services="id,organization_id,name\ns,o,S",
        taxonomies="id,name\nt,AIRS\nu,Our own",
        taxonomy_terms="id,name,taxonomy_id\n1,BD-1800.2000,t\n2,Food,u",
        attributes="id,link_id,link_entity,taxonomy_term_id\n1,s,service,1\n2,s,service,2",
    )
    import_package(session, folder, source_name="x", licence="CC BY 4.0")
    for name in ("out", "out.zip", "out.json", "out.ndjson"):
        told = export_directory(session, tmp_path / name)
        assert told.withheld == ["AIRS"]
    told = export_directory(session, tmp_path / "trees", form=Form.TREES)
    for file in (*(tmp_path / "out").iterdir(), *(tmp_path / "trees").iterdir(), tmp_path / "out.json"):
        assert "AIRS" not in file.read_text("utf-8")
        assert "BD-1800" not in file.read_text("utf-8")
    assert "Food" in (tmp_path / "out" / "taxonomy_terms.csv").read_text("utf-8")
    assert export_package(session, tmp_path / "more")["attribute"] == 1


def test_nothing_is_written_over_unless_asked(session, package, tmp_path):
    import_package(session, package(organizations="id,name\no,O"))
    for name in ("a.zip", "a.json", "a.ndjson", "a.txt", "a"):
        path = tmp_path / name
        path.write_text("mine", encoding="utf-8")
        with pytest.raises(ExportProblem):
            export_directory(session, path)
        assert path.read_text("utf-8") == "mine"
    for name in ("a.zip", "a.json", "a.ndjson"):
        export_directory(session, tmp_path / name, overwrite=True)
        assert (tmp_path / name).read_bytes() != b"mine"
    export_directory(session, tmp_path / "folder")
    with pytest.raises(ExportProblem):
        export_directory(session, tmp_path / "folder")
    (tmp_path / "folder" / "notes.txt").write_text("mine", encoding="utf-8")
    export_directory(session, tmp_path / "folder", overwrite=True)
    assert (tmp_path / "folder" / "notes.txt").read_text("utf-8") == "mine"
    with pytest.raises(ExportProblem):
        export_directory(session, tmp_path / "b.json", form=Form.TABLES)
    with pytest.raises(ExportProblem):
        export_directory(session, tmp_path / "nowhere" / "b.json")
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".")]


def test_an_export_that_fails_leaves_nothing_behind(session, package, tmp_path, monkeypatch):
    import_package(session, package(organizations="id,name\no,O"))
    monkeypatch.setattr("portal.directory.export._description", lambda _session: 1 / 0)
    for name in ("out", "out.zip"):
        with pytest.raises(ZeroDivisionError):
            export_package(session, tmp_path / name)
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith((".", "out"))] == []
