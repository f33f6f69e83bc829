"""Which language to speak in one request: the person's own, else the one chosen here, else the browser's wish."""

from flask import Flask, request

from portal import i18n
from portal.settings import Settings
from portal.web.portal import portal
from portal.web.security import SAME_FOR_ALL


def cookie_name(settings: Settings) -> str:
    """The cookie that holds the language chosen on this browser."""
    return "__Host-language" if settings.https else "language"


def init_app(app: Flask, settings: Settings) -> None:
    """Speak the right language from the start of each request."""

    @app.before_request
    def _speak() -> None:
        if request.blueprint == SAME_FOR_ALL:
            i18n.speak(i18n.SOURCE_LANGUAGE, settings.zone)
        elif request.endpoint not in {"static", "livez"}:
            actor = portal().actor()
            i18n.speak(_choose(settings, actor.language), actor.zone or settings.zone)


def _choose(settings: Settings, own: str) -> str:
    for wish in (own, request.cookies.get(cookie_name(settings), "")):
        if wish in settings.languages:
            return wish
    return request.accept_languages.best_match(settings.languages) or settings.languages[0]
