import json

import pytest
from sqlalchemy import select

from portal import i18n
from portal.directory.importer import import_package
from portal.directory.licences import listed, say_licence
from portal.directory.models import Service, TaxonomyTerm
from portal.directory.search import Query, categories_in_use, search
from portal.directory.taxonomies import all_names, below, with_children
from portal.directory.taxonomy_file import TaxonomyProblem, load_taxonomy

OWN = """code,name,parent_id,name_es,name_ar,description
F,Food,,Comida,طعام,Anything to eat
F1,Food pantries,F,Despensas,,
F2,Hot meals,F,Comidas calientes,,
H,Housing,,Vivienda,سكن,
"""


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "needs.csv"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture
def county(package):
    return package(
        organizations="id,name\no,O",
        services="id,organization_id,name,status\na,o,Bags of groceries,active\nb,o,Soup,active\nc,o,A bed,active\n"
        "d,o,Gone,defunct",
        taxonomy_terms="id,name,parent_id\n1,Food,\n2,Food pantries,1\n3,Hot meals,1\n4,Housing,\n5,Legal,",
        attributes="id,link_id,link_entity,taxonomy_term_id\n1,a,service,2\n2,b,service,3\n3,c,service,4\n4,d,service,5",
    )


def names(session, found):
    terms = session.execute(select(TaxonomyTerm.id, TaxonomyTerm.name).where(TaxonomyTerm.id.in_(found)))
    return sorted(name for _id, name in terms)


def test_a_category_finds_itself_and_all_below_it(session, county):
    import_package(session, county, source_name="county")
    assert names(session, with_children(session, ["Food"])) == ["Food", "Food pantries", "Hot meals"]
    assert names(session, with_children(session, ["hot MEALS"])) == ["Hot meals"]
    assert with_children(session, ["no such thing", "", "a\0b"]) == {}
    assert set(with_children(session, ["Food"]).values()) == {"food", "food/food pantries", "food/hot meals"}
    food = next(iter(below(session, ["food"])))
    assert with_children(session, [food, str(food)]) == with_children(session, ["Food"])
    assert {hit.name for hit in search(session, Query(category="Food")).hits} == {"Bags of groceries", "Soup"}


def test_only_categories_in_use_are_shown_and_in_the_readers_language(session, county, own):
    import_package(session, county, source_name="county")
    load_taxonomy(session, own, name="Our needs")
    shown = [(one.name, one.services) for one in categories_in_use(session)]
    assert shown == [("Food", 2), ("Food pantries", 1), ("Hot meals", 1), ("Housing", 1)]
    with i18n.speaking("es"):
        found = [one.name for one in categories_in_use(session)]
        assert found == ["Comida", "Despensas", "Comidas calientes", "Vivienda"]
    with i18n.speaking("ar"):  # what nobody translated stays as it was written
        assert [one.name for one in categories_in_use(session)] == ["طعام", "Food pantries", "Hot meals", "سكن"]
    assert names(session, with_children(session, ["despensas"])) == ["Food pantries", "Food pantries"]
    assert all_names(session, ["food/hot meals", "gone"]) == {"food/hot meals": ("Hot meals", "Comidas calientes")}


def test_a_list_that_comes_first_names_what_comes_later_also_by_name_alone(session, package, own):
    load_taxonomy(session, own, name="Our needs")
    import_package(
        session,
        package(
            organizations="id,name\no,O",
            services="id,organization_id,name,status\na,o,Soup,active",
            taxonomy_terms="id,name,parent_id\n9,Everything,\n3,Hot Meals,9",
            attributes="id,link_id,link_entity,taxonomy_term_id\n1,a,service,3",
        ),
        source_name="flat",
    )
    with i18n.speaking("es"):
        assert [one.name for one in categories_in_use(session)] == ["Everything", "Comidas calientes"]


def test_a_further_delivery_updates_the_list_and_closes_what_is_gone(session, county, own):
    import_package(session, county, source_name="county")
    first = load_taxonomy(session, own, name="Our needs")
    ids = dict(session.execute(select(TaxonomyTerm.code, TaxonomyTerm.id).where(TaxonomyTerm.code != "")).all())
    assert (first.terms, first.languages) == (4, ("ar", "en", "es"))
    own.write_text(OWN.replace("Comida,", "Alimentos,").rsplit("H,", 1)[0], encoding="utf-8")
    second = load_taxonomy(session, own, name="Our needs")
    assert (second.terms, second.closed) == (3, 1)
    assert dict(session.execute(select(TaxonomyTerm.code, TaxonomyTerm.id).where(TaxonomyTerm.code != "")).all()) == ids
    with i18n.speaking("es"):
        assert [one.name for one in categories_in_use(session)][::3] == ["Alimentos", "Housing"]


