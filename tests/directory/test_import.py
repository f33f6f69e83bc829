import random
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import func, select

from portal.directory.importer import PackageProblem, import_package
from portal.directory.models import (
    Address,
    DirectoryAttribute,
    DirectoryImport,
    DirectoryImportProblem,
    DirectoryLanguage,
    DirectoryPhone,
    Location,
    Organization,
    ResourceKind,
    Schedule,
    SearchDocument,
    Service,
    ServiceAtLocation,
    ServiceStatus,
    TaxonomyTerm,
)

NOW = datetime(2025, 4, 7, 15, tzinfo=UTC)
ORGANIZATIONS = "id,name,description\no1,Harvest Food Bank,Gives food"
SERVICES = "id,organization_id,name,description,status\ns1,o1,Hot meals,Meals every day,active\ns2,o1,Groceries,,active"
LOCATIONS = "id,location_type,name,latitude,longitude\nl1,physical,Main hall,37.58,-122.37"
LINKS = "id,service_id,location_id\nx1,s1,l1"


def count(session, model, *where):
    return session.scalar(select(func.count()).select_from(model).where(*where))


def only(session, model):
    return session.scalars(select(model).order_by(model.external_id)).one()


@pytest.fixture
def small(package):
    return package(
        organizations=ORGANIZATIONS,
        services=SERVICES,
        locations=LOCATIONS,
        service_at_location=LINKS,
        phones="id,service_id,number\np1,s1,555-0100",
    )


def test_rows_are_kept_and_tied_together(session, small):
    report = import_package(session, small, now=NOW)
    assert report.total("kept") == report.total("added") == 6
    assert not report.problems
    service = session.scalars(select(Service).where(Service.external_id == "s1")).one()
    organization, location = only(session, Organization), only(session, Location)
    assert service.organization_id == organization.id
    assert str(service.id) != "s1"
    assert service.resource_kind is ResourceKind.FORMAL
    link = only(session, ServiceAtLocation)
    assert (link.service_id, link.location_id) == (service.id, location.id)
    assert count(session, SearchDocument) == 2


def test_importing_again_changes_nothing(session, small):
    import_package(session, small, now=NOW)
    before = {row.external_id: row.id for row in session.scalars(select(Service))}
    report = import_package(session, small, now=NOW)
    assert report.total("unchanged") == report.total("kept") == 6
    assert not report.total("added") + report.total("updated") + report.total("closed")
    assert {row.external_id: row.id for row in session.scalars(select(Service))} == before
    assert count(session, SearchDocument) == 2


def test_a_new_delivery_updates_and_closes_and_opens_again(session, small, package):
    import_package(session, small, now=NOW)
    session.execute(select(Service)).scalars().first().local_note = "Ask for Maria"
    session.expire_all()
    less = {"organizations": ORGANIZATIONS, "services": SERVICES.replace("Hot meals", "Warm meals").rsplit("\n", 1)[0]}
    report = import_package(session, package(**less, phones="id,service_id,number"), now=NOW)
    assert (report.of("service").updated, report.of("service").closed, report.of("phone").closed) == (1, 1, 1)
    kept = {row.external_id: row for row in session.scalars(select(Service).execution_options(populate_existing=True))}
    assert kept["s1"].name == "Warm meals"
    assert kept["s2"].closed_at == NOW
    assert count(session, DirectoryPhone) == 0
    assert count(session, SearchDocument) == 1
    report = import_package(session, package(services=SERVICES), now=NOW)
    assert report.of("service").updated == 2
    assert count(session, Service, Service.closed_at.is_(None)) == 2


def test_a_table_the_package_leaves_out_is_left_alone(session, small, package):
    import_package(session, small, now=NOW)
    alone = package("package/alone", services=SERVICES)
    report = import_package(session, alone, source_name="package", now=NOW)
    assert report.total("closed") == 0
    assert count(session, DirectoryPhone) == 1


def test_what_the_portal_knows_itself_survives(session, small, package):
    import_package(session, small, now=NOW)
    service = session.scalars(select(Service).where(Service.external_id == "s1")).one()
    service.checked_on, service.checked_by, service.local_note = date(2025, 4, 1), "Maria", "Ring twice"
    service.resource_kind = ResourceKind.NATURAL
    session.flush()
    package(services=SERVICES.replace("Hot", "Warm"))
    import_package(session, small, now=NOW)
    session.refresh(service)
    assert (service.name, service.checked_by, service.local_note) == ("Warm meals", "Maria", "Ring twice")
    assert service.resource_kind is ResourceKind.NATURAL


