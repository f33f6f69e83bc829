"""The papers: what stands on them, what can be left out, and PDF files that name nobody."""

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.models import Case
from portal.papers import pdf
from portal.plans import commands as plans
from portal.plans.models import Doer, DoerKind, Goal, Lifecycle, PlanVersion, Progress, Visibility
from portal.roles import Power
from portal.strengths import commands as strengths
from portal.strengths.models import Tense

needs_pdf = pytest.mark.skipif(not pdf.is_there(), reason="WeasyPrint is an extra")


@pytest.fixture
def priya(make):
    return make.worker("Priya Nair")


@pytest.fixture
def layla(make, priya):
    """A client who writes Arabic, with a plan that is offered and a goal of her own."""
    layla = make.client("ليلى حسن", worker=priya, language="ar", opened_on=date(2025, 6, 2))
    with make.work(layla) as work:
        case = work.get(Case, layla.case)
        goal = plans.write_goal(work, case, words="أريد أن أخبز خبز أمي.")
        plans.write_ladder(work, goal, {0: "رغيف كل أسبوع", -1: "لم أخبز بعد"})
        step = plans.add_step(work, goal, text="أشتري الطحين", doer=Doer(DoerKind.CLIENT))
        work.session.flush()
        plans.tick_step(work, step)
        plans.rate_goal(work, goal, progress=Progress.MOVING, rung=0)
        plans.write_goal(work, case, words="سرّي وحدي", visibility=Visibility.PRIVATE)
        strengths.add(work, case, words="يدان تعرفان العجين", area="home", tense=Tense.NOW)
        strengths.add_priority(work, case, words="الخبز")
    with make.work(priya, layla.case) as work:
        plans.offer_plan(work, work.get(Case, layla.case))
    return layla


def test_the_plan_on_paper(make, browser, layla):
    mine = browser.as_(layla)
    page = mine.visit(f"/cases/{layla.case}/paper/plan", budget=9)
    for words in ("أريد أن أخبز خبز أمي.", "أشتري الطحين", "ليلى حسن"):
        assert page.says(words), words
    assert not page.says("سرّي وحدي")
    assert page.soup.html["dir"] == "rtl"
    bare = mine.visit(f"/cases/{layla.case}/paper/plan?chosen=yes&show=large")
    assert "ليلى حسن" not in bare.text
    assert "River County Help" not in bare.title  # a sheet at home need not say where one gets help
    assert "River County Help" not in bare.text
    assert "large" in bare.soup.body["class"]
    with make.work(layla) as work:
        version = work.session.scalars(select(PlanVersion)).one()
        plans.agree_to_plan(work, version, typed_name="ليلى")
    assert mine.visit(f"/cases/{layla.case}/paper/plan").says("ليلى")


def test_staff_print_in_the_clients_language(browser, layla, priya):
    staff = browser.as_(priya)
    page = staff.visit(f"/cases/{layla.case}/paper/plan")
    assert page.soup.html["lang"] == "en"
    theirs = page.follow("Show it in العربية")
    assert theirs.soup.html["lang"] == "ar"
    assert theirs.says("أشتري الطحين")
    hidden = staff.visit(f"/cases/{layla.case}/paper/plan?chosen=yes&show=office")
    assert "ليلى" not in str(hidden.soup.select_one(".page__main"))  # it is in the way back, which is not printed
    assert hidden.says("Me")
    assert staff.visit(f"/cases/{layla.case}/paper/plan?language=xx").soup.html["lang"] == "en"


def test_the_keepsake_in_own_words(make, browser, layla, priya):
    with make.work(layla) as work:
        goals = {goal.words: goal for goal in work.session.scalars(_goals())}
        plans.move_goal(work, goals["أريد أن أخبز خبز أمي."], Lifecycle.REACHED)
    page = browser.as_(layla).visit(f"/cases/{layla.case}/paper/keepsake")
    for words in ("أريد أن أخبز خبز أمي.", "رغيف كل أسبوع", "يدان تعرفان العجين", "الخبز", "أشتري الطحين"):
        assert page.says(words), words
    assert not page.says("سرّي وحدي")
    assert "large" in page.soup.body["class"]
    private = "?chosen=yes&show=private&show=name"
    assert browser.as_(layla).visit(f"/cases/{layla.case}/paper/keepsake{private}").says("سرّي وحدي")
    staff = browser.as_(priya).visit(f"/cases/{layla.case}/paper/keepsake{private}")
    assert staff.status == 200
    assert not staff.says("سرّي وحدي")


@needs_pdf
@pytest.mark.slow
def test_pdf_files_name_nobody_and_are_remembered(make, browser, layla, priya):
    with make.system() as work:
        goal_id = next(goal.id for goal in work.session.scalars(_goals()) if not goal.is_private)
    for who, address in (
        (layla, f"/cases/{layla.case}/paper/plan.pdf?chosen=yes&show=large"),
        (layla, f"/cases/{layla.case}/paper/keepsake.pdf"),
        (priya, f"/cases/{layla.case}/paper/plan.pdf?language=ar"),
        (priya, f"/goals/{goal_id}/paper/team-sheet.pdf"),
    ):
        answer = browser.as_(who).client.get(address)
        assert answer.status_code == 200, address
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF-")
        assert "no-store" in answer.headers["Cache-Control"]
        named = answer.headers["Content-Disposition"]
        assert named.split("=")[1].strip('"') in {"plan.pdf", "keepsake.pdf", "team-sheet.pdf"}
    assert make.events(layla.case).count(Event.COPY_MADE) == 4


@needs_pdf
@pytest.mark.slow
def test_a_pdf_asks_no_other_address():
    """Whatever stood on a page, making the file reads our stylesheets and nothing else."""
    fetcher = pdf._fetcher(pdf._weasyprint())()
    for url in (
        "file:///etc/passwd",
        "https://example.org/x.css",
        "http://portal.invalid/static/css/../../crypto.0123456789.css",
    ):
        with pytest.raises(ValueError, match="not ours"):
            fetcher.fetch(url)
    made = pdf.pdf_of('<html lang="en"><title>x</title><img src="file:///etc/passwd" alt="x"><p>y</p>')
    assert BytesIO(made).read(5) == b"%PDF-"


def test_without_weasyprint_the_page_says_how(browser, layla, monkeypatch):
    monkeypatch.setattr(pdf, "_weasyprint", lambda: None)
    mine = browser.as_(layla)
    page = mine.visit(f"/cases/{layla.case}/paper/plan")
    assert not page.soup.select('a[href*=".pdf"]')
    assert mine.visit(f"/cases/{layla.case}/paper/plan.pdf").status == 404


def test_papers_are_nobody_elses(make, browser, layla):
    supporter = make.supporter(layla, powers=list(Power))
    xena = make.worker("Xena", programme=make.programme("There"))
    for address in ("paper/plan", "paper/plan.pdf", "paper/keepsake", "copies"):
        assert browser.as_(supporter).visit(f"/cases/{layla.case}/{address}").status == 403, address
        assert browser.as_(xena).visit(f"/cases/{layla.case}/{address}").status == 404, address


def _goals():
    return select(Goal).order_by(Goal.created_at, Goal.id)
