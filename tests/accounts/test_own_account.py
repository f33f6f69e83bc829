"""One's own account, and the language."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Account, SignIn
from portal.audit.events import Event
from portal.cases.models import ContactKind, Person
from portal.roles import AccountKind
from tests.accounts.conftest import PASSWORD, is_in
from tests.browser import Browser

# --- One's own account ---


def test_a_new_password_ends_every_other_session(browser, make, with_password, recorded):
    wes = with_password(make.worker(), "wes@example.org")
    here, elsewhere = browser.as_(wes), browser.as_(wes)
    page = here.visit("/account/password").press("Save my password", current="wrong", password="seven tall trees bend")
    assert page.status == 422
    assert page.says("This is not right.")
    page = here.visit("/account/password").press("Save my password", current=PASSWORD, password="too short")
    assert page.says("Use at least 15 letters.")
    page = here.visit("/account/password").press("Save my password", current=PASSWORD, password="seven tall trees bend")
    assert page.heading == "My account"
    assert page.says("You are signed out everywhere else.")
    assert is_in(here)
    assert not is_in(elsewhere)
    assert Event.PASSWORD_CHANGED in [entry.event for entry in recorded()]


def test_a_client_has_no_password_to_change(browser, make):
    assert browser.as_(make.client()).visit("/account/password").status == 404


def test_after_a_while_one_is_asked_again(browser, holder):
    ana = browser.as_(holder.who, fresh=False)
    page = ana.visit("/account/contacts")
    assert page.heading == "Is it still you?"
    assert page.press("Go on", current="WRONG").status == 422
    page = ana.visit("/account/contacts").press("Go on", current=holder.code.lower())
    assert page.heading == "Is it safe to contact you here?"


def test_staff_confirm_with_their_password(browser, make, with_password):
    wes = browser.as_(with_password(make.worker(), "wes@example.org"), fresh=False)
    page = wes.visit("/account/contacts")
    assert page.soup.select_one("[name=current]")["autocomplete"] == "current-password"
    assert page.press("Go on", current=PASSWORD).heading == "Is it safe to contact you here?"


def test_a_client_without_the_card_at_hand_confirms_with_a_code(browser, holder, make, sent):
    make.contact(holder.who, "ana@example.org")
    ana = browser.as_(holder.who, fresh=False)
    page = ana.visit("/account/contacts").press("Send me a code")
    assert page.says("We sent you a code.")
    page = page.press("Go on", current=sent()[-1].secret)
    assert page.heading == "Is it safe to contact you here?"


def test_a_code_for_signing_in_does_not_confirm(browser, holder, make, sent):
    make.contact(holder.who, "ana@example.org")
    other = Browser(browser.app)
    other.visit("/sign-in/code").press("Send me a code", known_by=holder.number)
    ana = browser.as_(holder.who, fresh=False)
    assert ana.visit("/account/contacts").press("Go on", current=sent()[-1].secret).status == 422


def test_guessing_at_the_confirm_page_is_counted(browser, holder):
    ana = browser.as_(holder.who, fresh=False)
    statuses = [ana.visit("/account/contacts").press("Go on", current="WRONG").status for _ in range(6)]
    assert statuses == [422] * 5 + [429]


def test_no_place_is_safe_until_its_owner_says_so(browser, make, holder, sent):
    point = make.contact(holder.who, "ana@example.org", safe=False)
    theirs = make.contact(make.client("Ben Ito"), "ben@example.org", safe=False)
    ana = browser.as_(holder.who)
    page = ana.visit("/account/contacts", status=200)
    assert "ben@example.org" not in page.html
    assert not page.soup.select("[name=safe][checked]")
    assert page.press("Save", safe=[str(theirs)]).status == 422
    page = page.press("Save", safe=[str(point)])
    assert page.says("We only contact you where you said it is safe.")
    assert page.says("Safe")
    page = ana.visit("/account/contacts").press("Save", safe=[])
    assert page.says("Not used")


def test_a_number_is_shown_as_people_write_it(browser, make, holder):
    make.contact(holder.who, "+15555550142", ContactKind.PHONE)
    make.contact(holder.who, "+442079460000", ContactKind.PHONE)
    page = browser.as_(holder.who).visit("/account")
    assert page.says("(555) 555-0142")
    assert page.says("+44 20 7946 0000")


def test_the_account_is_one_press_away(browser, make, holder):
    for who in (holder.who, make.worker(), make.supporter(holder.who)):
        assert browser.as_(who).visit("/account/contacts").has_link("My account")


def test_a_person_sees_and_ends_where_they_are_signed_in(browser, make, holder):
    here, library = browser.as_(holder.who), browser.as_(holder.who, shared=True)
    page = here.visit("/account", budget=10)
    assert page.text.count("Signed in ") == 2
    assert page.says("a computer others use, too")
    page = page.press("Sign out there " + _when(page))
    assert page.says("That place is signed out.")
    assert is_in(here)
    assert not is_in(library)


def _when(page):
    button = page.soup.select_one('form[action$="/end"] button .unseen')
    return " ".join(button.get_text().split())


def test_everywhere_else_is_signed_out_at_once(browser, holder):
    here, others = browser.as_(holder.who), [browser.as_(holder.who) for _ in range(3)]
    assert here.visit("/account").press("Sign out everywhere else").says("You are signed out everywhere else.")
    assert is_in(here)
    assert not any(is_in(other) for other in others)


def test_nobody_ends_another_persons_session(browser, make, holder):
    ben = browser.as_(make.client("Ben Ito"))
    ana = browser.as_(holder.who)
    with make.system() as work:
        theirs = work.session.scalars(select(SignIn.id).join(Account).where(Account.person_id != holder.who.id)).one()
    fields = ana.visit("/account").fields_of("Sign out")
    assert ana.client.post(f"/account/places/{theirs}/end", data=fields).status_code == 404
    assert ana.client.post(f"/account/places/{make.nobody_id()}/end", data=fields).status_code == 404
    assert is_in(ben)


def test_a_sessions_own_place_is_not_shown_once_it_ran_out(browser, holder):
    start = clock.now()
    with clock.frozen_at(start - timedelta(hours=3)):
        browser.as_(holder.who)
    page = browser.as_(holder.who).visit("/account")
    assert page.text.count("Signed in ") == 1
    assert not page.has_button("Sign out everywhere else")


# --- Language ---


def test_a_language_is_chosen_before_signing_in(browser):
    page = browser.visit("/sign-in/staff")
    page = page.press("Español")
    assert page.url == "/sign-in/staff"
    assert page.soup.html["lang"] == "es"
    assert browser.visit("/sign-in/staff").press("العربية").soup.html["dir"] == "rtl"


def test_a_language_is_remembered_with_the_person(browser, make, recorded):
    ana = make.client()
    assert browser.as_(ana).visit("/account").press("Español").url == "/account"
    assert browser.as_(ana).visit("/account").soup.html["lang"] == "es"
    with make.system() as work:
        assert work.get(Person, ana.id).language == "es"
    assert recorded()[-1].event is Event.LANGUAGE_CHOSEN


@pytest.mark.parametrize(
    ("chosen", "back", "to"), [("xx", "/account", "/account"), ("es", "//evil.example", "/"), ("", "", "/")]
)
def test_a_language_we_do_not_speak_changes_nothing(browser, make, chosen, back, to):
    ana = browser.as_(make.client())
    fields = ana.visit("/account").fields_of("Español")
    answer = ana.client.post("/language", data={**fields, "language": chosen, "back": back})
    assert (answer.status_code, answer.headers["Location"]) == (303, to)


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-in/code", "/sign-in/code/enter", "/sign-in/staff", "/sign-in/supporter", "/signed-out"]
)
def test_signed_out_pages_stand_in_every_language(browser, path, language):
    browser.client.set_cookie("language", language)
    assert browser.visit(path, status=200, budget=6).soup.html["lang"] == language


def test_accounts_of_each_kind_have_their_page(browser, make, with_password):
    people = [make.client(), with_password(make.worker(), "w@example.org"), make.administrator()]
    people.append(with_password(make.supporter(make.client()), "s@example.org"))
    for who in people:
        page = browser.as_(who).visit("/account", status=200, budget=11)
        assert page.has_link("Change Password") == (who.kind is not AccountKind.CLIENT)
