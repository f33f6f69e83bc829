"""Clients who move from one place into another: nine months in three steps."""

from portal.demo.acts import (
    Accept,
    AddGoal,
    AddStep,
    AddStrength,
    Agree,
    Cheer,
    Invite,
    Looks,
    Move,
    MoveGoal,
    Offer,
    OfferPlan,
    PutOnPlan,
    Reads,
    Say,
    Sign,
    SignAndAccept,
    Tell,
    Thanks,
    Tick,
    WriteGoal,
)
from portal.demo.people import Supporter, email, phone
from portal.demo.scenes import CLIENT, Client, scene
from portal.i18n import _l
from portal.plans.models import Lifecycle, ResourceKind, Visibility
from portal.referrals.models import LedBy, Report, Status
from portal.roles import Power
from portal.strengths.models import StrengthKind, Tense

_ROSA = Client(
    key="rosa",
    name="Rosa Lim",
    profile="cti",
    worker="theo",
    opened=48,
    wish="Stay put. One school for my girl, one key for me.",
    reason="Rosa and her daughter moved out of the shelter. Nine months, three areas at a time: home, money, school.",
    contacts=(phone("(555) 555-0183"),),
    helpers=(
        Supporter(
            key="ines",
            name="Ines Calderón",
            relation="my neighbor",
            powers=frozenset({Power.SEE_NEXT, Power.SEE_GOALS, Power.CHEER, Power.MY_STEPS}),
            language="es",
            note=_l("Rosa’s neighbor. Her own pages are in Spanish."),
        ),
    ),
    note=_l("Critical time intervention. Moved out of a shelter with her daughter."),
    scenes=(
        scene(
            48,
            "10:00",
            CLIENT,
            WriteGoal(
                "flat",
                "Keep this flat.",
                "She has her own desk here.",
                "home",
                10,
                7,
                seen_by=Visibility.WORKER_AND_SUPPORTERS,
            ),
            WriteGoal("rent", "Rent paid before the fifth, every month.", "", "money", 9, 6),
            WriteGoal(
                "school",
                "One school for Mina, until June.",
                "",
                "people",
                10,
                8,
                seen_by=Visibility.WORKER_AND_SUPPORTERS,
            ),
            Invite("ines"),
        ),
        scene(
            47,
            "11:30",
            "theo",
            Thanks(),
            Offer("beds", "Beds, tables and pots for a new home", "Beds and a table"),
            Offer("liaison", "School sign-up and family liaison", "One school for Mina", led_by=LedBy.WARM),
            Offer("coach", "Money coach", "Rent first, then the rest"),
        ),
        scene(47, "18:00", CLIENT, Accept("beds", "liaison", "coach")),
        scene(
            45,
            "12:00",
            "theo",
            Move("liaison", Status.BOOKED, (-38, "09:00"), note="I come along."),
            AddStep(
                "rent",
                "Ask the landlord for a paper about the rent",
                "theo",
                -40,
                "paper",
                ResourceKind.NATURAL,
                staff=True,
            ),
        ),
        scene(40, "17:30", CLIENT, Tell("beds", Report.GOT_HELP, note="Two beds, and a blue table!")),
        scene(
            38,
            "13:00",
            "theo",
            Move("beds", Status.GOT_HELP),
            Move("liaison", Status.GOT_HELP),
            Tick("paper"),
            AddStep("school", "Walk Mina to the bus on Mondays", "ines", 6, "bus", ResourceKind.NATURAL),
            PutOnPlan(
                name="A neighbor to knock at", unpaid="Ines next door", often="any evening", place=ResourceKind.NATURAL
            ),
            OfferPlan("v1"),
        ),
        scene(37, "19:20", CLIENT, Agree("v1")),
        scene(36, "09:00", "theo", Sign("v1"), Looks("plans.plan")),
        scene(30, "20:00", "ines", Cheer("flat")),
        scene(
            21,
            "18:40",
            CLIENT,
            Say("Rent is paid. Before the fifth!"),
            AddStrength(
                Tense.NOW,
                "people",
                "Ines next door has our spare key.",
                StrengthKind.PERSON,
                shared=True,
            ),
        ),
        scene(
            20, "10:15", "theo", Thanks(), Say("Put that letter on the fridge. Shall we plan next month on Tuesday?")
        ),
        scene(20, "12:00", CLIENT, Reads()),
        scene(5, "17:00", CLIENT, Tell("coach", Report.DATE, (3, "16:00"))),
    ),
)

_JEROME = Client(
    key="jerome",
    name="Jerome Watkins",
    profile="cti",
    worker="theo",
    opened=130,
    contacts=(phone("(555) 555-0184"),),
    scenes=(
        scene(
            128,
            "14:00",
            CLIENT,
            WriteGoal("work", "Cook in a real kitchen.", "I cooked for ninety men inside.", "work_learning", 9, 7),
        ),
        scene(
            126,
            "10:00",
            "theo",
            Thanks(),
            Offer("cook", "Paid cook training", "Work"),
            Offer("id", "ID card and birth certificate", "Papers"),
        ),
        scene(126, "16:00", CLIENT, Accept("cook", "id")),
        scene(110, "12:00", "theo", Move("id", Status.GOT_HELP), Move("cook", Status.STARTED)),
        scene(30, "15:00", CLIENT, Tell("cook", Report.GOT_HELP, note="I have a certificate with a stamp.")),
        scene(29, "09:45", "theo", Move("cook", Status.GOT_HELP), Say("Chef Watkins. I knew it.")),
        scene(29, "19:00", CLIENT, Reads(), MoveGoal("work", Lifecycle.REACHED, "Hired at Second Table!")),
        scene(28, "08:30", "theo", Thanks()),
    ),
)

_STELLA = Client(
    key="stella",
    name="Stella Marie Vandenberghe",
    profile="cti",
    worker="theo",
    opened=12,
    contacts=(email("stella.v@mail.example.org"),),
    scenes=(
        scene(
            11,
            "11:00",
            "theo",
            AddGoal("home", "Settle in at Chapel Row.", "home"),
            Offer("ride", "Door-to-door ride", "Getting to the clinic"),
        ),
        scene(10, "09:00", CLIENT, Tell("ride", Report.NO_THANKS, note="I like the bus. I know the driver.")),
        scene(
            6,
            "10:30",
            CLIENT,
            WriteGoal("choir", "Sing in a choir again.", area="fun"),
            Say("Is there a choir that takes old altos?"),
        ),
    ),
)

_ABDI = Client(
    key="abdi",
    name="Abdirahman Warsame Jama",
    profile="cti",
    worker="theo",
    opened=75,
    contacts=(phone("(555) 555-0185"),),
    scenes=(
        scene(
            74,
            "13:00",
            CLIENT,
            WriteGoal("license", "Drive a truck with a license.", area="work_learning", importance=9),
        ),
        scene(
            73,
            "10:00",
            "theo",
            Thanks(),
            Offer("guide", "Find a job with a guide", "A truck license", led_by=LedBy.STAFF),
        ),
        scene(73, "18:00", CLIENT, SignAndAccept("guide", "To talk about my license", until=120)),
        scene(72, "09:00", "theo", Move("guide", Status.SENT)),
    ),
)

CLIENTS = (_ROSA, _JEROME, _STELLA, _ABDI)
