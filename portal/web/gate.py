"""Every route stands behind a gate. A route without one stops the portal from starting.

One request flows one way: who is it, one unit of work, the thing asked for (or 404), may they (or 403), the view,
one commit. Views receive things, not ids.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError, OperationalError

from portal.access.actions import Action
from portal.access.actor import Actor
from portal.access.policy import can
from portal.access.scope import Scope
from portal.access.standings import standing_by_row, standing_in
from portal.audit.events import Event
from portal.cases.models import Case, CaseBound
from portal.db import Base
from portal.profiles import registry
from portal.roles import Role
from portal.web import drafts, once
from portal.web.portal import portal
from portal.work import NotAllowed, NotFound, Work, unit_of_work

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
Guarded = Callable[..., ResponseReturnValue]
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


@dataclass(frozen=True, slots=True)
class Gate:
    """What a route asks before its view runs."""

    action: Action | None
    subjects: tuple[tuple[str, type[Base]], ...] = ()
    fresh: bool = False
    why_public: str = ""
    #: Whether it takes files as large as the settings let be handed over; a form elsewhere is small.
    uploads: bool = False
    #: Whether the view needs a unit of work; a static file or a sign of life does not touch the database.
    works: bool = True
    #: Whether a file may come with the form, and so a larger request.
    takes_file: bool = False


class _Abandoned(Exception):
    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


class _FormMissesKey(Exception):
    pass


def allow(
    action: Action, *, fresh: bool = False, takes_file: bool = False, uploads: bool = False, **subjects: type[Base]
) -> Callable[[Any], Guarded]:
    """Let a view run only for those the policy lets do `action`.

    Args:
        action: what is asked.
        fresh: ask for a fresh sign-in first: lending powers, exports, contact details.
        takes_file: a file may come with the form, up to the operator's limit for one file.
        uploads: it takes files as large as a whole directory.
        subjects: by view argument, the model to load by the address's `<uuid:NAME_id>`; the last with a case decides.
    """
    return _behind(Gate(action, tuple(subjects.items()), fresh, takes_file=takes_file, uploads=uploads))


def public(why: str, *, works: bool = True) -> Callable[[Any], Guarded]:
    """Let anybody in, and say why in the code and in the access table.

    Args:
        why: a sentence for the reader of the access table.
        works: whether the view gets a unit of work; without one it is called with the address's values alone.
    """
    return _behind(Gate(None, why_public=why, works=works))


def _behind(gate: Gate) -> Callable[[Any], Guarded]:
    def decorate(view: Callable[..., ResponseReturnValue]) -> Guarded:
        @wraps(view)
        def guarded(**ids: Any) -> ResponseReturnValue:
            return _answer(gate, view, ids)

        guarded.gate = gate  # type: ignore[attr-defined]  # refuse_ungated_routes looks for it
        return guarded

    return decorate


def _answer(gate: Gate, view: Callable[..., ResponseReturnValue], ids: dict[str, Any]) -> ResponseReturnValue:
    if not gate.works:
        return view(**ids)
    actor = portal().actor()
    if gate.action and not actor.is_signed_in:
        return redirect(url_for("accounts.sign_in", next=_path_back(actor)), 303)
    if gate.fresh and not actor.fresh:
        return redirect(url_for("accounts.confirm", next=_path_back(actor)), 303)
    try:
        return _run(gate, view, dict(ids), actor)
    except (OperationalError, IntegrityError) as problem:
        # A form sent before, a reader that found the database changed under its audit entry, a lost race for a chain's
        # first entry: the first is answered as before, the others are gone on a second run.
        g.session.rollback()
        if isinstance(problem, OperationalError) and not _may_pass(problem):
            raise
        if before := _answered_before(actor):
            return redirect(before, 303)
        return _run(gate, view, dict(ids), actor, write_lock=True)


def _may_pass(problem: OperationalError) -> bool:
    text = str(problem.orig).lower()
    return "locked" in text or "deadlock" in text or "serialize" in text


def _run(
    gate: Gate, view: Callable[..., ResponseReturnValue], ids: dict[str, Any], actor: Actor, *, write_lock: bool = False
) -> ResponseReturnValue:
    settings = portal().settings
    read_only = request.method in SAFE
    try:
        with unit_of_work(
            g.session, actor, read_only=read_only, write_lock=write_lock or not read_only, zone=settings.zone
        ) as work:
            g.work, g.case = work, None
            key = _once_key(gate, actor)
            response = _look(gate, view, work, ids)
            if response.status_code >= 400 and not work.session.info.get("keep"):
                raise _Abandoned(response)
            if key and response.location and response.status_code < 400:
                once.remember(work, key, response.location)
                if portal().has_drafts() and (sent := request.form.get(drafts.FIELD)):
                    drafts.clear(work, sent)
            if not read_only:
                portal().keep_note(work.session)
            return response
    except _FormMissesKey:
        abort(400)
    except (_Abandoned, NotFound, NotAllowed) as no:
        return _refuse(actor, no)


def _refuse(actor: Actor, no: _Abandoned | NotFound | NotAllowed) -> ResponseReturnValue:
    """Answer a no. The second sending of a form whose first was acted on is none: it sees what the first one made."""
    if before := _answered_before(actor):
        return redirect(before, 303)
    if isinstance(no, _Abandoned):
        return no.response
    if isinstance(no, NotAllowed):
        _remember_refusal(actor, no)
    return abort(404 if isinstance(no, NotFound) else 403)


def _answered_before(actor: Actor) -> str | None:
    key = once.key_of(request) if request.method not in SAFE and actor.is_signed_in else None
    if key is None:
        return None
    with unit_of_work(g.session, actor, read_only=True) as work:
        return once.answered_before(work, key)


def _look(gate: Gate, view: Callable[..., ResponseReturnValue], whole: Work, ids: dict[str, Any]) -> Response:
    """Find what is asked for, seeing only its case, and let the view answer if the policy allows it."""
    if gate.action and not any(issubclass(model, CaseBound | Case) for _name, model in gate.subjects):
        whole.require(gate.action)  # before anything is looked up: who may not do this learns not what there is
    work, found = _find(gate, whole, ids)
    g.work = work
    if gate.action:
        _admit(gate, gate.action, work, found)
    return current_app.make_response(cast(Any, view)(work, **found, **ids))


def _once_key(gate: Gate, actor: Actor) -> str | None:
    if request.method in SAFE or not actor.is_signed_in or gate.action is None:
        return None
    key = once.key_of(request)
    if key is None:
        raise _FormMissesKey
    return key


def _find(gate: Gate, work: Work, ids: dict[str, Any]) -> tuple[Work, dict[str, Any]]:
    """Load the things the address names, seeing only their case as soon as one of them has one."""
    found: dict[str, Any] = {}
    for name, model in gate.subjects:
        row_id: UUID = ids.pop(f"{name}_id")
        if issubclass(model, CaseBound | Case) and not work.actor.standings:
            work = _enter(work, model, row_id)
        found[name] = work.get(model, row_id)
    return work, found


def _enter(work: Work, model: type[Any], row_id: UUID) -> Work:
    if issubclass(model, Case):
        standing = standing_in(work.session, work.actor, row_id, work.today)
        entered = standing and (row_id, standing)
    else:
        entered = standing_by_row(work.session, work.actor, model, row_id, work.today)
    if not entered:
        raise NotFound(model.__name__)
    return work.narrowed(*entered)


def _admit(gate: Gate, action: Action, work: Work, found: dict[str, Any]) -> None:
    bound = [row for row in found.values() if isinstance(row, CaseBound | Case)]
    subject = bound[-1] if bound else None
    work.require(action, subject)
    if subject is None:
        return
    case = subject if isinstance(subject, Case) else work.get(Case, subject.case_id)
    g.case = case
    if request.blueprint in registry.PANELS and request.blueprint not in case.profile.panels:
        raise NotFound(request.blueprint)
    standing = work.actor.standing(subject)
    if standing and standing.role is not Role.CLIENT and request.method in SAFE:
        work.record_read(subject, request.endpoint or "")


def _remember_refusal(actor: Actor, refusal: NotAllowed) -> None:
    with unit_of_work(g.session, actor, scope=Scope.every_case(because="noting a refusal")) as work:
        case = work.session.get(Case, refusal.case_id) if refusal.case_id else None
        work.record(Event.REFUSED, case, action=str(refusal.action))


def _path_back(actor: Actor) -> str | None:
    """Where to go on after signing in: only a page one can look at, and only its path.

    A form that comes too late is not lost: what is in it is kept for its writer, and its page is where they go on.
    """
    if request.method not in SAFE:
        return _kept_unsent(actor)
    return request.path if request.path != "/" else None


def _kept_unsent(actor: Actor) -> str | None:
    writer, place = actor.id if actor.is_signed_in else portal().timed_out(), request.form.get(drafts.FIELD, "")
    if writer is None or not place:
        return None
    with unit_of_work(g.session, actor, scope=Scope.every_case(because="keeping what was typed")) as work:
        drafts.keep(work, writer, place, request.form.to_dict(flat=False))
    return drafts.page_of(place)


def make_room(app: Flask) -> None:
    """Let those who may send a large file send one. Everybody else's request stays small, before a byte is read."""

    @app.before_request
    def _make_room() -> None:
        gate: Gate | None = getattr(app.view_functions.get(request.endpoint or ""), "gate", None)
        if gate is not None and gate.takes_file:
            request.max_content_length = portal().settings.max_file_bytes
        if gate is not None and gate.uploads and gate.action and can(portal().actor(), gate.action):
            request.max_content_length = portal().settings.max_upload_bytes


def refuse_ungated_routes(app: Flask) -> None:
    """Refuse to start with a route that anybody could reach by mistake.

    Raises:
        RuntimeError: one or more view functions have no gate; the text names them.
    """
    bare = sorted(name for name, view in app.view_functions.items() if not hasattr(view, "gate"))
    if bare:
        raise RuntimeError(f"routes without a gate: {', '.join(bare)}")
