"""The table says who may do what: every action has a rule, nothing is granted by accident."""

from uuid import uuid4

import pytest

from portal.access.actions import Action
from portal.access.actor import ANONYMOUS, Actor, Standing
from portal.access.policy import RULES, can
from portal.profiles import registry
from portal.roles import STAFF_ROLES, AccountKind, Post, Power, Role

CASE = uuid4()
#: What belongs to the client alone: no member of staff does it in their place.
CLIENTS_OWN = {
    Action.GOAL_WRITE,
    Action.LADDER_WRITE,
    Action.STRENGTH_WRITE,
    Action.POWER_LEND,
    Action.SUPPORTER_VIEW,
    Action.RELEASE_SIGN,
    Action.PLAN_ANSWER,
    Action.TRAIL_VIEW,
}
#: What a client never sees or does.
STAFFS_OWN = {Action.NOTE_READ, Action.NOTE_WRITE, Action.CASE_VIEW, Action.REVIEW_ANSWER, Action.CARD_PRINT}
ABOUT_A_CASE = set(Action) - {
    Action.CASELOAD_VIEW,
    Action.PLACE_KEEP,
    Action.CASE_OPEN,
    Action.MODEL_CHOOSE,
    Action.SUPERVISION_VIEW,
    Action.STAFF_MANAGE,
    Action.SETTINGS_MANAGE,
    Action.DIRECTORY_MANAGE,
    Action.JOB_VIEW,
    Action.ACCOUNT_VIEW,
    Action.ACCOUNT_WRITE,
}


class Thing:
    """Something in the case."""

    case_id = CASE


def actor(role: Role, *powers: Power, profile: str = "brokerage", closed: bool = False) -> Actor:
    kind = {Role.CLIENT: AccountKind.CLIENT, Role.SUPPORTER: AccountKind.SUPPORTER}.get(role, AccountKind.STAFF)
    standing = Standing(role, registry.by_key(profile), frozenset(powers), closed)
    return Actor(uuid4(), "somebody", kind).at(CASE, standing)


def test_every_action_has_a_rule_and_no_rule_is_without_an_action():
    assert set(RULES) == set(Action)
    assert all(RULES.values())


def test_nobody_may_do_nothing():
    for action in Action:
        assert not can(ANONYMOUS, action, Thing())
        assert not can(ANONYMOUS, action)


@pytest.mark.parametrize("action", sorted(ABOUT_A_CASE))
def test_a_stranger_may_do_nothing_in_a_case(action):
    for kind in AccountKind:
        stranger = Actor(uuid4(), "stranger", kind, posts=frozenset({(Post.CASE_MANAGER, uuid4())}))
        assert not can(stranger, action, Thing())


@pytest.mark.parametrize("action", sorted(CLIENTS_OWN))
def test_what_is_the_clients_own_is_not_for_staff_or_supporters(action):
    assert can(actor(Role.CLIENT), action, Thing())
    for role in STAFF_ROLES:
        assert not can(actor(role), action, Thing())
    assert not can(actor(Role.SUPPORTER, *Power), action, Thing())


@pytest.mark.parametrize("action", sorted(STAFFS_OWN))
def test_what_is_staffs_own_is_not_for_the_client_or_supporters(action):
    assert all(can(actor(role), action, Thing()) for role in STAFF_ROLES)
    assert not can(actor(Role.CLIENT), action, Thing())
    assert not can(actor(Role.SUPPORTER, *Power), action, Thing())


@pytest.mark.parametrize("action", sorted(ABOUT_A_CASE))
def test_a_supporter_without_powers_reaches_only_their_own_first_page(action):
    assert can(actor(Role.SUPPORTER), action, Thing()) == (action is Action.SUPPORTER_HOME)


def test_each_power_opens_something_and_taking_it_away_closes_it():
    for power in set(Power) - {Power.SEE_NEXT, Power.SEE_RESOURCES}:  # those two open rows, not actions
        opened = {a for a in Action if can(actor(Role.SUPPORTER, power), a, Thing())} - {Action.SUPPORTER_HOME}
        assert opened, f"{power} opens nothing"
        rest = actor(Role.SUPPORTER, *(set(Power) - {power}))
        only_here = {a for a in opened if not can(rest, a, Thing())}
        assert only_here or power in {Power.SEE_GOALS, Power.SEE_PLAN}, f"{power} is not needed for anything"


def test_who_writes_the_plan_is_the_profiles_to_say():
    assert can(actor(Role.CASE_MANAGER, profile="brokerage"), Action.GOAL_ADD, Thing())
    assert not can(actor(Role.CASE_MANAGER, profile="strengths"), Action.GOAL_ADD, Thing())
    assert can(actor(Role.CLIENT, profile="strengths"), Action.GOAL_ADD, Thing())


def test_a_closed_case_can_be_read_by_its_client_and_changed_by_nobody():
    closed = actor(Role.CLIENT, closed=True)
    assert can(closed, Action.PLAN_VIEW, Thing())
    assert can(closed, Action.MESSAGE_READ, Thing())
    for action in (Action.GOAL_WRITE, Action.MESSAGE_SEND, Action.STEP_TICK, Action.POWER_LEND):
        assert not can(closed, action, Thing())
        assert not can(actor(Role.CASE_MANAGER, closed=True), action, Thing())
    for action in Action:
        assert not can(actor(Role.SUPPORTER, *Power, closed=True), action, Thing()) or action in {
            Action.ACCOUNT_VIEW,
            Action.ACCOUNT_WRITE,
            Action.JOB_VIEW,
        }


def test_an_administrator_manages_people_and_reads_no_case():
    admin = Actor(uuid4(), "Ada", AccountKind.STAFF, posts=frozenset({(Post.ADMINISTRATOR, None)}))
    assert can(admin, Action.STAFF_MANAGE)
    assert can(admin, Action.SETTINGS_MANAGE)
    assert not can(admin, Action.CASELOAD_VIEW)
    assert not can(admin, Action.SUPERVISION_VIEW)
    assert not any(can(admin, action, Thing()) for action in ABOUT_A_CASE)


def test_posts_do_not_help_an_account_that_is_not_staffs():
    sly = Actor(uuid4(), "Sly", AccountKind.CLIENT, posts=frozenset({(Post.ADMINISTRATOR, None)}))
    assert not can(sly, Action.STAFF_MANAGE)
