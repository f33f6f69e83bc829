"""The forms of goals, steps and the plan: one for each task."""

from collections.abc import Sequence
from typing import Any, Self
from uuid import UUID

from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than the published types

from portal.cases.areas import Areas
from portal.i18n import _, _l
from portal.plans.commands import GoalParts
from portal.plans.models import (
    FILL_ORDER,
    PARTS_OF_TEN,
    Doer,
    DoerKind,
    Goal,
    GoalLadder,
    Lifecycle,
    Link,
    LinkKind,
    Mark,
    Progress,
    RatedBy,
    ResourceKind,
    Step,
    Visibility,
)
from portal.plans.queries import DoerChoice
from portal.plans.things import Thing
from portal.web.edit_forms import EditForm
from portal.web.forms import ChoiceField, DayField, LongTextField, PortalForm, TextField

#: Letters a goal may have: long enough for a story, short enough for a page.
MOST_LETTERS = 1000
_OUT_OF_TEN = [(str(number), str(number)) for number in PARTS_OF_TEN]
_WORDS_MISSING = _l("Write what you want, in your own words.")
TOLD, IDEA = "told", "idea"


class _Sorted:
    """Something that goes to a part of life."""

    area: Any = ChoiceField(_l("Which part of your life is it about?"))

    def offer(self, areas: Areas, held: str = "") -> Self:
        """Offer these parts of life, and the one it is held in."""
        self.area.choices = [SelectChoice(key, label) for key, label in areas.choices(held)]
        return self


class GoalForm(_Sorted, EditForm):
    """A client's goal: the words, and whatever more they care to say."""

    words = LongTextField(_l("What do you want?"), most=MOST_LETTERS, required=_WORDS_MISSING)
    why_it_matters = LongTextField(_l("Why does it matter to you?"), most=MOST_LETTERS)
    importance = ChoiceField(_l("How much does it matter, from 1 to 10?"), choices=_OUT_OF_TEN)
    confidence = ChoiceField(_l("How sure are you that you can do it, from 1 to 10?"), choices=_OUT_OF_TEN)
    barriers = LongTextField(_l("What gets in the way?"), most=MOST_LETTERS)
    target_on = DayField(_l("Is there a day you aim for?"))
    visibility = ChoiceField(
        _l("Who can see this goal?"),
        choices=[(choice.value, choice.label) for choice in Visibility],
        default=Visibility.WORKER.value,
    )

    def says(self, row: Goal) -> dict[str, Any]:
        """The goal as it stands. A client may have it open on two screens."""
        return {
            "words": row.words,
            "why_it_matters": row.why_it_matters,
            "importance": _digits(row.importance),
            "confidence": _digits(row.confidence),
            "area": row.area,
            "barriers": row.barriers,
            "target_on": row.target_on,
            "visibility": row.visibility.value,
        }

    def parts(self) -> GoalParts:
        """What the client said besides the words."""
        return GoalParts(
            why_it_matters=self.why_it_matters.data or "",
            importance=_number(self.importance.data),
            confidence=_number(self.confidence.data),
            area=self.area.data or "",
            barriers=self.barriers.data or "",
            target_on=self.target_on.day,
            visibility=Visibility(self.visibility.data or Visibility.WORKER),
        )


class AddGoalForm(_Sorted, PortalForm):
    """A goal that staff write down: the client's words, or an idea of their own."""

    words = LongTextField(_l("The goal, in the client's words"), most=MOST_LETTERS, required=_l("Write the goal."))
    whose = ChoiceField(
        _l("Whose words are these?"),
        choices=[
            (TOLD, _l("The client told me. These are their words.")),
            (IDEA, _l("It is my idea. The client decides.")),
        ],
        required=_l("Say whose words these are."),
    )
    why_it_matters = LongTextField(_l("Why it matters to the client"), most=MOST_LETTERS)
    area = ChoiceField(_l("Part of life"))
    target_on = DayField(_l("Day to aim for"))

    def parts(self) -> GoalParts:
        """What was said besides the words."""
        return GoalParts(
            why_it_matters=self.why_it_matters.data or "", area=self.area.data or "", target_on=self.target_on.day
        )


class SuggestForm(PortalForm):
    """Words that somebody suggests."""

    words = LongTextField(_l("Your idea"), most=MOST_LETTERS, required=_l("Write your idea."))


class MarkForm(PortalForm):
    """Whose goal it is, as one side sees it."""

    mark = ChoiceField(_l("How do you see this goal?"), required=_l("Choose one of these."))

    def offer(self, reader: str, held: Mark | None) -> Self:
        """Offer the marks in words for this reader, the one they gave before chosen."""
        own = reader == "client"
        self.mark.choices = [SelectChoice(m.value, m.label_for(RatedBy.CLIENT, to_client=own)) for m in Mark]
        if not self.is_submitted():
            self.mark.data = held.value if held else None
        return self


class LetGoForm(PortalForm):
    """Letting a goal go, or saying that it became another."""

    what = ChoiceField(
        _l("What happened with this goal?"),
        choices=[
            (Lifecycle.LET_GO.value, _l("I let it go")),
            (Lifecycle.CHANGED.value, _l("It turned into another goal")),
        ],
        required=_l("Choose one of these."),
    )
    because = LongTextField(_l("Do you want to say why?"), most=MOST_LETTERS)


class SummaryForm(EditForm):
    """Staff's short version of a goal."""

    text = LongTextField(_l("Short version in plain words"), most=MOST_LETTERS)

    def says(self, row: Goal) -> dict[str, Any]:
        """The short version as it stands."""
        return {"text": row.plain_summary}


