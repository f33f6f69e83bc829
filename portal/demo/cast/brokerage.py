"""Clients who go mostly on their own, beside Elena: one without phone or email, one whose case is closed."""

from portal.demo.acts import (
    Accept,
    AddStep,
    AddStrength,
    Close,
    Decline,
    Looks,
    Move,
    MoveGoal,
    Note,
    Offer,
    Rate,
    Reads,
    Say,
    SignAndAccept,
    Tell,
    Thanks,
    Tick,
    WriteGoal,
)
from portal.demo.people import email, phone
from portal.demo.scenes import CLIENT, Client, scene
from portal.i18n import _l
from portal.plans.models import Lifecycle, ResourceKind
from portal.referrals.models import ClosureReason, LedBy, Rating, Report, Status
from portal.strengths.models import StrengthKind, Tense

_WALTER = Client(
    key="walter",
    name="Walter Kowalczyk",
    profile="brokerage",
    worker="dana",
    opened=38,
    wish="I have no telephone and no computer. I come by, or you write me a letter.",
    reason="Walter walks in on Wednesdays and signs in at our front desk with his card.",
    note=_l("Brokerage. Neither a phone nor an email: he signs in with his card at the front desk."),
    scenes=(
        scene(
            37,
            "10:00",
            "dana",
            Offer("lunch", "Lunch and company", "A warm meal and company", first=True),
            Offer("glasses", "Eye test and glasses", "Glasses to read with", first=True),
        ),
        scene(
            37,
            "10:25",
            CLIENT,
            Accept("lunch", "glasses"),
            WriteGoal("letters", "Read my wife’s letters again.", "My eyes are not what they were.", "meaning", 10, 8),
        ),
        scene(
            30,
            "10:10",
            CLIENT,
            Tell("lunch", Report.GOT_HELP, note="Good soup. Nice people."),
            Rate("lunch", Rating.YES),
        ),
        scene(29, "09:00", "dana", Thanks(), Note("Comes by on Wednesdays about ten. Print the big letters.")),
        scene(
            23, "10:05", CLIENT, Tell("glasses", Report.DATE, (2, "11:00")), Say("The young lady helped me type this.")
        ),
        scene(23, "10:30", "dana", Say("Thank you, Walter. I printed your visit on a card: it is at the front desk.")),
        scene(16, "10:00", CLIENT, Reads()),
    ),
)

_ABENA = Client(
    key="abena",
    name="Abena Mensah-Osei",
    profile="brokerage",
    worker="dana",
    opened=52,
    contacts=(phone("(555) 555-0151"), email("abena.mo@mail.example.org")),
    scenes=(
        scene(
            51,
            "14:00",
            "dana",
            Offer("preschool", "Free preschool and child care", "A place for Kofi", first=True),
            Offer("pay", "Help paying for child care", "The cost of it", first=True),
        ),
        scene(
            51,
            "20:00",
            CLIENT,
            Accept("preschool", "pay"),
            WriteGoal(
                "shift", "Take the day shift and pick Kofi up myself.", "He asks every night.", "work_learning", 9, 6
            ),
        ),
        scene(50, "09:10", "dana", Thanks()),
        scene(48, "12:30", CLIENT, Tell("preschool", Report.WAITLIST)),
        scene(33, "12:00", CLIENT, Tell("pay", Report.GOT_HELP)),
        scene(19, "12:45", CLIENT, Rate("pay", Rating.SOME), AddStep("shift", "Tell my boss about January", due=-5)),
    ),
)

_DESHAWN = Client(
    key="deshawn",
    name="DeShawn Pierce",
    profile="brokerage",
    worker="dana",
    opened=128,
    contacts=(phone("(555) 555-0152"),),
    note=_l("Brokerage. His case is closed; he can still read his pages."),
    scenes=(
        scene(
            127,
            "10:00",
            "dana",
            Offer("power", "Gas, power and water bills", "The winter bill", first=True),
            Offer("job", "Find a job with a guide", "Steady work", first=True),
        ),
        scene(
            127,
            "13:00",
            CLIENT,
            Accept("power", "job"),
            WriteGoal(
                "lights", "Keep the lights on, and no more red letters.", area="money", importance=9, confidence=6
            ),
        ),
        scene(126, "09:00", "dana", Thanks()),
        scene(
            120,
            "15:00",
            CLIENT,
            Tell("power", Report.GOT_HELP),
            AddStep("lights", "Bring the red letter to Dana", key="letter"),
        ),
        scene(119, "11:00", CLIENT, Tick("letter")),
        scene(90, "09:20", CLIENT, Tell("job", Report.GOT_HELP, note="Warehouse, nights, union.")),
        scene(
            76,
            "10:00",
            CLIENT,
            Rate("power", Rating.YES),
            Rate("job", Rating.YES),
            MoveGoal("lights", Lifecycle.REACHED),
        ),
        scene(40, "16:20", CLIENT, Say("All good here. You can give my place to somebody.")),
        scene(
            39,
            "09:00",
            "dana",
            Thanks(),
            Close("You did this, DeShawn. We finish here, and your pages stay yours to read."),
        ),
    ),
)

