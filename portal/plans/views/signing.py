"""The client's answer to one version, signatures under it, papers they were given on, and copies handed out."""

from typing import Any

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.i18n import _
from portal.plans import commands, queries, wording
from portal.plans.models import CopyWay, PlanVersion, SignatureScan
from portal.plans.signing_forms import AgreeForm, AskChangeForm, CopyForm, DisagreeForm, RecordForm, SignForm
from portal.plans.views.blueprint import back_to_version, bp, to_version
from portal.web.forms import PortalForm
from portal.web.gate import allow
from portal.web.render import form_page, notify
from portal.work import Refused, Work


@bp.route("/plan-versions/<uuid:version_id>/agree", methods=["GET", "POST"])
@allow(Action.PLAN_ANSWER, version=PlanVersion, fresh=True)
def agree(work: Work, version: PlanVersion) -> ResponseReturnValue:
    """Agree with a version and sign it."""
    form = AgreeForm()
    if form.validate_on_submit():
        name, comment = form.typed_name.data or "", form.comment.data or ""
        try:
            commands.agree_to_plan(work, version, typed_name=name, comment=comment, choices=form.choices)
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Thank you. You and your plan agree now."))
            return to_version(version)
    return _version_form(work, version, "plans/sign.html", form, sentence=wording.agreement(version.number))


@bp.route("/plan-versions/<uuid:version_id>/sign", methods=["GET", "POST"])
@allow(Action.PLAN_SIGN, version=PlanVersion, fresh=True)
def sign(work: Work, version: PlanVersion) -> ResponseReturnValue:
    """Staff sign a version; a client who comes here goes to their own page for it."""
    if work.allows(Action.PLAN_ANSWER, version):
        return redirect(url_for(".agree", version_id=version.id), 303)
    form = SignForm()
    if form.validate_on_submit():
        try:
            commands.sign_plan(
                work, version, typed_name=form.typed_name.data or "", comment=form.comment.data or ""
            )  # fmt: skip
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("You have signed this version."))
            return to_version(version)
    return _version_form(work, version, "plans/sign.html", form, sentence=wording.staff_agreement(version.number))


@bp.route("/plan-versions/<uuid:version_id>/record", methods=["GET", "POST"])
@allow(Action.PLAN_RECORD, version=PlanVersion, fresh=True, takes_file=True)
def record(work: Work, version: PlanVersion) -> ResponseReturnValue:
    """Staff record a signature given on paper, or aloud before a witness."""
    form = RecordForm()
    if form.validate_on_submit():
        try:
            commands.record_signature(work, version, form.told())
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("The signature is kept. The client can see it."))
            return to_version(version)
    sentences = (wording.agreement(version.number), wording.spoken_agreement(version.number))
    return _version_form(work, version, "plans/staff_record.html", form, sentences=sentences)


@bp.get("/plan-scans/<uuid:scan_id>")
@allow(Action.PLAN_SCAN, scan=SignatureScan)
def scan(work: Work, scan: SignatureScan) -> ResponseReturnValue:
    """The paper a plan was signed on, as a download that no browser runs."""
    name, media_type, content = queries.scan_of(work, scan)
    answer = Response(content, mimetype=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@bp.route("/plan-versions/<uuid:version_id>/ask-change", methods=["GET", "POST"])
@allow(Action.PLAN_ANSWER, version=PlanVersion)
def ask_change(work: Work, version: PlanVersion) -> ResponseReturnValue:
    """Ask for a change before agreeing."""
    form = AskChangeForm()
    if form.validate_on_submit():
        try:
            commands.ask_for_changes(work, version, words=form.words.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("We got your wish. You will see a new version."))
            return to_version(version)
    return form_page("plans/ask_change.html", form, version=version, back=back_to_version(version))


@bp.route("/plan-versions/<uuid:version_id>/disagree", methods=["GET", "POST"])
@allow(Action.PLAN_ANSWER, version=PlanVersion)
def disagree(work: Work, version: PlanVersion) -> ResponseReturnValue:
    """Say no, with reasons that are kept; the parts one agrees with can start."""
    shown = queries.version_page(work, work.get(Case, version.case_id), version)
    form = DisagreeForm().offer(shown.plan)
    if form.validate_on_submit():
        try:
            commands.disagree_with_plan(work, version, words=form.words.data or "", started=form.started.data or ())
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("We have kept your answer. We will talk with you about it."))
            return to_version(version)
    return form_page("plans/disagree.html", form, version=version, back=back_to_version(version))


@bp.route("/plan-versions/<uuid:version_id>/copies", methods=["GET", "POST"])
@allow(Action.PLAN_RECORD, version=PlanVersion)
def give_copy(work: Work, version: PlanVersion) -> ResponseReturnValue:
    """Staff note that somebody was given a copy."""
    form = CopyForm()
    if form.validate_on_submit():
        name, part, day = form.to_name.data or "", form.part.data or "", form.given_on.day
        try:
            commands.give_copy(work, version, to_name=name, way=CopyWay(form.way.data), given_on=day, part=part)
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Noted."))
            return to_version(version)
    return form_page("plans/staff_copy.html", form, version=version, back=back_to_version(version))


def _version_form(
    work: Work, version: PlanVersion, template: str, form: PortalForm, **facts: Any
) -> ResponseReturnValue:
    shown = queries.version_page(work, work.get(Case, version.case_id), version)
    return form_page(template, form, version=version, shown=shown, back=back_to_version(version), **facts)
