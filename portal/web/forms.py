"""Forms: one per task, our own messages in every language, errors beside the field, nothing typed lost."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from flask import g, has_request_context, request
from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict
from wtforms import (
    Field,
    FileField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than the published types
from wtforms.validators import Optional, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, Input, ListWidget, RadioInput
from wtforms.widgets.core import clean_key  # type: ignore[attr-defined]  # not in the published types

from portal import i18n
from portal.i18n import _, _l, ngettext
from portal.roles import AccountKind
from portal.web import drafts
from portal.web.dates import read_day
from portal.web.kind_words import Hint, hints_on
from portal.web.once import FIELD, once_key
from portal.web.portal import portal
from portal.work import Refused


def attributes(**given: Any) -> Markup:
    """HTML attributes as WTForms writes them, without a formatter for each: True alone, False not at all."""
    named = ((clean_key(name), value) for name, value in sorted(given.items()) if value is not False)
    written = (name if value is True else f'{name}="{escape(value)}"' for name, value in named)
    return Markup(" ".join(written))  # noqa: S704  values were escaped


Input.html_params = staticmethod(attributes)  # type: ignore[method-assign]  # the place WTForms has for it


class _OurWords:
    """WTForms' own messages through our catalogues."""

    def gettext(self, text: str) -> str:
        return _(text)

    def ngettext(self, one: str, many: str, num: int) -> str:
        return i18n.ngettext(one, many, num)


class PortalForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """What every form shares: the CSRF token, the once key, our words, and a place for refusals of the domain."""

    once = HiddenField()
    #: Whether clients read what staff write into it: then words that may hurt get a hint, once.
    clients_read = True
    #: What could be said more kindly, on a form that is shown again for that alone.
    hints: Sequence[Hint] = ()
    #: Where the form stands, for one with room for longer text: what is typed into it is kept until it is sent.
    draft = HiddenField()
    #: When what it shows was kept; None for a form as its page made it.
    kept_at: datetime | None = None

    class Meta:
        """Flask-WTF's settings for a form."""

        def get_translations(self, _form: Any) -> _OurWords:
            """Our catalogues instead of WTForms' own, which lack languages our clients speak."""
            return _OurWords()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.once.data = once_key()  # a form that is shown again is a new one
        boxes = [field.name for field in self if isinstance(field, TextAreaField)]
        if boxes and has_request_context():
            self._take_up(drafts.place_of(request.path, type(self).__name__, boxes))
        else:
            del self.draft

    def _take_up(self, place: str) -> None:
        """Show what was typed before and not sent, if it was."""
        place = self.draft.data = request.form.get(drafts.FIELD) or place
        if request.method != "GET" or not portal().has_drafts() or (kept := drafts.kept(g.work, place)) is None:
            return
        self.process(MultiDict((name, value) for name, values in kept.fields.items() for value in values))
        self.draft.data, self.once.data, self.kept_at = place, once_key(), kept.at

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field. Words of staff that may hurt bring the form back once, with a hint; then it goes."""
        if not super().validate(extra_validators):
            return False
        if self.clients_read and g.get("case") is not None and portal().actor().kind is AccountKind.STAFF:
            written = "\n".join(field.data or "" for field in self if isinstance(field, TextAreaField))
            self.hints = () if "worded" in request.form else hints_on(written)
        return not self.hints

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal of the domain beside the field it is about, or above the form."""
        field: Any = self._fields.get(refusal.field)
        if field is not None:
            field.errors = [*field.errors, str(refusal.says)]
        else:
            self.form_errors: list[Any] = [*self.form_errors, str(refusal.says)]

    @property
    def has_errors(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.errors)


assert FIELD == "once"


class Required:
    """Something has to be written or chosen. Always says what, in our words."""

    def __init__(self, says: Any) -> None:
        self.says, self.field_flags = says, {"required": True}

    def __call__(self, _form: Any, field: Field) -> None:
        """Refuse white space too."""
        if not field.raw_data or not any(str(value).strip() for value in field.raw_data):
            field.errors = []
            raise StopValidation(str(self.says))


class AtMost:
    """No more characters than this, and the field says so before it is too late."""

    def __init__(self, count: int) -> None:
        self.count, self.field_flags = count, {"maxlength": count}

    def __call__(self, _form: Any, field: Field) -> None:
        """Count characters as people do: a line break is one."""
        length = len((field.data or "").replace("\r\n", "\n"))
        if length > self.count:
            raise StopValidation(
                ngettext(
                    "This is %(num)s letter too long. You can use up to %(most)s.",
                    "This is %(num)s letters too long. You can use up to %(most)s.",
                    length - self.count,
                    most=i18n.number(self.count),
                )
            )


