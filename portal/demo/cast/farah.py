"""Farah Demir and her family, four weeks in (the story of DOMAIN's strengths model)."""

from portal.demo.acts import (
    AcceptStrength,
    AddStep,
    AddStrength,
    Agree,
    AskChange,
    Cheer,
    GiveCopy,
    Invite,
    Ladder,
    Looks,
    Matters,
    Move,
    Offer,
    OfferPlan,
    PlanFacts,
    PutOnPlan,
    RateGoal,
    Reads,
    ReviewDay,
    Say,
    SayInPlan,
    ShareStrength,
    Sign,
    SignAndAccept,
    SuggestStrength,
    TakeIdea,
    TeamTalk,
    Thanks,
    Tick,
    WriteGoal,
)
from portal.demo.people import Supporter, phone
from portal.demo.scenes import CLIENT as HERSELF
from portal.demo.scenes import Client, scene
from portal.i18n import _l
from portal.plans.models import ItemKind, NeedKind, Progress, ResourceKind, Visibility
from portal.referrals.models import LedBy, Status
from portal.roles import Power
from portal.strengths.models import StrengthKind, Tense

_FAMILY = frozenset({Power.SEE_NEXT, Power.SEE_GOALS, Power.CHEER, Power.MY_STEPS, Power.SUGGEST})
_SHARED = Visibility.WORKER_AND_SUPPORTERS