class LadderForm(PortalForm):
    """The rungs, in the order in which they are filled."""

    hoped = LongTextField(GoalLadder.meaning(0), most=300, required=_l("Write what you hope for."))
    now = LongTextField(GoalLadder.meaning(-1), most=300)
    better = LongTextField(GoalLadder.meaning(1), most=300)
    best = LongTextField(GoalLadder.meaning(2), most=300)
    worse = LongTextField(GoalLadder.meaning(-2), most=300)

    @property
    def rungs(self) -> list[Any]:
        """The fields in the order of filling."""
        return [self.hoped, self.now, self.better, self.best, self.worse]

    def texts(self) -> dict[int, str]:
        """The words by rung."""
        return {value: field.data or "" for value, field in zip(FILL_ORDER, self.rungs, strict=True)}


class RateForm(PortalForm):
    """How a goal is going, in a word and, where there is a ladder, on a rung. A supporter is asked for the rung."""

    progress = ChoiceField(_l("How is it going?"), choices=[(progress.value, progress.label) for progress in Progress])
    rung = ChoiceField(_l("Where on the ladder is it now?"))

    def offer(self, ladder: GoalLadder | None, *, words: bool = True) -> Self:
        """Offer the rungs that have words, and the words for how it goes to those who say it."""
        if not words:
            del self.progress
        self.rung.choices = [SelectChoice(str(value), text) for value, text in ladder.rungs] if ladder else []
        return self

    def values(self) -> dict[str, Any]:
        """What was chosen."""
        progress = self.progress.data if "progress" in self else None
        return {
            "progress": Progress(progress) if progress else None,
            "rung": int(self.rung.data) if self.rung.data else None,
        }


class StepForm(EditForm):
    """A small step: what, who, by when."""

    text = LongTextField(_l("What is the step?"), most=500, required=_l("Write the step."))
    doer = ChoiceField(_l("Who does it?"), required=_l("Choose who does it."))
    doer_name = TextField(_l("Their name, if it is someone else"), most=100)
    due_on = DayField(_l("By which day?"))
    link = ChoiceField(_l("Does it go with something you have?"))
    resource_kind = ChoiceField(
        _l("Does the step bring in a person or a place?"),
        choices=[(kind.value, kind.label) for kind in ResourceKind],
        default=ResourceKind.NONE.value,
    )
    note = LongTextField(_l("Anything to remember?"), most=MOST_LETTERS)

    def offer(self, helpers: Sequence[DoerChoice], things: Sequence[Thing], *, natural_first: bool) -> Self:
        """Offer these people and things. What is near to everyday life comes first where the model wants it so."""
        self.doer.choices = [SelectChoice(helper.value, helper.name) for helper in helpers]
        self._things = {_link_value(thing.link): thing for thing in _ordered(things, natural_first=natural_first)}
        listed = [SelectChoice(value, _said(thing)) for value, thing in self._things.items()]
        self.link.choices = [SelectChoice("", _("Nothing of these")), *listed] if listed else []
        kinds = list(ResourceKind) if natural_first else sorted(ResourceKind, key=lambda k: k is not ResourceKind.NONE)
        self.resource_kind.choices = [SelectChoice(kind.value, kind.label) for kind in kinds]
        return self

    def says(self, row: Step) -> dict[str, Any]:
        """The step as it stands."""
        person = f":{row.doer_person_id}" if row.doer_person_id else ""
        return {
            "text": row.text,
            "doer": f"{row.doer.value}{person}",
            "doer_name": row.doer_name,
            "due_on": row.due_on,
            "resource_kind": row.resource_kind.value,
            "note": row.note,
            "link": _link_value(row.link) if row.link else "",
        }

    def values(self) -> dict[str, Any]:
        """The step as the commands take it."""
        kind, _colon, person = (self.doer.data or "").partition(":")
        name = (self.doer_name.data or "") if kind == DoerKind.OTHER else ""
        thing = self._things.get(self.link.data or "")
        near = ResourceKind(self.resource_kind.data or ResourceKind.NONE)
        return {
            "text": self.text.data or "",
            "doer": Doer(DoerKind(kind), UUID(person) if person else None, name),
            "due_on": self.due_on.day,
            "resource_kind": thing.nearness if thing is not None and near is ResourceKind.NONE else near,
            "note": self.note.data or "",
            "link": thing.link if thing is not None else None,
        }


def _digits(number: int | None) -> str:
    return "" if number is None else str(number)


def _said(thing: Thing) -> str:
    """What a thing is, and its own words."""
    match thing.link.kind:
        case LinkKind.STRENGTH:
            return _("A strength: %(words)s", words=thing.words)
        case LinkKind.REFERRAL:
            return _("A place: %(words)s", words=thing.words)
        case LinkKind.PLACE:
            return _("A saved place: %(words)s", words=thing.words)


def _link_value(link: Link) -> str:
    return f"{link.kind.value}:{link.id}"


def _ordered(things: Sequence[Thing], *, natural_first: bool) -> list[Thing]:
    """As they come; where natural resources go first, those that are one, then strengths, then places."""
    near = [ResourceKind.NATURAL, ResourceKind.SEMI_FORMAL, ResourceKind.NONE, ResourceKind.FORMAL]
    return sorted(things, key=lambda thing: near.index(thing.nearness)) if natural_first else list(things)


def _number(text: str | None) -> int | None:
    return int(text) if text else None
