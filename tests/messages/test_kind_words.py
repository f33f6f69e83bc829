"""Words of staff that may hurt a client get a hint, once; nothing is blocked, and nobody else is told how to write."""

import pytest
from sqlalchemy import func, select

from portal.messages.models import Message
from portal.web.kind_words import hints_on

HARD = "You were a no-show. You must call me. What is the problem?"


@pytest.fixture
def sent(make):
    """How many messages there are."""

    def count() -> int:
        with make.system() as work:
            return work.session.scalar(select(func.count(Message.id)))

    return count


@pytest.fixture
def worker(make):
    return make.worker("Dana Okafor")


@pytest.fixture
def elena(make, worker):
    return make.client("Elena Vega", worker=worker)


def thread(case):
    return f"/cases/{case}/messages"


def test_staff_get_a_hint_and_send_it_all_the_same(browser, worker, elena, sent):
    dana = browser.as_(worker)
    page = dana.visit(thread(elena.case)).press("Send my message", body=HARD)
    assert page.status == 200
    assert page.says("This is not sent yet: the client will read it.")
    assert page.says("You wrote “no-show”. You might say: missed, could not make it.")
    assert page.says("You wrote “must”. You might say: you can, you might like to.")
    assert page.soup.select_one("textarea[name=body]").text.strip() == HARD
    assert sent() == 0
    page.press("Send my message")
    assert sent() == 1


def test_words_that_were_changed_go_at_once(browser, worker, elena, sent):
    dana = browser.as_(worker)
    page = dana.visit(thread(elena.case)).press("Send my message", body=HARD)
    page.press("Send my message", body="I missed you on Monday. You can call me any time.")
    assert sent() == 1


def test_a_client_is_never_told_how_to_write(browser, elena, sent):
    browser.as_(elena).visit(thread(elena.case)).press("Send my message", body=HARD)
    assert sent() == 1


def test_a_note_for_staff_alone_gets_none(browser, worker, elena):
    dana = browser.as_(worker)
    page = dana.visit(f"/cases/{elena.case}/notes").press("Keep this note", note=HARD)
    assert not page.says("You might say")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Non-compliant with the plan", ["Non-compliant"]),
        ("A client in need, problem-solving", ["problem"]),
        ("mustard and shoulder", []),
        ("We finish in May. You can call.", []),
    ],
)
def test_the_list(text, words):
    assert [hint.word for hint in hints_on(text)] == words
