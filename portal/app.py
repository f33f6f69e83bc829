"""Wiring: settings in, a Flask application out. Refuses to start if a route has no gate."""

from importlib import import_module
from pathlib import Path

from flask import Blueprint, Flask, g

from portal import installation
from portal.accounts import sessions as account_sessions
from portal.api.views import addresses as api
from portal.db import make_engine, make_sessions
from portal.directory import synonyms
from portal.settings import Settings
from portal.web import draft_views, errors, gallery, gate, health, language, look, render, security, shortcuts, statics
from portal.web.portal import Portal

#: Every package with pages. Each has `views` with a blueprint named `bp`; a feature that has a panel is named as it.
PAGES = (
    "accounts",
    "plans",
    "strengths",
    "referrals",
    "resources",
    "messages",
    "supporters",
    "consents",
    "trail",
    "jobs",
    "progress",
    "papers",
    "group",
    "exports",
    "home",
    "reviews",
    "staff",
    "supervision",
    "admin",
    "replies",
)


def create_app(settings: Settings, *, check: bool = True) -> Flask:
    """The application.

    Args:
        settings: what the operator decided.
        check: refuse to start with an ungated route; only the test of that refusal says no.

    Raises:
        RuntimeError: a route has no gate.
        KeyProblem: the encryption keys do not open this database.
    """
    synonyms.use(settings.instance / "words")
    app = Flask(__name__, static_folder=None, template_folder=str(Path(__file__).parent / "templates"))
    engine = make_engine(settings.database_url, settings.key_ring(), pool_size=settings.pool_size)
    installation.refuse_wrong_keys(engine, demo=settings.demo)
    app.extensions["portal"] = Portal(
        settings,
        engine,
        make_sessions(engine),
        account_sessions.signed_in_actor,
        account_sessions.keep_note,
        account_sessions.timed_out,
        account_sessions.has_drafts,
    )

    @app.before_request
    def _open() -> None:
        g.session = app.extensions["portal"].sessions()

    @app.teardown_request
    def _close(_problem: BaseException | None) -> None:
        if (session := g.pop("session", None)) is not None:
            session.close()

    files = statics.init_app(app)
    look.init_app(app, settings, engine, files)
    render.init_app(app, files)  # before pages: it says which kind of Jinja environment there is
    gate.make_room(app)  # before the CSRF check, which reads the whole form
    security.init_app(app, settings)
    account_sessions.init_app(app, settings)
    language.init_app(app, settings)
    errors.init_app(app)
    health.init_app(app)
    shortcuts.init_app(app)
    draft_views.init_app(app)
    for blueprint in _blueprints():
        app.register_blueprint(blueprint)
    api.init_app(app, settings)
    if settings.development:
        gallery.init_app(app)
    if settings.demo:
        app.register_blueprint(_views_of("demo"))
    if check:
        gate.refuse_ungated_routes(app)
    return app


def _blueprints() -> list[Blueprint]:
    return [_views_of(package) for package in PAGES]


def _views_of(package: str) -> Blueprint:
    found = import_module(f"portal.{package}.views").bp
    if not isinstance(found, Blueprint):
        raise TypeError(f"portal.{package}.views.bp is no blueprint")
    return found