def tidy(text: str | None) -> str:
    """Text as it was typed, without white space round it, broken half-characters and control characters."""
    kept = (text or "").replace("\r\n", "\n").encode("utf-8", "ignore").decode()
    return "".join(c for c in kept if c in "\n\t" or ord(c) >= 32).strip()


class TextField(StringField):
    """One line a person writes."""

    def __init__(self, label: Any, *, most: int = 200, required: Any = None, **kwargs: Any) -> None:
        checks: list[Any] = [Required(required)] if required is not None else [Optional()]
        super().__init__(label, [*checks, AtMost(most), *kwargs.pop("checks", ())], filters=[tidy], **kwargs)


class LongTextField(TextAreaField):
    """Some lines a person writes."""

    def __init__(self, label: Any, *, most: int = 2000, required: Any = None, **kwargs: Any) -> None:
        checks: list[Any] = [Required(required)] if required is not None else [Optional()]
        super().__init__(label, [*checks, AtMost(most), *kwargs.pop("checks", ())], filters=[tidy], **kwargs)


class ChoiceField(SelectField):
    """One of a few: shown as radio buttons, or as a list where the template says so."""

    def __init__(self, label: Any, *, choices: Iterable[tuple[str, Any]] = (), required: Any = None,
                 **kwargs: Any) -> None:  # fmt: skip
        kwargs.setdefault("widget", ListWidget(prefix_label=False))
        kwargs.setdefault("option_widget", RadioInput())
        checks: list[Any] = [Required(required)] if required is not None else [Optional()]
        self._says = required if required is not None else _l("Choose one of these.")
        super().__init__(label, checks, choices=_offered(choices), **kwargs)

    def pre_validate(self, form: Any) -> None:
        """Our message instead of WTForms'."""
        del form
        if self.data in (None, "", "None") and not any(isinstance(v, Required) for v in self.validators):
            return
        if self.data not in _values(self):
            raise StopValidation(str(self._says))


class ManyField(SelectMultipleField):
    """Any of a few, as tick boxes. Nothing is ticked beforehand unless the template's data says so."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, *, choices: Iterable[tuple[str, Any]] = (), required: Any = None,
                 **kwargs: Any) -> None:  # fmt: skip
        checks: list[Any] = [Required(required)] if required is not None else []
        super().__init__(label, checks, choices=_offered(choices), **kwargs)

    def pre_validate(self, form: Any) -> None:
        """Our message instead of WTForms'."""
        del form
        if not set(self.data or ()) <= _values(self):
            raise StopValidation(_("Choose only from this list."))


def _offered(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def _values(field: Any) -> set[str]:
    return {str(next(iter(choice))) for choice in field.choices or ()}


class UploadField(FileField):
    """A file. `data` is what Flask hands over, or None where none was chosen."""

    def __init__(self, label: Any, *, required: Any = None, **kwargs: Any) -> None:
        self._says = required
        super().__init__(label, **kwargs)
        self.flags.required = required is not None

    def process_formdata(self, valuelist: Any) -> None:
        """A browser sends an empty file where none was chosen."""
        self.data = next((value for value in valuelist or () if getattr(value, "filename", "")), None)

    def pre_validate(self, form: Any) -> None:
        """Say what is missing, in our words."""
        del form
        if self._says is not None and self.data is None:
            raise StopValidation(str(self._says))


class DayField(StringField):
    """A day, typed as people write it in their language, or picked where the browser helps."""

    def __init__(self, label: Any, *, required: Any = None, check: Callable[[date], Any] | None = None,
                 **kwargs: Any) -> None:  # fmt: skip
        checks: list[Any] = [Required(required)] if required is not None else [Optional()]
        super().__init__(label, checks, filters=[tidy], **kwargs)
        self._check = check
        self.day: date | None = None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """Read the day; keep what was typed if it is none."""
        del form
        if validation_stopped or not self.data:
            return
        self.day = read_day(self.data)
        if self.day is None:
            raise ValidationError(
                _("Write a day like this: %(example)s.", example=i18n.day(date(2027, 4, 22), year=True))
            )
        says = self._check(self.day) if self._check else None
        if says:
            raise ValidationError(str(says))

    def process_data(self, value: Any) -> None:
        """Show a stored day the way a browser's date box wants it."""
        self.data = value.isoformat() if isinstance(value, date) else value
        self.day = value if isinstance(value, date) else None


def _example() -> str:
    return i18n.day(date(2027, 4, 22), year=True)


__all__ = [
    "AtMost",
    "ChoiceField",
    "DayField",
    "LongTextField",
    "ManyField",
    "PortalForm",
    "Required",
    "TextField",
    "UploadField",
    "tidy",
]
