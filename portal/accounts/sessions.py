"""Sessions kept at the server, and who is signed in. The only importer of flask_login.

The cookie holds a random token; the row it leads to can be ended from anywhere. Before somebody signs in there is no
row, only the token, from which the CSRF token is derived.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from flask import Flask, Request, Response, current_app, g, request
from flask import session as flask_session
from flask.sessions import SessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import Update, bindparam, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal import clock
from portal.access.actor import ANONYMOUS, Actor
from portal.access.scope import BEFORE_SCOPE
from portal.accounts.models import FRESH_FOR, Account, SignIn
from portal.cases.models import CaseMember, Person, StaffPost
from portal.db import PortalSession
from portal.roles import AccountKind, Role
from portal.settings import Settings
from portal.web.drafts import HAS_ANY
from portal.work import LEAVING, Work

#: The row's "last seen" is written at most this often: a page is not a disk write.
TOUCH_EVERY = timedelta(minutes=1)
_CSRF = "csrf_token"
#: How a token begins until somebody signs in, who gets another: no row has such a one, so none is looked for.
_VISITOR = "visitor."
#: What the exit leaves in the browser (see portal.js): on a bad signal, Back is quicker than the word of leaving.
_LEFT = "left"
#: The address that ends a session while it is still known whose it is.
LEAVE = "accounts.leave"
#: Where a database session says which note its transaction kept.
_KEPT = "kept_note"


def hash_of(token: str) -> bytes:
    """What is stored of a random token."""
    return hashlib.sha256(token.encode()).digest()


class BrowserSession(dict[str, Any], SessionMixin):
    """What Flask and Flask-WTF see of a session: the CSRF token and the note for the next page."""

    def __init__(self, token: str, csrf: str, *, new: bool) -> None:
        super().__init__({_CSRF: csrf})
        #: What the browser came with stays known: a view that is run a second time must find what the first one found.
        self.brought = self.token = token
        self.is_new, self.is_over = new, False
        self.row_id: UUID | None = None
        #: Whose session this was until its time was up.
        self.timed_out: UUID | None = None
        self.has_drafts = False
        self.notes_before: dict[str, Any] = {}
        self.touch = False

    def notes(self) -> dict[str, Any]:
        """Everything but what is derived."""
        return {key: value for key, value in self.items() if key not in {_CSRF, "shared"}}


class ServerSessions(SessionInterface):
    """Flask's way in to our session rows."""

    def __init__(self, settings: Settings) -> None:
        self._key = settings.secret_key.encode()
        self._secure = settings.https
        self.cookie = "__Host-portal" if settings.https else "portal"

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        """Start from the cookie, or afresh. The row is read later, with the person."""
        del app
        token = request.cookies.get(self.cookie, "")
        known = 40 <= len(token) <= 64 and token.isascii()
        return self.fresh(token if known else None)

    def fresh(self, token: str | None = None) -> BrowserSession:
        """A session for this token, or for a new one."""
        used = token or _VISITOR + secrets.token_urlsafe(32)
        csrf = hmac.new(self._key, f"csrf {used}".encode(), hashlib.sha256).hexdigest()
        return BrowserSession(used, csrf, new=token is None)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep the note for the next page and the time of this one; hand out the cookie when it is new."""
        del app
        ours = cast(BrowserSession, session)
        if _is_stale(ours) and g.session.info.get(_KEPT) != ours.notes():
            self._keep(ours)
        if request.endpoint == "static":
            return
        if _LEFT in request.cookies:
            self._end(ours)
            response.delete_cookie(_LEFT, secure=self._secure, httponly=True, samesite="Lax", path="/")
        if ours.is_new:
            response.set_cookie(self.cookie, ours.token, secure=self._secure, httponly=True, samesite="Lax", path="/")

    def _keep(self, ours: BrowserSession) -> None:
        with suppress(OperationalError):  # the page is right; only its note or its minute is lost
            _afterwards(lambda database: _write(database, ours))

    def _end(self, ours: BrowserSession) -> None:
        ended = update(SignIn).where(SignIn.token_hash == hash_of(ours.brought), SignIn.ended_at.is_(None))
        with suppress(OperationalError):  # this browser has lost its token all the same
            _afterwards(lambda database: _run(database, ended.values(ended_at=clock.now())))


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """What Flask-Login holds: the actor, loaded once a request."""

    def __init__(self, actor: Actor) -> None:
        self.actor, self.id = actor, str(actor.person_id)


def signed_in_actor() -> Actor:
    """Who asks, in this request."""
    return cast(Actor, current_user.actor) if current_user.is_authenticated else ANONYMOUS


def timed_out() -> UUID | None:
    """Whose session this was until its time was up; None for a session that goes on or was ended."""
    return cast(BrowserSession, flask_session).timed_out


def has_drafts() -> bool:
    """Whether the one who asks has typed something into a form and not sent it."""
    return cast(BrowserSession, flask_session).has_drafts


def keep_note(database: PortalSession) -> None:
    """Keep the note for the next page with what it tells of: in this transaction, or not at all."""
    ours = cast(BrowserSession, flask_session)
    if _is_stale(ours):
        _write(database, ours)
        database.info[_KEPT] = ours.notes()


def _is_stale(ours: BrowserSession) -> bool:
    return ours.row_id is not None and not ours.is_over and (ours.notes() != ours.notes_before or ours.touch)


def _write(database: PortalSession, ours: BrowserSession) -> None:
    _run(database, update(SignIn).where(SignIn.id == ours.row_id).values(notes=ours.notes(), seen_at=clock.now()))


def _run(database: PortalSession, statement: Update) -> None:
    database.execute(statement, execution_options={BEFORE_SCOPE: True, "synchronize_session": False})


def _afterwards(change: Callable[[PortalSession], None]) -> None:
    """Change something in a transaction of its own, after the page's own work."""
    database: PortalSession = g.session
    database.info.clear()  # the page's own unit of work is over, with its rules
    try:
        database.rollback()
        database.begin_work(write=True)
        change(database)
        database.commit()
    except OperationalError:
        database.rollback()
        raise


