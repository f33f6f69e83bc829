"""The addresses of the API. Each answers alike for everybody: cookies are not read, nobody is looked up.

Any web page may read the answers (Access-Control-Allow-Origin: *), because they are public and depend on no cookie.
"""

from flask import Blueprint, Flask, Response, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from portal.api.description import PROFILE, VERSION, described
from portal.api.kinds import LINKS, ORGANIZATIONS, SERVICES, TAXONOMIES, TERMS
from portal.api.parameters import BadParameter
from portal.api.throttle import Throttle
from portal.api.views import answers
from portal.api.views.answers import TooMuch
from portal.settings import Settings
from portal.web.gate import public
from portal.web.portal import portal
from portal.web.security import csrf

WHY = "other systems read the directory; it holds facts about places and none about people"

bp = Blueprint("api", __name__, url_prefix="/hsds")
csrf.exempt(bp)  # nothing is changed, and no cookie is read


def init_app(app: Flask, settings: Settings) -> None:
    """Open the API, unless the operator closed it."""
    if settings.directory_api:
        app.extensions[answers.EXTENSION] = Throttle(settings.directory_api_per_minute)
        app.register_blueprint(bp)


@bp.get("/", strict_slashes=False)
@public(WHY, works=False)
def about() -> ResponseReturnValue:
    """Which version this is, and where it is described."""
    address = portal().settings.origin + url_for("api.description")
    return {"version": VERSION, "profile": PROFILE, "openapi_url": address}


@bp.get("/openapi.json")
@public(WHY, works=False)
def description() -> ResponseReturnValue:
    """What may be asked here, as an OpenAPI document."""
    settings = portal().settings
    return described(settings.organisation, settings.origin + url_for("api.about"))


@bp.route("/services", methods=["GET", "POST"])
@public(WHY, works=False)
def services() -> ResponseReturnValue:
    """Services."""
    return answers.listed(SERVICES)


@bp.get("/services/<service_id>")
@public(WHY, works=False)
def service(service_id: str) -> ResponseReturnValue:
    """One service with all that hangs on it."""
    return answers.single(SERVICES, service_id)


@bp.route("/organizations", methods=["GET", "POST"])
@public(WHY, works=False)
def organizations() -> ResponseReturnValue:
    """Organisations."""
    return answers.listed(ORGANIZATIONS)


@bp.get("/organizations/<organization_id>")
@public(WHY, works=False)
def organization(organization_id: str) -> ResponseReturnValue:
    """One organisation with all that hangs on it."""
    return answers.single(ORGANIZATIONS, organization_id)


@bp.route("/service_at_locations", methods=["GET", "POST"])
@public(WHY, works=False)
def service_at_locations() -> ResponseReturnValue:
    """Services at their places, also by postcode and distance."""
    return answers.listed(LINKS)


@bp.get("/service_at_locations/<service_at_location_id>")
@public(WHY, works=False)
def service_at_location(service_at_location_id: str) -> ResponseReturnValue:
    """One service at one place."""
    return answers.single(LINKS, service_at_location_id)


@bp.route("/taxonomies", methods=["GET", "POST"])
@public(WHY, works=False)
def taxonomies() -> ResponseReturnValue:
    """Taxonomies."""
    return answers.listed(TAXONOMIES)


@bp.get("/taxonomies/<taxonomy_id>")
@public(WHY, works=False)
def taxonomy(taxonomy_id: str) -> ResponseReturnValue:
    """One taxonomy."""
    return answers.single(TAXONOMIES, taxonomy_id)


@bp.route("/taxonomy_terms", methods=["GET", "POST"])
@public(WHY, works=False)
def taxonomy_terms() -> ResponseReturnValue:
    """Categories."""
    return answers.listed(TERMS)


@bp.get("/taxonomy_terms/<taxonomy_term_id>")
@public(WHY, works=False)
def taxonomy_term(taxonomy_term_id: str) -> ResponseReturnValue:
    """One category."""
    return answers.single(TERMS, taxonomy_term_id)


@bp.errorhandler(BadParameter)
def _bad(problem: BadParameter) -> Response:
    return answers.refusal(400, str(problem))


@bp.errorhandler(TooMuch)
def _too_much(problem: TooMuch) -> Response:
    response = answers.refusal(429, "too many requests; see Retry-After")
    response.headers["Retry-After"] = str(problem.seconds)
    return response


@bp.errorhandler(HTTPException)
def _refused(problem: HTTPException) -> Response:
    return answers.refusal(problem.code or 500, problem.name.lower())


@bp.errorhandler(OperationalError)
def _away(_problem: OperationalError) -> Response:
    response = answers.refusal(503, "the database is away; try again in a minute")
    response.headers["Retry-After"] = "60"
    return response


@bp.after_request
def _open_to_all(response: Response) -> Response:
    """Let caches keep an answer for a minute and ask again with its mark, and any web page read it."""
    keep = request.method in {"GET", "HEAD"} and response.status_code in {200, 304}
    response.headers["Cache-Control"] = "public, max-age=60" if keep else "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match, If-Modified-Since"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response
