"""How the portal looks and when the office is open: decided by an administrator, worn by every page at once."""

import re
import struct
from io import BytesIO

import pytest
from sqlalchemy import select

from portal import office
from portal.admin.office import LogoTooLarge, NoColour, NoLogo, TooLight, dress
from portal.audit.events import Event
from portal.audit.models import SystemEntry
from tests.browser import Browser

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 120, 40, 8, 6, 0, 0, 0) + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc2\x00\x0b\x08" + struct.pack(">HH", 30, 90) + b"\0" * 8


@pytest.fixture
def app_with_look(another_app, tmp_path):
    """An application with a mark of its own, so that what it wears is not worn by the next test."""
    return another_app(instance=tmp_path)


@pytest.fixture
def ada(make):
    return make.administrator()


def send(browser, **changes):
    """Fill in the page as an administrator does."""
    page = browser.visit("/admin/office")
    form = next(form for form in page.soup.select("form[method=post]") if form.get("enctype"))
    fields = {str(box["name"]): str(box.get("value", "")) for box in form.select("input[name]:not([type=file])")}
    fields.pop("remove_logo", None)
    data = {**fields, **changes}
    return browser.client.post("/admin/office", data=data, content_type="multipart/form-data")


def test_a_picture_is_known_by_its_bytes():
    seen = office.picture(PNG)
    assert (seen.kind, seen.width, seen.height) == ("png", 120, 40)
    seen = office.picture(JPEG)
    assert (seen.kind, seen.width, seen.height) == ("jpg", 90, 30)
    endless = PNG.replace(struct.pack(">II", 120, 40), struct.pack(">II", 120, 90_000))
    looping = b"\xff\xd8\xff\xe0\x00\x00\xff\xe0\x00\x00"
    for bad in (b"", b"<svg onload=x>", b"GIF89a", PNG[:12], JPEG[:6], looping, endless):
        with pytest.raises(office.BadPicture):
            office.picture(bad)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"accent": "teal"}, NoColour),
        ({"accent": "#ffcf5c"}, TooLight),
        ({"logo": b"<svg/>"}, NoLogo),
        ({"logo": PNG + b"\0" * office.LARGEST_LOGO}, LogoTooLarge),
    ],
)
def test_what_cannot_be_read_or_loaded_is_refused(make, ada, changes, refusal):
    with make.work(ada) as work, pytest.raises(refusal) as refused:
        dress(work, **{"accent": "", "hours": {}, "logo": None, "remove_logo": False, **changes})
    assert refused.value.says
    assert refused.value.field in {"accent", "logo"}


def test_the_record_says_what_changed_and_not_what_was_written(make, ada):
    with make.work(ada) as work:
        dress(work, accent="#6B21A8", hours={"en": "Mon to Fri", "es": ""}, logo=PNG, remove_logo=False)
    with make.system() as work:
        row = office.decided(work.session)
        assert row is not None
        assert (row.accent, row.hours, row.logo) == ("#6b21a8", {"en": "Mon to Fri"}, PNG)
        entry = work.session.scalars(select(SystemEntry).where(SystemEntry.event == Event.OFFICE_CHANGED)).one()
        assert entry.facts == {"changed": ["accent", "hours", "logo"]}


def test_every_page_wears_it_at_once_and_each_language_has_its_hours(app_with_look, make, ada):
    browser = Browser(app_with_look).as_(ada)
    other_process = Browser(app_with_look)
    assert "brand__mark" in other_process.visit("/sign-in").html
    answer = send(
        browser, accent="#6b21a8", hours_en="Mon–Fri 9–5", hours_ar="الأحد إلى الخميس", logo=(BytesIO(PNG), "our.svg")
    )
    assert answer.status_code == 303, answer.text
    page = other_process.visit("/sign-in")
    (logo,) = page.soup.select("img.brand__logo")
    assert (logo["width"], logo["height"], logo["alt"]) == ("120", "40", "")
    assert re.fullmatch(r"/static/img/logo\.[0-9a-f]{10}\.png", str(logo["src"]))
    served = other_process.client.get(logo["src"])
    assert (served.data, served.content_type) == (PNG, "image/png")
    assert "immutable" in served.headers["Cache-Control"]
    assert '<meta name="theme-color" content="#6b21a8">' in page.html
    files = page.soup.select("link[rel=stylesheet], link[rel=icon][href^='/'], script, img")
    assert len(files) == 3, "with the page itself four requests, logo included"
    assert page.says("Mon–Fri 9–5")
    other_process.client.set_cookie("language", "ar")
    assert other_process.visit("/sign-in").says("الأحد إلى الخميس")
    answer = send(browser, accent="", remove_logo="y")
    assert answer.status_code == 303, answer.text
    page = other_process.visit("/sign-in")
    assert "brand__logo" not in page.html
    assert "#6b21a8" not in page.html


def test_a_logo_is_served_by_a_process_that_has_not_shown_a_page_since(another_app, tmp_path, make, ada):
    here, there = another_app(instance=tmp_path), another_app(instance=tmp_path)
    send(Browser(here).as_(ada), logo=(BytesIO(PNG), "our.png"))
    (logo,) = Browser(here).visit("/sign-in").soup.select("img.brand__logo")
    assert there.test_client().get(str(logo["src"])).status_code == 200


def test_a_refusal_says_why_and_keeps_what_was_written(app_with_look, ada):
    browser = Browser(app_with_look).as_(ada)
    answer = send(browser, accent="#ffcf5c", hours_en="Always")
    assert answer.status_code == 422
    assert "the contrast is 1.5, and people need 4.5" in answer.text
    assert 'value="Always"' in answer.text
    (box,) = browser.visit("/admin/office").soup.select("[name=hours_en]")
    assert not box.get("value"), "nothing was saved"


def test_nobody_else_decides_it(app_with_look, make):
    assert Browser(app_with_look).as_(make.worker("Wes")).visit("/admin/office").status == 403
