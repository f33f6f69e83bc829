"""The papers: on the screen as they come out of a printer, and as PDF files where those can be made."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from portal import i18n
from portal.access.actions import Action
from portal.audit.events import Event
from portal.cases.models import Case
from portal.group import queries as group
from portal.i18n import _
from portal.papers import pdf, queries
from portal.papers.forms import Choices, PaperForm
from portal.plans import queries as plans
from portal.plans.models import Goal
from portal.roles import AccountKind
from portal.strengths.models import Tense
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import layout_facts, page, rendered
from portal.work import NotFound, Work

bp = Blueprint("papers", __name__)

#: By paper: its template, what is ticked at first, and whether private goals can be asked for.
_PAPERS = {
    "plan": ("papers/plan.html", Choices(), False),
    "keepsake": ("papers/keepsake.html", Choices(large=True), True),
}


@bp.get("/cases/<uuid:case_id>/paper/plan")
@allow(Action.PLAN_PRINT, case=Case)
def plan(work: Work, case: Case) -> ResponseReturnValue:
    """The plan, to print."""
    return _shown(work, case, "plan")


@bp.get("/cases/<uuid:case_id>/paper/keepsake")
@allow(Action.PROGRESS_VIEW, case=Case)
def keepsake(work: Work, case: Case) -> ResponseReturnValue:
    """How far somebody has come, large and in their own words, to keep when the work ends."""
    return _shown(work, case, "keepsake")


@bp.get("/goals/<uuid:goal_id>/paper/team-sheet")
@allow(Action.GROUP_VIEW, goal=Goal)
def sheet(work: Work, goal: Goal) -> ResponseReturnValue:
    """One client's strengths and one goal for the team, without a name unless the client agreed."""
    pdf_url = url_for(".sheet_as_pdf", goal_id=goal.id) if pdf.is_there() else None
    return page("papers/staff_sheet.html", **_sheet_facts(work, goal), pdf_url=pdf_url)


@bp.get("/goals/<uuid:goal_id>/paper/team-sheet.pdf")
@allow(Action.GROUP_VIEW, goal=Goal)
def sheet_as_pdf(work: Work, goal: Goal) -> ResponseReturnValue:
    """The same as a PDF file."""
    facts = _sheet_facts(work, goal)
    return _file(work, facts["case"], "team-sheet", "papers/staff_sheet.html", {**facts, "pdf_url": None})


@bp.get("/cases/<uuid:case_id>/paper/<any(plan, keepsake):paper>.pdf")
@allow(Action.PLAN_PRINT, case=Case)
def as_pdf(work: Work, case: Case, paper: str) -> ResponseReturnValue:
    """The same as a PDF file. Its name tells nothing."""
    with _language(case):
        return _file(work, case, paper, *_facts(work, case, paper))


def _file(work: Work, case: Case, paper: str, template: str, facts: dict[str, Any]) -> Response:
    if not pdf.is_there():
        raise NotFound("pdf")
    made = pdf.pdf_of(rendered(template, {**layout_facts(), **facts}))
    work.record(Event.COPY_MADE, case, paper=paper)
    named = {"Content-Disposition": f'attachment; filename="{paper}.pdf"'}
    return Response(made, mimetype="application/pdf", headers=named)


def _sheet_facts(work: Work, goal: Goal) -> dict[str, Any]:
    """What the team's sheet shows. Whose it is stands nowhere: not in the title, not in the way back."""
    case = work.get(Case, plans.goal_for(work, goal).case_id)
    back = (_("Back to the turns"), url_for("group.prepare", case_id=case.id))
    return {
        "case": case,
        "shown": group.group_sheet(work, case, goal),
        "today": work.today,
        "tenses": Tense,
        "back": back,
    }


def _shown(work: Work, case: Case, paper: str) -> Response:
    with _language(case):
        template, facts = _facts(work, case, paper)
        return page(template, **facts)


def _facts(work: Work, case: Case, paper: str) -> tuple[str, dict[str, Any]]:
    """The template of a paper and what it shows, as it was asked for in the address."""
    template, usual, private = _PAPERS[paper]
    mine = work.actor.kind is AccountKind.CLIENT
    form = PaperForm.read(request.args, usual, mine=mine, private=private)
    chosen, sent = form.choices, request.args
    asked: dict[str, Any] = {name: sent.getlist(name) for name in ("chosen", "show", "language") if name in sent}
    # What a page says about us everywhere, its title too, is left out with our name.
    unnamed = {} if chosen.office else {"site": replace(layout_facts()["site"], organisation=_("My papers"))}
    return template, {
        **unnamed,
        "case": case,
        "today": work.today,
        "mine": mine,
        "form": form,
        "chosen": chosen,
        "asked": asked,
        "other_language": None if mine else _other_language(case),
        "pdf_url": url_for(".as_pdf", case_id=case.id, paper=paper, **asked) if pdf.is_there() else None,
        "back": up_to(work, case),
        "shown": queries.plan_paper(work, case, named=chosen.name)
        if paper == "plan"
        else queries.keepsake(work, case, private=chosen.private),
    }


def _language(case: Case) -> AbstractContextManager[None]:
    """Staff may print in the client's language; everybody else in their own."""
    wanted = request.args.get("language", "")
    return i18n.speaking(wanted) if wanted == case.client.language and i18n.is_translated(wanted) else nullcontext()


def _other_language(case: Case) -> str | None:
    """The client's language, where it is not the one being spoken."""
    theirs = case.client.language
    return theirs if theirs != i18n.language() and i18n.is_translated(theirs) else None