def test_bad_rows_are_told_with_file_line_and_reason(session, package):
    folder = package(
        organizations=ORGANIZATIONS + "\n\no2,,nameless\no1,Again,twice",
        services=SERVICES + "\ns3,gone,Clothes,,active\ns4,o1,Extra,a,active,b\n",
        phones="id,service_id,number\np1,s1,call us\np2,nobody,555-0100\np3,,555-0101",
        schedules="id,service_id,freq,byday,opens_at,closes_at\nh1,s1,WEEKLY,MO,9:30,\nh2,s1,WEEKLY,Blursday,9:00,17:00\n"
        "h3,s1,WEEKLY,TU,9:30,5:00 PM",
    )
    report = import_package(session, folder, now=NOW)
    told = {(p.file, p.line): (p.refused, p.reason) for p in report.problems}
    assert told["organizations.csv", 4][0]
    assert "name" in told["organizations.csv", 4][1]
    assert told["organizations.csv", 5][0]
    assert "o1" in told["organizations.csv", 5][1]
    assert not told["services.csv", 4][0]
    assert "gone" in told["services.csv", 4][1]
    assert told["services.csv", 5][0]
    assert {line for file, line in told if file == "phones.csv"} == {2, 3, 4}
    assert {line for file, line in told if file == "schedules.csv"} == {2, 3}
    schedule = only(session, Schedule)
    assert (schedule.byday, schedule.opens_at, schedule.closes_at) == ("TU", time(9, 30), time(17))
    assert report.of("service").kept == 3
    assert report.as_json()["totals"]["refused"] == report.total("refused") == 8


def test_the_report_is_kept(session, package):
    import_package(session, package(organizations=ORGANIZATIONS + "\no2,,x"), now=NOW)
    run = session.scalars(select(DirectoryImport).order_by(DirectoryImport.id)).one()
    problem = session.scalars(select(DirectoryImportProblem).order_by(DirectoryImportProblem.position)).one()
    assert run.counts["totals"]["kept"] == 1
    assert (problem.import_id, problem.file, problem.line, problem.refused) == (run.id, "organizations.csv", 3, True)


def test_values_that_only_help_are_left_out_and_said(session, package):
    folder = package(
        organizations="id,name,website,email,year_incorporated\no1,A,call us,nobody,24/2/70",
        locations='id,name,latitude,longitude\nl1,Pole,100,101\nl2,Null,0,0\nl3,Both,37.5,\nl4,Madrid,"40,4168","-3,7"',
        services="id,organization_id,name,status\ns1,o1,B,pending",
    )
    report = import_package(session, folder, now=NOW)
    assert report.total("refused") == 0
    assert report.of("location").repaired == 4
    organization = only(session, Organization)
    assert (organization.website, organization.email, organization.year_incorporated) == ("", "", 1970)
    places = {row.external_id: (row.latitude, row.longitude) for row in session.scalars(select(Location))}
    assert places == {"l1": (None, None), "l2": (None, None), "l3": (None, None), "l4": (40.4168, -3.7)}
    assert only(session, Service).status is ServiceStatus.INACTIVE
    assert count(session, SearchDocument) == 0


