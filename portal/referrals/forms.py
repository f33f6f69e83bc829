"""The forms of referrals: a client's one question at a time, staff's offer and moves."""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import BooleanField, Field, HiddenField, StringField
from wtforms.validators import ValidationError

from portal import clock, i18n
from portal.cases.models import Case
from portal.cases.sharing import SHARED_LABELS, Shared
from portal.directory.search import Hit
from portal.i18n import _, _l
from portal.referrals.models import (
    CLIENT_REASONS,
    REASONS,
    STAFF_REASONS,
    LedBy,
    Rating,
    Referral,
    Report,
    Source,
    Status,
    Urgency,
    Way,
)
from portal.referrals.words import FACTS, LED_BY, RATINGS, SOURCES, URGENCIES
from portal.web.dates import read_time
from portal.web.forms import ChoiceField, DayField, LongTextField, ManyField, PortalForm, TextField, tidy
from portal.work import Refused

#: What needs no more than a tap.
TAPS = frozenset(
    {
        Report.CALLED, Report.THEY_SAID_YES, Report.WAITLIST, Report.WENT, Report.PAUSE, Report.GOT_HELP,
        Report.NO_THANKS, Report.HELP, Report.ANOTHER,
    }
)  # fmt: skip
#: Enough to catch a slip; whether somebody reads there, only sending can tell.
_MAILBOX = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
#: A visit further off than this is a slip of the finger.
_FURTHEST = timedelta(days=730)


def _to_come(day: date) -> Any:
    today = clock.local_date(clock.now(), i18n.zone_name())
    if day < today:
        return _("This day is over. Choose a day that is still to come.")
    if day > today + _FURTHEST:
        return _("This day is very far away. Look at the year again.")
    return None


class TapForm(PortalForm):
    """One tap: what the client tells."""

    what = HiddenField()

    def validate_what(self, field: Field) -> None:
        """Only what a button of ours sends."""
        if field.data not in {report.value for report in TAPS}:
            raise ValidationError(_("Choose one of these."))


class RatingForm(PortalForm):
    """The answer to "Did this help?"."""

    rating = ChoiceField(_l("Did this help?"), choices=[(r.value, RATINGS[r]) for r in Rating],
                         required=_l("Choose one."))  # fmt: skip


class ShareForm(PortalForm):
    """Whether supporters see the day of this visit."""

    on = HiddenField()


class VisitForm(PortalForm):
    """The day and time of a visit, on the clock of whoever fills it in."""

    day = DayField(_l("Day"), required=_l("Write the day of the visit."), check=_to_come)
    time = TextField(_l("Time"), most=20, required=_l("Write the time of the visit."))

    def validate_time(self, field: Field) -> None:
        """A time of day."""
        if read_time(field.data or "") is None:
            raise ValidationError(_("Write a time like this: %(example)s.", example=_example()))

    @property
    def at(self) -> datetime:
        """The moment of the visit. Only after the form was found valid."""
        return _moment(self.day.day, self.time.data or "")


def _example() -> str:
    return i18n.clock_time(time(14, 30))


def _moment(day: date | None, text: str) -> datetime:
    hour = read_time(text)
    if day is None or hour is None:
        raise ValueError("ask for the moment only after the form was found valid")
    return datetime.combine(day, hour, ZoneInfo(i18n.zone_name()))


class NotWorkedForm(PortalForm):
    """Why a place did not work out."""

    reason = ChoiceField(
        _l("What got in the way?"),
        choices=[
            (Report.THEY_SAID_NO.value, _l("They could not help me")),
            *((reason.value, REASONS[reason]) for reason in CLIENT_REASONS),
        ],
        required=_l("Choose what got in the way."),
    )
    note = LongTextField(_l("Would you like to say more?"), most=1000)


class SignForm(PortalForm):
    """A client's written yes for one place. Nothing is ticked beforehand."""

    categories = ManyField(
        _l("What may we tell them?"),
        choices=[(shared.value, label) for shared, label in SHARED_LABELS.items()],
        required=_l("Tick at least one thing."),
    )
    ends_on = DayField(_l("Last day of your yes"), required=_l("Write the last day."))
    signed_name = TextField(_l("Your name, to sign"), most=120, required=_l("Write your name to sign."))


