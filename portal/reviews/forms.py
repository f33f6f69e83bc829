"""The forms of a review: what one says about how it goes, and the day of the next time."""

from typing import Any

from wtforms import BooleanField

from portal.i18n import _l
from portal.plans.models import PlanReview
from portal.web.edit_forms import EditForm
from portal.web.forms import DayField, LongTextField, PortalForm, TextField


class SayForm(EditForm):
    """What one side says about how it goes. Two of staff can write it at once."""

    words = LongTextField(_l("What do you want to say about it?"), most=4000)
    #: Whether the client's box is the one that is written in.
    for_client = False

    def says(self, row: PlanReview) -> dict[str, Any]:
        """What stands in this side's box."""
        return {"words": row.client_words if self.for_client else row.staff_words}


class DayForm(PortalForm):
    """The day of the next review, and how often to be in touch."""

    next_on = DayField(
        _l("On which day do we look again?"), required=_l("Choose the day of the next look at the plan.")
    )
    contact_every_days = TextField(_l("How often we are in touch: every so many days"), most=3)
    together = BooleanField(_l("We agree on this now, together"))

    @property
    def contact_days(self) -> int | None:
        """How often, in days; None to leave it as it is, 0 for what is no number."""
        typed = self.contact_every_days.data or ""
        return None if not typed else int(typed) if typed.isdecimal() else 0
