"""The parts of life that strengths and goals are sorted by: an administrator's page for them."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal import i18n
from portal.access.actions import Action
from portal.admin import area_commands as commands
from portal.admin.office_views import bp
from portal.cases.areas import AREAS, Area, OrganisationArea
from portal.i18n import _
from portal.web.forms import PortalForm, TextField
from portal.web.gate import allow
from portal.web.portal import portal
from portal.web.render import form_page, notify, page
from portal.work import NotFound, Refused, Work


@bp.get("/admin/areas")
@allow(Action.SETTINGS_MANAGE)
def areas(work: Work) -> ResponseReturnValue:
    """The parts of life, in their order."""
    return page("admin/areas.html", areas=_listed(work), back=_to_programmes())


@bp.route("/admin/areas/new", methods=["GET", "POST"])
@allow(Action.SETTINGS_MANAGE)
def add_area(work: Work) -> ResponseReturnValue:
    """A part of life of the organisation's own."""
    form = _form({})
    if form.validate_on_submit():
        try:
            commands.add_area(work, _labels(form))
        except Refused as no:
            form.refuse(no)
        else:
            return _back(_("Added."))
    return form_page("admin/area.html", form, area=None, back=_to_areas())


@bp.route("/admin/areas/<key>", methods=["GET", "POST"])
@allow(Action.SETTINGS_MANAGE)
def name_area(work: Work, key: str) -> ResponseReturnValue:
    """What a part of life is called, in each language."""
    area, labels = _found(work, key)
    form = _form(labels)
    if form.validate_on_submit():
        try:
            commands.name_area(work, key, _labels(form))
        except Refused as no:
            form.refuse(no)
        else:
            return _back(_("Saved."))
    return form_page("admin/area.html", form, area=area, back=_to_areas())


@bp.post("/admin/areas/<key>/move")
@allow(Action.SETTINGS_MANAGE)
def move_area(work: Work, key: str) -> ResponseReturnValue:
    """One place up or down."""
    commands.move_area(work, key, up=request.form.get("way") == "up")
    return redirect(url_for(".areas"), 303)


@bp.post("/admin/areas/<key>/offer")
@allow(Action.SETTINGS_MANAGE)
def offer_area(work: Work, key: str) -> ResponseReturnValue:
    """Offer it, or no longer."""
    try:
        commands.offer_area(work, key, on=request.form.get("on") == "yes")
    except Refused as no:
        notify(str(no.says), "warn")
        return redirect(url_for(".areas"), 303)
    return _back(_("Saved. What clients wrote stays where it is."))


def _listed(work: Work) -> list[tuple[Area, bool]]:
    """Each part of life, and whether it is offered."""
    rows = _rows(work)
    return [(Area(row.key, row.label), row.offered) for row in rows] or [(area, True) for area in AREAS]


def _found(work: Work, key: str) -> tuple[Area, dict[str, Any]]:
    area = next((area for area, _on in _listed(work) if area.key == key), None)
    if area is None:
        raise NotFound("area")
    return area, next((row.labels for row in _rows(work) if row.key == key), {})


def _rows(work: Work) -> list[OrganisationArea]:
    return list(work.session.scalars(select(OrganisationArea).order_by(OrganisationArea.rank, OrganisationArea.key)))


def _form(labels: dict[str, Any]) -> Any:
    """A box for each language of this installation, each under the language's own name."""
    boxes = {
        f"name_{code}": TextField(i18n.own_name(code), most=80, default=labels.get(code, ""))
        for code in portal().settings.languages
    }
    return type("AreaForm", (PortalForm,), boxes)()


def _labels(form: Any) -> dict[str, str]:
    return {code: form[f"name_{code}"].data or "" for code in portal().settings.languages}


def _back(says: str) -> ResponseReturnValue:
    notify(says)
    return redirect(url_for(".areas"), 303)


def _to_areas() -> tuple[str, str]:
    return _("Parts of life"), url_for(".areas")


def _to_programmes() -> tuple[str, str]:
    return _("Programmes"), url_for(".programmes")
