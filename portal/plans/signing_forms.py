"""The forms of one version of a plan: a name under it, a change that is asked for, a no, and copies given."""

from typing import Any

from flask_wtf.file import FileField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than the published types

from portal.i18n import _l
from portal.plans.commands import Told
from portal.plans.frozen import FrozenPlan
from portal.plans.models import CopyWay, SignedAs
from portal.plans.scans import read_scan
from portal.plans.wording import CHOICES
from portal.web.forms import ChoiceField, DayField, LongTextField, ManyField, PortalForm, TextField

_YES_NO = [("yes", _l("Yes")), ("no", _l("No"))]
_NAME_MISSING = _l("Write your name to sign.")
#: As whom somebody outside the portal signs.
_OUTSIDE = (SignedAs.CLIENT, SignedAs.LEGAL_REPRESENTATIVE, SignedAs.PROVIDER, SignedAs.SUPPORTER)


class SignForm(PortalForm):
    """A name under a version of the plan, and what they want to say with it."""

    typed_name = TextField(_l("Write your name to sign"), required=_NAME_MISSING)
    comment = LongTextField(_l("Do you want to say something with it?"))


class AgreeForm(SignForm):
    """The client's name, and what they say about the choice they had."""

    @property
    def questions(self) -> list[Any]:
        """The questions about choice, in their order."""
        return [self._fields[f"choice_{key}"] for key in CHOICES]

    @property
    def choices(self) -> dict[str, bool]:
        """What was answered; a question may be left out."""
        found = {key: self._fields[f"choice_{key}"].data for key in CHOICES}
        return {key: value == "yes" for key, value in found.items() if value in {"yes", "no"}}


for _key, _says in CHOICES.items():
    setattr(AgreeForm, f"choice_{_key}", ChoiceField(_says, choices=_YES_NO))


class RecordForm(PortalForm):
    """A signature given on paper or aloud, as staff record it."""

    way = ChoiceField(
        _l("How did they sign?"),
        choices=[("on_paper", _l("On paper")), ("spoken", _l("They said yes aloud, and a witness heard it"))],
        required=_l("Choose how they signed."),
    )
    signed_as = ChoiceField(
        _l("Who signed?"),
        choices=[(role.value, role.label) for role in _OUTSIDE],
        default=SignedAs.CLIENT.value,
    )
    name = TextField(_l("Their name"), most=120, required=_l("Write their name."))
    scan = FileField(_l("Photo or PDF of the signed paper"))
    witness = TextField(_l("Who heard it"), most=120)
    comment = LongTextField(_l("What they said with it"))

    def told(self) -> Told:
        """What was filled in.

        Raises:
            NoScan, ScanTooBig, ScanActs: signed on paper, and no file that can be kept.
        """
        on_paper = self.way.data == "on_paper"
        sent = self.scan.data.read() if on_paper and self.scan.data else b""
        return Told(
            name=self.name.data or "",
            signed_as=SignedAs(self.signed_as.data or SignedAs.CLIENT),
            scan=read_scan(sent) if on_paper else None,
            witness="" if on_paper else (self.witness.data or ""),
            comment=self.comment.data or "",
        )


class AskChangeForm(PortalForm):
    """The change a client asks for."""

    words = LongTextField(
        _l("What would you like to change?"), required=_l("Write a few words, so that we know what to change.")
    )


class DisagreeForm(PortalForm):
    """Why a client does not agree, and what may start all the same."""

    words = LongTextField(
        _l("What do you not agree with?"), required=_l("Write a few words, so that we can talk about it.")
    )
    started = ManyField(_l("Which parts can start now?"))

    def offer(self, plan: FrozenPlan) -> "DisagreeForm":
        """Offer the goals and services of this version."""
        parts = [(goal.id, goal.words) for goal in plan.goals] + [(line.id, line.name) for line in plan.services]
        self.started.choices = [SelectChoice(id_, words) for id_, words in parts if id_]
        return self


class AskReviewForm(PortalForm):
    """The client asks to look at the plan again; no reason is needed."""

    words = LongTextField(_l("Do you want to say why?"))


class CopyForm(PortalForm):
    """A copy that somebody was given."""

    to_name = TextField(_l("Who got it?"), most=120, required=_l("Write who got it."))
    way = ChoiceField(
        _l("How?"), choices=[(way.value, way.label) for way in CopyWay], default=CopyWay.PRINTED.value,
        required=_l("Choose how they got it."),
    )  # fmt: skip
    part = TextField(_l("Which part, if not the whole plan"), most=200)
    given_on = DayField(_l("On which day? Empty means today."))
