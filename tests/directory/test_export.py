import json
import zipfile

import pytest
from frictionless import Package, system
from sqlalchemy import func, select

from portal.directory.export import FILES, ExportProblem, columns_of, export_package
from portal.directory.importer import import_package
from portal.directory.models import TABLES, Schedule, Service

SETS = ["hsds/ohana-sample/sample-csv", "hsds/uk-foodbanks-hsds-3.1", "hsds/illinois-ilao/ilao/output",
        "hsds/hsds-1.1-sample", "hsds/hsds-3.1-sample/csv"]  # fmt: skip


@pytest.fixture(scope="module")
def standard(request):
    shared = request.getfixturevalue("shared")
    return json.loads((shared("hsds/spec-3.1") / "datapackage.repaired.json").read_text("utf-8"))


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
    import_package(session, shared(name), source_name=name)
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
    import_package(session, shared(name), source_name=name)
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
