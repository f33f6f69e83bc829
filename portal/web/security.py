"""Headers on every answer, limits on every request, and the CSRF check on every changing one."""

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.settings import LOOPBACK, Settings

csrf = CSRFProtect()

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}
#: The one blueprint whose answers are the same for everybody; it says itself how long they may be kept.
SAME_FOR_ALL = "api"
ONE_YEAR = "max-age=31536000; includeSubDomains"


def _hosts(settings: Settings) -> list[str]:
    """The one host there is; for a portal on this machine alone, every name of this machine."""
    name, _, port = settings.host.rpartition(":") if settings.host[-1:].isdigit() else (settings.host, "", "")
    if name not in LOOPBACK:
        return [settings.host]
    return [f"{each}:{port}" if port else each for each in ("127.0.0.1", "localhost")]


def init_app(app: Flask, settings: Settings) -> None:
    """Set the limits, the headers and the CSRF check."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.max_request_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_request_bytes,
        MAX_FORM_PARTS=500,
        TRUSTED_HOSTS=_hosts(settings),
        WTF_CSRF_TIME_LIMIT=None,  # the token lives as long as its session: a slow writer is not an attacker
        WTF_CSRF_SSL_STRICT=True,
    )

    @app.teardown_request
    def _close_files(_problem: BaseException | None) -> None:
        request.close()  # a large file lies on the disk until it is closed

    csrf.init_app(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]  # Flask's way

    @app.after_request
    def _headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.https:
            response.headers["Strict-Transport-Security"] = ONE_YEAR
        if request.blueprint == SAME_FOR_ALL:
            return response
        # A wrong address below /static answers with a page, and that is as much somebody's own as any other.
        if request.endpoint != "static" or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
            response.headers["Vary"] = "Cookie"
        return response
