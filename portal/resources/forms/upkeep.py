"""What people say is wrong with a place, and what staff put right."""

from wtforms import HiddenField

from portal.directory.detail import ServiceDetail
from portal.directory.models import ServiceStatus
from portal.i18n import _l
from portal.resources.commands import Facts
from portal.resources.models import Wrong
from portal.web.forms import ChoiceField, LongTextField, PortalForm, TextField

WRONG = (
    (Wrong.PHONE.value, _l("The phone number")),
    (Wrong.HOURS.value, _l("The opening hours")),
    (Wrong.ADDRESS.value, _l("The address")),
    (Wrong.CLOSED.value, _l("It is closed for good")),
    (Wrong.NOT_LIKE_THIS.value, _l("They do something else")),
    (Wrong.OTHER.value, _l("Something else")),
)
WRONG_WORDS = dict(WRONG)
STATUSES = (
    (ServiceStatus.ACTIVE.value, _l("Open to people")),
    (ServiceStatus.TEMPORARILY_CLOSED.value, _l("Closed for now")),
    (ServiceStatus.INACTIVE.value, _l("Closed for good")),
)


class TellForm(PortalForm):
    """Something is wrong here."""

    wrong = ChoiceField(_l("What is wrong?"), choices=WRONG, required=_l("Choose what is wrong."))
    words = LongTextField(_l("What is right, if you know?"), most=500)


class AnswerWordForm(PortalForm):
    """What staff found."""

    outcome = HiddenField()


class TwinForm(PortalForm):
    """Whether two entries are one place."""

    first = HiddenField()
    second = HiddenField()
    hide = HiddenField()


class LookUpForm(PortalForm):
    """A name to look a place up by."""

    words = TextField(_l("Find a place to put right"), most=200)


class PlaceForm(PortalForm):
    """What the directory says of a place."""

    name = TextField(_l("Name"), most=200, required=_l("Write the name of the place."))
    organization = TextField(_l("Who runs it"), most=200)
    description = LongTextField(_l("What they do"), most=4000)
    phone = TextField(_l("Phone"), most=60)
    street = TextField(_l("Street and number"), most=200)
    town = TextField(_l("Town"), most=100)
    postal_code = TextField(_l("ZIP code"), most=20)
    fees = TextField(_l("Cost"), most=500)
    who = LongTextField(_l("Who it is for"), most=2000)
    how = LongTextField(_l("How to start"), most=2000)
    alert = TextField(_l("Notice for everyone, such as “Closed this week”"), most=500)
    url = TextField(_l("Web page"), most=300)
    local_note = LongTextField(_l("Our own note. Clients read it, too. It stays here."), most=1000)
    status = ChoiceField(_l("Is it open?"), choices=STATUSES, default=ServiceStatus.ACTIVE.value)

    def show(self, detail: ServiceDetail) -> None:
        """Fill in what is known."""
        service = detail.service
        address = next((place.address for place in detail.places if place.address), None)
        self.name.data, self.description.data = service.name, service.description
        self.organization.data = detail.organization.name if detail.organization else ""
        self.phone.data = detail.phone.number if detail.phone else ""
        self.street.data = address.address_1 if address else ""
        self.town.data = address.city if address else ""
        self.postal_code.data = address.postal_code if address else ""
        self.fees.data, self.who.data = service.fees_description, service.eligibility_description
        self.how.data, self.alert.data, self.url.data = service.application_process, service.alert, service.url
        self.local_note.data, self.status.data = service.local_note, service.status.value

    def facts(self) -> Facts:
        """What was said."""
        texts = {
            name: self[name].data or ""
            for name in (
                "name", "organization", "description", "phone", "street", "town", "postal_code", "fees", "who", "how",
                "alert", "url", "local_note",
            )
        }  # fmt: skip
        return Facts(**texts, status=ServiceStatus(self.status.data or ServiceStatus.ACTIVE.value))
