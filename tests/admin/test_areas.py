"""The parts of life, as an administrator makes them the organisation's own."""

import pytest

from portal import i18n
from portal.admin import area_commands as commands
from portal.audit.events import Event
from portal.audit.models import SystemEntry
from portal.cases.areas import AREAS, MOST_AREAS, areas_in_use
from portal.work import NotFound


@pytest.fixture
def ada(make):
    return make.administrator()


def labels(make):
    with make.system() as work:
        return [str(area.label) for area in areas_in_use(work.session).offered]


def test_nothing_decided_offers_our_seven(make, ada, browser):
    assert labels(make) == [str(area.label) for area in AREAS]
    page = browser.as_(ada).visit("/admin/programmes").follow("Parts of life on the strengths sheet")
    assert [found.get_text(strip=True) for found in page.soup.select(".card > h2")] == labels(make)


def test_renaming_moving_adding_and_no_longer_offering(make, ada, browser):
    mine = browser.as_(ada)
    page = mine.visit("/admin/areas").follow("Rename What I do for fun")
    page = page.press("Save", name_en="Music, play and rest", name_es="Música y descanso")
    assert page.says("Music, play and rest")
    page = page.press("Up Music, play and rest")
    assert labels(make)[4:6] == ["Music, play and rest", "My health and feeling well"]
    page = page.press("Stop offering it My money, benefits and things I own")
    assert page.says("What clients wrote stays where it is.")
    assert "My money, benefits and things I own" not in labels(make)
    page = page.follow("Add a part of life").press("Save", name_ar="أرضنا")
    assert labels(make)[-1] == "أرضنا", "another language stands in where there is no name"
    page.press("Offer it again My money, benefits and things I own")
    assert labels(make)[1] == "My money, benefits and things I own"
    with i18n.speaking("es"):
        assert "Música y descanso" in labels(make)
    with make.system() as work:
        told = [entry.facts["did"] for entry in work.session.query(SystemEntry).order_by(SystemEntry.seq)
                if entry.event is Event.AREAS_CHANGED]  # fmt: skip
    assert told == ["named", "moved", "withdrawn", "added", "offered"]


def test_what_cannot_be(make, ada, browser):
    mine = browser.as_(ada)
    page = mine.visit("/admin/areas/new").press("Save", name_en="  ")
    assert page.status == 422
    assert page.says("Write a name in at least one language.")
    assert mine.visit("/admin/areas/garden").status == 404
    with make.work(ada) as work:
        for number in range(MOST_AREAS - len(AREAS)):
            commands.add_area(work, {"en": f"Part {number}"})
        with pytest.raises(commands.TooManyAreas):
            commands.add_area(work, {"en": "One more"})
        for area in AREAS[1:]:
            commands.offer_area(work, area.key, on=False)
    with make.work(ada) as work:
        own = [area.key for area in areas_in_use(work.session).offered if area.key != "home"]
        with pytest.raises(commands.AreaNameMissing):
            commands.name_area(work, own[0], {"en": ""})
        commands.name_area(work, "home", {"en": ""})
        for key in own:
            commands.offer_area(work, key, on=False)
        with pytest.raises(commands.LastArea):
            commands.offer_area(work, "home", on=False)
        with pytest.raises(NotFound):
            commands.move_area(work, "garden", up=True)
    assert mine.visit("/admin/areas").press("Stop offering it My home and daily life").says("This is the last one.")


def test_nobody_else_changes_them(make, browser):
    for who in (make.worker("Wes"), make.supervisor("Grace"), make.client("Ana")):
        assert browser.as_(who).visit("/admin/areas").status == 403