def test_hsds_1_names_are_understood(session, package):
    folder = package(
        organizations="id,name,url\no1,A,example.org",
        services="id,organization_id,name,fees\ns1,o1,B,Free",
        locations="id,name\nl1,Hall",
        services_at_location="id,service_id,location_id\nx1,s1,l1",
        physical_addresses="id,location_id,address_1,address_2,address_3,city,postal_code\n"
        "a,l1,1 Main,Floor 2,Room 3,Peoria,61601",
        postal_addresses="id,location_id,address_1\na,l1,PO Box 5",
        regular_schedules="id,service_id,weekday,opens_at,closes_at\nr,s1,1,09:00,17:00\nq,s1,Sunday,,",
        holiday_schedules="id,service_id,closed,start_date,end_date\nr,s1,true,12/24/2014,December 26 2014",
        eligibility="id,service_id,eligibility\ne1,s1,Adults\ne2,s1,Residents",
        payments_accepted="id,service_id,payment\nm1,s1,Cash\nm2,s1,Check",
        languages="id,service_id,language\ng1,s1,Spanish",
        phones='id,service_id,number,language\np1,s1,555-0100,"en, es"',
        taxonomy="id,name,parent_id,parent_name,vocabulary\nt2,Groceries,t1,Food,OE\nt1,Food,0,,OE",
        services_taxonomy="id,service_id,taxonomy_id\nk1,s1,t2",
        accessibility_for_disabilities="id,location_id,accessibility\nd1,l1,ramp",
    )
    report = import_package(session, folder, now=NOW)
    assert report.total("refused") == 0, [str(p) for p in report.problems]
    service = only(session, Service)
    assert (service.fees_description, service.eligibility_description) == ("Free", "Adults\nResidents")
    assert service.payments_accepted == "Cash, Check"
    by_type = {row.address_type: row for row in session.scalars(select(Address))}
    assert by_type["physical"].address_2 == "Floor 2, Room 3"
    assert by_type["postal"].address_1 == "PO Box 5"
    usual = session.scalars(select(Schedule).where(Schedule.external_id == "r")).one()
    assert (usual.freq, usual.byday, usual.opens_at) == ("WEEKLY", "MO", time(9))
    closed = session.scalars(select(Schedule).where(Schedule.external_id == "holiday:r")).one()
    assert (closed.closed, closed.valid_from, closed.valid_to) == (True, date(2014, 12, 24), date(2014, 12, 26))
    languages = session.scalars(select(DirectoryLanguage).where(DirectoryLanguage.phone_id.is_not(None))).all()
    assert {row.name for row in languages} == {"English", "Spanish"}
    groceries = session.scalars(select(TaxonomyTerm).where(TaxonomyTerm.external_id == "t2")).one()
    assert (groceries.path, groceries.taxonomy, groceries.services) == ("food/groceries", "OE", 1)
    assert only(session, DirectoryAttribute).link_id == service.id


def test_hsds_2_names_are_understood(session, package):
    folder = package(
        organizations="id,name,url\n1,A,example.org",
        services="id,organization_id,name\n1,1,B",
        schedules="id,service_id,freq,byday,opens_at,closes_at\nh,1,WEEKLY,MO,09:00,17:00",
        taxonomy_terms="id,term,name,taxonomy\nt1,food,Food,OE\nt2,charity,Charity,OE",
        service_attributes="id,service_id,taxonomy_term_id\na,1,t1",
        other_attributes="id,link_id,link_type,taxonomy_term_id\na,1,organization,t2",
    )
    report = import_package(session, folder, now=NOW)
    assert (report.dialect, report.total("refused")) == ("HSDS 2", 0), [str(p) for p in report.problems]
    linked = {row.external_id: row.link_entity for row in session.scalars(select(DirectoryAttribute))}
    assert linked == {"service:a": "service", "a": "organization"}
    assert only(session, Organization).website == "http://example.org"


def test_a_postal_address_of_an_organisation_hangs_on_a_postal_location(session, package):
    folder = package(
        organizations=ORGANIZATIONS,
        postal_addresses="id,location_id,organization_id,address_1,postal_code\n,,o1,PO Box 1,61601\n"
        ",,o1,PO Box 2,61601",
    )
    import_package(session, folder, now=NOW)
    place = only(session, Location)
    assert (place.location_type, place.organization_id) == ("postal", only(session, Organization).id)
    assert count(session, Address, Address.location_id == place.id) == 2


def test_rows_without_ids_are_safe_to_repeat(session, package):
    folder = package(
        organizations=ORGANIZATIONS,
        services="id,organization_id,name\n,o1,Meals\n",
        phones="id,organization_id,number\n,o1,555-0100\n,o1,555-0101\n,o1,555-0100",
    )
    report = import_package(session, folder, now=NOW)
    assert (report.of("phone").kept, report.of("phone").repaired) == (2, 1)
    again = import_package(session, folder, now=NOW)
    assert again.total("unchanged") == 4
    package(services="id,organization_id,name,description\n,o1,Meals,Now with words")
    assert import_package(session, folder, now=NOW).of("service").updated == 1


def test_two_sources_do_not_touch_each_other(session, package):
    import_package(session, package("one", organizations=ORGANIZATIONS, services=SERVICES), now=NOW)
    import_package(session, package("two", organizations=ORGANIZATIONS, services=SERVICES), now=NOW)
    assert count(session, Service) == 4
    other = package("elsewhere/one", organizations="id,name\nz,Z", services="id,organization_id,name\nz,z,Z")
    with pytest.raises(PackageProblem, match="one"):
        import_package(session, other, now=NOW)