_LINH = Client(
    key="linh",
    name="Nguyễn Thị Minh Khai",
    profile="brokerage",
    worker="dana",
    opened=17,
    contacts=(phone("(555) 555-0153"),),
    scenes=(
        scene(
            16,
            "13:00",
            "dana",
            Offer("citizen", "Citizenship application day", "My citizenship", first=True),
            Offer("tutor", "Tutor for reading or English", "The test questions", first=True),
        ),
        scene(
            16,
            "19:20",
            CLIENT,
            Accept("citizen", "tutor"),
            AddStrength(Tense.NOW, "meaning", "Temple every full moon."),
        ),
        scene(
            9, "20:30", CLIENT, Tell("citizen", Report.DATE, (11, "09:00")), Tell("tutor", Report.DATE, (4, "17:30"))
        ),
        scene(8, "09:00", "dana", Looks("referrals.index"), Thanks()),
    ),
)

_CAROL = Client(
    key="carol",
    name="Carol Ann Thibodeaux",
    profile="brokerage",
    worker="dana",
    opened=60,
    contacts=(phone("(555) 555-0154"),),
    scenes=(
        scene(
            59,
            "10:00",
            "dana",
            Offer("ramp", "Ramps, railings and small repairs", "A rail by the steps", first=True),
            Offer("ride", "Door-to-door ride", "Getting to the doctor", first=True),
        ),
        scene(59, "14:00", CLIENT, Accept("ramp"), Decline("ride")),
        scene(58, "09:00", "dana", Thanks()),
        scene(11, "08:15", CLIENT, Say("Nobody came about the rail. I hold on to the door now. Can you ask them?")),
        scene(6, "08:20", CLIENT, Say("Hello? It is Carol, about the rail.")),
    ),
)

_TOMASZ = Client(
    key="tomasz",
    name="Tomasz Zieliński",
    profile="brokerage",
    worker="dana",
    opened=41,
    contacts=(email("t.zielinski@mail.example.org"),),
    scenes=(
        scene(
            40,
            "11:00",
            "dana",
            Offer("tools", "Trade skills with neighbors", "Company and tools", first=True),
            Offer("doctor", "Family doctor, pay by income", "A doctor", led_by=LedBy.STAFF, first=True),
        ),
        scene(40, "17:30", CLIENT, Accept("tools"), SignAndAccept("doctor", "To get a first visit", until=50)),
        scene(
            39,
            "10:00",
            "dana",
            Move("doctor", Status.SENT),
            Move("doctor", Status.THEY_SAID_NO, note="Their list is closed until spring."),
        ),
        scene(
            38,
            "12:00",
            "dana",
            Offer("doctor2", "Low-price pharmacy and medicine help", "Your pills until then", after="doctor"),
        ),
        scene(37, "18:00", CLIENT, Accept("doctor2")),
        scene(
            35,
            "16:00",
            CLIENT,
            Tell("tools", Report.NOT_WORKED, reason=ClosureReason.OPENING_HOURS, note="I work when they meet."),
        ),
        scene(34, "09:30", "dana", Thanks(), Say("Noted. I look for one that meets at the weekend.")),
        scene(
            1,
            "15:40",
            "dana",
            Offer("ride", "Door-to-door ride", "To the weekend workshop", pack=True),
            Offer("coach", "Money coach", "The letter from the bank", pack=True),
        ),
        scene(
            33,
            "21:00",
            CLIENT,
            Reads(),
            AddStrength(Tense.NOW, "work_learning", "I can mend any lock.", StrengthKind.SKILL),
        ),
        scene(
            32,
            "21:10",
            CLIENT,
            WriteGoal("lock", "A small lock shop on Tansy Street.", area="money"),
            AddStep("lock", "Talk to the man with the empty shop", due=-12, place=ResourceKind.NATURAL),
        ),
    ),
)

CLIENTS = (_WALTER, _ABENA, _DESHAWN, _LINH, _CAROL, _TOMASZ)
