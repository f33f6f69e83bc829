"""Who may do what. This table is the only place that says so; what is not granted here is denied."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from portal.access.actions import Action
from portal.access.actor import Actor, Standing, Subject
from portal.roles import AccountKind, Post, Power, Role

Rule = Callable[[Actor, Standing | None], bool]


def client(_actor: Actor, standing: Standing | None) -> bool:
    """The person whose case it is, while it is open."""
    return standing is not None and standing.role is Role.CLIENT and not standing.closed


def client_always(_actor: Actor, standing: Standing | None) -> bool:
    """The person whose case it is, also after it closed."""
    return standing is not None and standing.role is Role.CLIENT


def worker(_actor: Actor, standing: Standing | None) -> bool:
    """Staff who work on the case, while it is open."""
    return standing is not None and standing.is_staff and not standing.closed


def worker_always(_actor: Actor, standing: Standing | None) -> bool:
    """Staff of the case, also after it closed."""
    return standing is not None and standing.is_staff


def plan_author(_actor: Actor, standing: Standing | None) -> bool:
    """Whoever this model of practice lets write into the plan."""
    return standing is not None and standing.role in standing.profile.plan_authors and not standing.closed


def supporter(power: Power) -> Rule:
    """A supporter to whom the client lends this power."""

    def rule(_actor: Actor, standing: Standing | None) -> bool:
        return (
            standing is not None
            and standing.role is Role.SUPPORTER
            and power in standing.powers
            and not standing.closed
        )

    return rule


def any_supporter(_actor: Actor, standing: Standing | None) -> bool:
    """Any supporter whose access is live."""
    return standing is not None and standing.role is Role.SUPPORTER and not standing.closed


def signed_in(actor: Actor, _standing: Standing | None) -> bool:
    """Anybody who is signed in, about themselves."""
    return actor.is_signed_in


def staff(actor: Actor, _standing: Standing | None) -> bool:
    """A member of staff who works with clients."""
    return actor.kind is AccountKind.STAFF and (actor.holds(Post.CASE_MANAGER) or actor.holds(Post.SUPERVISOR))


def supervisor(actor: Actor, _standing: Standing | None) -> bool:
    """A supervisor of some programme."""
    return actor.kind is AccountKind.STAFF and actor.holds(Post.SUPERVISOR)


def case_supervisor(actor: Actor, standing: Standing | None) -> bool:
    """Staff of the case, while it is open, who supervise; the command asks for this very programme."""
    return worker(actor, standing) and supervisor(actor, standing)


def case_supervisor_always(actor: Actor, standing: Standing | None) -> bool:
    """Staff of the case who supervise its programme, also after it closed."""
    return worker_always(actor, standing) and supervisor(actor, standing)


def administrator(actor: Actor, _standing: Standing | None) -> bool:
    """An administrator, who manages people and settings and reads no case."""
    return actor.kind is AccountKind.STAFF and actor.holds(Post.ADMINISTRATOR)


RULES: Mapping[Action, tuple[Rule, ...]] = MappingProxyType(
    {
        Action.HOME_VIEW: (client_always,),
        Action.TRAIL_VIEW: (client_always,),
        Action.PLAN_VIEW: (client_always, worker_always, supporter(Power.SEE_PLAN)),
        Action.PLAN_WRITE: (client, worker),
        Action.PLAN_RECORD: (worker,),
        Action.PLAN_SCAN: (client_always, worker_always),
        Action.PLAN_OFFER: (worker,),
        Action.PLAN_ANSWER: (client,),
        Action.PLAN_SIGN: (client, worker),
        Action.PLAN_SERVICE_WRITE: (worker,),
        Action.REVIEW_VIEW: (client_always, worker_always),
        Action.REVIEW_WRITE: (client, worker),
        Action.REVIEW_ASK: (client,),
        Action.GOAL_VIEW: (client_always, worker_always, supporter(Power.SEE_GOALS), supporter(Power.SEE_PLAN)),
        Action.GOAL_WRITE: (client,),
        Action.GOAL_ADD: (plan_author,),
        Action.GOAL_SUGGEST: (worker, supporter(Power.SUGGEST)),
        Action.GOAL_MARK: (client, worker),
        Action.GOAL_RATE: (client, worker, supporter(Power.SEE_GOALS)),
        Action.INDEX_VIEW: (case_supervisor_always,),
        Action.LADDER_WRITE: (client,),
        Action.STEP_ADD: (client, worker),
        Action.STEP_TICK: (client, worker, supporter(Power.MY_STEPS)),
        Action.CHEER: (supporter(Power.CHEER),),
        Action.PROGRESS_VIEW: (client_always, worker_always),
        Action.PLAN_PRINT: (client_always, worker_always),
        Action.IDEA_VIEW: (client_always,),
        Action.IDEA_ANSWER: (client,),
        Action.GROUP_VIEW: (worker_always,),
        Action.GROUP_HOLD: (worker,),
        Action.STRENGTH_VIEW: (client_always, worker_always, supporter(Power.SEE_STRENGTHS)),
        Action.STRENGTH_WRITE: (client,),
        Action.STRENGTH_SUGGEST: (worker, supporter(Power.SUGGEST)),
        Action.REFERRAL_VIEW: (client_always, worker_always),
        Action.REFERRAL_ANSWER: (client,),
        Action.REFERRAL_REPORT: (client, supporter(Power.REPORT_FOR)),
        Action.REFERRAL_OFFER: (worker,),
        Action.REFERRAL_MOVE: (worker,),
        Action.RELEASE_VIEW: (client_always, worker_always),
        Action.RELEASE_SIGN: (client,),
        Action.RESOURCE_SEARCH: (client_always, worker_always),
        Action.PLACE_SAVE: (client,),
        Action.PLACE_ASK: (client,),
        Action.PLACE_TELL: (client_always, worker_always),
        Action.MESSAGE_READ: (client_always, worker_always),
        Action.MESSAGE_SEND: (client, worker),
        Action.NOTE_READ: (worker_always,),
        Action.NOTE_WRITE: (worker,),
        Action.SUPPORTER_VIEW: (client_always,),
        Action.POWER_LEND: (client,),
        Action.SUPPORTER_HOME: (any_supporter,),
        Action.SUPPORTER_MESSAGE: (supporter(Power.MESSAGE_WORKER),),
        Action.SUPPORTER_REPLY: (worker,),
        Action.SUPPORTER_STOP: (worker_always,),
        Action.CASE_VIEW: (worker_always,),
        Action.CASE_WRITE: (worker,),
        Action.CASE_MODEL: (worker,),
        Action.CASE_ASSIGN: (case_supervisor,),
        Action.REVIEW_ANSWER: (worker,),
        Action.CARD_PRINT: (worker_always,),  # a client reads on after the case has closed
        Action.CASELOAD_VIEW: (staff,),
        Action.PLACE_KEEP: (staff, administrator),
        Action.CASE_OPEN: (staff,),
        Action.MODEL_CHOOSE: (staff,),
        Action.SUPERVISION_VIEW: (supervisor,),
        Action.STAFF_MANAGE: (administrator,),
        Action.SETTINGS_MANAGE: (administrator,),
        Action.DIRECTORY_MANAGE: (administrator,),
        Action.JOB_VIEW: (signed_in,),  # and what started the job must be allowed: portal.jobs.queries.visible
        Action.ACCOUNT_VIEW: (signed_in,),
        Action.ACCOUNT_WRITE: (signed_in,),
    }
)


def can(actor: Actor, action: Action, subject: Subject | None = None) -> bool:
    """Say whether the actor may do this. Anything not granted is denied."""
    standing = actor.standing(subject)
    return any(rule(actor, standing) for rule in RULES.get(action, ()))
