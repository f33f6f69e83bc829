"""Pages of what a plan holds, signing, papers, copies, differences, print; who sees them and who does not."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from portal import clock
from portal.plans import commands
from portal.plans.commands import Said
from portal.plans.models import Frame, ItemKind, NeedKind, PlanVersion, ResourceKind, SignatureScan, Source, Visibility
from portal.roles import Power
from tests.plans.conftest import ME, case_in

PDF = b"%PDF-1.4\nsigned\n%%EOF\n"


def plan_url(circle):
    return f"/cases/{circle.farah.case}/plan"


@pytest.fixture
def offered(circle, make):
    """A version with one goal, one step, one need and one service, offered."""
    goal_id = circle.shared_goal()
    circle.step(goal_id)
    with make.work(circle.priya, circle.farah.case) as work:
        case = case_in(work)
        commands.add_item(work, case, ItemKind.NEED, Said("A ride", need=NeedKind.TRANSPORT, source=Source.OBSERVED))
        commands.add_service(work, case, name="Hand therapy", reason="It helps", reason_source="A study of 2019")
        return commands.offer_plan(work, case).id


def test_client_and_staff_say_what_matters(circle, browser):
    farah, priya = browser.as_(circle.farah), browser.as_(circle.priya)
    circle.goal()
    page = farah.visit(plan_url(circle)).follow("Say what matters").press("Save", words="not mornings")
    assert page.says("not mornings")
    page = page.follow("Add a need").press("Save", need="transportation_insecurity")
    assert page.says("Getting around")
    assert page.follow("Say what to do then").press("Save", words=" ").status == 422
    page = page.follow("Add what could get in the way").press("Save", words="My hand hurts", more="I rest")
    page = priya.visit(plan_url(circle))
    assert page.says("not mornings")
    assert not page.has_button("Take it out not mornings"), "the client's words are the client's to take out"
    page = page.follow("Add who came").press("Save", words="Selin", more="her daughter")
    page = page.follow("Facts about this plan").press(
        "Save", met_on="2025-06-09", met_where="At home", formats=["large_print"], monitor_name="Grace Lindqvist"
    )
    for words in ("Selin", "At home", "Large print", "Grace Lindqvist", "The client said so"):
        assert page.says(words), words
    page = farah.visit(plan_url(circle)).press("Take it out Selin")
    assert not page.says("her daughter")
    page = page.follow("Change not mornings").press("Save", words="not before ten")
    assert page.says("not before ten")
    page = priya.visit(plan_url(circle)).follow("Offer this plan").press("Offer this plan to the client")
    for words in ("not before ten", "Getting around", "I rest", "Grace Lindqvist"):
        assert page.says(words), words


def test_a_plan_is_signed_with_a_fresh_sign_in_and_words(circle, browser, offered):
    assert browser.as_(circle.farah, fresh=False).visit(f"/plan-versions/{offered}/agree").url.startswith("/confirm")
    assert browser.as_(circle.priya, fresh=False).visit(f"/plan-versions/{offered}/record").url.startswith("/confirm")
    page = browser.as_(circle.farah).visit(f"/plan-versions/{offered}/agree")
    assert page.press("Sign", typed_name=" ", comment="Start slowly").says("Start slowly"), "typed text is kept"
    page = page.press("Sign", typed_name="Farah Demir", comment="Start slowly", choice_helped_choose="yes")
    for words in (
        "Start slowly", "I got help to choose, as far as I wanted it. Yes", "Typed name, after a fresh sign-in",
    ):  # fmt: skip
        assert page.says(words), words


def test_a_paper_is_kept_and_handed_out_as_a_download(circle, browser, make, offered):
    priya = browser.as_(circle.priya)
    page = priya.visit(f"/plan-versions/{offered}").follow("Signed on paper or aloud")
    assert page.says("I have read version 1 of my plan and I agree with it.")
    form = page.fields_of("Keep this signature") | {"name": ["Farah Demir"], "way": ["on_paper"]}
    url = page.action_of("Keep this signature")
    wrong = priya.post(url, {**form, "scan": (BytesIO(b"<script>alert(1)</script>"), "plan.pdf")})
    assert wrong.status == 422
    assert wrong.says("Choose a photo or a PDF of the signed paper.")
    form = wrong.fields_of("Keep this signature") | {"name": ["Farah Demir"], "way": ["on_paper"]}
    page = priya.post(url, {**form, "scan": (BytesIO(PDF), "plan.pdf")})
    assert page.says("On paper")
    with make.system() as work:
        scan_id = work.session.query(SignatureScan).one().id
    for who in (circle.priya, circle.farah):
        answer = browser.as_(who).client.get(f"/plan-scans/{scan_id}")
        assert (answer.status_code, answer.data, answer.mimetype) == (200, PDF, "application/pdf")
        assert answer.headers["Content-Disposition"] == "attachment; filename=signed-paper.pdf"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Cache-Control"] == "no-store"
    selin, stranger = circle.supporter("Selin", *Power), make.client("Ana Ruiz")
    for outsider in (selin, stranger, make.worker("Wes")):
        assert browser.as_(outsider).client.get(f"/plan-scans/{scan_id}").status_code == 404


def test_a_photo_may_be_larger_than_a_form(circle, browser, offered, settings):
    priya = browser.as_(circle.priya)
    page = priya.visit(f"/plan-versions/{offered}/record")
    photo = b"%PDF-1.4\n" + b"0" * (settings.max_request_bytes + 1) + b"\n%%EOF\n"
    form = page.fields_of("Keep this signature") | {"name": ["Farah Demir"], "way": ["on_paper"]}
    # Written by hand: the test client would leave a file of this size open.
    parts = [f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{"".join(value)}\r\n' for name, value in
             form.items()]  # fmt: skip
    file = '--b\r\nContent-Disposition: form-data; name="scan"; filename="photo.pdf"\r\n\r\n'
    body = "".join([*parts, file]).encode() + photo + b"\r\n--b--\r\n"
    url = page.action_of("Keep this signature")
    answer = priya.client.post(url, data=body, content_type="multipart/form-data; boundary=b")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/plan-versions/{offered}")
    small = priya.client.post(f"{plan_url(circle)}/facts", data=body, content_type="multipart/form-data; boundary=b")
    assert small.status_code == 413, "a form without a file may not be that large"


def test_spoken_and_copies(circle, browser, offered):
    priya = browser.as_(circle.priya)
    page = priya.visit(f"/plan-versions/{offered}/record")
    page = page.press("Keep this signature", way="spoken", name="Farah Demir")
    assert page.status == 422
    assert page.says("Write who heard it.")
    page = page.press("Keep this signature", way="spoken", name="Farah Demir", witness="Amina Yusuf")
    assert page.says("Amina Yusuf")
    page = page.follow("A copy was given").press("Note it", to_name="Kemal Demir", way="large_print", part="His steps")
    assert page.says("Kemal Demir")
    seen = browser.as_(circle.farah).visit(f"/plan-versions/{offered}")
    for words in ("Kemal Demir", "In large print", "His steps", "Said aloud, with a witness"):
        assert seen.says(words), words


def test_a_no_in_part(circle, browser, offered, make):
    with make.system() as work:
        goal_id = str(work.session.query(PlanVersion).one().case_id)
    page = browser.as_(circle.farah).visit(f"/plan-versions/{offered}/disagree")
    parts = [box["value"] for box in page.soup.select("input[name=started]")]
    assert len(parts) == 2
    assert goal_id not in parts
    page = page.press("Send", words="too much", started=parts[:1])
    assert page.says("These parts can start now: Knit a blanket for my grandson.")


def test_what_is_different_in_plain_words(circle, browser, make, offered):
    circle.step(circle.goal("Cook Friday soup"), "Chop")
    with make.work(circle.farah) as work:
        commands.add_item(work, case_in(work), ItemKind.RISK, Said("My hand hurts", more="I rest"))
    farah, priya = browser.as_(circle.farah), browser.as_(circle.priya)
    page = farah.visit(plan_url(circle))
    assert page.says("Your plan has something new since version 1.")
    page = page.follow("See what is different")
    for words in ("Added Goal", "Cook Friday soup", "Added Small step", "Added What could get in the way"):
        assert page.says(words), words
    page = priya.visit(plan_url(circle)).follow("Offer this plan")
    assert page.says("What is different since version 1")
    page = page.press("Offer this plan to the client").follow("What is different")
    assert page.says("Version 2 beside version 1.")
    assert page.says("Cook Friday soup")
    assert farah.visit(f"/plan-versions/{offered}/changes").status == 404, "nothing stands before the first"


def test_paper_has_the_whole_text_and_room_for_names(circle, browser, offered):
    page = browser.as_(circle.farah).visit(f"/plan-versions/{offered}").follow("Print it")
    for words in ("Knit a blanket for my grandson.", "Hand therapy", "A study of 2019", "A ride", "Name and day:",
                  "I have read version 1 of my plan and I agree with it."):  # fmt: skip
        assert page.says(words), words


def test_a_supporter_reads_goals_alone(circle, browser, offered, make):
    kemal = browser.as_(circle.supporter("Kemal", Power.SEE_PLAN))
    with make.work(circle.farah) as work:
        commands.write_frame(work, case_in(work), Frame(monitor_name="Grace Lindqvist"))
        commands.add_item(work, case_in(work), ItemKind.PREFERENCE, Said("no men, please"))
    hidden = ("A ride", "Hand therapy", "Grace Lindqvist", "no men, please", "A study of 2019")
    for url in (plan_url(circle), f"/plan-versions/{offered}", f"/plan-versions/{offered}/print",
                f"{plan_url(circle)}/changes"):  # fmt: skip
        page = kemal.visit(url)
        assert page.status == 200, url
        assert not [words for words in hidden if page.says(words)], url
    with make.system() as work:
        working = work.session.query(PlanVersion).filter_by(snapshot=None).one().id
    assert kemal.visit(f"/plan-versions/{working}").status == 404, "what is still being written is not there for them"
    assert browser.as_(circle.priya).visit(f"/plan-versions/{working}").url == plan_url(circle)


@pytest.mark.parametrize(
    "path", ["plan/facts", "plan/new/need", "plan/new/backup", "plan/changes", "review"], ids=str
)  # fmt: skip
def test_outsiders_find_nothing(circle, browser, make, path):
    for outsider in (make.client("Ana Ruiz"), make.worker("Wes")):
        assert browser.as_(outsider).visit(f"/cases/{circle.farah.case}/{path}").status == 404


@pytest.mark.slow
def test_twenty_goals_and_two_hundred_steps(circle, browser, make):
    """BUDGETS: the number of queries does not grow with the plan, on any page of it."""
    with make.work(circle.farah) as work:
        case = case_in(work)
        for number in range(20):
            goal = commands.write_goal(work, case, words=f"Goal {number}", visibility=Visibility.WORKER)
            for count in range(10):
                commands.add_step(work, goal, text=f"Step {number}.{count}", doer=ME)
            commands.add_item(work, case, ItemKind.NEED, Said(f"Need {number}"))
    with make.work(circle.priya, circle.farah.case) as work:
        for number in range(10):
            commands.add_service(work, case_in(work), name=f"Service {number}", resource_kind=ResourceKind.NATURAL)
        first = commands.offer_plan(work, case_in(work)).id
    with make.work(circle.priya, circle.farah.case) as work:
        second = commands.offer_plan(work, case_in(work)).id
    farah, priya = browser.as_(circle.farah), browser.as_(circle.priya)
    page = farah.visit(plan_url(circle), budget=8)
    assert page.says("0 of 200 steps done")
    assert priya.visit(plan_url(circle), budget=14).status == 200
    for url, client, staff in (
        (f"/plan-versions/{first}", 8, 12), (f"/plan-versions/{second}/print", 8, 12),
        (f"/plan-versions/{second}/changes", 6, 11), (f"{plan_url(circle)}/changes", 9, 14),
        (f"/cases/{circle.farah.case}/review", 16, 20),
    ):  # fmt: skip
        assert farah.visit(url, budget=client).status == 200, url
        assert priya.visit(url, budget=staff).status == 200, url


def test_a_version_offered_before_the_material_part_was_told_apart(circle, browser, make, offered):
    with make.system() as work:
        work.get(PlanVersion, offered).__dict__.pop("material", None)
        work.session.connection().exec_driver_sql("update plan_version set material = null")
    assert not browser.as_(circle.farah).visit(plan_url(circle)).says("something new since version 1")
    circle.goal("Cook Friday soup")
    assert browser.as_(circle.farah).visit(plan_url(circle)).says("something new since version 1")


def test_a_day_is_told_in_the_words_of_a_day(circle, browser, make):
    with clock.frozen_at(datetime(2025, 6, 9, 15, tzinfo=UTC)):
        circle.goal(target_on=date(2025, 12, 24))
        with make.work(circle.priya, circle.farah.case) as work:
            commands.offer_plan(work, case_in(work))
        with make.work(circle.farah) as work:
            commands.write_frame(work, case_in(work), Frame(met_on="2025-06-08"))
        page = browser.as_(circle.farah).visit(f"{plan_url(circle)}/changes")
        assert page.says("Added The day of the talk")
        assert page.says("Jun 8, 2025")