class OfferForm(PortalForm):
    """What staff fill in to offer a place."""

    service = HiddenField()
    previous = HiddenField()
    place = TextField(_l("Name of the place"), most=200)
    led_by = ChoiceField(
        _l("Who contacts the place?"),
        choices=[(led.value, LED_BY[led]) for led in LedBy],
        required=_l("Choose who contacts the place."),
    )
    need = TextField(_l("What it is for"), most=120, required=_l("Write what it is for."))
    reason = LongTextField(_l("Why this place? The client reads this."), most=1000)
    note = LongTextField(_l("A note for the client"), most=1000)
    what_to_bring = TextField(_l("What to bring"), most=300)
    cost = TextField(_l("Cost"), most=200)
    contact_ok = BooleanField(_l("The place may contact the client"), default=True)
    safe_contact = TextField(_l("How contact is safe"), most=300)
    urgency = ChoiceField(
        _l("How soon?"), choices=[(how.value, URGENCIES[how]) for how in Urgency], default=Urgency.ROUTINE.value
    )
    first_session = BooleanField(_l("Offered at the first meeting"))
    #: Which button was pressed: offer it now, or put it into the pack.
    way = StringField()

    def validate(self, extra_validators: Any = None) -> bool:
        """A place that is not in the directory needs a name."""
        right: bool = super().validate(extra_validators)
        if not self.service.data and not self.place.data:
            self.refuse(Refused(_("Write the name of the place."), "place"))
            return False
        return right


class NudgeForm(PortalForm):
    """Which of the silent places to remind of. Nothing is ticked beforehand."""

    places = ManyField(_l("Whom do you want to remind?"), required=_l("Tick at least one."))

    def offer(self, rows: Sequence[tuple[Referral, Case]]) -> None:
        """These places can be ticked."""
        self.places.choices = [
            (str(one.id), _("%(name)s – %(place)s", name=case.client.name, place=one.place)) for one, case in rows
        ]


class PackSearchForm(PortalForm):
    """What a place for the pack is looked for with."""

    words = TextField(_l("What is needed?"), most=120, required=_l("Write what is needed."))
    place = TextField(_l("Town or postal code"), most=80)


class PackForm(PortalForm):
    """Which of the places found go into the pack, and how."""

    words = HiddenField(filters=[tidy])
    place = HiddenField(filters=[tidy])
    services = ManyField(_l("Which of these?"), required=_l("Tick at least one place."))
    need = TextField(_l("What it is for"), most=120, required=_l("Write what it is for."))
    led_by = ChoiceField(
        _l("Who contacts the place?"),
        choices=[(led.value, LED_BY[led]) for led in LedBy],
        default=LedBy.CLIENT.value,
    )
    first_session = BooleanField(_l("Offered at the first meeting"))

    def offer(self, hits: list[Hit]) -> list[Hit]:
        """These places can be ticked."""
        self.services.choices = [
            (str(hit.service_id), ", ".join(part for part in (hit.name, hit.town) if part)) for hit in hits
        ]
        return hits

    def ticked(self, hits: Sequence[Hit]) -> list[Hit]:
        """Those that were."""
        chosen = set(self.services.data or ())
        return [hit for hit in hits if str(hit.service_id) in chosen]


class HandoverForm(PortalForm):
    """What a place is told. `handover_form` leaves out what the client's release does not name."""

    clients_read = False

    contact = LongTextField(FACTS[Shared.CONTACT], most=500)
    need = LongTextField(FACTS[Shared.NEED], most=1000)
    language = LongTextField(FACTS[Shared.LANGUAGE], most=500)
    visits = LongTextField(FACTS[Shared.VISITS], most=1000)
    health = LongTextField(FACTS[Shared.HEALTH], most=2000)
    money = LongTextField(FACTS[Shared.MONEY], most=2000)
    plan = LongTextField(FACTS[Shared.PLAN], most=2000)
    way = ChoiceField(
        _l("How does it reach the place?"),
        choices=[(Way.PRINT.value, _l("On paper: print it, hand it over or fax it")),
                 (Way.EMAIL.value, _l("By email: we send a link, and nothing about the client"))],
        required=_l("Choose how it reaches the place."),
    )  # fmt: skip
    sent_to = TextField(_l("Email of the place"), most=200)

    def validate(self, extra_validators: Any = None) -> bool:
        """Something is told, and a link that is mailed needs an address."""
        right: bool = super().validate(extra_validators)
        if right and not self.told:
            self.refuse(Refused(_("Write what the place needs to know.")))
            return False
        if right and self.way.data == Way.EMAIL.value and not _MAILBOX.fullmatch(self.sent_to.data or ""):
            self.refuse(Refused(_("Write an email address, such as name@example.org."), "sent_to"))
            return False
        return right

    @property
    def told(self) -> dict[Shared, str]:
        """What is told, by category: what was left empty is not."""
        boxes = ((shared, self[shared.value].data) for shared in Shared if shared.value in self)
        return {shared: text for shared, text in boxes if text}


