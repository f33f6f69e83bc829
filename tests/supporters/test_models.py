"""What can be lent, until when, and the states an invitation and a grant go through."""

from datetime import date, timedelta

import pytest

from portal import clock
from portal.cases.models import CaseMember
from portal.crypto import KeyRing
from portal.roles import Power, Role
from portal.supporters import codes
from portal.supporters.models import (
    BadEnd,
    GrantState,
    InviteState,
    NothingLent,
    NotNow,
    SupportInvite,
    Terms,
    months_after,
)
from portal.supporters.powers import HINTS, LABELS, MORE, USUAL, in_order

TODAY = date(2025, 4, 7)
SOME = frozenset({Power.SEE_NEXT})


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 4, 7), 6, date(2025, 10, 7)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 1), 12, date(2026, 12, 1)),
    ],
)
def test_months_are_counted_by_the_calendar(day, months, later):
    assert months_after(day, months) == later


@pytest.mark.parametrize("ends_on", [TODAY, TODAY - timedelta(days=1), date(2026, 4, 8)])
def test_an_end_lies_ahead_and_within_a_year(ends_on):
    with pytest.raises(BadEnd):
        Terms(SOME, ends_on).check(TODAY)
    Terms(SOME, date(2026, 4, 7)).check(TODAY)


def test_something_is_lent_or_it_is_no_grant():
    with pytest.raises(NothingLent):
        Terms(frozenset(), date(2025, 5, 1)).check(TODAY)


def test_every_power_is_offered_once_with_its_words():
    assert sorted([*USUAL, *MORE]) == sorted(Power)
    assert set(LABELS) == set(HINTS) == set(Power)
    assert in_order(frozenset(Power)) == [*USUAL, *MORE]


def made(**changes):
    return SupportInvite(name="Luis", powers=["see_next"], ends_on=TODAY, created_at=clock.now(), **changes)


def test_an_invitation_works_once_and_for_a_week():
    now, invite = clock.now(), made()
    assert invite.state(now) is InviteState.DRAFTED
    invite.give(b"hash", now)
    assert invite.state(now + timedelta(days=6, hours=23)) is InviteState.WAITING
    assert invite.state(now + timedelta(days=7)) is InviteState.EXPIRED
    with pytest.raises(NotNow):
        invite.use(invite.id, now + timedelta(days=7))
    invite.use(None, now)
    assert (invite.state(now), invite.code_hash) == (InviteState.USED, None)
    for act in (lambda: invite.use(None, now), lambda: invite.cancel(now), lambda: invite.give(b"h", now)):
        with pytest.raises(NotNow):
            act()


def test_a_cancelled_invitation_is_over():
    now, invite = clock.now(), made()
    invite.give(b"hash", now)
    invite.cancel(now)
    assert (invite.state(now), invite.code_hash) == (InviteState.CANCELLED, None)
    with pytest.raises(NotNow):
        invite.cancel(now)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, GrantState.LIVE),
        ({"paused_at": clock.now()}, GrantState.PAUSED),
        ({"ends_on": TODAY}, GrantState.LIVE),
        ({"ends_on": TODAY - timedelta(days=1)}, GrantState.EXPIRED),
        ({"ends_on": TODAY, "ended_at": clock.now()}, GrantState.ENDED),
    ],
)
def test_the_states_of_a_grant(changes, state):
    member = CaseMember(role=Role.SUPPORTER, **changes)
    assert GrantState.of(member, TODAY) is state
    assert member.is_live(TODAY) is (state is GrantState.LIVE)


def test_a_code_can_be_spoken_and_typed_in_any_way():
    ring = KeyRing.parse(KeyRing.generate())
    code = codes.make()
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    assert set(code) <= {*codes.ALPHABET, "-"}
    assert not set("01OIL") & set(codes.ALPHABET)
    arabic = code.translate(str.maketrans("23456789", "٢٣٤٥٦٧٨٩"))
    for typed in (code.lower(), code.replace("-", " "), f"  {code} ", arabic):
        assert codes.hash_of(ring, typed) == codes.hash_of(ring, code)
    assert codes.hash_of(ring, codes.make()) != codes.hash_of(ring, code)
