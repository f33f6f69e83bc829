"""What a client fills in to sign a release."""

from wtforms import HiddenField

from portal.cases.sharing import SHARED_LABELS, Terms
from portal.directory.search import Hit
from portal.i18n import _l
from portal.web.forms import DayField, ManyField, PortalForm, TextField


class SignForm(PortalForm):
    """A release for one receiver. Nothing is ticked beforehand."""

    service = HiddenField()
    receiver = TextField(_l("Who may we tell?"), most=200)
    categories = ManyField(
        _l("What may we tell them?"),
        choices=[(shared.value, label) for shared, label in SHARED_LABELS.items()],
        required=_l("Tick at least one thing."),
    )
    purpose = TextField(_l("What for?"), most=200, required=_l("Write what it is for."))
    ends_on = DayField(_l("Last day of your yes"), required=_l("Write the last day."))
    signed_name = TextField(_l("Your name, to sign"), most=120, required=_l("Write your name to sign."))

    def terms(self, place: Hit | None) -> Terms:
        """What was filled in. Only after the form was found valid.

        Args:
            place: the directory place it names; without one the receiver was written.
        """
        if self.ends_on.day is None:
            raise ValueError("ask for the terms only after the form was found valid")
        chosen = set(self.categories.data or ())
        return Terms(
            receiver=place.name if place else self.receiver.data or "",
            service_id=place.service_id if place else None,
            categories=[shared.value for shared in SHARED_LABELS if shared.value in chosen],
            purpose=self.purpose.data or "",
            ends_on=self.ends_on.day,
            signed_name=self.signed_name.data or "",
        )


class StopForm(PortalForm):
    """A release is taken back: one button, pressed on a page of its own."""
