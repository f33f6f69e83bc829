"""One client's page, and their sign-in card."""

from flask import url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.accounts import commands as accounts
from portal.accounts.lookups import account_of
from portal.audit.events import Event
from portal.cases.models import Case
from portal.i18n import _
from portal.roles import AccountKind
from portal.staff.card_words import card_words
from portal.staff.queries.client import client_page, shares_contact, sign_in_of
from portal.staff.views.blueprint import bp
from portal.supporters.powers import LABELS
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.portal import portal
from portal.web.qr import qr_picture
from portal.web.render import page
from portal.web.words import ROLES
from portal.work import NotFound, Work


@bp.get("/cases/<uuid:case_id>/client")
@allow(Action.CASE_VIEW, case=Case)
def client(work: Work, case: Case) -> ResponseReturnValue:
    """One client: what goes on, what waits, who helps."""
    back = (_("Caseload"), url_for(".caseload"))
    return page("staff/client.html", found=client_page(work, case), roles=ROLES, labels=LABELS, back=back)


@bp.get("/cases/<uuid:case_id>/card")
@allow(Action.CARD_PRINT, case=Case, fresh=True)
def card(work: Work, case: Case) -> ResponseReturnValue:
    """Whether the client has a card that works, and the button for a new one."""
    facts = {"sign_in": sign_in_of(work, case), "shares": shares_contact(work, case)}
    return page("staff/card.html", **facts, back=up_to(work, case))


@bp.post("/cases/<uuid:case_id>/card")
@allow(Action.CARD_PRINT, case=Case, fresh=True)
def issue_card(work: Work, case: Case) -> ResponseReturnValue:
    """A new card, to be printed now: its code is shown this once, so no address leads here."""
    account = account_of(work, case.client_id, AccountKind.CLIENT)
    if account is None or account.disabled_at is not None:
        raise NotFound("Account")
    printed, settings = accounts.issue_card(work, account), portal().settings
    work.record(Event.CARD_ISSUED, case)  # in the client's own record, too: a card is a way into their pages
    address = settings.origin + url_for("accounts.sign_in")
    words = card_words(case.client.language, settings.organisation, settings.office_phone)
    facts = {"printed": printed, "address": address, "picture": qr_picture(address), "words": words}
    return page("staff/card_printed.html", **facts, back=up_to(work, case))
