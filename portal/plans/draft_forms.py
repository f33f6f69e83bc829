"""The forms of the plan that is being written: its short facts, what is said in it, and services."""

from typing import Any

from portal import i18n
from portal.i18n import _l
from portal.plans.commands import Said, ServiceParts
from portal.plans.models import (
    Frame,
    Interval,
    ItemKind,
    LedBy,
    NeedKind,
    PlanFormat,
    PlanItem,
    ResourceKind,
    ServiceLine,
    Source,
    Unit,
)
from portal.web.edit_forms import EditForm
from portal.web.forms import ChoiceField, DayField, LongTextField, ManyField, TextField

#: Letters somebody may write in one box of a plan.
MOST_LETTERS = 1000
_YES_NO = [("yes", _l("Yes")), ("no", _l("No"))]


class FrameForm(EditForm):
    """The short facts of a plan: who led, when and where, in what form, who watches over it."""

    led_by = ChoiceField(_l("Who led the talk?"), choices=[(who.value, who.label) for who in LedBy])
    met_on = DayField(_l("On which day?"))
    met_where = TextField(_l("Where was it?"))
    suited = ChoiceField(_l("Did the time and place suit the client?"), choices=_YES_NO)
    language = ChoiceField(_l("Language of the plan"))
    formats = ManyField(_l("How the client wants the plan"), choices=[(form.value, form.label) for form in PlanFormat])
    monitor_name = TextField(_l("Who watches over the plan?"), most=120)
    monitor_phone = TextField(_l("Their phone"), most=40)

    def offer(self, languages: tuple[str, ...]) -> "FrameForm":
        """Offer the languages that the portal speaks."""
        self.language.choices = [(code, i18n.own_name(code)) for code in languages]
        return self

    def says(self, row: Any) -> dict[str, Any]:
        """The facts as they stand; `row` is the case, whose plan they are of."""
        del row
        frame = self.frame_now
        return {
            "led_by": frame.led_by,
            "met_on": frame.met,
            "met_where": frame.met_where,
            "suited": frame.suited,
            "language": frame.language,
            "formats": list(frame.formats),
            "monitor_name": frame.monitor_name,
            "monitor_phone": frame.monitor_phone,
        }

    #: What stands now, told by the view before `edits`.
    frame_now = Frame()

    def frame(self) -> Frame:
        """The facts as they were filled in."""
        day = self.met_on.day
        return Frame(
            led_by=self.led_by.data or LedBy.CLIENT.value,
            met_on=day.isoformat() if day else "",
            met_where=self.met_where.data or "",
            suited=self.suited.data or "",
            language=self.language.data or "",
            formats=tuple(sorted(self.formats.data or ())),
            monitor_name=self.monitor_name.data or "",
            monitor_phone=self.monitor_phone.data or "",
        )


class ItemForm(EditForm):
    """Something said in a plan. Which boxes are shown goes by its kind."""

    need = ChoiceField(_l("What is it about?"), choices=[(kind.value, kind.label) for kind in NeedKind])
    words = LongTextField(_l("In your own words"), most=MOST_LETTERS)
    more = LongTextField(_l("What helps"), most=MOST_LETTERS)
    source = ChoiceField(
        _l("Where does this come from?"),
        choices=[(source.value, source.label) for source in Source],
        default=Source.SELF.value,
    )

    def says(self, row: PlanItem) -> dict[str, Any]:
        """The item as it stands."""
        need = row.need.value if row.need else None
        return {"need": need, "words": row.words, "more": row.more, "source": row.source.value}

    def said(self, kind: ItemKind) -> Said:
        """What was filled in, as the commands take it."""
        need = NeedKind(self.need.data) if self.need.data and kind is ItemKind.NEED else None
        source = Source(self.source.data or Source.SELF)
        return Said(self.words.data or "", self.more.data or "", need, source)


class ServiceForm(EditForm):
    """A service or support on the plan."""

    name = TextField(_l("Service or support"), required=_l("Write what it is."))
    provider = TextField(_l("Who gives it"))
    resource_kind = ChoiceField(
        _l("What kind of help it is"),
        choices=[(kind.value, kind.label) for kind in ResourceKind if kind is not ResourceKind.NONE],
        default=ResourceKind.FORMAL.value,
    )
    unpaid_relationship = TextField(_l("If it is unpaid: who they are to the client"))
    frequency = TextField(_l("How often"))
    quantity = TextField(_l("How many"), most=4)
    unit = ChoiceField(_l("Counted in"), choices=[(unit.value, unit.label) for unit in Unit])
    interval = ChoiceField(_l("In how much time"), choices=[(each.value, each.label) for each in Interval])
    until_on = DayField(_l("Last day, if there is one"))
    self_directed = ManyField(
        _l("Who directs it"), choices=[("yes", _l("The client chooses who gives it, and how"))]
    )  # fmt: skip
    reason = LongTextField(_l("Why it was suggested"), most=MOST_LETTERS)
    reason_source = TextField(_l("Where that comes from"), most=300)

    def says(self, row: ServiceLine) -> dict[str, Any]:
        """The line as it stands."""
        return {
            "name": row.name,
            "provider": row.provider,
            "resource_kind": row.resource_kind.value,
            "unpaid_relationship": row.unpaid_relationship,
            "frequency": row.frequency,
            "quantity": str(row.quantity or ""),
            "unit": row.unit.value if row.unit else None,
            "interval": row.interval.value if row.interval else None,
            "until_on": row.until_on,
            "self_directed": ["yes"] if row.self_directed else [],
            "reason": row.reason,
            "reason_source": row.reason_source or "",
        }

    def parts(self) -> ServiceParts:
        """The service as the commands take it, besides its name."""
        typed = self.quantity.data or ""
        return {
            "provider": self.provider.data or "",
            "unpaid_relationship": self.unpaid_relationship.data or "",
            "frequency": self.frequency.data or "",
            "quantity": int(typed) if typed.isdecimal() else None,
            "unit": Unit(self.unit.data) if self.unit.data else None,
            "interval": Interval(self.interval.data) if self.interval.data else None,
            "reason": self.reason.data or "",
            "reason_source": self.reason_source.data or "",
            "resource_kind": ResourceKind(self.resource_kind.data or ResourceKind.FORMAL),
            "self_directed": bool(self.self_directed.data),
            "until_on": self.until_on.day,
        }
