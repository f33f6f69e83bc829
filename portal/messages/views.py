"""The pages of messages: the client's thread, a supporter's line to staff, and staff's private notes."""

from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.i18n import _
from portal.messages import commands, queries
from portal.messages.forms import KeepNoteForm, SendMessageForm
from portal.messages.models import Thread
from portal.web.forms import PortalForm
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import form_page, notify
from portal.web.words import ROLES
from portal.work import NotFound, Refused, Work

bp = Blueprint("messages", __name__)


@bp.get("/cases/<uuid:case_id>/messages")
@allow(Action.MESSAGE_READ, case=Case)
def thread(work: Work, case: Case) -> ResponseReturnValue:
    """The client's thread, for the client and for staff."""
    return _client_page(work, case, SendMessageForm())


@bp.post("/cases/<uuid:case_id>/messages")
@allow(Action.MESSAGE_SEND, case=Case)
def send(work: Work, case: Case) -> ResponseReturnValue:
    """Write into it."""
    form = SendMessageForm()
    if form.validate_on_submit():
        try:
            message = commands.send(work, case, form.body.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Your message was sent."))
            return redirect(url_for(".thread", case_id=case.id, _anchor=f"m-{message.id}"), 303)
    return _client_page(work, case, form)


@bp.get("/cases/<uuid:case_id>/messages/mine")
@allow(Action.SUPPORTER_MESSAGE, case=Case)
def mine(work: Work, case: Case) -> ResponseReturnValue:
    """A supporter's own line to staff."""
    return _supporter_page(work, case, None, SendMessageForm())


@bp.post("/cases/<uuid:case_id>/messages/mine")
@allow(Action.SUPPORTER_MESSAGE, case=Case)
def send_mine(work: Work, case: Case) -> ResponseReturnValue:
    """Write to staff as a supporter."""
    form = SendMessageForm()
    if form.validate_on_submit():
        try:
            message = commands.send_as_supporter(work, case, form.body.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Your message was sent."))
            return redirect(url_for(".mine", case_id=case.id, _anchor=f"m-{message.id}"), 303)
    return _supporter_page(work, case, None, form)


@bp.get("/threads/<uuid:thread_id>")
@allow(Action.MESSAGE_READ, thread=Thread)
def supporter_thread(work: Work, thread: Thread) -> ResponseReturnValue:
    """What a supporter and staff wrote to each other, for the client, who may read it, and for staff."""
    return _supporter_page(work, work.get(Case, thread.case_id), thread, SendMessageForm())


@bp.post("/threads/<uuid:thread_id>")
@allow(Action.SUPPORTER_REPLY, thread=Thread)
def reply(work: Work, thread: Thread) -> ResponseReturnValue:
    """Answer a supporter, as staff."""
    if thread.supporter_id is None:
        raise NotFound(Thread.__name__)
    form = SendMessageForm()
    if form.validate_on_submit():
        try:
            message = commands.reply_to_supporter(work, thread, form.body.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Your message was sent."))
            return redirect(url_for(".supporter_thread", thread_id=thread.id, _anchor=f"m-{message.id}"), 303)
    return _supporter_page(work, work.get(Case, thread.case_id), thread, form)


@bp.get("/cases/<uuid:case_id>/notes")
@allow(Action.NOTE_READ, case=Case)
def notes(work: Work, case: Case) -> ResponseReturnValue:
    """Staff's private notes."""
    return _notes_page(work, case, KeepNoteForm())


@bp.post("/cases/<uuid:case_id>/notes")
@allow(Action.NOTE_WRITE, case=Case)
def keep_note(work: Work, case: Case) -> ResponseReturnValue:
    """Keep one more."""
    form = KeepNoteForm()
    if form.validate_on_submit():
        try:
            commands.keep_note(work, case, form.note.data or "")
        except Refused as no:
            no.field = "note"
            form.refuse(no)
        else:
            notify(_("The note is kept. Only staff can read it."))
            return redirect(url_for(".notes", case_id=case.id), 303)
    return _notes_page(work, case, form)


def _client_page(work: Work, case: Case, form: PortalForm) -> ResponseReturnValue:
    found = queries.conversations(work, case)
    talk = queries.client_conversation(found)
    shown = _shown(work, case, talk)
    others = [other for other in found if other.thread is not None and other.thread.supporter_id is not None]
    by = queries.answer_by(work, case)
    facts = {"talk": talk, "shown": shown, "others": others, "answer_by": by, "roles": ROLES}
    return form_page("messages/thread.html", form, **facts, today=work.today, back=up_to(work, case))


def _supporter_page(work: Work, case: Case, thread: Thread | None, form: PortalForm) -> ResponseReturnValue:
    found = queries.conversations(work, case)
    if thread is not None:
        talk = queries.conversation_of(found, thread)
    else:  # a supporter's scope holds no thread but their own
        talk = found[0] if found else queries.NO_CONVERSATION
    if thread is not None and thread.supporter_id is None:
        raise NotFound(Thread.__name__)
    facts = {"talk": talk, "shown": _shown(work, case, talk), "roles": ROLES}
    return form_page("messages/supporter.html", form, **facts, back=up_to(work, case))


def _notes_page(work: Work, case: Case, form: PortalForm) -> ResponseReturnValue:
    found, older_than = queries.notes(work, case, _before())
    return form_page("messages/staff_notes.html", form, notes=found, older_than=older_than, back=up_to(work, case))


def _shown(work: Work, case: Case, talk: queries.Conversation) -> queries.ThreadPage:
    """The page of messages asked for; once the newest were shown, they are read."""
    before = _before()
    shown = queries.page_of(work, case, talk, before)
    if talk.thread is not None and talk.to_read and before is None and request.method == "GET":
        commands.note_reading(work, talk.thread)
    return shown


def _before() -> UUID | None:
    """The message or note that the address asks for older ones by.

    Raises:
        NotFound: it names none.
    """
    text = request.args.get("before", "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound(text) from None
