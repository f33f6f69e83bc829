"""What one looks for, and what one asks."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from wtforms import BooleanField, HiddenField

from portal import i18n
from portal.directory.search import Query
from portal.i18n import _, _l
from portal.web.forms import ChoiceField, LongTextField, ManyField, PortalForm, TextField

#: Where to look, by distance in miles from the middle of the town or postal code.
WHERE = (
    ("2", _l("Within 2 miles")),
    ("5", _l("Within 5 miles")),
    ("10", _l("Within 10 miles")),
    ("25", _l("Within 25 miles")),
    ("50", _l("Within 50 miles")),
    ("serves", _l("Anywhere, if they help people from there")),
)
WHEN = (
    ("", _l("Any time")),
    ("now", _l("Open now")),
    ("evenings", _l("Open in the evening")),
    ("weekends", _l("Open at the weekend")),
)
AUDIENCES = (
    ("", _l("Anyone")),
    ("children", _l("Children")),
    ("young", _l("Young people")),
    ("older", _l("Older people")),
    ("families", _l("Families")),
    ("women", _l("Women")),
    ("men", _l("Men")),
    ("lgbtq", _l("LGBTQ+ people")),
    ("veterans", _l("Veterans")),
    ("immigrants", _l("Immigrants and refugees")),
    ("disability", _l("People with a disability")),
    ("homeless", _l("People without a home")),
    ("prison", _l("People coming home from prison")),
)
ORDER = (("", _l("Best match first")), ("nearest", _l("Nearest first")))
#: The choices beside words and place, as the form names them.
CHOICES = ("where", "when", "language", "audience", "age", "order", "free", "wheelchair", "no_papers")


def page_number(text: str | None) -> int:
    """The page an address or a form names; the first for anything odd."""
    return max(1, int(text)) if text and text.isdecimal() and len(text) <= 3 else 1


def term_id(text: str | None) -> UUID | None:
    """The category an address or a form names, or none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def term_ids(texts: Iterable[str]) -> list[UUID]:
    """The ids an address names, each once; odd ones are left out."""
    return list(dict.fromkeys(found for text in texts if (found := term_id(text)) is not None))


class SearchForm(PortalForm):
    """Words, a town and what else matters. It is sent, not put in the address: visited pages may be read by others."""

    words = TextField(_l("What do you need?"), most=200)
    place = TextField(_l("Town or ZIP code"), most=100)
    where = ChoiceField(_l("How far"), choices=WHERE, default="10")
    when = ChoiceField(_l("When"), choices=WHEN, default="")
    language = ChoiceField(_l("They speak"), choices=[("", _l("Any language"))], default="")
    audience = ChoiceField(_l("For whom"), choices=AUDIENCES, default="")
    age = TextField(_l("Age of who needs it"), most=3)
    order = ChoiceField(_l("Order"), choices=ORDER, default="")
    free = BooleanField(_l("Free only"))
    wheelchair = BooleanField(_l("Wheelchair gets in"))
    no_papers = BooleanField(_l("No papers to bring"))
    category = HiddenField()
    page = HiddenField()

    def offer(self, languages: Sequence[str]) -> None:
        """Offer the languages that some place speaks."""
        known = i18n.locale().languages
        named = sorted((known.get(code, code), code) for code in languages if code in known)
        self.language.choices = [
            ("", _("Any language")),
            *((code, name[:1].upper() + name[1:]) for name, code in named),
        ]

    @property
    def has_choices(self) -> bool:
        """Whether anything was chosen beside words and place."""
        return any(self[name].data not in {"", None, False, "10"} for name in CHOICES)

    def query(self) -> Query | None:
        """What is looked for, or none if nothing was said."""
        words, place, category = self.words.data or "", self.place.data or "", term_id(self.category.data)
        if not (words or place or category or self.has_choices):
            return None
        where, age = self.where.data or "10", self.age.data or ""
        return Query(
            words=words,
            place=place,
            category=category,
            miles=float(where) if where.isdecimal() else None,
            serves=where == "serves",
            open_now=self.when.data == "now",
            evenings=self.when.data == "evenings",
            weekends=self.when.data == "weekends",
            language=self.language.data or "",
            audience=self.audience.data or "",
            age=int(age) if age.isdecimal() else None,
            nearest=self.order.data == "nearest",
            free=bool(self.free.data),
            wheelchair=bool(self.wheelchair.data),
            no_papers=bool(self.no_papers.data),
            page=page_number(self.page.data),
        )

    def carried(self, **other: Any) -> dict[str, Any]:
        """Everything that was asked, to be sent again with something changed."""
        said = {"words": self.words.data, "place": self.place.data, "category": self.category.data}
        said |= {name: "y" if self[name].data is True else self[name].data for name in CHOICES}
        return {name: value for name, value in (said | other).items() if value not in {"", None, False}}

    def wider(self, query: Query) -> dict[str, Any]:
        """What to send for a query that leaves out some of what was asked."""
        where = "serves" if query.serves else str(int(query.miles)) if query.miles is not None else "10"
        when = "now" if query.open_now else "evenings" if query.evenings else "weekends" if query.weekends else ""
        return self.carried(
            words=query.words, place=query.place, category=query.category or "", where=where, when=when,
            language=query.language or "", audience=query.audience, age="" if query.age is None else str(query.age),
            free="y" if query.free else "", wheelchair="y" if query.wheelchair else "",
            no_papers="y" if query.no_papers else "",
        )  # fmt: skip


class CompareForm(PortalForm):
    """Two or three places to put side by side, or some to take along on paper."""

    service = ManyField(_l("Which places?"))

    def offer(self, named: Iterable[tuple[str, str]]) -> None:
        """Offer these places."""
        self.service.choices = list(named)


class AskForm(PortalForm):
    """A question to staff about a place, or for one."""

    words = LongTextField(_l("What do you want to know?"), most=1000)
