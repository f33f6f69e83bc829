"""Clients of the team of ten: whoever is on answers."""

from portal.cases.sharing import Shared
from portal.demo.acts import (
    AcceptStrength,
    AddStep,
    AddStrength,
    Agree,
    ChangeGoal,
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
    Suggests,
    SuggestStrength,
    Thanks,
    Tick,
    WriteGoal,
)
from portal.demo.people import phone
from portal.demo.scenes import CLIENT, Client, scene
from portal.i18n import _l
from portal.plans.models import ResourceKind
from portal.referrals.models import LedBy, Status
from portal.strengths.models import StrengthKind, Tense

_SAM = Client(
    key="sam",
    name="Sam Whitlock",
    profile="act",
    worker="gabriel",
    team="sunrise",
    opened=210,
    wish="I do not want one person. I want whoever is awake.",
    reason="Four hospital stays last year. A team that comes to Sam, day and night.",
    contacts=(phone("(555) 555-0186"),),
    note=_l("Assertive community treatment. Ten people answer; one message waits."),
    scenes=(
        scene(205, "14:00", CLIENT, WriteGoal("sea", "See the sea.", area="fun", importance=10, confidence=3)),
        scene(204, "09:00", "gabriel", Suggests("sea", "Take a trip to the coast with the team this summer.")),
        scene(200, "15:00", CLIENT, ChangeGoal("sea", "See the sea. Put my feet in.")),
        scene(
            190,
            "10:00",
            "carmen",
            Thanks(),
            AddStep("sea", "Find out what the bus costs", "carmen", -150, "bus", ResourceKind.FORMAL, staff=True),
        ),
        scene(
            180,
            "11:00",
            "gabriel",
            PutOnPlan(name="Someone of the team each day", provider="Sunrise team", often="every day"),
            PutOnPlan(name="Medicine at home", provider="Jo Fisher, nurse", often="Mondays and Thursdays"),
            OfferPlan("v1"),
        ),
        scene(179, "16:30", CLIENT, Agree("v1")),
        scene(178, "09:15", "gabriel", Sign("v1")),
        scene(
            150,
            "13:00",
            "carmen",
            Tick("bus"),
            SuggestStrength("maps", Tense.NOW, "fun", "Knows every bus line by heart", StrengthKind.SKILL),
        ),
        scene(
            149, "12:00", CLIENT, AcceptStrength("maps"), AddStep("sea", "Save two dollars a week in the jar", due=10)
        ),
        scene(6, "10:02", CLIENT, Say("need meds")),
        scene(6, "10:42", "jo", Say("Jo here. I have them in my bag. With you at noon, and I bring the good coffee.")),
        scene(6, "10:50", CLIENT, Reads(), Say("ok jo")),
        scene(
            5,
            "08:40",
            "winston",
            Looks("messages.thread"),
            Note("Seen at home, cheerful, showed me the jar: 38 dollars."),
        ),
        scene(
            3,
            "15:20",
            "hana",
            Looks("plans.plan"),
            Say("Sam, Hana here. The coast bus has a half-price day in spring!"),
        ),
        scene(0, 95, CLIENT, Reads(), Say("which day")),
    ),
)

_BETTINA = Client(
    key="bettina",
    name="Bettina Kraus",
    profile="act",
    worker="aisha",
    team="sunrise",
    opened=330,
    contacts=(phone("(555) 555-0187", safe=False),),
    scenes=(
        scene(320, "10:00", CLIENT, WriteGoal("paint", "Paint the kitchen yellow.", area="home")),
        scene(319, "09:00", "aisha", Thanks()),
        scene(60, "11:00", "leo", Looks("staff.client"), Note("We painted one wall. It is very yellow.")),
        scene(2, "13:10", CLIENT, Say("Can Leo come again on Friday? I have a second tin.")),
        scene(2, "13:55", "leo", Say("Leo is there on Friday at ten, in old trousers.")),
    ),
)

_LUTHER = Client(
    key="luther",
    name="Luther Hayes",
    profile="act",
    worker="patrick",
    team="sunrise",
    opened=95,
    scenes=(
        scene(93, "10:00", "patrick", Offer("club", "Clubhouse day", "Company in the daytime", led_by=LedBy.STAFF)),
        scene(93, "10:40", CLIENT, SignAndAccept("club", "So that they know I come", (Shared.CONTACT,), 80)),
        scene(92, "11:00", "patrick", Move("club", Status.SENT), Move("club", Status.STARTED)),
        scene(
            50,
            "16:00",
            CLIENT,
            AddStrength(Tense.NOW, "work_learning", "I keep the clubhouse plants alive.", StrengthKind.SKILL),
        ),
        scene(49, "09:00", "mei", Thanks()),
    ),
)

_MINA = Client(
    key="mina",
    name="Mina Farrokhzad",
    profile="act",
    worker="bea",
    team="sunrise",
    opened=20,
    contacts=(phone("(555) 555-0188"),),
    scenes=(
        scene(
            18, "12:00", CLIENT, WriteGoal("poems", "Read my poems to somebody who is not a doctor.", area="meaning")
        ),
        scene(16, "09:00", "bea", Thanks()),
        scene(4, "09:30", CLIENT, Say("I wrote a new one last night. Who wants to hear it?")),
        scene(4, "10:05", "bea", Say("I do! I have half an hour at two. Tea at yours?")),
    ),
)

CLIENTS = (_SAM, _BETTINA, _LUTHER, _MINA)
