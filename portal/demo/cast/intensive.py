"""Clients of the intensive model: close contact, reports that staff confirm, a sister who writes."""

from portal.demo.acts import (
    Accept,
    AddStep,
    AddStrength,
    Agree,
    AnswerSupporter,
    Invite,
    Looks,
    Move,
    Note,
    Offer,
    OfferPlan,
    PutOnPlan,
    Reads,
    Say,
    Sign,
    SignAndAccept,
    SuggestStrength,
    SupporterSays,
    Tell,
    Thanks,
    Tick,
    WriteGoal,
)
from portal.demo.people import Supporter, email, phone
from portal.demo.scenes import CLIENT, Client, scene
from portal.i18n import _l
from portal.plans.models import ResourceKind, Visibility
from portal.referrals.models import LedBy, Report, Status
from portal.roles import Power
from portal.strengths.models import StrengthKind, Tense

_TOM = Client(
    key="tom",
    name="Tom Reyes",
    profile="intensive",
    worker="marcus",
    opened=23,
    wish="Someone who calls me even when I do not call back.",
    reason="A close call with clinical (100 and 92). Tom wants daily contact now; we look again in three months.",
    contacts=(phone("(555) 555-0176"),),
    helpers=(
        Supporter(
            key="ana",
            name="Ana Reyes",
            relation="my sister",
            powers=frozenset({Power.SEE_NEXT, Power.MESSAGE_WORKER}),
            note=_l("Tom’s sister. She may write to staff; Tom can read what she writes."),
        ),
    ),
    note=_l("Intensive. He told us of a visit, and staff have it to confirm."),
    scenes=(
        scene(
            23,
            "11:00",
            "marcus",
            Offer("counsellor", "Counselling for adults", "Someone to talk to each week", led_by=LedBy.STAFF),
            Offer("doctor", "Psychiatry and medicine", "Sleep and low mood", "They can see you soon.", LedBy.STAFF),
        ),
        scene(
            23,
            "11:40",
            CLIENT,
            SignAndAccept("counsellor", "To start weekly talks"),
            SignAndAccept("doctor", "To talk about sleep and medicine"),
            Invite("ana"),
        ),
        scene(22, "09:15", "marcus", Move("counsellor", Status.SENT), Move("doctor", Status.SENT)),
        scene(
            21,
            "10:30",
            "marcus",
            Move("counsellor", Status.BOOKED, (-4, "11:00"), note="Ms Ito. I can walk there with you."),
            Move("doctor", Status.BOOKED, (2, "09:40"), note="Dr Baker. Bring the list of what you take."),
        ),
        scene(
            21,
            "13:20",
            CLIENT,
            WriteGoal("morning", "Get up and shower before 10.", "Then the day has a start.", "home", 7, 3),
            AddStep("morning", "Put the clock across the room", due=-18, key="clock"),
            AddStrength(Tense.NOW, "people", "Ana never gives up on me.", StrengthKind.PERSON),
        ),
        scene(
            20,
            "09:50",
            "marcus",
            Thanks(),
            AddStep("morning", "Call Tom at 9:30 on work days", "marcus", 2, place=ResourceKind.FORMAL, staff=True),
            PutOnPlan(
                name="A call each work day", provider="Marcus Lee", often="work days", reason="Tom asked for it."
            ),
            OfferPlan("v1"),
        ),
        scene(20, "12:05", CLIENT, Tick("clock"), Agree("v1")),
        scene(20, "12:30", "marcus", Sign("v1")),
        scene(12, "17:50", "ana", SupporterSays("He isn’t eating. I left soup at his door and it is still there.")),
        scene(11, "08:55", "marcus", AnswerSupporter("ana", "Thank you, Ana. I got this and read it.")),
        scene(11, "09:35", "marcus", Say("Good morning, Tom. I am at the corner with two sandwiches. Walk with me?")),
        scene(11, "09:58", CLIENT, Say("ok. ten minutes")),
        scene(11, "10:01", "marcus", Say("Here, by the bench.")),
        scene(
            10,
            "10:30",
            "marcus",
            Note(
                "Walked twenty minutes, ate half a sandwich. Talked about his garage band. Call Dr Baker about sleep."
            ),
            SuggestStrength("band", Tense.PAST, "fun", "Played bass in a garage band", StrengthKind.INTEREST),
        ),
        scene(3, "16:05", CLIENT, Tell("counsellor", Report.WENT, note="It was all right. She did not push.")),
        scene(2, "23:10", CLIENT, Say("Cannot sleep again. Do I still take the white one on Sunday?")),
        scene(1, "18:30", "ana", SupporterSays("He picked up the phone today. Thank you for not letting go.")),
    ),
)

