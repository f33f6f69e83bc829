"""What a person fills in to send a message, and, apart from it, to keep a note."""

from portal.i18n import _l
from portal.messages.models import LONGEST
from portal.web.forms import LongTextField, PortalForm


class SendMessageForm(PortalForm):
    """One message."""

    body = LongTextField(_l("Your message"), most=LONGEST, required=_l("Write some words first."))


class KeepNoteForm(PortalForm):
    """One private note. Its field has a name of its own, so that no browser and no slip puts it into a message."""

    clients_read = False
    note = LongTextField(_l("Note for staff"), most=LONGEST, required=_l("Write some words first."))