def init_app(app: Flask, settings: Settings) -> None:
    """Keep sessions at the server and tell Flask-Login whose they are."""
    app.session_interface = ServerSessions(settings)
    manager = LoginManager()
    manager.session_protection = None  # a row at the server is the protection, see SECURITY T8
    manager.init_app(app, add_context_processor=False)

    @manager.request_loader  # type: ignore[untyped-decorator]  # as above
    def _load(_request: Request) -> SignedIn | None:
        if g.get("is_away"):
            return None  # the page that says so has to be shown without asking again
        if _LEFT in request.cookies and request.endpoint != LEAVE:
            forget()
            return None
        try:
            actor = _actor_of(g.session, cast(BrowserSession, flask_session), settings)
        except OperationalError:
            g.is_away = True
            raise
        return SignedIn(actor) if actor is not None else None


#: Built once: a statement that is made anew on every request costs as much as running it.
_HOME = (
    select(CaseMember.case_id)
    .where(CaseMember.person_id == Account.person_id, CaseMember.role == Role.CLIENT, CaseMember.ended_at.is_(None))
    .order_by(CaseMember.started_at.desc(), CaseMember.id)
    .limit(1)
    .scalar_subquery()
)
_WHO = (
    select(SignIn, Account.kind, Account.id, Person.id, Person.name, Person.language, Person.zone, _HOME, HAS_ANY)
    .join(Account, Account.id == SignIn.account_id)
    .join(Person, Person.id == Account.person_id)
    .where(SignIn.token_hash == bindparam("token"), SignIn.ended_at.is_(None), Account.disabled_at.is_(None))
)

_POSTS = select(StaffPost.post, StaffPost.programme_id).where(StaffPost.person_id == bindparam("person"))


def _actor_of(database: Session, ours: BrowserSession, settings: Settings) -> Actor | None:
    if ours.is_new or ours.token.startswith(_VISITOR):
        return None
    found = database.execute(_WHO, {"token": hash_of(ours.token)}, execution_options={BEFORE_SCOPE: True}).first()
    if found is None:
        return None
    row, kind, account_id, person_id, name, language, zone, home_case_id, ours.has_drafts = found
    now = clock.now()
    if row.seen_at + _idle(settings, kind, shared=row.shared) < now or row.started_at + settings.longest_session < now:
        ours.timed_out = person_id
        return None
    ours.row_id, ours.touch = row.id, row.seen_at + TOUCH_EVERY < now
    ours.update({**row.notes, "shared": row.shared})
    ours.notes_before = dict(row.notes)
    g.account_id, g.home_case_id = account_id, home_case_id
    posts = frozenset[Any]()
    if kind is AccountKind.STAFF:
        held = database.execute(_POSTS, {"person": person_id}, execution_options={BEFORE_SCOPE: True})
        posts = frozenset((post, programme) for post, programme in held)
    return Actor(person_id, name, kind, language, zone or "", posts, fresh=row.fresh_at + FRESH_FOR > now)


def _idle(settings: Settings, kind: AccountKind, *, shared: bool) -> timedelta:
    if kind is AccountKind.STAFF:
        return settings.idle_staff
    return settings.idle_shared if shared else settings.idle_client


def start(work: Work, account: Account, *, shared: bool) -> None:
    """Sign this account in: a new token and a new row, whatever the browser brought."""
    end(work)
    token = secrets.token_urlsafe(32)
    _take_on(token)
    row = SignIn(
        token_hash=hash_of(token),
        account_id=account.id,
        started_at=work.now,
        seen_at=work.now,
        fresh_at=work.now,
        shared=shared,
        notes={},
    )
    work.session.add(row)
    account.last_signed_in_at = work.now


def end(work: Work) -> None:
    """End this session at the server; its token is dead wherever it was copied to.

    One statement, and no change of a loaded row: leaving is a link, and a page that is only looked at may not change
    rows. Signing somebody out by a forged link does no harm (UX 1.5).
    """
    row_id = current_id()
    if row_id is not None:
        ended = update(SignIn).where(SignIn.id == row_id, SignIn.ended_at.is_(None)).values(ended_at=work.now)
        work.session.execute(ended, execution_options={"synchronize_session": False, LEAVING: True})
    forget()


def forget() -> None:
    """Give this browser a new token and keep nothing of the old one, without asking the database."""
    _take_on(None)


def _take_on(token: str | None) -> None:
    ours = cast(BrowserSession, flask_session)
    new = cast(ServerSessions, current_app.session_interface).fresh(token)
    ours.token, ours.is_new, ours.is_over = new.token, True, True
    ours.clear()
    ours.update(new)


def current_id() -> UUID | None:
    """The row of the session that asks; None when nobody is signed in."""
    return cast(BrowserSession, flask_session).row_id


def browser_hash() -> bytes:
    """A hash of the token this browser came with, signed in or not: what a code that it asks for is tied to."""
    return hash_of(cast(BrowserSession, flask_session).brought)


def prove_again(work: Work) -> None:
    """Note that the person has just shown again who they are."""
    row = work.session.get(SignIn, current_id())
    if row is not None:
        row.fresh_at = work.now
