"""More of an ordinary week in a full caseload: short stories, some only begun."""

from portal.demo.acts import (
    Accept,
    AddStrength,
    Decline,
    Offer,
    Reads,
    SavePlace,
    Say,
    Tell,
    TellWrong,
    Thanks,
    WriteGoal,
)
from portal.demo.people import email, phone
from portal.demo.scenes import CLIENT, Client, scene
from portal.referrals.models import Report
from portal.resources.models import Wrong
from portal.strengths.models import StrengthKind, Tense

_BERNARD = Client(
    key="bernard",
    name="Bernard Ashworth",
    profile="brokerage",
    worker="dana",
    opened=88,
    contacts=(phone("(555) 555-0155"),),
    scenes=(
        scene(
            87,
            "10:00",
            "dana",
            Offer("veterans", "Veterans' benefits and emergency help", "What I have a right to", first=True),
            Offer("coffee", "Veterans' coffee", "Company", first=True),
        ),
        scene(87, "10:40", CLIENT, Accept("veterans", "coffee")),
        scene(80, "11:00", CLIENT, Tell("coffee", Report.GOT_HELP, note="Same jokes as in 1971.")),
        scene(45, "09:00", CLIENT, Tell("veterans", Report.CALLED, note="They want form 21. I have no form 21.")),
    ),
)

_ED = Client(
    key="ed",
    name="Ed Fry",
    profile="brokerage",
    worker="dana",
    opened=5,
    contacts=(phone("(555) 555-0156"),),
    scenes=(
        scene(
            4,
            "15:00",
            "dana",
            Offer("pantry", "Choose-your-own food pantry", "Food this week", first=True),
            Offer("money", "Money coach", "Bills", first=True),
        ),
        scene(4, "15:20", CLIENT, Accept("pantry"), Decline("money"), Say("Pantry yes. Coach no thanks, I had one.")),
        scene(3, "09:00", "dana", Say("Understood, Ed. The pantry is open Tuesday and Thursday till two.")),
    ),
)

_SHANICE = Client(
    key="shanice",
    name="Shanice Baptiste",
    profile="brokerage",
    worker="dana",
    opened=27,
    contacts=(email("shanice.b@mail.example.org"), phone("(555) 555-0157")),
    scenes=(
        scene(
            26,
            "13:00",
            "dana",
            Offer("rent", "One month of rent", "This month’s rent", first=True),
            Offer("court", "Eviction help desk at court", "The letter from the landlord", first=True),
        ),
        scene(
            26,
            "13:30",
            CLIENT,
            Accept("rent", "court"),
            WriteGoal("stay", "Stay in our flat until school is out.", "The twins have friends here.", "home", 10, 5),
        ),
        scene(25, "08:45", "dana", Thanks()),
        scene(24, "12:00", CLIENT, Tell("court", Report.WENT), Tell("rent", Report.DATE, (-20, "10:00"))),
        scene(19, "12:00", CLIENT, Tell("rent", Report.GOT_HELP), Say("They paid it. I cried in the hallway.")),
        scene(19, "14:00", "dana", Say("I am so glad. The desk at court comes next; I am a call away.")),
        scene(
            18,
            "19:30",
            CLIENT,
            Reads(),
            AddStrength(Tense.NOW, "people", "I argue well when it is for my girls.", StrengthKind.SKILL),
        ),
        scene(17, "09:00", "dana", Thanks()),
    ),
)

_GWEN = Client(
    key="gwen",
    name="Gwendolyn Price",
    profile="brokerage",
    worker="dana",
    opened=102,
    contacts=(phone("(555) 555-0158"),),
    scenes=(
        scene(
            100,
            "11:00",
            "dana",
            Offer("sing", "Sing with us", "Company", first=True),
            Offer("taxes", "Free tax returns", "Papers", first=True),
        ),
        scene(100, "16:00", CLIENT, Accept("sing", "taxes"), SavePlace("Chair exercise and tai chi")),
        scene(
            72,
            "11:00",
            CLIENT,
            TellWrong("Chair exercise and tai chi", Wrong.HOURS, "They start at ten now, not at nine."),
        ),
        scene(70, "10:00", CLIENT, Tell("sing", Report.GOT_HELP), Tell("taxes", Report.DATE, (-45, "13:00"))),
    ),
)

CLIENTS = (_BERNARD, _ED, _SHANICE, _GWEN)
