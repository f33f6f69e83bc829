"""Everything a person can ask to do. Each has a rule in policy.RULES; each route names one."""

from enum import StrEnum


class Action(StrEnum):
    """What is asked. The value is what templates and the generated access table show."""

    # A case, as its client, its supporters and its staff meet it
    HOME_VIEW = "home.view"
    TRAIL_VIEW = "trail.view"

    PLAN_VIEW = "plan.view"
    PLAN_WRITE = "plan.write"
    PLAN_RECORD = "plan.record"
    PLAN_SCAN = "plan.scan"
    PLAN_OFFER = "plan.offer"
    PLAN_ANSWER = "plan.answer"
    PLAN_SIGN = "plan.sign"
    PLAN_SERVICE_WRITE = "plan.service.write"
    REVIEW_VIEW = "plan.review.view"
    REVIEW_WRITE = "plan.review.write"
    REVIEW_ASK = "plan.review.ask"
    GOAL_VIEW = "goal.view"
    GOAL_WRITE = "goal.write"
    GOAL_ADD = "goal.add"
    GOAL_SUGGEST = "goal.suggest"
    GOAL_MARK = "goal.mark"
    GOAL_RATE = "goal.rate"
    INDEX_VIEW = "goal.index.view"
    LADDER_WRITE = "goal.ladder.write"
    STEP_ADD = "step.add"
    STEP_TICK = "step.tick"
    CHEER = "goal.cheer"
    PROGRESS_VIEW = "progress.view"
    PLAN_PRINT = "plan.print"

    STRENGTH_VIEW = "strength.view"
    STRENGTH_WRITE = "strength.write"
    STRENGTH_SUGGEST = "strength.suggest"

    IDEA_VIEW = "idea.view"
    IDEA_ANSWER = "idea.answer"
    GROUP_VIEW = "group.view"
    GROUP_HOLD = "group.hold"

    REFERRAL_VIEW = "referral.view"
    REFERRAL_ANSWER = "referral.answer"
    REFERRAL_REPORT = "referral.report"
    REFERRAL_OFFER = "referral.offer"
    REFERRAL_MOVE = "referral.move"
    RELEASE_VIEW = "release.view"
    RELEASE_SIGN = "release.sign"

    RESOURCE_SEARCH = "resource.search"
    PLACE_SAVE = "place.save"
    PLACE_ASK = "place.ask"
    PLACE_TELL = "place.tell"

    MESSAGE_READ = "message.read"
    MESSAGE_SEND = "message.send"
    NOTE_READ = "note.read"
    NOTE_WRITE = "note.write"

    SUPPORTER_VIEW = "supporter.view"
    POWER_LEND = "supporter.lend"
    SUPPORTER_HOME = "supporter.home"
    SUPPORTER_MESSAGE = "supporter.message"
    SUPPORTER_REPLY = "supporter.reply"
    SUPPORTER_STOP = "supporter.stop"

    # Staff, in one case
    CASE_VIEW = "case.view"
    CASE_WRITE = "case.write"
    CASE_MODEL = "case.model"
    CASE_ASSIGN = "case.assign"
    REVIEW_ANSWER = "review.answer"
    CARD_PRINT = "card.print"

    # Staff, across cases
    CASELOAD_VIEW = "caseload.view"
    PLACE_KEEP = "place.keep"
    CASE_OPEN = "case.open"
    MODEL_CHOOSE = "model.choose"
    SUPERVISION_VIEW = "supervision.view"
    STAFF_MANAGE = "staff.manage"
    SETTINGS_MANAGE = "settings.manage"
    DIRECTORY_MANAGE = "directory.manage"
    JOB_VIEW = "job.view"

    # Oneself
    ACCOUNT_VIEW = "account.view"
    ACCOUNT_WRITE = "account.write"
