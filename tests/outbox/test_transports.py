"""The ways out: mail servers and text gateways, in good and bad moods."""

from dataclasses import replace

import pytest

from portal.cases.models import ContactKind
from portal.outbox.notices import Notice, text_of
from portal.outbox.transports import Letter, Mail, NotSent, Sms, transports_of


def test_an_installation_without_mail_or_texts_has_no_way_out(settings):
    assert transports_of(settings) == {}
    assert set(transports_of(replace(settings, demo=True, mail_url="smtp://mail.example"))) == set(ContactKind)


LETTER_TO = "ana@example.org"


@pytest.fixture
def letter(settings) -> Letter:
    return Letter("key.email", LETTER_TO, text_of(Notice.CODE, settings.origin, "314159"), "en")


def test_a_mail_is_plain_text_from_the_portal(mail_sink, letter):
    Mail(mail_sink.url, "Plan <no-reply@portal.example.org>", "portal.example.org").send(letter)
    (said,) = mail_sink.letters
    for line in (
        "From: Plan <no-reply@portal.example.org>",
        f"To: {LETTER_TO}",
        "Subject: Your code",
        "Message-ID: <key.email@portal.example.org>",
        "Auto-Submitted: auto-generated",
        "Content-Type: text/plain",
        "314159 is your code.",
    ):
        assert line in said


@pytest.mark.parametrize(("says", "is_final"), [("550 no such user", True), ("451 try later", False)])
def test_a_mail_server_that_refuses(mail_sink, letter, says, is_final):
    mail_sink.refuses = says
    with pytest.raises(NotSent) as problem:
        Mail(mail_sink.url, "a@example.org", "localhost").send(letter)
    assert problem.value.is_final is is_final
    assert LETTER_TO not in problem.value.reason


def test_a_mail_server_that_is_away(letter):
    with pytest.raises(NotSent) as problem:
        Mail("smtp://127.0.0.1:9", "a@example.org", "localhost").send(letter)
    assert not problem.value.is_final


def test_a_text_is_posted_with_a_token_and_a_key(text_sink, letter):
    Sms(text_sink.url, "a token").send(letter)
    (said,) = text_sink.texts
    assert (said["to"], said["id"]) == (LETTER_TO, "key.email")
    assert "314159" in said["text"]
    assert said["headers"]["Authorization"] == "Bearer a token"
    assert said["headers"]["Idempotency-Key"] == "key.email"


@pytest.mark.parametrize(("status", "is_final"), [(500, False), (429, False), (400, True), (302, False)])
def test_a_gateway_that_refuses(text_sink, letter, status, is_final):
    text_sink.status = status
    with pytest.raises(NotSent) as problem:
        Sms(text_sink.url, "a token").send(letter)
    assert problem.value.is_final is is_final
    assert text_sink.asked == 1, "the token follows no redirect"


def test_texts_go_by_https_only():
    with pytest.raises(ValueError, match="https"):
        Sms("http://texts.example.org/send", "a token")
