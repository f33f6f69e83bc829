"""Find help: search by words, place and choices; words to go on typing with; several places side by side."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.directory.search import Query
from portal.i18n import _
from portal.resources import queries
from portal.resources.forms import CompareForm, SearchForm, page_number, term_id, term_ids
from portal.resources.queries import SearchPage
from portal.resources.queries.places import MOST_COMPARED, MOST_ON_SHEET
from portal.resources.views.blueprint import bp, previous
from portal.resources.words import asks_near_me, away, summary, why_words, wider_words
from portal.web.gate import allow
from portal.web.render import form_page, page
from portal.work import Work


@bp.route("/cases/<uuid:case_id>/find-help", methods=["GET", "POST"])
@allow(Action.RESOURCE_SEARCH, case=Case)
def search(work: Work, case: Case) -> ResponseReturnValue:
    """Search by words, town and choices (sent, never in the address), or look through a category (?category=)."""
    form = SearchForm()
    form.offer(queries.offered(work))
    asked = form.validate_on_submit()
    if asked and request.form.get("do") == "words":
        return _words_page(work, case, form)
    query = form.query() if asked else None
    if not form.is_submitted() and (category := term_id(request.args.get("category"))):
        query = Query(category=category, page=page_number(request.args.get("page")))
        form.category.data = str(category)
    return _results_page(work, case, form, query)


def _results_page(work: Work, case: Case, form: SearchForm, query: Query | None) -> ResponseReturnValue:
    found = queries.find(work, case, query)
    again = [(wider_words(step), form.wider(step.query), step.total) for step in found.wider]
    facts: dict[str, Any] = {"says": summary(found.results, query) if found.results and query else "", "again": again}
    facts["near_me"] = bool(query) and asks_near_me(form.words.data or "")
    compare = _compare_form(found)
    return form_page(
        "resources/search.html", form, found=found, query=query, previous=previous(), compare=compare,
        why=why_words, away=away, **facts,
    )  # fmt: skip


def _words_page(work: Work, case: Case, form: SearchForm) -> ResponseReturnValue:
    typed = form.words.data or ""
    back = (_("Find help"), url_for(".search", case_id=case.id))
    begun = typed.rpartition(" ")[0]
    facts = {"offered": queries.suggestions(work, typed), "begun": f"{begun} " if begun else "", "back": back}
    return form_page("resources/words.html", form, previous=previous(), **facts)


def _compare_form(found: SearchPage) -> CompareForm:
    form = CompareForm(formdata=None)
    shown = found.found or found.saved
    form.offer((str(one.hit.service_id), one.hit.name) for one in shown)
    return form


@bp.get("/cases/<uuid:case_id>/find-help/compare")
@allow(Action.RESOURCE_SEARCH, case=Case)
def compare(work: Work, case: Case) -> ResponseReturnValue:
    """Two or three places side by side (?service=…&service=…); with do=print the sheet to take along."""
    chosen = term_ids(request.args.getlist("service"))
    if request.args.get("do") == "print":
        return _sheet(work, case, [str(one) for one in chosen])
    places = queries.compared(work, chosen)
    back = (_("Find help"), url_for(".search", case_id=case.id))
    sheet_url = url_for(".take_along", case_id=case.id, service=[str(one.hit.service_id) for one in places])
    facts = {"places": places, "too_many": len(chosen) > MOST_COMPARED, "most": MOST_COMPARED, "sheet_url": sheet_url}
    return page("resources/compare.html", previous=previous(), today=work.today, back=back, **facts)


@bp.get("/cases/<uuid:case_id>/find-help/take-along")
@allow(Action.RESOURCE_SEARCH, case=Case)
def take_along(work: Work, case: Case) -> ResponseReturnValue:
    """Some places on a sheet of paper in large type (?service=…), with codes that a phone reads."""
    return _sheet(work, case, request.args.getlist("service"))


def _sheet(work: Work, case: Case, named: list[str]) -> ResponseReturnValue:
    chosen = term_ids(named)
    back = (_("Find help"), url_for(".search", case_id=case.id))
    facts = {"sheets": queries.sheets(work, chosen), "too_many": len(chosen) > MOST_ON_SHEET, "most": MOST_ON_SHEET}
    return page("resources/take_along.html", today=work.today, back=back, **facts)
