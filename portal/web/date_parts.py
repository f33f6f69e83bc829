"""A date people know by heart, such as a birthday, in three boxes that stand in the order of the reader's language."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup
from wtforms import Field
from wtforms.validators import ValidationError

from portal import i18n
from portal.i18n import _
from portal.web.dates import read_day
from portal.web.forms import Required, attributes, tidy

_LONGEST = 20
_AUTOFILL = {"day": "bday-day", "month": "bday-month", "year": "bday-year"}


@dataclass(frozen=True, slots=True)
class Label:
    """What stands above a box."""

    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of the boxes, drawn as WTForms draws a field: by calling it with its attributes."""

    short_name: str
    id: str
    label: Label
    value: str

    def __call__(self, **given: Any) -> Markup:
        """The box."""
        given.setdefault("maxlength", _LONGEST)
        written = attributes(id=self.id, name=self.id, type="text", value=self.value or False, **given)
        return Markup("<input {}>").format(written)


class DayPartsField(Field):
    """A day in three boxes. The month may be a number or a name; numbers may be written in any script."""

    def __init__(self, label: Any, *, required: Any = None, birthday: bool = False, **kwargs: Any) -> None:
        super().__init__(label, [Required(required)] if required is not None else [], **kwargs)
        self._values: dict[str, str] = {}
        self._birthday = birthday
        self.day: date | None = None

    @property
    def order(self) -> list[str]:
        """Day, month and year in the order in which the language being spoken writes them."""
        pattern = i18n.locale().date_formats["short"].pattern.lower()
        return sorted(("day", "month", "year"), key=lambda part: pattern.index(part[0]))

    @property
    def parts(self) -> list[Part]:
        """The boxes."""
        said = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        return [Part(one, f"{self.id}-{one}", Label(said[one]), self._values.get(one, "")) for one in self.order]

    def autofill(self, part: str) -> str:
        """What browsers call this part of a birthday; "off" for any other date."""
        return _AUTOFILL[part] if self._birthday else "off"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the boxes as they were sent, or the day that was stored."""
        del extra_filters
        self.process_errors = []
        self.day = data if isinstance(data, date) else None
        if self.day is not None:
            self._values = {"day": str(self.day.day), "month": str(self.day.month), "year": str(self.day.year)}
        if formdata is not None and any(f"{self.id}-{part}" in formdata for part in _AUTOFILL):
            self._values = {part: tidy(formdata.get(f"{self.id}-{part}")) for part in _AUTOFILL}
            self.day = None
        self.raw_data = [value for value in self._values.values() if value]
        self.data = " ".join(self.raw_data)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """Read the day; keep what was typed if it is none."""
        del form
        if validation_stopped or not self.data or self.day is not None:
            return
        day, month, year = (self._values.get(part, "") for part in ("day", "month", "year"))
        self.day = read_day(f"{year}-{month}-{day}" if re.fullmatch(r"\d+", month) else f"{day} {month} {year}")
        if self.day is None:
            raise ValidationError(_("Write the day, the month and the year, such as %(example)s.", example=_example()))


def _example() -> str:
    return i18n.long_day(date(1990, 4, 22))
