"""The demo's own pages: who can sign in, one press to be them, and what would have been sent."""

import pytest

from portal.demo import listing
from portal.roles import AccountKind


def test_everybody_is_listed_with_what_they_type(visitor):
    page = visitor.visit("/demo", status=200)
    for listed in listing.accounts():
        assert page.says(listed.name), listed.key
        assert all(page.says(typed) for typed in listed.typed), listed.key


def test_one_press_signs_in(visitor):
    page = visitor.visit("/demo").press("Sign in as Elena")
    assert page.status == 200
    assert page.url.startswith("/cases/")
    assert page.says("Elena Marsh") or page.says("Elena")


def test_one_press_changes_who_one_is(visitor):
    visitor.visit("/demo").press("Sign in as Elena")
    page = visitor.visit("/demo").press("Sign in as Dana")
    assert page.url == "/caseload"


def test_nobody_else_can_be_pressed(visitor):
    page = visitor.visit("/demo")
    data = page.fields_of("Sign in as Elena")
    assert visitor.post("/demo/sign-in/nobody", data).status == 404


@pytest.mark.slow
@pytest.mark.parametrize("listed", listing.accounts(), ids=lambda listed: listed.key)
def test_each_account_signs_in_as_a_person_would(visitor, listed):
    page = visitor.visit(listed.path)
    name, secret = listed.typed
    if listed.kind is AccountKind.CLIENT:
        typed = {"number": name, "code": secret}
    else:
        typed = {"email": name, "password": secret}
    page = page.press("Sign in", **typed)
    assert page.status == 200, page.text
    assert not page.url.startswith("/sign-in"), page.text


@pytest.mark.parametrize("language", ["es", "ar"])
def test_the_list_speaks_other_languages(visitor, language):
    page = visitor.visit("/demo")
    form = page.soup.select_one("form:has([name=language])")
    assert form is not None
    sent = visitor.post(form["action"], {
        **{field["name"]: field.get("value", "") for field in form.select("input[name]")}, "language": language,
    })  # fmt: skip
    assert sent.status == 200
    assert visitor.visit("/demo").soup.html["lang"] == language


def test_the_outbox_shows_what_would_have_been_sent_and_what_was_kept_back(visitor):
    page = visitor.visit("/demo/outbox", status=200)
    assert page.says("Something new is waiting for you.")
    assert page.says("Kept back")
    assert page.says("Ivy Sinclair"), "nothing is ever sent to Ivy"
    assert "ivy" not in page.text.lower().replace("ivy sinclair", "")


def test_the_bar_leads_to_both(visitor):
    page = visitor.visit("/sign-in")
    assert page.follow("Who can sign in").url == "/demo"
    assert visitor.visit("/sign-in").follow("What would have been sent").url == "/demo/outbox"


def test_elsewhere_the_pages_do_not_exist(browser):
    assert browser.visit("/demo").status == 404
    assert browser.visit("/demo/outbox").status == 404
    assert browser.post("/demo/sign-in/elena", {}).status in {400, 404}
    assert not browser.visit("/sign-in").has_link("Who can sign in")
