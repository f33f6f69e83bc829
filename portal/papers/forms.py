"""What somebody chooses before they print: the form of every paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import HiddenField

from portal.i18n import _l
from portal.web.forms import ManyField, PortalForm

_NAME, _OFFICE, _PRIVATE, _LARGE = "name", "office", "private", "large"
_CHOICES = (
    (_NAME, _l("My name")),
    (_OFFICE, _l("The name of our office")),
    (_PRIVATE, _l("Goals that only I see")),
    (_LARGE, _l("Large letters")),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What stands on the paper. A paper may lie about at home: what could do harm there can be left out."""

    name: bool = True
    office: bool = True
    private: bool = False
    large: bool = False


class PaperForm(PortalForm):
    """What stands on the paper. Sent by GET: nothing changes, and the address can be printed again."""

    show = ManyField(_l("What stands on the paper"))
    chosen = HiddenField(default="yes")

    #: The choices this reader has.
    offered: Sequence[str] = ()

    class Meta(PortalForm.Meta):
        """No token: it only shows a page."""

        csrf = False

    @classmethod
    def read(cls, sent: Mapping[str, Any], usual: Choices, *, mine: bool, private: bool) -> "PaperForm":
        """The form as it was sent, or with the usual choices.

        Args:
            sent: the query of the address.
            usual: what is ticked at first.
            mine: whether the client prints their own paper.
            private: whether private goals are offered.
        """
        ticked = [name for name, _label in _CHOICES if getattr(usual, name)]
        form = cls(sent) if sent.get("chosen") else cls(data={"show": ticked})
        words = {_NAME: _l("My name") if mine else _l("The client’s name")}
        form.offered = [name for name, _label in _CHOICES if name != _PRIVATE or (private and mine)]
        form.show.choices = [(name, words.get(name, label)) for name, label in _CHOICES if name in form.offered]
        return form

    @property
    def choices(self) -> Choices:
        """What is ticked."""
        ticked = set(self.show.data or ()) & set(self.offered)
        return Choices(**{name: name in ticked for name, _label in _CHOICES})
