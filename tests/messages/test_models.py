"""A thread keeps who spoke last; words are needed and bounded."""

from uuid import uuid4

import pytest

from portal import clock
from portal.messages.models import LONGEST, NothingWritten, Side, Thread, TooLong, worded
from portal.roles import Role


def test_a_thread_keeps_who_spoke_last():
    thread = Thread.started(uuid4(), None, clock.now())
    assert thread.last_role is None
    author = uuid4()
    message = thread.add(author, Role.CASE_MANAGER, "Good morning", clock.now())
    assert (thread.last_side, thread.last_author_id) == (Side.STAFF, author)
    assert (message.case_id, message.supporter_id) == (thread.case_id, None)


@pytest.mark.parametrize(("words", "refusal"), [("", NothingWritten), (" \n", NothingWritten), ("x" * 5001, TooLong)])
def test_words_are_needed_and_bounded(words, refusal):
    with pytest.raises(refusal):
        worded(words)
    assert worded("x" * LONGEST)


@pytest.mark.parametrize(
    ("role", "side"),
    [(Role.CLIENT, Side.CLIENT), (Role.SUPPORTER, Side.SUPPORTER), (Role.TEAM_MEMBER, Side.STAFF)],
)
def test_each_role_is_on_a_side(role, side):
    assert Side.of(role) is side
