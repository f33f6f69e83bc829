"""What the record tells, in words for the client. Each event has its own; a new one without words fails a test."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from portal.audit.events import Event
from portal.i18n import _l

#: For a look: by page, or else by the feature the page belongs to.
_PAGES: MappingProxyType[str, Any] = MappingProxyType(
    {
        "messages.notes": _l("Looked at the notes of staff"),
        "messages": _l("Looked at messages"),
        "plans": _l("Looked at goals and the plan"),
        "reviews": _l("Looked at goals and the plan"),
        "strengths": _l("Looked at strengths"),
        "referrals": _l("Looked at places"),
        "resources": _l("Looked for help for you"),
        "consents": _l("Looked at your releases"),
        "supporters": _l("Looked at who supports you"),
        "home": _l("Looked at what you share"),
        "progress": _l("Looked at how far you have come"),
        "papers.keepsake": _l("Looked at how far you have come"),
        "papers.sheet": _l("Looked at the sheet for the team"),
        "papers.sheet_as_pdf": _l("Looked at the sheet for the team"),
        "papers": _l("Looked at your plan to print it"),
        "exports": _l("Looked at the copies made of your data"),
        "group": _l("Looked at the sheet for the team"),
        "staff": _l("Looked at your page for staff"),
        "supervision": _l("Looked at your page for staff"),
    }
)
_ANY_PAGE = _l("Looked at your pages")

SAYS: MappingProxyType[Event, Any] = MappingProxyType(
    {
        Event.REFUSED: _l("Tried to open something that was not open to them"),
        Event.SIGNED_IN: _l("Signed in"),
        Event.SIGNED_OUT: _l("Signed out"),
        Event.SIGN_IN_FAILED: _l("Could not sign in"),
        Event.CODE_SENT: _l("Was sent a code"),
        Event.CARD_ISSUED: _l("Made a sign-in card"),
        Event.PASSWORD_CHANGED: _l("Changed a password"),
        Event.ACCOUNT_CREATED: _l("Made an account"),
        Event.ACCOUNT_DISABLED: _l("Closed an account"),
        Event.ACCOUNT_ENABLED: _l("Opened an account again"),
        Event.CONFIRMED: _l("Showed again who they are"),
        Event.LANGUAGE_CHOSEN: _l("Chose a language"),
        Event.CONTACT_CHANGED: _l("Changed how to reach you"),
        Event.CASE_STARTED: _l("Opened your case"),
        Event.CASE_CLOSED: _l("Closed your case"),
        Event.MEMBER_ADDED: _l("Let somebody work on your case"),
        Event.MEMBER_ENDED: _l("Ended the work of somebody on your case"),
        Event.PROFILE_CHOSEN: _l("Chose a way of working with you"),
        Event.REVIEW_ASKED: _l("Asked staff to look"),
        Event.REVIEW_ANSWERED: _l("Answered"),
        Event.REVIEW_OPENED: _l("Began a new look at the plan"),
        Event.REVIEW_WRITTEN: _l("Wrote how the plan goes"),
        Event.REVIEW_PROPOSED: _l("Named a day for the next look at the plan"),
        Event.REVIEW_AGREED: _l("Said yes to the day of the next look at the plan"),
        Event.REVIEW_STOPPED: _l("Stopped a look at the plan"),
        Event.SUGGESTION_TAKEN: _l("Took the words that were suggested"),
        Event.SUGGESTION_LEFT: _l("Kept their own words"),
        Event.GOAL_WRITTEN: _l("Wrote a goal"),
        Event.GOAL_CHANGED: _l("Changed a goal"),
        Event.GOAL_MOVED: _l("Paused, reached or opened a goal"),
        Event.GOAL_RATED: _l("Said how a goal goes"),
        Event.GOAL_MARKED: _l("Said whose goal it is"),
        Event.GOAL_SUGGESTED: _l("Suggested a goal, or other words for one"),
        Event.LADDER_WRITTEN: _l("Wrote the steps up to a goal"),
        Event.STEP_ADDED: _l("Added a step"),
        Event.STEP_CHANGED: _l("Changed a step"),
        Event.STEP_TICKED: _l("Marked a step as done"),
        Event.STEP_UNTICKED: _l("Marked a step as not done yet"),
        Event.CHEERED: _l("Sent a cheer"),
        Event.PLAN_SERVICE_ADDED: _l("Added help to the plan"),
        Event.PLAN_SERVICE_ENDED: _l("Ended help on the plan"),
        Event.PLAN_SERVICE_CHANGED: _l("Changed help on the plan"),
        Event.PLAN_WRITTEN: _l("Changed facts about the plan"),
        Event.PLAN_ITEM_ADDED: _l("Added something to the plan"),
        Event.PLAN_ITEM_CHANGED: _l("Changed something in the plan"),
        Event.PLAN_ITEM_TAKEN_OUT: _l("Took something out of the plan"),
        Event.PLAN_COPY_GIVEN: _l("Gave somebody a copy of the plan"),
        Event.PLAN_OFFERED: _l("Offered a plan"),
        Event.PLAN_CHANGES_ASKED: _l("Asked for changes to the plan"),
        Event.PLAN_AGREED: _l("Agreed to the plan"),
        Event.PLAN_SIGNED: _l("Signed the plan"),
        Event.PLAN_NOT_AGREED: _l("Said no to the plan"),
        Event.PLAN_ENDED: _l("Ended the plan"),
        Event.STRENGTH_ADDED: _l("Added a strength"),
        Event.STRENGTH_CHANGED: _l("Changed a strength"),
        Event.STRENGTH_SUGGESTED: _l("Suggested a strength"),
        Event.STRENGTH_ACCEPTED: _l("Said yes to a strength"),
        Event.STRENGTH_SET_ASIDE: _l("Set a strength aside"),
        Event.STRENGTH_SHARED: _l("Chose who sees a strength"),
        Event.STRENGTH_LINKED: _l("Linked a strength to a goal"),
        Event.PRIORITIES_CHANGED: _l("Changed what matters most"),
        Event.GROUP_HELD: _l("Talked with the team about ideas for you"),
        Event.GROUP_NAME_CHOSEN: _l("Chose if the team may know the name"),
        Event.IDEA_NOTED: _l("Wrote down an idea of the team"),
        Event.IDEA_OFFERED: _l("Offered you an idea of the team"),
        Event.IDEA_ANSWERED: _l("Answered an idea of the team"),
        Event.IDEA_FOLLOWED_UP: _l("Wrote down what came of an idea"),
        Event.COPY_MADE: _l("Made a PDF copy to keep"),
        Event.EXPORTED: _l("Made a data copy of your plan and places"),
        Event.REFERRAL_DRAFTED: _l("Looked out a place to offer you"),
        Event.LIFE_RATED: _l("Said how a part of life is"),
        Event.TALK_MOVED: _l("Went on to another question about strengths"),
        Event.REFERRAL_OFFERED: _l("Offered a place"),
        Event.REFERRAL_MOVED: _l("Wrote down news about a place"),
        Event.REFERRAL_REPORTED: _l("Told us about a place"),
        Event.REFERRAL_SHARED: _l("Chose who sees a visit"),
        Event.REFERRAL_TAKEN_BACK: _l("Took back what they told about a place"),
        Event.REFERRAL_SETTLED: _l("Settled what came of a place"),
        Event.REFERRAL_NUDGED: _l("Reminded you of a place"),
        Event.REFERRAL_HANDED_OVER: _l("Wrote to a place about you, as your release allows"),
        Event.HANDOVER_READ: _l("The place opened what we wrote to it"),
        Event.HANDOVER_ENDED: _l("Ended a link that was given to a place"),
        Event.PLACE_REPLIED: _l("The place answered"),
        Event.PLACE_SAVED: _l("Saved a place"),
        Event.PLACE_DROPPED: _l("Took a saved place off the list"),
        Event.PLACE_ASKED: _l("Asked about a place"),
        Event.PLACE_SENT: _l("Sent a place to the phone"),
        Event.PLACE_TOLD_WRONG: _l("Told us that something about a place is wrong"),
        Event.PLACE_CHECKED: _l("Checked a place in the directory"),
        Event.PLACE_EDITED: _l("Changed a place in the directory"),
        Event.PLACE_ADDED: _l("Added a place to the directory"),
        Event.PLACE_WORD_ANSWERED: _l("Took up what somebody told about a place"),
        Event.PLACES_COMPARED: _l("Said whether two places are one"),
        Event.DIRECTORY_HANDED_OVER: _l("Handed over a directory"),
        Event.RELEASE_SIGNED: _l("Signed a release"),
        Event.RELEASE_REVOKED: _l("Took a release back"),
        Event.DISCLOSED: _l("Shared facts with a place, as a release allows"),
        Event.MESSAGE_SENT: _l("Sent a message"),
        Event.MESSAGES_READ: _l("Read messages"),
        Event.NOTE_WRITTEN: _l("Wrote a note for staff"),
        Event.NOTICE_SENT: _l("Was told that something is new"),
        Event.SUPPORTER_INVITED: _l("Asked a supporter in"),
        Event.SUPPORTER_JOINED: _l("Came in as a supporter"),
        Event.POWER_LENT: _l("Changed what a supporter sees"),
        Event.SUPPORTER_PAUSED: _l("Paused a supporter"),
        Event.SUPPORTER_RESUMED: _l("Let a supporter go on"),
        Event.SUPPORTER_STOPPED: _l("Stopped a supporter"),
        Event.STAFF_ADDED: _l("Added a member of staff"),
        Event.STAFF_DISABLED: _l("Closed the account of a member of staff"),
        Event.POST_GIVEN: _l("Gave a member of staff a task"),
        Event.POST_TAKEN: _l("Took a task from a member of staff"),
        Event.PROGRAMME_ADDED: _l("Added a programme"),
        Event.TEAM_ADDED: _l("Added a team"),
        Event.TEAM_JOINED: _l("Joined a team"),
        Event.TEAM_LEFT: _l("Left a team"),
        Event.PROFILES_CHOSEN: _l("Chose the ways of working"),
        Event.OFFICE_CHANGED: _l("Changed how the portal looks or its office hours"),
        Event.AREAS_CHANGED: _l("Changed the parts of life"),
        Event.DIRECTORY_IMPORTED: _l("Brought in a list of places"),
        Event.SYSTEM_WORK: _l("Did upkeep"),
    }
)
#: For an event that this release does not know: data from a newer one.
_OTHER = _l("Did something else")


#: What became of an invitation, by the state its entry notes.
_INVITED: MappingProxyType[str, Any] = MappingProxyType(
    {
        "drafted": _l("Prepared to let a supporter in"),
        "waiting": _l("Made a code for a supporter"),
        "cancelled": _l("Took an invitation back"),
    }
)


def says(event: Event, subject: str, facts: Mapping[str, Any] = MappingProxyType({})) -> str:
    """What happened, as a sentence that begins after the name of whoever did it.

    Args:
        event: what kind of thing.
        subject: for a look, the page's endpoint.
        facts: what the entry notes besides.
    """
    if event is Event.CASE_OPENED:
        return str(_PAGES.get(subject) or _PAGES.get(subject.partition(".")[0]) or _ANY_PAGE)
    if event is Event.SUPPORTER_INVITED and facts.get("state") in _INVITED:
        return str(_INVITED[facts["state"]])
    return str(SAYS.get(event, _OTHER))
