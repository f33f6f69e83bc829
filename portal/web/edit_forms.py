"""Two people at once: one mechanism for every form that changes something that two people can change."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from portal import i18n
from portal.db import Base
from portal.web.dates import read_day
from portal.web.forms import DayField, PortalForm, tidy
from portal.work import Work


@dataclass(frozen=True, slots=True)
class TwoTexts:
    """A field that two people changed at once: what is saved now, and what this one wrote."""

    label: Any
    saved: str
    written: str


class EditForm(PortalForm):
    """A form on something that two people can change at once. The second to save sees both texts and loses nothing.

    The page keeps a mark of what each field said when it was shown. When it comes back, what the other one changed
    meanwhile and this one left alone is taken over; what both changed stands side by side and nothing is saved, with
    the answer 409. Pressing the button again then saves what this one has made of it.
    """

    seen = HiddenField()
    #: What both changed; the page shows it (see components/error_summary).
    two_texts: Sequence[TwoTexts] = ()

    def says(self, row: Any) -> dict[str, Any]:
        """What each field that is watched says for this row now: text, a list of words, or nothing."""
        raise NotImplementedError

    def edits(self, work: Work, row: Base) -> Self:
        """Be the form on this row: filled from it when it is shown, watched when it comes back."""
        if not self.is_submitted():
            now = self.says(row)
            for name, value in now.items() if self.kept_at is None else ():  # what was typed before stays
                self._fields[name].process_data(value)
        else:
            now = self.says(work.hold(row))
            self._meet(now)
        self.seen.data = json.dumps({name: _mark(value) for name, value in now.items()})
        return self

    def _meet(self, now: Mapping[str, Any]) -> None:
        seen, both = _marks_in(self.seen.data), []
        for name, saved in now.items():
            field: Any = self._fields[name]
            written = _written(field)
            if _mark(saved) in {seen.get(name), _mark(written)}:
                continue  # nobody else changed it, or both say the same
            if _mark(written) == seen.get(name):
                field.process(MultiDict([(field.name, value) for value in _values_of(saved)]))
            else:
                both.append(TwoTexts(field.label.text, _for_eyes(field, saved), _for_eyes(field, written)))
        self.two_texts = both

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be saved: no mistakes, and nobody else changed the same."""
        return bool(super().validate(extra_validators)) and not self.two_texts

    @property
    def has_errors(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.errors or self.two_texts)


def _values_of(value: Any) -> list[str]:
    if isinstance(value, list | tuple):
        return sorted(str(each) for each in value)
    if isinstance(value, date):
        return [value.isoformat()]
    return [tidy(str(value))] if value not in {None, ""} else []


def _mark(value: Any) -> str:
    return hashlib.sha256("\0".join(_values_of(value)).encode()).hexdigest()[:16]


def _marks_in(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _written(field: Any) -> Any:
    return (read_day(field.data) or field.data) if isinstance(field, DayField) and field.data else field.data


def _for_eyes(field: Any, value: Any) -> str:
    """A value as people read it: the words of a choice, a day as it is written."""
    if isinstance(value, date):
        return i18n.day(value, year=True)
    pairs = (tuple(choice)[:2] for choice in getattr(field, "choices", None) or ())
    offered = {str(offer): str(label) for offer, label in pairs}
    return ", ".join(offered.get(each, each) for each in _values_of(value)) or "–"
