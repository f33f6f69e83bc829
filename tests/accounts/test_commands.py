"""What accounts do, without a page."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.accounts import codes, commands, throttle
from portal.accounts.models import Account, Card, OneTimeCode, SignIn, Throttle
from portal.accounts.passwords import WeakPassword
from portal.accounts.refusals import BadEmail, EmailTaken, LinkEnded, NoMatch, WrongCode
from portal.accounts.throttle import Blocked, Caller
from portal.audit.events import Event
from portal.cases.models import ContactKind, ContactPoint, Person
from portal.outbox.notices import Notice
from portal.roles import AccountKind
from portal.work import NotFound
from tests.accounts.conftest import HERE, PASSWORD, card_for


def kinds(entries):
    return [entry.event for entry in entries]


def test_a_card_opens_its_own_account_only(make, holder, recorded):
    other = card_for(make, make.client("Ben Ito"))
    with make.system() as work:
        assert commands.sign_in_with_card(work, holder.number, holder.code, HERE).person_id == holder.who.id
    with make.system() as work, pytest.raises(NoMatch):
        commands.sign_in_with_card(work, holder.number, other.code, HERE)
    assert Event.SIGNED_IN in kinds(recorded())


def test_a_new_card_ends_the_old_one_and_what_it_opened(make, holder, browser, recorded):
    browser_of_ana = browser.as_(holder.who)
    with make.system() as work:
        new = commands.issue_card(work, work.get(Account, holder.who.account_id))
    assert new.number == holder.number
    with make.system() as work, pytest.raises(NoMatch):
        commands.sign_in_with_card(work, holder.number, holder.code, HERE)
    with make.system() as work:
        assert commands.sign_in_with_card(work, new.number, new.code, HERE).person_id == holder.who.id
        live = work.session.scalars(select(Card).where(Card.ended_at.is_(None))).all()
    assert len(live) == 1
    assert browser_of_ana.visit("/account").heading == "Sign in"
    assert kinds(recorded()).count(Event.CARD_ISSUED) == 2


def test_a_code_is_kept_as_a_hash_that_needs_our_key(make, holder):
    with make.system() as work:
        card = work.session.scalars(select(Card)).one()
    assert holder.code.replace(" ", "").encode() not in bytes(card.code_hash)


def test_only_a_client_has_a_card(make):
    worker = make.worker()
    with make.system() as work, pytest.raises(NotFound):
        commands.issue_card(work, work.get(Account, worker.account_id))


def test_a_second_account_for_a_client_is_the_first(make, holder):
    with make.system() as work:
        again = commands.create_client_account(work, work.get(Person, holder.who.id))
    assert again.id == holder.who.account_id


def test_one_address_may_be_staff_and_supporter_but_not_staff_twice(make, settings, with_password):
    with_password(make.worker("Wes Okafor"), "Wes@Example.org")
    with_password(make.supporter(make.client()), "wes@example.org")
    other = make.worker("Wes Other")
    with make.system() as work, pytest.raises(EmailTaken):
        commands.create_staff_account(work, work.get(Person, other.id), " WES@example.org ")
    with make.system() as work, pytest.raises(BadEmail):
        commands.create_staff_account(work, work.get(Person, other.id), "wes at home")
    with make.system() as work:
        wes = commands.sign_in_with_password(
            work, AccountKind.STAFF, "WES@example.org", PASSWORD, HERE, settings=settings
        )
    assert wes.kind is AccountKind.STAFF


def test_a_hash_of_an_older_cost_is_made_again_when_its_owner_signs_in(make, settings, with_password):
    wes = with_password(make.worker(), "wes@example.org")
    with make.system() as work:
        from portal.accounts.passwords import Passwords

        work.get(Account, wes.account_id).password_hash = Passwords.at(2).hash(PASSWORD)
    with make.system() as work:
        commands.sign_in_with_password(work, AccountKind.STAFF, "wes@example.org", PASSWORD, HERE, settings=settings)
    with make.system() as work:
        assert "t=1," in str(work.get(Account, wes.account_id).password_hash)


def test_a_disabled_account_opens_to_nobody(make, holder, browser, recorded):
    ana = browser.as_(holder.who)
    with make.system() as work:
        commands.disable_account(work, work.get(Account, holder.who.account_id))
    assert ana.visit("/account").heading == "Sign in"
    with make.system() as work, pytest.raises(NoMatch):
        commands.sign_in_with_card(work, holder.number, holder.code, HERE)
    with make.system() as work:
        commands.enable_account(work, work.get(Account, holder.who.account_id))
    with make.system() as work:
        assert commands.sign_in_with_card(work, holder.number, holder.code, HERE).person_id == holder.who.id
    assert Event.ACCOUNT_DISABLED in kinds(recorded())
    assert Event.ACCOUNT_ENABLED in kinds(recorded())


# --- Codes ---


def ask(make, settings, typed, caller=HERE):
    with make.system() as work:
        commands.ask_for_code(work, typed, caller, settings=settings)


@pytest.mark.parametrize("typed", ["(555) 555-0142", "555.555.0142", "+1 555 555 0142"])
def test_a_code_goes_to_the_phone_its_owner_called_safe(make, settings, holder, sent, typed):
    point = phone(make, holder.who)
    ask(make, settings, typed)
    (message,) = sent()
    assert (message.notice, message.person_id, message.contact_point_id) == (Notice.CODE, holder.who.id, point)
    assert len(message.secret) == 6
    assert message.secret.isdecimal()
    assert message.expires_at - message.created_at == timedelta(minutes=10)
    with make.system() as work:
        assert (
            commands.sign_in_with_code(work, f" {message.secret[:3]} {message.secret[3:]}", HERE).person_id
            == holder.who.id
        )


def test_sending_and_using_a_code_is_recorded(make, settings, holder, sent, recorded):
    phone(make, holder.who)
    ask(make, settings, holder.number)
    code = sent()[-1].secret
    with make.system() as work:
        commands.sign_in_with_code(work, code, HERE)
    assert kinds(recorded())[-2:] == [Event.CODE_SENT, Event.SIGNED_IN]
    assert code not in str([entry.facts for entry in recorded()])


def phone(make, who, value="(555) 555-0142", *, safe=True):
    with make.system() as work:
        person = work.get(Person, who.id)
        return commands.add_contact(work, person, ContactKind.PHONE, value, country="US", safe=safe).id


def test_by_client_number_the_code_goes_to_the_safe_place(make, settings, holder, sent):
    phone(make, holder.who, "(555) 555-0199", safe=False)
    safe = make.contact(holder.who, "ana@example.org")
    ask(make, settings, holder.number)
    assert [message.contact_point_id for message in sent()] == [safe]


def test_nothing_is_sent_to_a_place_that_nobody_called_safe(make, settings, holder, sent):
    phone(make, holder.who, safe=False)
    for typed in ("(555) 555-0142", holder.number, "nobody@example.org", "48219034", "???", "+" * 200):
        ask(make, settings, typed)
    assert sent() == []


def test_a_phone_that_two_clients_share_opens_neither(make, settings, holder, sent):
    phone(make, holder.who)
    phone(make, card_for(make, make.client("Ben Ruiz")).who)
    ask(make, settings, "(555) 555-0142")
    assert sent() == []
    ask(make, settings, holder.number)
    assert len(sent()) == 1


def test_an_address_that_a_supporter_shares_opens_the_clients_account(make, settings, holder, sent, with_password):
    supporter = with_password(make.supporter(holder.who), "family@example.org")
    make.contact(holder.who, "family@example.org")
    with make.system() as work:
        point = work.session.scalars(select(ContactPoint).where(ContactPoint.person_id == supporter.id)).one()
        point.safe = True
    ask(make, settings, "family@example.org")
    assert [message.person_id for message in sent()] == [holder.who.id]


def test_a_code_works_once_for_ten_minutes_in_the_browser_that_asked(make, settings, holder, sent):
    phone(make, holder.who)
    start = clock.now()
    with clock.frozen_at(start):
        ask(make, settings, holder.number)
    code = sent()[-1].secret

    def use(caller=HERE, after=timedelta()):
        with clock.frozen_at(start + after), make.system() as work:
            return commands.sign_in_with_code(work, code, caller)

    with pytest.raises(WrongCode):
        use(Caller("192.0.2.7", b"another browser"))
    with pytest.raises(WrongCode):
        use(after=timedelta(minutes=10))
    assert use(after=timedelta(minutes=9, seconds=59))
    with pytest.raises(WrongCode):
        use()


def test_a_newer_code_and_signing_in_end_the_older(make, settings, holder, sent):
    phone(make, holder.who)
    ask(make, settings, holder.number)
    ask(make, settings, holder.number)
    first, second = (message.secret for message in sent())
    if first != second:
        with make.system() as work, pytest.raises(WrongCode):
            commands.sign_in_with_code(work, first, HERE)
    with make.system() as work:
        commands.sign_in_with_card(work, holder.number, holder.code, HERE)
    with make.system() as work, pytest.raises(WrongCode):
        commands.sign_in_with_code(work, second, HERE)


def test_five_wrong_tries_end_a_code(make, settings, holder, sent):
    phone(make, holder.who)
    ask(make, settings, holder.number)
    right = sent()[-1].secret
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(codes.TRIES):
        with make.system() as work:
            assert codes.use_code(work, codes.SIGN_IN, HERE.browser, wrong) is None
    with make.system() as work:
        assert codes.use_code(work, codes.SIGN_IN, HERE.browser, right) is None


def test_asking_again_and_again_is_no_way_to_guess(make, settings, holder, sent):
    """By number, phone and email together: well below a hundred guesses."""
    phone(make, holder.who)
    make.contact(holder.who, "ana@example.org")
    for typed in (holder.number, "(555) 555-0142", "ana@example.org") * 10:
        try:
            ask(make, settings, typed)
        except Blocked:
            continue
    assert len(sent()) * codes.TRIES <= 30


# --- Links ---


def test_a_welcome_link_works_once_and_for_a_day(make, settings, with_password):
    wes = with_password(make.worker(), "wes@example.org")
    start = clock.now()
    with clock.frozen_at(start), make.system() as work:
        token = commands.send_welcome(work, work.get(Account, wes.account_id))
    with clock.frozen_at(start + timedelta(hours=24)), make.system() as work, pytest.raises(LinkEnded):
        commands.accept_welcome(work, token, "a new long password", settings=settings)
    with pytest.raises(WeakPassword), make.system() as work:
        commands.accept_welcome(work, token, "short", settings=settings)
    with make.system() as work:
        commands.accept_welcome(work, token, "a new long password", settings=settings)
    with make.system() as work, pytest.raises(LinkEnded):
        commands.accept_welcome(work, token, "another long password", settings=settings)


def test_a_newer_link_ends_the_older(make, settings, with_password, sent):
    wes = with_password(make.worker(), "wes@example.org")
    with make.system() as work:
        old = commands.send_welcome(work, work.get(Account, wes.account_id))
    with make.system() as work:
        new = commands.send_welcome(work, work.get(Account, wes.account_id))
    with make.system() as work, pytest.raises(LinkEnded):
        commands.accept_welcome(work, old, "a new long password", settings=settings)
    assert sent()[-1].secret == new
    with make.system() as work:
        stored = [bytes(code.code_hash) for code in work.session.scalars(select(OneTimeCode))]
    assert new.encode() not in stored


# --- Throttle ---


def wrong(make, number, caller=HERE):
    with make.system() as work:
        try:
            commands.sign_in_with_card(work, number, "WRONG", caller)
        except NoMatch:
            assert work.session.info["keep"]


def test_five_wrong_tries_then_a_wait_that_grows_to_half_an_hour(make, holder):
    now, waits = clock.now(), []
    for _ in range(14):
        with clock.frozen_at(now):
            try:
                wrong(make, holder.number)
            except Blocked as blocked:
                waits.append((blocked.until - now) // timedelta(minutes=1))
                now = blocked.until
    assert waits == [1, 2, 4, 8, 16]
    with clock.frozen_at(now - timedelta(seconds=1)), make.system() as work, pytest.raises(Blocked):
        commands.sign_in_with_card(work, holder.number, holder.code, HERE)
    with clock.frozen_at(now), make.system() as work:
        assert commands.sign_in_with_card(work, holder.number, holder.code, HERE).person_id == holder.who.id


def test_no_wait_is_longer_than_half_an_hour():
    assert max((*throttle.ACCOUNT.waits, *throttle.ADDRESS.waits)) == timedelta(minutes=30)


def test_a_day_of_guessing_stays_far_below_a_hundred(make, holder):
    now = start = clock.now()
    guesses = 0
    while now < start + timedelta(hours=24):
        with clock.frozen_at(now):
            try:
                wrong(make, holder.number, Caller(f"192.0.2.{guesses}", b"x"))
                guesses += 1
            except Blocked as blocked:
                now = blocked.until
    assert guesses < 60


def test_signing_in_forgets_what_failed(make, holder):
    for _ in range(3):
        for _ in range(4):
            wrong(make, holder.number)
        with make.system() as work:
            commands.sign_in_with_card(work, holder.number, holder.code, HERE)


def test_a_known_device_is_not_locked_out_by_guesses_elsewhere(make, holder):
    with make.system() as work:
        mark = throttle.vouch(work.session.key_ring, holder.who.account_id, "random")
    for _ in range(5):
        wrong(make, holder.number, Caller("192.0.2.66", b"the ex"))
    with make.system() as work, pytest.raises(Blocked):
        commands.sign_in_with_card(work, holder.number, holder.code, Caller("192.0.2.66", b"the ex"))
    own = Caller("192.0.2.7", b"own phone", mark)
    with make.system() as work:
        assert commands.sign_in_with_card(work, holder.number, holder.code, own).person_id == holder.who.id
    for _ in range(5):
        wrong(make, holder.number, own)
    with make.system() as work, pytest.raises(Blocked):
        commands.sign_in_with_card(work, holder.number, holder.code, own)


@pytest.mark.parametrize("mark", ["", "random", "random.", "random.00", ".", "é.ü"])
def test_a_made_up_mark_makes_no_device_known(make, holder, mark):
    for _ in range(5):
        wrong(make, holder.number, Caller("192.0.2.66", b"x", mark))
    with make.system() as work, pytest.raises(Blocked):
        commands.sign_in_with_card(work, holder.number, holder.code, Caller("192.0.2.66", b"x", mark))


def test_a_library_may_fail_often_but_not_without_end(make, holder, recorded):
    blocked = 0
    before = len(recorded())
    for guess in range(100):
        try:
            wrong(make, str(20_000_000 + guess))
        except Blocked:
            blocked += 1
    assert blocked == 40
    assert len(recorded()) - before <= 5, "guesses do not flood the record"
    with make.system() as work:
        elsewhere = Caller("198.51.100.1", b"home")
        assert commands.sign_in_with_card(work, holder.number, holder.code, elsewhere).person_id == holder.who.id


def test_staff_lift_a_wait(make, holder):
    for _ in range(5):
        wrong(make, holder.number)
    with make.system() as work:
        commands.lift_waits(work, work.get(Account, holder.who.account_id))
    with make.system() as work:
        assert commands.sign_in_with_card(work, holder.number, holder.code, HERE).person_id == holder.who.id


def test_what_no_longer_matters_is_removed(make, settings, holder):
    phone(make, holder.who)
    wrong(make, holder.number)
    ask(make, settings, holder.number)
    with clock.frozen_at(clock.now() + timedelta(days=3)), make.system() as work:
        commands.forget_old(work)
    with make.system() as work:
        assert work.session.scalars(select(OneTimeCode)).all() == []
        assert work.session.scalars(select(Throttle)).all() == []
        assert work.session.scalars(select(SignIn)).all() == []
