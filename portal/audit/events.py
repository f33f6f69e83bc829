"""Everything we promise to remember. Past tense; the value is stored, so it never changes its meaning."""

from enum import StrEnum


class Event(StrEnum):
    """What happened."""

    # Looking
    CASE_OPENED = "case.opened"
    REFUSED = "access.refused"

    # Signing in
    SIGNED_IN = "account.signed_in"
    SIGNED_OUT = "account.signed_out"
    SIGN_IN_FAILED = "account.sign_in_failed"
    CODE_SENT = "account.code_sent"
    CARD_ISSUED = "account.card_issued"
    PASSWORD_CHANGED = "account.password_changed"
    ACCOUNT_CREATED = "account.created"
    ACCOUNT_DISABLED = "account.disabled"
    ACCOUNT_ENABLED = "account.enabled"
    CONFIRMED = "account.confirmed"
    LANGUAGE_CHOSEN = "account.language_chosen"
    CONTACT_CHANGED = "account.contact_changed"

    # The case
    CASE_STARTED = "case.started"
    CASE_CLOSED = "case.closed"
    MEMBER_ADDED = "case.member_added"
    MEMBER_ENDED = "case.member_ended"
    PROFILE_CHOSEN = "case.profile_chosen"
    REVIEW_ASKED = "review.asked"
    REVIEW_ANSWERED = "review.answered"
    REVIEW_OPENED = "review.opened"
    REVIEW_WRITTEN = "review.written"
    REVIEW_PROPOSED = "review.proposed"
    REVIEW_AGREED = "review.agreed"
    REVIEW_STOPPED = "review.stopped"
    SUGGESTION_TAKEN = "review.suggestion_taken"
    SUGGESTION_LEFT = "review.suggestion_left"

    # Goals and the plan
    GOAL_WRITTEN = "goal.written"
    GOAL_CHANGED = "goal.changed"
    GOAL_MOVED = "goal.moved"
    GOAL_RATED = "goal.rated"
    LADDER_WRITTEN = "goal.ladder_written"
    STEP_ADDED = "step.added"
    STEP_CHANGED = "step.changed"
    STEP_TICKED = "step.ticked"
    STEP_UNTICKED = "step.unticked"
    CHEERED = "goal.cheered"
    PLAN_SERVICE_ADDED = "plan.service_added"
    PLAN_SERVICE_ENDED = "plan.service_ended"
    PLAN_SERVICE_CHANGED = "plan.service_changed"
    PLAN_WRITTEN = "plan.written"
    PLAN_ITEM_ADDED = "plan.item_added"
    PLAN_ITEM_CHANGED = "plan.item_changed"
    PLAN_ITEM_TAKEN_OUT = "plan.item_taken_out"
    PLAN_COPY_GIVEN = "plan.copy_given"
    PLAN_OFFERED = "plan.offered"
    PLAN_CHANGES_ASKED = "plan.changes_asked"
    PLAN_AGREED = "plan.agreed"
    PLAN_SIGNED = "plan.signed"
    PLAN_NOT_AGREED = "plan.not_agreed"
    PLAN_ENDED = "plan.ended"

    # Strengths
    STRENGTH_ADDED = "strength.added"
    STRENGTH_CHANGED = "strength.changed"
    STRENGTH_SUGGESTED = "strength.suggested"
    STRENGTH_ACCEPTED = "strength.accepted"
    STRENGTH_SET_ASIDE = "strength.set_aside"
    STRENGTH_SHARED = "strength.shared"
    STRENGTH_LINKED = "strength.linked"
    PRIORITIES_CHANGED = "strength.priorities_changed"

    # Ideas of the team (group supervision)
    GROUP_HELD = "group.held"
    GROUP_NAME_CHOSEN = "group.name_chosen"
    IDEA_NOTED = "idea.noted"
    IDEA_OFFERED = "idea.offered"
    IDEA_ANSWERED = "idea.answered"
    IDEA_FOLLOWED_UP = "idea.followed_up"

    # Copies that leave the portal
    COPY_MADE = "copy.made"
    EXPORTED = "case.exported"

    # Places and referrals
    REFERRAL_DRAFTED = "referral.drafted"
    REFERRAL_OFFERED = "referral.offered"
    REFERRAL_MOVED = "referral.moved"
    REFERRAL_REPORTED = "referral.reported"
    REFERRAL_SHARED = "referral.shared"
    REFERRAL_TAKEN_BACK = "referral.taken_back"
    REFERRAL_SETTLED = "referral.settled"
    REFERRAL_NUDGED = "referral.nudged"
    REFERRAL_HANDED_OVER = "referral.handed_over"
    HANDOVER_READ = "referral.handover_read"
    HANDOVER_ENDED = "referral.handover_ended"
    PLACE_REPLIED = "referral.place_replied"
    PLACE_SAVED = "place.saved"
    PLACE_DROPPED = "place.dropped"
    PLACE_ASKED = "place.asked"
    RELEASE_SIGNED = "release.signed"
    RELEASE_REVOKED = "release.revoked"
    DISCLOSED = "release.disclosed"

    # Messages
    MESSAGE_SENT = "message.sent"
    MESSAGES_READ = "message.read"
    NOTE_WRITTEN = "note.written"
    NOTICE_SENT = "notice.sent"

    # Supporters
    SUPPORTER_INVITED = "supporter.invited"
    SUPPORTER_JOINED = "supporter.joined"
    POWER_LENT = "supporter.power_lent"
    SUPPORTER_PAUSED = "supporter.paused"
    SUPPORTER_RESUMED = "supporter.resumed"
    SUPPORTER_STOPPED = "supporter.stopped"

    # The organisation
    STAFF_ADDED = "staff.added"
    STAFF_DISABLED = "staff.disabled"
    POST_GIVEN = "staff.post_given"
    POST_TAKEN = "staff.post_taken"
    PROGRAMME_ADDED = "programme.added"
    TEAM_ADDED = "team.added"
    TEAM_JOINED = "team.joined"
    TEAM_LEFT = "team.left"
    PROFILES_CHOSEN = "settings.profiles_chosen"
    OFFICE_CHANGED = "settings.office_changed"
    DIRECTORY_IMPORTED = "directory.imported"
    DIRECTORY_HANDED_OVER = "directory.handed_over"
    SYSTEM_WORK = "system.work"
