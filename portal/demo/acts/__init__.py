"""What people of the cast do. Each act calls the command that a page would call, so rules and record hold here, too."""

from portal.demo.acts.answers import Close, Comments, Suggests, Thanks
from portal.demo.acts.circle import EndHelp, Invite, PauseHelp
from portal.demo.acts.goals import (
    AddGoal,
    AddStep,
    ChangeGoal,
    Cheer,
    Ladder,
    MoveGoal,
    RateGoal,
    Summarise,
    Tick,
    WriteGoal,
)
from portal.demo.acts.group import CameOf, TakeIdea, TeamTalk
from portal.demo.acts.places import Accept, Decline, Move, Offer, Rate, Share, SignAndAccept, Tell, Went
from portal.demo.acts.plan import Agree, AskChange, AskReview, OfferPlan, PutOnPlan, Sign
from portal.demo.acts.search import AskPlace, SavePlace
from portal.demo.acts.strengths import AcceptStrength, AddStrength, Matters, SetAside, ShareStrength, SuggestStrength
from portal.demo.acts.talk import AnswerSupporter, Looks, Note, Reads, Say, SupporterSays

__all__ = [
    "Accept",
    "AcceptStrength",
    "AddGoal",
    "AddStep",
    "AddStrength",
    "Agree",
    "AnswerSupporter",
    "AskChange",
    "AskPlace",
    "AskReview",
    "CameOf",
    "ChangeGoal",
    "Cheer",
    "Close",
    "Comments",
    "Decline",
    "EndHelp",
    "Invite",
    "Ladder",
    "Looks",
    "Matters",
    "Move",
    "MoveGoal",
    "Note",
    "Offer",
    "OfferPlan",
    "PauseHelp",
    "PutOnPlan",
    "Rate",
    "RateGoal",
    "Reads",
    "SavePlace",
    "Say",
    "SetAside",
    "Share",
    "ShareStrength",
    "Sign",
    "SignAndAccept",
    "SuggestStrength",
    "Suggests",
    "Summarise",
    "SupporterSays",
    "TakeIdea",
    "TeamTalk",
    "Tell",
    "Thanks",
    "Tick",
    "Went",
    "WriteGoal",
]
