"""Clients who use the portal in Arabic or Spanish."""

from portal.demo.acts import (
    Accept,
    AddStep,
    AddStrength,
    AskPlace,
    Comments,
    Invite,
    Looks,
    Move,
    Offer,
    RateGoal,
    Reads,
    SavePlace,
    Say,
    SignAndAccept,
    TakeBack,
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

_LAYLA = Client(
    key="layla",
    name="ليلى منصور",
    profile="strengths",
    worker="priya",
    opened=40,
    language="ar",
    wish="أريد أن أتعلم بهدوء، ومع نساء أخريات.",
    reason="Layla sews beautifully and wants company and English. An interpreter joins visits.",
    contacts=(phone("(555) 555-0195"), email("layla.mansour@mail.example.org", safe=False)),
    helpers=(
        Supporter(
            key="huda",
            name="هدى منصور",
            relation="أختي",
            powers=frozenset({Power.SEE_NEXT, Power.SEE_GOALS, Power.CHEER, Power.MY_STEPS, Power.SUGGEST}),
            language="ar",
            note=_l("Layla’s sister. Her pages are in Arabic, too."),
        ),
    ),
    note=_l("Strengths-based, in Arabic: pages run from right to left."),
    scenes=(
        scene(
            39,
            "17:40",
            CLIENT,
            AddStrength(Tense.WANT, "people", "أريد صديقة أشرب معها الشاي.", key="tea"),
            AddStrength(Tense.NOW, "work_learning", "أخيط أي فستان من صورة فقط.", StrengthKind.SKILL, shared=True),
            AddStrength(
                Tense.PAST, "work_learning", "كان عندي محل خياطة في حلب لمدة 12 سنة.", StrengthKind.PAST_SUCCESS
            ),
            WriteGoal(
                "english",
                "أن أتكلم مع معلمة ابني بدون مترجم.",
                "أريد أن أفهم كل ما تقوله عنه.",
                "work_learning",
                10,
                5,
                seen_by=Visibility.WORKER_AND_SUPPORTERS,
            ),
            Invite("huda"),
        ),
        scene(
            38,
            "10:20",
            "priya",
            Thanks(),
            Offer("classes", "English classes, day and evening", "English", "The day class has child care."),
            Offer("sewing", "Sewing and tea circle for women", "Company", "Women who sew and drink tea. You know how."),
            AddStep("english", "Sit in on one class", key="one_class", due=-28),
        ),
        scene(37, "18:05", CLIENT, Accept("classes", "sewing")),
        scene(30, "19:00", CLIENT, Tell("sewing", Report.GOT_HELP, note="ضحكنا كثيراً. سأعود يوم الثلاثاء.")),
        scene(
            27, "13:00", CLIENT, Tick("one_class"), Tell("classes", Report.WENT), RateGoal("english", Progress.MOVING)
        ),
        scene(
            26,
            "09:30",
            "priya",
            Looks("referrals.index"),
            Say("Layla, what good news. Your teacher says you asked the first question!"),
        ),
        scene(26, "16:10", CLIENT, Reads(), Say("شكراً يا بريا. كنت خائفة، ولكنني سألت.")),
        scene(25, "09:00", "priya", Say("شكراً لكِ.")),
        scene(8, "18:30", CLIENT, Reads(), SavePlace("Story time in two languages")),
        scene(5, "20:20", CLIENT, Say("هل توجد حضانة قريبة من المدرسة؟ ابني الصغير عمره ثلاث سنوات.")),
    ),
)

_YUSUF = Client(
    key="yusuf",
    name="يوسف الأحمد",
    profile="brokerage",
    worker="dana",
    opened=21,
    language="ar",
    contacts=(phone("(555) 555-0196"),),
    scenes=(
        scene(
            20,
            "11:00",
            "dana",
            Offer("guide", "Refugee family guide", "Papers and school", led_by=LedBy.STAFF, first=True),
            Offer("football", "Young newcomers' football and homework", "For his two sons", first=True),
        ),
        scene(20, "11:30", CLIENT, SignAndAccept("guide", "حتى يساعدونا في الأوراق", until=70), Accept("football")),
        scene(19, "09:30", "dana", Move("guide", Status.SENT), Move("guide", Status.BOOKED, (1, "13:00"))),
        scene(
            18,
            "21:00",
            CLIENT,
            WriteGoal("taxi", "أن أقود سيارة أجرة مثلما كنت أعمل في بلدي.", area="work_learning", importance=8),
        ),
        scene(17, "09:00", "dana", Thanks()),
        scene(12, "16:30", CLIENT, Tell("football", Report.GOT_HELP, note="أولادي سعداء جداً.")),
        scene(3, "12:00", CLIENT, AskPlace("أبحث عن طبيب أسنان لا يكلف كثيراً.")),
    ),
)

_LUZ = Client(
    key="luz",
    name="Luz Marina Ospina",
    profile="brokerage",
    worker="dana",
    opened=33,
    language="es",
    contacts=(phone("(555) 555-0197"),),
    scenes=(
        scene(
            32,
            "09:30",
            "dana",
            Offer("medicina", "Medicina familiar", "Un médico de cabecera", first=True),
            Offer("dentista", "Dentista comunitario", "Una muela que duele", first=True),
        ),
        scene(
            32,
            "13:15",
            CLIENT,
            Accept("medicina", "dentista"),
            WriteGoal("negocio", "Vender mis arepas en el mercado, con permiso.", "Ya tengo clientas.", "money", 9, 7),
        ),
        scene(31, "10:00", "dana", Comments("negocio", "¡Qué buena idea! Le busco el círculo de pequeños negocios.")),
        scene(29, "10:00", CLIENT, Tell("medicina", Report.DATE, (-22, "08:30"))),
        scene(21, "17:00", CLIENT, Tell("medicina", Report.GOT_HELP)),
        scene(20, "11:57", CLIENT, Tell("dentista", Report.GOT_HELP)),
        scene(20, "11:58", CLIENT, TakeBack("dentista")),
        scene(20, "12:00", CLIENT, Tell("dentista", Report.CALLED, note="No contestan.")),
    ),
)

_MARIA = Client(
    key="maria",
    name="Maria Guadalupe Hernández-Villanueva de la Torre",
    profile="brokerage",
    worker="dana",
    opened=46,
    language="es",
    contacts=(email("mg.hernandez.villanueva.delatorre@mail.example.org"), phone("(555) 555-0198")),
    note=_l("Brokerage, in Spanish, with a long name."),
    scenes=(
        scene(
            45,
            "10:00",
            "dana",
            Offer("cobertura", "State health coverage", "Seguro médico", first=True),
            Offer("comida", "Despensa Mesa Compartida", "Comida para la semana", first=True),
        ),
        scene(
            45,
            "12:40",
            CLIENT,
            Accept("cobertura", "comida"),
            WriteGoal(
                "casa",
                "Que mi mamá pueda venir a vivir con nosotros antes de Navidad.",
                "Está sola desde que murió mi papá.",
                "people",
                10,
                6,
                "Falta un cuarto y un papel.",
            ),
        ),
        scene(
            44,
            "09:15",
            "dana",
            Thanks(),
            AddStep("casa", "Pedir cita en Puente Legal", "dana", -30, "cita", ResourceKind.FORMAL, staff=True),
        ),
        scene(40, "11:00", CLIENT, Tell("comida", Report.GOT_HELP, note="Muy amables. También dan pañales.")),
        scene(
            30,
            "10:00",
            "dana",
            Tick("cita"),
            Offer("puente", "Consulta de inmigración", "El papel de mamá", led_by=LedBy.STAFF),
        ),
        scene(29, "20:10", CLIENT, SignAndAccept("puente", "Para pedir el papel de mi mamá", until=60)),
        scene(
            28,
            "09:00",
            "dana",
            Move("puente", Status.SENT),
            Move("puente", Status.WAITLISTED, note="Unas cinco semanas."),
        ),
        scene(16, "18:50", CLIENT, Say("Buenas tardes, Dana. ¿Ya hay lugar en Puente Legal?")),
        scene(
            15,
            "09:40",
            "dana",
            Say("Buenos días, Maria. Todavía no; llamo otra vez el jueves y le escribo ese mismo día."),
        ),
    ),
)

CLIENTS = (_LAYLA, _YUSUF, _LUZ, _MARIA)
