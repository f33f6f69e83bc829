"""Clients who lead, beside Farah: one whom nobody may write to, and some who wait for an answer."""

from portal.demo.acts import (
    Accept,
    AddStep,
    AddStrength,
    EndHelp,
    Invite,
    Looks,
    Matters,
    Note,
    Offer,
    PauseHelp,
    RateGoal,
    Reads,
    Say,
    SetAside,
    Suggests,
    SuggestStrength,
    Tell,
    Thanks,
    Tick,
    WriteGoal,
)
from portal.demo.people import Supporter, email, phone
from portal.demo.scenes import CLIENT, Client, scene
from portal.i18n import _l
from portal.plans.models import Progress, ResourceKind, Visibility
from portal.referrals.models import LedBy, Report
from portal.roles import Power
from portal.strengths.models import StrengthKind, Tense

_IVY = Client(
    key="ivy",
    name="Ivy Sinclair",
    profile="strengths",
    worker="priya",
    opened=18,
    wish="No texts, no email. I will sign in at the library.",
    reason="Ivy reads her pages where it is safe. Nothing is ever sent to her.",
    helpers=(
        Supporter(
            key="nora",
            name="Nora Sinclair",
            relation="my mother",
            powers=frozenset({Power.SEE_NEXT, Power.SEE_GOALS, Power.CHEER}),
            note=_l("Ivy’s mother. Ivy has ended what she could see: her page gives no reason."),
        ),
    ),
    note=_l("Strengths-based. No phone and no email that is safe: nothing is sent, ever."),
    scenes=(
        scene(
            18,
            "11:15",
            CLIENT,
            WriteGoal("quiet", "A quiet place of my own.", area="home", importance=10, confidence=4),
            Invite("nora"),
        ),
        scene(
            17,
            "10:30",
            "priya",
            Thanks(),
            Note("Signs in at the library on Tuesdays. Nothing by phone, nothing by mail."),
        ),
        scene(
            10,
            "16:40",
            CLIENT,
            EndHelp("nora"),
            WriteGoal("papers", "My papers in a safe place.", area="home", seen_by=Visibility.PRIVATE),
            AddStrength(Tense.NOW, "meaning", "I keep going. I always did.", StrengthKind.VALUE),
        ),
        scene(
            4,
            "10:00",
            "priya",
            Offer(
                "law",
                "Family and safety law for survivors",
                "A lawyer to ask",
                "You can say no and still get our help.",
                LedBy.STAFF,
            ),
        ),
        scene(
            4,
            "10:10",
            "priya",
            Thanks(),
            Say("I am at the library on Tuesday from ten, at the big table by the plants."),
        ),
    ),
)

_JOAQUIN = Client(
    key="joaquin",
    name="Joaquín Eduardo Morales Castañeda",
    profile="strengths",
    worker="priya",
    opened=51,
    language="es",
    contacts=(phone("(555) 555-0192"), email("joaquin.morales@mail.example.org")),
    helpers=(
        Supporter(
            key="lupita",
            name="Guadalupe Castañeda",
            relation="mi hermana",
            powers=frozenset({Power.SEE_GOALS, Power.CHEER, Power.SUGGEST, Power.MY_STEPS}),
            language="es",
            note=_l("Joaquín’s sister. Her access is on pause: her page only says “not available”."),
        ),
    ),
    note=_l("Strengths-based, in Spanish. A suggestion of his sister’s waits; her access is on pause."),
    scenes=(
        scene(
            50,
            "18:20",
            CLIENT,
            AddStrength(Tense.WANT, "fun", "Tocar la guitarra otra vez con mis amigos.", StrengthKind.INTEREST),
            AddStrength(
                Tense.PAST,
                "work_learning",
                "Quince años de carpintero. Hice el altar de San Isidro.",
                StrengthKind.PAST_SUCCESS,
            ),
            AddStrength(Tense.NOW, "meaning", "La fe de mi abuela.", StrengthKind.VALUE, shared=True),
            WriteGoal(
                "guitarra",
                "Tocar una canción entera en la fiesta de mi sobrina.",
                "Se lo prometí.",
                "fun",
                9,
                6,
                seen_by=Visibility.WORKER_AND_SUPPORTERS,
            ),
            Matters("Tocar la guitarra otra vez", "fun", "guitarra"),
            Invite("lupita"),
        ),
        scene(
            49,
            "11:00",
            "priya",
            Thanks(),
            AddStep(
                "guitarra", "Afinar la guitarra con el señor Beto", due=-35, key="afinar", place=ResourceKind.NATURAL
            ),
        ),
        scene(
            47,
            "20:00",
            "lupita",
            SuggestStrength(
                "paciencia", Tense.NOW, "people", "Tiene paciencia con todos mis niños", StrengthKind.SKILL
            ),
        ),
        scene(36, "19:10", CLIENT, Tick("afinar"), RateGoal("guitarra", Progress.MOVING)),
        scene(14, "18:00", CLIENT, PauseHelp("lupita")),
        scene(7, "19:30", CLIENT, Say("Ya me sé la primera parte. ¿Hay un lugar para ensayar sin molestar a nadie?")),
    ),
)