@pytest.mark.parametrize("nested", ["", "deep/er/"])
def test_a_zip_archive(session, small, tmp_path, nested):
    path = tmp_path / "county.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in small.iterdir():
            archive.write(file, nested + file.name)
        archive.writestr("../../evil.csv", "id,name\n1,x")
        archive.writestr("__MACOSX/._services.csv", "junk")
    assert import_package(session, path, now=NOW).total("kept") == 6
    assert not (tmp_path.parent / "evil.csv").exists()


def test_an_archive_that_would_fill_the_disk_is_refused(session, tmp_path):
    path = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("services.csv", "w", force_zip64=True) as file,
    ):
        for _n in range(40):
            file.write(b"0" * 1024**2)
    with pytest.raises(PackageProblem, match="unfold"):
        import_package(session, path, now=NOW)


def test_a_link_out_of_the_folder_is_not_followed(session, package, tmp_path):
    outside = package("outside", services=SERVICES) / "services.csv"
    folder = package("inside", organizations=ORGANIZATIONS)
    (folder / "services.csv").symlink_to(outside)
    assert import_package(session, folder, now=NOW).of("service").kept == 0


def test_a_described_package_may_name_its_files_as_it_likes(session, package):
    folder = package("odd")
    (folder / "daten").mkdir()
    (folder / "daten" / "a.csv").write_text(ORGANIZATIONS, encoding="utf-8")
    (folder / "daten" / "b.csv").write_text(SERVICES, encoding="utf-8")
    (folder / "datapackage.json").write_text(
        '{"resources": [{"name": "organization", "path": "daten/a.csv"}, {"name": "service", "path": "daten/b.csv"},'
        ' {"name": "phone", "path": "../../../etc/passwd"}, {"name": 5}]}',
        encoding="utf-8",
    )
    assert import_package(session, folder, now=NOW).total("kept") == 3


def test_files_known_by_the_end_of_their_name_or_their_heading(session, package):
    folder = package(miami_211_organizations=ORGANIZATIONS, strange=SERVICES, notes="what,ever\n1,2")
    report = import_package(session, folder, now=NOW)
    assert report.total("kept") == 3
    assert [p.file for p in report.problems] == ["notes.csv"]


@pytest.mark.parametrize("name", ["nothing", "empty", "words.zip", "services.docx"])
def test_what_cannot_be_imported_is_one_sentence(session, tmp_path, name):
    if name == "empty":
        (tmp_path / name).mkdir()
    elif name != "nothing":
        (tmp_path / name).write_text("no archive", encoding="utf-8")
    with pytest.raises(PackageProblem) as told:
        import_package(session, tmp_path / name, now=NOW)
    assert "\n" not in str(told.value)


def test_nothing_kept_is_an_error(session, package):
    with pytest.raises(PackageProblem, match=r"services\.csv, line 2"):
        import_package(session, package(services="id,name\n1,\n"), now=NOW)


def test_categories_that_go_round_in_circles_do_not_hang(session, package):
    terms = "id,name,parent_id\n1,A,2\n2,B,1\n3,C,3"
    report = import_package(session, package(taxonomy_terms=terms, organizations=ORGANIZATIONS), now=NOW)
    assert report.of("taxonomy_term").kept == 3


@pytest.mark.slow
def test_memory_stays_bounded(session, package):
    services = "id,organization_id,name,description\n" + "".join(
        f"s{n},o1,Service {n},{'many words about food and shelter ' * 12}{n}\n" for n in range(3_000)
    )
    folder = package(organizations=ORGANIZATIONS, services=services)
    tracemalloc.start()
    try:
        report = import_package(session, folder, now=NOW)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert report.of("service").kept == 3_000
    assert peak < 40 * 1024**2


def test_damaged_files_never_stop_an_import(session, small):
    """Bytes thrown into every file at random: rows are refused, but nothing breaks."""
    junk = (
        b'"',
        b"\n",
        b",",
        b"\x00",
        b"\xff",
        b"\xed\xa0\x80",
        b"9" * 30,
        b"NaN",
        b"1e999",
        b"\\",
        b"%(x)s",
        b"http://[",
    )
    chance = random.Random(7)
    whole = {file: file.read_bytes() for file in small.iterdir()}
    for _round in range(40):
        for file, content in whole.items():
            at = chance.randrange(len(content))
            file.write_bytes(content[:at] + chance.choice(junk) + content[at + chance.choice((0, 1, 3)) :])
        with suppress(PackageProblem):
            import_package(session, small, source_name=f"round {_round}", now=NOW)
