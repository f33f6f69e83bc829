"""Elena Marsh, two weeks in: two visits set, one place too far away and silent (the story of DOMAIN's brokerage)."""

from portal.cases.sharing import Shared
from portal.demo.acts import (
    Accept,
    AddStep,
    AddStrength,
    HandOver,
    Invite,
    Looks,
    Move,
    Offer,
    Reads,
    Say,
    Share,
    SignAndAccept,
    Tell,
    Thanks,
    Tick,
    WriteGoal,
)
from portal.demo.people import Supporter, email, phone
from portal.demo.scenes import CLIENT as HERSELF
from portal.demo.scenes import Client, scene
from portal.i18n import _l
from portal.plans.models import ResourceKind
from portal.referrals.models import LedBy, Report, Status
from portal.roles import Power
from portal.strengths.models import StrengthKind, Tense

_LUIS = Supporter(
    key="luis",
    name="Luis Marsh",
    relation="my brother",
    powers=frozenset({Power.SEE_NEXT, Power.REPORT_FOR}),
    note=_l("Elena’s brother. He sees the day and time of one visit, and nothing else."),
)

CLIENT = Client(
    key="elena",
    name="Elena Marsh",
    profile="brokerage",
    worker="dana",
    opened=14,
    wish="Mostly on my own. Show me where to go and I will call them.",
    reason="Elena makes her own calls and services are near. Head and balance need experts; she carries the plan.",
    contacts=(phone("(555) 555-0172"), email("elena.marsh@mail.example.org")),
    helpers=(_LUIS,),
    note=_l("Brokerage. Two visits set, one place gone quiet, a goal in her own words."),
    scenes=(
        scene(
            14,
            "10:20",
            "dana",
            Offer(
                "neurology",
                "Neurology Clinic",
                "Headaches and dizziness since the accident",
                "They see people after a concussion, and their letter helps with work.",
                LedBy.STAFF,
                first=True,
            ),
            Offer(
                "counselling",
                "Counselling for adults",
                "Someone to talk to about the accident",
                "You said you sleep badly and go over the crash again and again.",
                first=True,
            ),
            Offer(
                "physio_far",
                "Vestibular Physio (Osprey Landing)",
                "Dizziness",
                "They have room this month. The bus takes an hour.",
                first=True,
            ),
        ),
        scene(
            14,
            "10:55",
            HERSELF,
            SignAndAccept("neurology", "To get a visit about my headaches", (Shared.CONTACT, Shared.NEED), 76),
            Accept("counselling", "physio_far"),
        ),
        scene(
            14,
            "15:10",
            "dana",
            HandOver(
                "neurology",
                {
                    Shared.CONTACT: "Elena Marsh, (555) 555-0172. Mornings are best.",
                    Shared.NEED: "Headaches and dizziness since a car accident on March 3.",
                },
            ),
        ),
        scene(
            14,
            "20:35",
            HERSELF,
            WriteGoal(
                "drive",
                "Drive to work again without feeling dizzy.",
                why="My job is across the river. I miss my own car and my own music.",
                area="work_learning",
                importance=9,
                confidence=5,
            ),
            AddStep("drive", "Sit in the parked car for ten minutes", due=-9, key="parked"),
            AddStep("drive", "Ride along with Luis to the bridge and back", due=3, place=ResourceKind.NATURAL),
            AddStep("drive", "Ask the neurology doctor when I may drive", due=10),
        ),
        scene(13, "09:05", HERSELF, Tell("counselling", Report.CALLED), Tell("counselling", Report.DATE, (4, "10:00"))),
        scene(
            12,
            "11:30",
            "dana",
            Move("neurology", Status.ACCEPTED),
            Move("neurology", Status.BOOKED, (8, "14:30"), note="Bring a list of your headaches: when and how long."),
        ),
        scene(12, "18:02", HERSELF, Share("neurology"), Invite("luis")),
        scene(
            8,
            "08:50",
            HERSELF,
            Tick("parked"),
            Say("Good news: counselling has a place for me. I have not called the physio yet."),
        ),
        scene(
            8,
            "14:20",
            "dana",
            Looks("plans.plan"),
            Thanks("drive"),
            Say("That is a big step, Elena. The physio can wait until you feel ready. Shall I look for one closer by?"),
        ),
        scene(
            2,
            "12:15",
            HERSELF,
            AddStrength(Tense.NOW, "people", "My brother Luis calls me every evening.", StrengthKind.PERSON),
            AddStrength(Tense.NOW, "work_learning", "I run the front desk of a busy dentist.", StrengthKind.SKILL),
            AddStrength(Tense.WANT, "fun", "Dance again at my cousin’s wedding."),
        ),
        scene(1, "19:40", HERSELF, Reads(), Say("Yes please, closer would be good. The bus makes me dizzy.")),
    ),
)
