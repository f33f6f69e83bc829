"""What a client fills in to lend powers, and staff to stop them. Nothing is ticked beforehand."""

from datetime import date

from portal.i18n import _l
from portal.roles import Power
from portal.supporters.models import USUAL_MONTHS, months_after
from portal.supporters.powers import LABELS, MORE, USUAL, in_order
from portal.web.forms import DayField, LongTextField, ManyField, PortalForm, TextField


class LendForm(PortalForm):
    """What one person may see and do, and until when."""

    relation = TextField(_l("Who are they to you?"), most=60)
    usual = ManyField(_l("What most people share"), choices=[(power.value, LABELS[power]) for power in USUAL])
    more = ManyField(_l("More you can share"), choices=[(power.value, LABELS[power]) for power in MORE])
    ends_on = DayField(_l("Last day"), required=_l("Choose the last day."))

    @property
    def powers(self) -> frozenset[Power]:
        """Everything that was ticked."""
        return frozenset(map(Power, [*(self.usual.data or ()), *(self.more.data or ())]))

    def fill(self, powers: frozenset[Power], ends_on: date | None, relation: str) -> None:
        """Start from what is lent now."""
        ticked = [power.value for power in in_order(powers)]
        self.usual.data = [value for value in ticked if Power(value) in USUAL]
        self.more.data = [value for value in ticked if Power(value) in MORE]
        self.ends_on.process_data(ends_on)
        self.relation.data = relation

    def suggest_end(self, today: date) -> None:
        """Write down the usual end; the client can write another."""
        self.ends_on.process_data(months_after(today, USUAL_MONTHS))


class InviteForm(LendForm):
    """The same, and whom it is for."""

    name = TextField(_l("Their name"), most=80, required=_l("Write their name."))


class StopForm(PortalForm):
    """Why staff stop a supporter."""

    reason = LongTextField(_l("Why do you stop it?"), most=1000, required=_l("Write why you stop this supporter."))