def handover_form(allowed: Collection[str]) -> HandoverForm:
    """The form with the categories of this release and no other."""
    form = HandoverForm()
    for shared in Shared:
        if shared.value not in allowed:
            del form[shared.value]
    return form


class ReplyForm(PortalForm):
    """What a place answers by its link."""

    answer = ChoiceField(
        _l("What can you do?"),
        choices=[
            (Status.ACCEPTED.value, _l("Yes, we can help")),
            (Status.BOOKED.value, _l("Yes, and here is a date")),
            (Status.WAITLISTED.value, _l("They are on our waiting list")),
            (Status.THEY_SAID_NO.value, _l("No, we cannot help with this")),
        ],
        required=_l("Choose your answer."),
    )
    day = DayField(_l("Day of the visit"), check=_to_come)
    time = TextField(_l("Time of the visit"), most=20)
    note = LongTextField(_l("Anything else for the person? They and their case manager read this."), most=1000)

    def validate(self, extra_validators: Any = None) -> bool:
        """A date needs its day and its time."""
        right: bool = super().validate(extra_validators)
        if self.answer.data == Status.BOOKED.value:
            if not self.day.data:
                self.refuse(Refused(_("Write the day of the visit."), "day"))
                right = False
            if read_time(self.time.data or "") is None:
                self.refuse(Refused(_("Write a time like this: %(example)s.", example=_example()), "time"))
                right = False
        return right

    @property
    def at(self) -> datetime | None:
        """The moment of the visit, for an answer that sets one. Only after the form was found valid."""
        return _moment(self.day.day, self.time.data or "") if self.answer.data == Status.BOOKED.value else None


class SettleForm(PortalForm):
    """What asking again has shown."""

    note = LongTextField(_l("What you found out. The client reads this."), most=1000,
                         required=_l("Write what you found out."))  # fmt: skip


class MoveForm(PortalForm):
    """One move by staff, with what belongs to it. `move_form` leaves out what does not."""

    day = DayField(_l("Day"), required=_l("Write the day of the visit."))
    time = TextField(_l("Time"), most=20, required=_l("Write the time of the visit."))
    reason = ChoiceField(
        _l("Why"),
        choices=[(reason.value, REASONS[reason]) for reason in STAFF_REASONS],
        required=_l("Choose why."),
    )
    source = ChoiceField(
        _l("Who told us?"),
        choices=[(s.value, SOURCES[s]) for s in (Source.ADMINISTRATIVE, Source.SELF_REPORTED, Source.RELATED_PERSON,
                                                 Source.OBSERVED)],
        default=Source.ADMINISTRATIVE.value,
    )  # fmt: skip
    note = LongTextField(_l("Note"), most=1000)
    shown = BooleanField(_l("The client can read this note"), default=True)

    def validate_time(self, field: Field) -> None:
        """A time of day."""
        if read_time(field.data or "") is None:
            raise ValidationError(_("Write a time like this: %(example)s.", example=_example()))

    @property
    def at(self) -> datetime | None:
        """The moment of the visit, if the move sets one."""
        return _moment(self.day.day, self.time.data or "") if "day" in self else None


#: The fields only some moves need.
_ONLY = {"day": {Status.BOOKED}, "time": {Status.BOOKED}, "reason": {Status.CLOSED_OTHER}}


def move_form(to: Status) -> MoveForm:
    """The form for a move to this state."""
    form = MoveForm()
    for name, states in _ONLY.items():
        if to not in states:
            del form[name]
    return form


def tapped(form: TapForm) -> Report:
    """What was told."""
    return Report(form.what.data or "")


def ticked(names: Collection[str]) -> list[str]:
    """What was ticked, in the order it was shown."""
    return [shared.value for shared in SHARED_LABELS if shared.value in names]