def test_open_eligibility_in_both_its_forms(session, shared):
    csv = load_taxonomy(session, shared("taxonomies/open-eligibility") / "taxonomy.csv")
    assert (csv.name, csv.terms, csv.problems) == ("Open Eligibility", 289, [])
    again = load_taxonomy(session, shared("taxonomies/open-eligibility") / "taxonomy.json")
    assert (again.terms, again.closed) == (289, 0)
    assert len(with_children(session, ["Emergency"])) > 10
    assert [(one.name, one.licence) for one in listed(session)] == [("Open Eligibility", "CC BY-SA 3.0")]


def test_odd_files_are_refused_or_told_of_row_by_row(session, tmp_path):
    def file(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    for bad in (file("a.json", "{"), file("b.csv", "x,y\n1,2"), file("c.xml", "<a/>"), tmp_path / "none.csv",
                file("d.json", '["x", 3]')):  # fmt: skip
        with pytest.raises(TaxonomyProblem):
            load_taxonomy(session, bad)
    rows = [{"id": 1, "name": "A", "names": {"es": "Á"}}, {"id": 1, "name": "B"}, {"name": ""},
            {"id": 2, "name": "C", "parent_id": 9}, {"id": 3, "name": "D", "parent_id": 3}]  # fmt: skip
    report = load_taxonomy(session, file("e.json", json.dumps({"terms": rows})), name="E")
    assert report.terms == 3
    assert [line for line, _reason in report.problems] == [2, 3, 4, 5]


def test_which_taxonomies_may_go_out(session, package):
    def bring(source, taxonomy, licence=""):
        folder = package(
            source,
            organizations="id,name\no,O",
            services="id,organization_id,name\na,o,S",
            taxonomies=f"id,name\nt,{taxonomy}",
            taxonomy_terms="id,name,taxonomy_id\n1,Food,t",
        )
        import_package(session, folder, source_name=source, licence=licence)

    bring("free", "Our own", "CC BY 4.0")
    bring("unsaid", "Some list")
    bring("bought", "211 LA County Taxonomy of Human Services", "CC BY 4.0")
    bring("hsis", "AIRS", "CC BY 4.0")
    assert {one.name for one in listed(session) if one.is_shared} == {"Our own"}
    assert say_licence(session, "some list", "CC0") == 1
    assert say_licence(session, "nobody's", "CC0") == 0
    assert {one.name for one in listed(session) if one.is_shared} == {"Our own", "Some list"}


def test_a_service_changes_when_anything_that_hangs_on_it_does(session, package):
    tables = {
        "organizations": "id,name\no,O",
        "services": "id,organization_id,name\na,o,A\nb,o,B\nc,o,C",
        "locations": "id,name,organization_id\nl,Place,o",
        "service_at_location": "id,service_id,location_id\n1,b,l",
        "phones": "id,service_id,number\np,a,555-0100",
        "addresses": "id,location_id,address_1,city\nx,l,1 Main St,Town",
    }
    import_package(session, package(**tables), source_name="x")

    def moments():
        return dict(session.execute(select(Service.name, Service.changed_at)).all())

    before = moments()
    import_package(session, package(**tables), source_name="x")
    assert moments() == before
    import_package(session, package(**{**tables, "phones": "id,service_id,number\np,a,555-0199"}), source_name="x")
    assert {name for name, moment in moments().items() if moment != before[name]} == {"A"}
    before = moments()
    moved = {**tables, "phones": "id,service_id,number", "addresses": tables["addresses"].replace("1 Main", "2 Main")}
    import_package(session, package(**moved), source_name="x")
    assert {name for name, moment in moments().items() if moment != before[name]} == {"A", "B"}


def test_a_directory_may_bring_names_in_other_languages_along(session, package):
    folder = package(
        organizations="id,name\no,O",
        services="id,organization_id,name\na,o,Soup",
        taxonomy_terms="id,name,parent_id,name_es,name_ar\n1,Food,,Comida,\n2,Hot meals,1,Comidas calientes,وجبات",
        attributes="id,link_id,link_entity,taxonomy_term_id\n1,a,service,2",
    )
    import_package(session, folder, source_name="own words")
    report = import_package(session, folder, source_name="own words")
    assert report.total("unchanged") == report.total("kept")
    with i18n.speaking("es"):
        assert [one.name for one in categories_in_use(session)] == ["Comida", "Comidas calientes"]
    with i18n.speaking("ar"):
        assert [one.name for one in categories_in_use(session)] == ["Food", "وجبات"]
