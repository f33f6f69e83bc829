"""Clients who learn or relearn the skills for a role they chose."""

from portal.demo.acts import (
    Accept,
    AddGoal,
    AddStep,
    AddStrength,
    Cheer,
    Comments,
    Invite,
    Ladder,
    Looks,
    Move,
    MoveGoal,
    Offer,
    RateGoal,
    Reads,
    Say,
    SuggestStrength,
    Tell,
    Thanks,
    Tick,
    WriteGoal,
)
from portal.demo.people import Supporter, email, phone
from portal.demo.scenes import CLIENT, Client, scene
from portal.i18n import _l
from portal.plans.models import Lifecycle, Progress, ResourceKind, Visibility
from portal.referrals.models import Report, Status
from portal.roles import Power
from portal.strengths.models import StrengthKind, Tense

_KEISHA = Client(
    key="keisha",
    name="Keisha Thompson",
    profile="rehabilitation",
    worker="inez",
    opened=70,
    wish="Teach me by doing. I do not learn from leaflets.",
    reason="Keisha chose the role: a paid job in a bakery. We practise the skills for it one by one.",
    contacts=(phone("(555) 555-0189"), email("keisha.t@mail.example.org")),
    helpers=(
        Supporter(
            key="dre",
            name="Andre Thompson",
            relation="my cousin",
            powers=frozenset({Power.SEE_GOALS, Power.CHEER, Power.MY_STEPS}),
            note=_l("Keisha’s cousin. Practises the early bus with her."),
        ),
    ),
    note=_l("Rehabilitation. Practises skills for a job in a bakery."),
    scenes=(
        scene(
            69,
            "13:30",
            CLIENT,
            WriteGoal(
                "bakery",
                "Work in a bakery, mornings, paid.",
                "I like being up when the street is still asleep.",
                "work_learning",
                9,
                5,
                seen_by=Visibility.WORKER_AND_SUPPORTERS,
            ),
            Ladder(
                "bakery",
                "stay in bed",
                "up at eight, bus too hard",
                "two mornings a week on time",
                "three mornings, paid",
                "my own shelf in the shop",
            ),
            RateGoal("bakery", rung=-1),
            Invite("dre"),
        ),
        scene(
            68,
            "10:00",
            "inez",
            Thanks(),
            AddStep("bakery", "Practise the early bus with Dre", "dre", -40, "bus", ResourceKind.NATURAL),
            AddStep(
                "bakery",
                "Weigh dough with Inez in the church kitchen",
                "inez",
                -33,
                "weigh",
                ResourceKind.NATURAL,
                staff=True,
            ),
            Offer("training", "Paid cook training", "A paid place to learn"),
            Offer("coach", "Job coach beside you", "Someone at work with you"),
        ),
        scene(68, "16:45", CLIENT, Accept("training", "coach")),
        scene(60, "09:20", CLIENT, Tell("coach", Report.CALLED)),
        scene(41, "07:15", "dre", Tick("bus"), Cheer("bakery")),
        scene(
            40,
            "09:00",
            CLIENT,
            RateGoal("bakery", Progress.MOVING, 0),
            AddStrength(
                Tense.NOW,
                "work_learning",
                "I can tell dough is ready by touch.",
                StrengthKind.SKILL,
            ),
        ),
        scene(33, "14:00", "inez", Tick("weigh"), Thanks(), Move("coach", Status.STARTED)),
        scene(12, "12:30", CLIENT, Tell("training", Report.DATE, (6, "08:00"), note="A trial morning!")),
        scene(
            11,
            "09:45",
            "inez",
            Looks("plans.goal"),
            Say("A trial morning! Which shoes will you wear? The floor is slippery."),
        ),
        scene(11, "18:20", CLIENT, Reads(), AddStep("bakery", "Buy shoes that grip", due=4)),
        scene(1, "07:50", CLIENT, Say("Got the shoes. Can we walk the way there once before?")),
    ),
)

_ANTON = Client(
    key="anton",
    name="Anton Bauer",
    profile="rehabilitation",
    worker="inez",
    opened=190,
    contacts=(phone("(555) 555-0190"),),
    scenes=(
        scene(188, "11:00", CLIENT, WriteGoal("shop", "Fix bicycles again.", area="work_learning", importance=8)),
        scene(187, "09:00", "inez", Thanks(), Offer("shed", "Workshop mornings", "Tools and company")),
        scene(187, "15:00", CLIENT, Accept("shed")),
        scene(170, "12:00", CLIENT, Tell("shed", Report.GOT_HELP, note="They let me teach the boys.")),
        scene(60, "10:00", CLIENT, MoveGoal("shop", Lifecycle.PAUSED, "My wrist first.")),
        scene(59, "09:30", "inez", Comments("shop", "A good pause. The shed keeps your bench free.")),
    ),
)

_PRECIOUS = Client(
    key="precious",
    name="Precious Achieng Odhiambo",
    profile="rehabilitation",
    worker="inez",
    opened=25,
    contacts=(email("precious.ao@mail.example.org"),),
    scenes=(
        scene(
            24,
            "10:30",
            CLIENT,
            WriteGoal("phone", "Talk on the phone without my heart racing.", area="people", confidence=2),
        ),
        scene(23, "11:00", "inez", Thanks(), AddStep("phone", "Call Inez and read her one line", due=-15, key="line")),
        scene(16, "10:00", CLIENT, Tick("line"), RateGoal("phone", Progress.GETTING_STARTED)),
        scene(
            15,
            "09:00",
            "inez",
            AddGoal("radio", "Read the weather at the senior center’s radio hour.", "fun", idea=True),
            SuggestStrength("voice", Tense.NOW, "people", "A voice that makes people listen", StrengthKind.SKILL),
        ),
    ),
)

_DIEGO = Client(
    key="diego",
    name="Diego Fuentes",
    profile="rehabilitation",
    worker="inez",
    opened=55,
    language="es",
    contacts=(phone("(555) 555-0191"),),
    scenes=(
        scene(
            54,
            "17:00",
            CLIENT,
            WriteGoal(
                "cocinar",
                "Cocinar yo solo para mi mamá los domingos.",
                "Ella cocinó para mí toda la vida.",
                "home",
                9,
                6,
            ),
        ),
        scene(
            53,
            "10:15",
            "inez",
            Thanks(),
            AddStep("cocinar", "Hacer arroz con Inez, paso a paso", "inez", -30, "arroz", staff=True),
        ),
        scene(30, "12:00", "inez", Tick("arroz"), Say("¡Quedó perfecto! La próxima vez, los frijoles.")),
        scene(29, "19:00", CLIENT, Reads(), RateGoal("cocinar", Progress.MOVING), Say("Mi mamá repitió. Dos veces.")),
        scene(28, "09:00", "inez", Say("Eso es lo que yo llamo un buen cocinero.")),
        scene(27, "20:00", CLIENT, Reads()),
    ),
)

CLIENTS = (_KEISHA, _ANTON, _PRECIOUS, _DIEGO)