CLIENT = Client(
    key="farah",
    name="Farah Demir",
    profile="strengths",
    worker="priya",
    opened=28,
    wish="With my family around the table. Slowly. Not in the mornings.",
    reason="Farah knows what she wants back, and her family is there every day. We build on both.",
    contacts=(phone("(555) 555-0174"),),
    helpers=(
        Supporter(
            key="kemal",
            name="Kemal Demir",
            relation="my husband",
            powers=_FAMILY,
            note=_l("Farah’s husband. He sees shared goals and ticks the steps with his name."),
        ),
        Supporter(
            key="selin",
            name="Selin Demir",
            relation="my daughter",
            powers=_FAMILY | {Power.SEE_STRENGTHS, Power.MESSAGE_WORKER},
            note=_l("Farah’s daughter. She may also see shared strengths and write to staff."),
        ),
        Supporter(
            key="emre",
            name="Emre Demir",
            relation="my son",
            powers=_FAMILY,
            note=_l("Farah’s son. He suggested a strength and does one step."),
        ),
    ),
    note=_l("Strengths-based. A family of helpers, a goal ladder, and an agreed plan."),
    scenes=(
        scene(
            28,
            "16:10",
            HERSELF,
            AddStrength(Tense.WANT, "fun", "Knit a blanket for my grandson.", StrengthKind.INTEREST, key="knit"),
            AddStrength(Tense.NOW, "people", "My family eats together every night.", StrengthKind.PERSON, shared=True),
            AddStrength(
                Tense.PAST, "work_learning", "Ran a bakery for 19 years.", StrengthKind.PAST_SUCCESS, key="bakery"
            ),
            Invite("kemal"),
            Invite("selin"),
            Invite("emre"),
        ),
        scene(
            27,
            "15:00",
            "priya",
            SuggestStrength("teacher", Tense.NOW, "meaning", "Patient teacher", StrengthKind.SKILL),
        ),
        scene(
            27,
            "19:30",
            "emre",
            SuggestStrength("soup", Tense.NOW, "home", "Best soup in the street", StrengthKind.SKILL),
        ),
        scene(
            26,
            "17:45",
            HERSELF,
            AcceptStrength("teacher"),
            AcceptStrength("soup"),
            ShareStrength("soup"),
            WriteGoal(
                "knitting",
                "Knit again",
                "A blanket keeps him warm when I cannot hold him.",
                "fun",
                10,
                6,
                seen_by=_SHARED,
            ),
            WriteGoal(
                "soup_goal", "Cook Friday soup", "It is how our house smells like home.", "home", 8, 5, seen_by=_SHARED
            ),
            WriteGoal("tremor", "Let the doctor look at my left hand.", area="health", importance=6),
            Matters("Knit again", "fun", "knitting"),
            Matters("Cook Friday soup", "home", "soup_goal"),
            Matters("Win at backgammon", "fun"),
            Ladder(
                "knitting",
                "can’t hold needles",
                "one row and my hand tires",
                "ten rows, three times a week",
                "one square a week",
                "finish the blanket",
            ),
            Ladder(
                "soup_goal",
                "only sit and watch",
                "I stir, others do the rest",
                "soup every Friday with help",
                "soup alone",
                "soup for the street",
            ),
            RateGoal("knitting", rung=-1),
            RateGoal("soup_goal", rung=-1),
            AddStep("tremor", "Write down when it shakes", due=2),
            AddStep("knitting", "Cast on 10 stitches, Wednesday", due=-19, key="cast_on"),
        ),
        scene(
            25,
            "15:20",
            "priya",
            AddStep(
                "knitting",
                "Sit with Mama and wind wool, Tuesday and Thursday",
                "selin",
                -12,
                "wind",
                ResourceKind.NATURAL,
            ),
            AddStep(
                "knitting",
                "Ask the library knitting circle about Thursday",
                "priya",
                -14,
                "ask_library",
                ResourceKind.NATURAL,
                staff=True,
            ),
            AddStep(
                "knitting", "Ask the OT about thicker needles", "priya", -6, "ask_ot", ResourceKind.FORMAL, staff=True
            ),
            AddStep("soup_goal", "Chop soft vegetables with Kemal, Friday", "kemal", -10, "chop", ResourceKind.NATURAL),
            AddStep(
                "soup_goal", "Backgammon with Emre, Sunday, 20 minutes", "emre", 4, "backgammon", ResourceKind.NATURAL
            ),
            PutOnPlan(
                name="Knitting circle",
                provider="Larkwater County Library",
                often="Thursdays",
                reason="Farah asked for company that has nothing to do with being ill.",
                source="It helped her in the year after the bakery.",
                place=ResourceKind.NATURAL,
            ),
            PutOnPlan(name="Evening meal together", unpaid="my family", often="every day", place=ResourceKind.NATURAL),
            SayInPlan(ItemKind.NEED, "A ride to the hand clinic", need=NeedKind.TRANSPORT),
            SayInPlan(ItemKind.NEED, "We eat together every night", need=NeedKind.PROTECTIVE),
            PlanFacts("At Farah's kitchen table", "Priya Nair", 24),
            OfferPlan("v1"),
        ),
        scene(
            24,
            "18:05",
            HERSELF,
            AskChange("v1", "Not mornings, please. My hand wakes up late."),
            SayInPlan(ItemKind.PREFERENCE, "Not mornings, please."),
            SayInPlan(ItemKind.PARTICIPANT, "Selin", "my daughter"),
            SayInPlan(ItemKind.RISK, "My hand hurts and I stop", "I rest, then five stitches"),
            SayInPlan(ItemKind.BACKUP, "Kemal cooks, and I tell him how"),
        ),
        scene(
            23,
            "14:00",
            "priya",
            Thanks(),
            OfferPlan("v2"),
            Say("Changed: nothing before noon. Have a look when you like."),
        ),
        scene(23, "19:15", HERSELF, Reads(), Agree("v2")),
        scene(
            22,
            "09:30",
            "priya",
            Sign("v2"),
            GiveCopy("v2", "Kemal Demir", "The steps he does"),
            Offer(
                "ot",
                "Occupational therapy for hands and home",
                "Holding needles and kitchen tools",
                "They have thicker needles to try, and they come to your kitchen.",
                LedBy.STAFF,
            ),
        ),
        scene(22, "17:30", HERSELF, SignAndAccept("ot", "To try thicker needles and kitchen tools"), Tick("cast_on")),
        scene(
            20,
            "10:40",
            "priya",
            Move("ot", Status.SENT),
            Move("ot", Status.BOOKED, (5, "14:00"), note="In your kitchen, as you asked. After noon."),
        ),
        scene(18, "19:40", HERSELF, RateGoal("knitting", Progress.GETTING_STARTED, -1)),
        scene(17, "20:10", "selin", Tick("wind"), Cheer("knitting")),
        scene(
            15, "11:45", "priya", Tick("ask_library"), Say("The knitting circle keeps a chair for you, Thursdays at 3.")
        ),
        scene(15, "18:30", HERSELF, Reads(), Say("I went! They laughed with me, not at me.")),
        scene(9, "18:50", "kemal", Tick("chop"), Cheer("soup_goal")),
        scene(7, "13:15", "priya", Looks("strengths.sheet"), Tick("ask_ot"), RateGoal("knitting", Progress.MOVING, 0)),
        scene(
            6,
            "17:20",
            HERSELF,
            RateGoal("knitting", Progress.MOVING, 0),
            RateGoal("soup_goal", Progress.GETTING_STARTED, -1),
        ),
        scene(
            3,
            "14:45",
            "priya",
            SuggestStrength("kneading", Tense.NOW, "home", "Hands that know how to knead dough", StrengthKind.SKILL),
            SuggestStrength("rhythm", Tense.NOW, "fun", "Taps a rhythm with every song", StrengthKind.INTEREST),
            TeamTalk(
                "knitting",
                (
                    ("idea_dough", "Knead dough for five minutes before knitting, to warm the hand"),
                    ("idea_rhythm", "Tap the beat of a song with the needles"),
                    ("idea_loom", "Try a round loom for the first squares"),
                ),
                ("idea_dough", "idea_rhythm"),
            ),
            Say("The team had some ideas for you. Take what fits you, leave what does not."),
        ),
        scene(2, "10:30", "priya", ReviewDay("The needles stay in your hand longer every week.", 40, 14)),
        scene(2, "18:30", HERSELF, TakeIdea("idea_dough")),
        scene(1, "19:05", HERSELF, Say("Can we talk about the oven next time? I want to bake one loaf.")),
    ),
)