_RUTHANNE = Client(
    key="ruthanne",
    name="Ruth-Anne Blackwood",
    profile="strengths",
    worker="priya",
    opened=83,
    contacts=(phone("(555) 555-0193"),),
    scenes=(
        scene(
            80,
            "14:00",
            CLIENT,
            WriteGoal("garden", "Grow tomatoes where everyone can see them.", area="fun", importance=7),
            AddStrength(
                Tense.PAST,
                "fun",
                "Blue ribbon at the county fair, twice.",
                StrengthKind.PAST_SUCCESS,
            ),
        ),
        scene(79, "10:00", "priya", Thanks(), Offer("plot", "A plot of your own", "A bed for tomatoes")),
        scene(79, "17:00", CLIENT, Accept("plot")),
        scene(70, "09:00", CLIENT, Tell("plot", Report.GOT_HELP, note="Plot 14, by the tap!")),
        scene(20, "13:00", CLIENT, WriteGoal("fair", "I want to maybe show them at the fair", area="fun")),
        scene(19, "09:15", "priya", Suggests("fair", "Show my tomatoes at the county fair in August.")),
    ),
)

_NADIA = Client(
    key="nadia",
    name="Nadia Petrova",
    profile="strengths",
    worker="priya",
    opened=6,
    contacts=(email("nadia.p@mail.example.org"),),
    scenes=(
        scene(
            5,
            "20:15",
            CLIENT,
            WriteGoal(
                "degree",
                "Finish my nursing degree in this country.",
                "I was a ward sister for eleven years.",
                "work_learning",
                10,
                6,
            ),
            AddStrength(
                Tense.PAST, "work_learning", "Ward sister, eleven years, night shift.", StrengthKind.PAST_SUCCESS
            ),
            AddStrength(Tense.NOW, "people", "Three languages and a loud laugh.", StrengthKind.SKILL),
            Say("Hello Priya. I wrote my goal. Where do I bring my papers?"),
        ),
    ),
)

_HAROLD = Client(
    key="harold",
    name="Harold Jennings",
    profile="strengths",
    worker="priya",
    opened=120,
    contacts=(phone("(555) 555-0194"),),
    helpers=(
        Supporter(
            key="betty",
            name="Betty Jennings",
            relation="my wife",
            powers=frozenset({Power.SEE_NEXT, Power.SEE_GOALS, Power.CHEER, Power.MY_STEPS, Power.SEE_PLAN}),
        ),
    ),
    scenes=(
        scene(
            118,
            "10:30",
            CLIENT,
            WriteGoal(
                "walk",
                "Walk Betty to church.",
                "Fifty-one years, always on my arm.",
                "people",
                10,
                7,
                seen_by=Visibility.WORKER_AND_SUPPORTERS,
            ),
            Invite("betty"),
        ),
        scene(
            117,
            "10:00",
            "priya",
            Thanks(),
            AddStep("walk", "To the mailbox and back, each day", due=-90, key="mailbox"),
            AddStep("walk", "Slow walk by the river with the Headway Walkers", due=-2, place=ResourceKind.NATURAL),
        ),
        scene(91, "16:00", CLIENT, Tick("mailbox"), RateGoal("walk", Progress.MOVING)),
        scene(
            60,
            "10:00",
            "priya",
            SuggestStrength("humming", Tense.NOW, "fun", "Hums whole symphonies", StrengthKind.INTEREST),
        ),
        scene(
            58,
            "11:20",
            CLIENT,
            SetAside("humming"),
        ),
        scene(57, "09:00", "priya", Thanks(), Looks("strengths.sheet")),
        scene(
            26,
            "18:15",
            CLIENT,
            RateGoal("walk", Progress.KEEPING_IT_GOING),
            Say("We were late, but we walked in by the front door."),
        ),
        scene(25, "09:05", "priya", Say("By the front door! I read that twice.")),
        scene(24, "10:00", CLIENT, Reads()),
    ),
)

CLIENTS = (_IVY, _JOAQUIN, _RUTHANNE, _NADIA, _HAROLD)
