"""How a person may stand to a case, what a client may lend, and the posts staff hold. Knows of nothing else."""

from enum import StrEnum


class Role(StrEnum):
    """How a person stands to one case."""

    CLIENT = "client"
    SUPPORTER = "supporter"
    CASE_MANAGER = "case_manager"
    TEAM_MEMBER = "team_member"
    SUPERVISOR = "supervisor"


#: The roles whose holders work for the organisation.
STAFF_ROLES = frozenset({Role.CASE_MANAGER, Role.TEAM_MEMBER, Role.SUPERVISOR})


class Post(StrEnum):
    """What a member of staff does in the organisation, apart from any one case."""

    CASE_MANAGER = "case_manager"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Power(StrEnum):
    """What a client may lend a supporter (DOMAIN 2.7). A kind that is not named here cannot be lent."""

    SEE_NEXT = "see_next"
    SEE_GOALS = "see_goals"
    CHEER = "cheer"
    MY_STEPS = "my_steps"
    SUGGEST = "suggest"
    SEE_RESOURCES = "see_resources"
    REPORT_FOR = "report_for"
    MESSAGE_WORKER = "message_worker"
    SEE_STRENGTHS = "see_strengths"
    SEE_PLAN = "see_plan"


class AccountKind(StrEnum):
    """Which of the three ways to stand before the portal an account is for."""

    CLIENT = "client"
    STAFF = "staff"
    SUPPORTER = "supporter"