_ANGELA = Client(
    key="angela",
    name="Angela Brightwater",
    profile="intensive",
    worker="marcus",
    opened=64,
    contacts=(phone("(555) 555-0177"),),
    scenes=(
        scene(
            63, "14:00", CLIENT, WriteGoal("keys", "My own front door, with my own key.", area="home", importance=10)
        ),
        scene(
            62, "10:00", "marcus", Thanks("keys"), Offer("lease", "A lease of your own", "A home", led_by=LedBy.WARM)
        ),
        scene(62, "15:30", CLIENT, Accept("lease")),
        scene(60, "09:30", CLIENT, Tell("lease", Report.WAITLIST, note="Eight weeks, they think.")),
        scene(58, "11:10", "marcus", Move("lease", Status.WAITLISTED)),
        scene(9, "12:40", CLIENT, Say("Is there any news about the flat?")),
    ),
)

_KEVIN = Client(
    key="kevin",
    name="Kevin O’Donoghue",
    profile="intensive",
    worker="marcus",
    opened=110,
    contacts=(phone("(555) 555-0178", safe=False),),
    scenes=(
        scene(
            108,
            "13:00",
            CLIENT,
            WriteGoal("dog", "A place that lets me keep my dog.", "Biscuit got me through.", "home", 10, 4),
        ),
        scene(
            107,
            "09:00",
            "marcus",
            Thanks("dog"),
            AddStep("dog", "Ask three landlords about dogs", "marcus", -20, staff=True),
        ),
        scene(
            105,
            "16:00",
            CLIENT,
            AddStep("dog", "Get a letter from the vet", due=-30, key="vet"),
            AddStrength(Tense.NOW, "people", "Biscuit, nine years, never barked at a child.", StrengthKind.PERSON),
        ),
        scene(40, "10:20", CLIENT, Tick("vet"), Say("Got the letter from the vet. She wrote half a page!")),
        scene(40, "15:00", "marcus", Thanks(), Say("Half a page! I will put it with every form we send.")),
        scene(39, "09:10", CLIENT, Reads()),
    ),
)

_ESPERANZA = Client(
    key="esperanza",
    name="Esperanza Quiñones",
    profile="intensive",
    worker="marcus",
    opened=35,
    language="es",
    contacts=(phone("(555) 555-0179"), email("esperanza.q@mail.example.org", safe=False)),
    scenes=(
        scene(
            34,
            "10:15",
            CLIENT,
            WriteGoal(
                "hijos",
                "Que mis hijos duerman el sábado en mi casa.",
                "Quiero verlos despertar.",
                "people",
                10,
                5,
                seen_by=Visibility.WORKER,
            ),
            AddStep("hijos", "Preparar las camas con mi comadre Toña", due=-2, place=ResourceKind.NATURAL),
        ),
        scene(
            33,
            "11:00",
            "marcus",
            Thanks("hijos"),
            Offer("refugio", "Refugio para familias", "Un lugar tranquilo", led_by=LedBy.WARM),
        ),
        scene(33, "17:20", CLIENT, Accept("refugio")),
        scene(30, "12:00", "marcus", Move("refugio", Status.STARTED), Looks("referrals.index")),
        scene(4, "20:45", CLIENT, Say("¿El viernes puedo llegar con los niños a las cinco?")),
    ),
)

CLIENTS = (_TOM, _ANGELA, _KEVIN, _ESPERANZA)
