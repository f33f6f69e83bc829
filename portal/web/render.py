"""From a template and its facts to a page. What every layout shows is gathered here, in one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, Response, current_app, g, make_response, request, session
from flask_wtf.csrf import generate_csrf

from portal import i18n
from portal.access.actions import Action
from portal.access.actor import Actor, Subject
from portal.profiles.profile import Profile
from portal.roles import AccountKind
from portal.settings import Settings
from portal.web import jinja, navigation
from portal.web.look import Logo, looks
from portal.web.once import once_key
from portal.web.portal import portal
from portal.web.statics import Statics
from portal.web.words import word_of

NOTICE = "notice"
#: What people write into a number for the eye.
_NOT_DIALLED = str.maketrans("", "", " ()-./\u00a0")


@dataclass(frozen=True, slots=True)
class Site:
    """What every page says about the organisation and the language."""

    organisation: str
    demo: bool
    languages: Sequence[tuple[str, str]]
    language: str
    direction: str
    office_phone: str
    office_hours: str
    logo: Logo | None
    crisis_lines: Sequence[tuple[str, str]]
    development: bool
    accent: str
    exit_label: str


@dataclass(frozen=True, slots=True)
class Viewer:
    """What every page says about its reader."""

    is_signed_in: bool
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class NoticeBox:
    """A sentence at the top of the next page: what just happened."""

    text: str
    tone: str


def page(template: str, status: int = 200, /, **facts: Any) -> Response:
    """Render a page for the person asking.

    Args:
        template: its file below `templates/`.
        status: the HTTP status; 422 marks the page as one with errors.
        facts: what the template shows.
    """
    facts.setdefault("has_errors", status in {409, 422})
    facts.setdefault("case", g.get("case"))
    return make_response(rendered(template, {**layout_facts(), **facts}), status)


def form_page(template: str, form: Any, /, **facts: Any) -> Response:
    """Render a page with a form on it.

    200 when it is shown, 422 when something is wrong with what was sent, 409 when somebody else changed the same
    meanwhile: then the page shows both texts (see web.forms.EditForm).
    """
    status = 200
    if request.method == "POST" and form.has_errors:
        status = 409 if getattr(form, "two_texts", ()) else 422
    return page(template, status, form=form, **facts)


def notify(text: str, tone: str = "good") -> None:
    """Say this on the next page. Never anything private: it is kept until it is shown."""
    session[NOTICE] = {"text": str(text), "tone": tone}


def layout_facts() -> dict[str, Any]:
    """What the layouts need, whatever the page."""
    settings, actor = portal().settings, portal().actor()
    case = g.get("case")
    notice = session.pop(NOTICE, None) if actor.is_signed_in and request.method == "GET" else None
    return {
        "site": _site(settings),
        "viewer": Viewer(actor.is_signed_in, actor.name, actor.kind.value if actor.kind else "none"),
        "layout": _layout(actor),
        "nav": navigation.items(actor, g.get("work"), case),
        "notice": NoticeBox(notice["text"], notice["tone"]) if notice else None,
        "language_url": jinja.address("accounts.choose_language"),
        "exit_url": jinja.address("accounts.leave"),
        "exit_target": settings.exit_url,
        "account_url": jinja.address("accounts.account"),
        "sign_out_url": jinja.address("accounts.sign_out"),
        "here": request.path,
        "back": None,
        "supporter_banner": navigation.supporter_banner(g.get("work"), case),
        "minutes_left": _minutes(settings, actor),
        "shared_computer": bool(session.get("shared")),
        "crisis": _crisis(settings) if actor.kind is not AccountKind.STAFF else None,
    }


def _layout(actor: Actor) -> str:
    return f"layouts/{actor.kind.value if actor.kind else 'bare'}.html"


def _site(settings: Settings) -> Site:
    look = looks().now()
    return Site(
        organisation=settings.organisation,
        demo=settings.demo,
        languages=[(code, i18n.own_name(code)) for code in settings.languages],
        language=i18n.language(),
        direction=i18n.direction(),
        office_phone=settings.office_phone,
        office_hours=look.hours_in(i18n.language()),
        logo=look.logo,
        crisis_lines=settings.crisis_lines,
        development=settings.development,
        accent=look.accent,
        exit_label=i18n._("Leave this site"),
    )


def _crisis(settings: Settings) -> list[tuple[str, str]]:
    """Names and addresses of who to turn to now: a number is one to call, an address such as https://… stays."""
    return [
        (name, number if ":" in number else "tel:" + number.translate(_NOT_DIALLED))
        for name, number in settings.crisis_lines
    ]


def _minutes(settings: Settings, actor: Actor) -> int | None:
    if not actor.is_signed_in:
        return None
    limit = settings.idle_staff if actor.kind is AccountKind.STAFF else settings.idle_client
    if session.get("shared"):
        limit = settings.idle_shared
    return int(limit.total_seconds() // 60)


def _can(action: str, subject: Subject | None = None) -> bool:
    work = g.get("work")
    return work is not None and work.allows(Action(action), subject)


def _word(name: str) -> str:
    case = g.get("case")
    profile: Profile | None = case.profile if case is not None else None
    return word_of(profile, name)


def _csrf_token() -> str:
    """Flask-WTF's token, which it keeps for the request; a page with forty forms asks for it forty times."""
    return g.get("csrf_token") or cast(str, generate_csrf())


def init_app(app: Flask, statics: Statics) -> None:
    """Give templates our functions and filters."""
    app.extensions["portal_templates"] = jinja.init_app(app)
    environment = app.jinja_env
    environment.globals.update(
        static_url=statics.url,
        static_data=statics.data,
        can=_can,
        word=_word,
        once_key=once_key,
        csrf_token=_csrf_token,
    )
    environment.globals["direction"] = i18n.direction
    environment.filters.update(
        day=i18n.day,
        short_day=i18n.short_day,
        long_day=i18n.long_day,
        clock_time=i18n.clock_time,
        day_and_time=i18n.day_and_time,
        number=i18n.number,
        percent=i18n.percent,
        listed=jinja.listed,
        in_a_line=i18n.in_a_line,
        ago=lambda moment: i18n.ago(moment, g.work.now),
        here=i18n.here,
        language_name=i18n.own_name,
    )


def rendered(template: str, facts: dict[str, Any]) -> str:
    """A template with exactly these facts, in the language being spoken."""
    templates: jinja.Templates = current_app.extensions["portal_templates"]
    return templates.render(template, facts)
