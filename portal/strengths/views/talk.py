"""The talk: one question a page, each of them free to leave out. Where it was left, it goes on."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.areas import Areas, areas_in_use
from portal.cases.models import Case
from portal.i18n import _
from portal.strengths import forms, life_commands, life_queries, prompts, queries
from portal.strengths.models import MOST_LETTERS, Question, Tense
from portal.strengths.views.blueprint import back_to_sheet, bp
from portal.web.gate import allow
from portal.web.render import form_page, notify
from portal.work import NotFound, Work


@bp.get("/cases/<uuid:case_id>/strengths/talk")
@allow(Action.STRENGTH_WRITE, case=Case)
def talk(work: Work, case: Case) -> ResponseReturnValue:
    """On to the question where the client left, or to the first one."""
    areas = areas_in_use(work.session)
    here = life_queries.place_in_talk(work, case, areas) or life_queries.first_question(areas)
    return redirect(_address(case, here), 303)


@bp.route("/cases/<uuid:case_id>/strengths/talk/<tense>/<area>", methods=["GET", "POST"])
@allow(Action.STRENGTH_WRITE, case=Case)
def question(work: Work, case: Case, tense: str, area: str) -> ResponseReturnValue:
    """One question. An answer is saved at once; without one, it is simply left out."""
    areas = areas_in_use(work.session)
    asked = life_queries.question_named(areas, tense, area)
    if asked is None:
        raise NotFound("question")
    form = forms.AnswerForm()
    if form.validate_on_submit():
        keys = [found.key for found in areas.offered]
        following = life_commands.answer(work, case, asked, form.words.data or "", keys)
        return _onward(case, following, stop=request.form.get("then") == "stop")
    return _page(work, case, areas, asked, form)


def _page(work: Work, case: Case, areas: Areas, asked: Question, form: forms.AnswerForm) -> ResponseReturnValue:
    tense, area = asked
    earlier = life_queries.before(areas, asked)
    return form_page(
        "strengths/question.html",
        form,
        tense=tense,
        area=area,
        label=areas.label_of(area),
        said=queries.sheet(work, case, areas).at(area, tense),
        earlier=_address(case, earlier) if earlier else None,
        others=[(str(a.label), _address(case, (tense, a.key)), a.key == area) for a in areas.offered],
        columns=[(t.label, _address(case, (t, area)), t is tense) for t in Tense],
        prompts=prompts,
        most=MOST_LETTERS,
        back=back_to_sheet(case.id, tense),
    )


def _onward(case: Case, following: Question | None, *, stop: bool) -> ResponseReturnValue:
    if following is not None and not stop:
        return redirect(_address(case, following), 303)
    ended = _("That was the last question. You can start again at any time.")
    notify(_("Saved. You can go on another day.") if following is not None else ended)
    return redirect(url_for("strengths.sheet", case_id=case.id), 303)


def _address(case: Case, asked: Question) -> str:
    tense, area = asked
    return url_for("strengths.question", case_id=case.id, tense=tense.value, area=area)
