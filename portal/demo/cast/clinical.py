"""Clients of the clinical model: regular talks, much kept private, releases before anything is told."""

from portal.demo.acts import (
    Accept,
    AddStep,
    AddStrength,
    Agree,
    Invite,
    Looks,
    Move,
    Note,
    Offer,
    OfferPlan,
    PutOnPlan,
    RateGoal,
    Reads,
    Say,
    Share,
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
from portal.plans.models import Progress, ResourceKind, Visibility
from portal.referrals.models import LedBy, Report, Status
from portal.roles import Power
from portal.strengths.models import StrengthKind, Tense

_DANIEL = Client(
    key="daniel",
    name="Daniel Okoye",
    profile="clinical",
    worker="ruth",
    opened=30,
    wish="Talk with Ruth, every two weeks. In the evening if I can.",
    reason="Daniel wants the talking and the practical help from one person. He chose this himself.",
    contacts=(email("daniel.okoye@mail.example.org"), phone("(555) 555-0180", safe=False)),
    helpers=(
        Supporter(
            key="mira",
            name="Mira Okoye",
            relation="my wife",
            powers=frozenset({Power.CHEER, Power.MY_STEPS, Power.SEE_NEXT}),
            note=_l("Daniel’s wife. She cheers, sees her own steps and one shared date."),
        ),
    ),
    note=_l("Clinical. One goal only he can read; a wife who may see little."),
    scenes=(
        scene(
            30,
            "17:30",
            CLIENT,
            WriteGoal("days", "One good day, then the next one.", "I want to be there for Mira.", "health", 10, 4),
            WriteGoal("letter", "Write to my father.", "He is seventy.", "people", 8, 2, seen_by=Visibility.PRIVATE),
            AddStep("letter", "Find the photo from the boat", key="photo"),
            Invite("mira"),
        ),
        scene(
            29,
            "16:00",
            "ruth",
            Thanks("days"),
            Offer("group", "Group therapy", "People who know this road", "It meets in the evening.", LedBy.STAFF),
            Offer("sponsor", "Find a sponsor", "Someone to call", "Unpaid, and only first names."),
        ),
        scene(29, "20:10", CLIENT, SignAndAccept("group", "To join the evening group", until=150), Accept("sponsor")),
        scene(28, "10:30", "ruth", Move("group", Status.SENT), Move("group", Status.BOOKED, (3, "18:00"))),
        scene(28, "19:40", CLIENT, Share("group")),
        scene(
            27,
            "15:40",
            "ruth",
            AddStep("days", "Meet every 14 days", "ruth", 5, place=ResourceKind.FORMAL, staff=True),
            AddStep("days", "Call Ben when the evening gets long", place=ResourceKind.NATURAL),
            PutOnPlan(name="Group therapy", provider="Clearwater Recovery Clinic", often="Tuesdays, 6 pm"),
            PutOnPlan(name="Sponsor", unpaid="Ben, from the fellowship", often="any time", place=ResourceKind.NATURAL),
            OfferPlan("v1"),
        ),
        scene(27, "21:00", CLIENT, Agree("v1")),
        scene(
            26,
            "09:00",
            "ruth",
            Sign("v1"),
            Note("Agreed early sign: says he will skip the group. Reach out the same day."),
        ),
        scene(
            22,
            "19:15",
            CLIENT,
            Tell("sponsor", Report.GOT_HELP, note="Ben. He picks up."),
            AddStrength(Tense.NOW, "people", "Ben picks up, even at two in the morning.", StrengthKind.PERSON),
            AddStrength(Tense.PAST, "work_learning", "Ran a crew of twelve on the bridge.", StrengthKind.PAST_SUCCESS),
        ),
        scene(21, "10:00", "ruth", Move("sponsor", Status.GOT_HELP), Thanks()),
        scene(13, "18:45", CLIENT, Say("Hard evening on Saturday. I left the room and called Ben. It passed.")),
        scene(
            12, "08:40", "ruth", Looks("plans.plan"), Say("You saw it coming and you had a way out. That is yours now.")
        ),
        scene(12, "12:00", CLIENT, Reads(), RateGoal("days", Progress.MOVING)),
        scene(
            6,
            "17:05",
            "ruth",
            AddStep("days", "Try the Friday group too", due=8),
            PutOnPlan(name="Friday group", provider="Clearwater Recovery Clinic", often="Fridays, 6 pm"),
            OfferPlan("v2"),
            Say("I put the Friday group on the plan, as you asked. Read it and tell me."),
        ),
    ),
)

_MIRIAM = Client(
    key="miriam",
    name="Miriam Feldman",
    profile="clinical",
    worker="ruth",
    opened=150,
    contacts=(email("miriam.feldman@mail.example.org"),),
    scenes=(
        scene(
            148,
            "11:00",
            CLIENT,
            WriteGoal("sleep", "Sleep through till five.", area="health", importance=8, confidence=4),
        ),
        scene(147, "09:30", "ruth", Thanks("sleep"), AddStep("sleep", "Phone out of the bedroom", key="phone")),
        scene(120, "10:00", CLIENT, Tick("phone"), RateGoal("sleep", Progress.MOVING)),
        scene(60, "10:10", CLIENT, RateGoal("sleep", Progress.KEEPING_IT_GOING), Say("Five nights this week!")),
        scene(59, "09:00", "ruth", Say("Five! That is new. What did you do?")),
        scene(58, "19:00", CLIENT, Reads()),
    ),
)

_CURTIS = Client(
    key="curtis",
    name="Curtis Bell",
    profile="clinical",
    worker="ruth",
    opened=44,
    contacts=(phone("(555) 555-0181"),),
    scenes=(
        scene(42, "15:00", "ruth", Offer("quit", "Quit smoking and vaping", "To stop smoking", led_by=LedBy.CLIENT)),
        scene(
            41, "12:00", CLIENT, Accept("quit"), WriteGoal("stairs", "Take the stairs without stopping.", area="health")
        ),
        scene(36, "12:30", CLIENT, Tell("quit", Report.CALLED, note="Left my name on the machine.")),
        scene(35, "09:20", "ruth", Thanks()),
        scene(15, "10:30", CLIENT, Say("They never called back. Should I try again?")),
    ),
)

_PAULO = Client(
    key="paulo",
    name="Paulo Ferreira",
    profile="clinical",
    worker="ruth",
    opened=9,
    contacts=(phone("(555) 555-0182"),),
    scenes=(
        scene(
            8,
            "13:30",
            "ruth",
            Offer("grief", "Grief circle", "After your mother’s death", "They meet with tea, not forms."),
        ),
        scene(7, "18:00", CLIENT, Accept("grief"), AddStrength(Tense.NOW, "meaning", "I light her candle on Sundays.")),
        scene(2, "12:15", CLIENT, Tell("grief", Report.DATE, (5, "18:30"))),
    ),
)

CLIENTS = (_DANIEL, _MIRIAM, _CURTIS, _PAULO)
