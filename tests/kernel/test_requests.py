"""How every request is held: once only, nothing lost, nothing leaked, odd input answered kindly."""

import logging
import re
import threading
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, func, select, text

from portal.plans.models import Goal
from portal.web.security import HEADERS
from tests.browser import Browser

WORDS = "Drive to work again without feeling dizzy"


def goals(make):
    with make.system() as work:
        return work.session.scalar(select(func.count(Goal.id)))


def form_of(page):
    return {"csrf_token": token(page), "once": uuid4().hex, "words": WORDS}


def token(page):
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.html)
    assert found
    return found[1]


def test_a_form_sent_twice_acts_once_and_shows_what_it_made(make, browser):
    ana = make.client()
    url = f"/cases/{ana.case}/goals/new"
    mine = browser.as_(ana)
    form = form_of(mine.visit(url))
    first = mine.client.post(url, data=form)
    again = mine.client.post(url, data=form)
    assert first.status_code == again.status_code == 303
    assert first.headers["Location"] == again.headers["Location"]
    assert goals(make) == 1
    another = mine.client.post(url, data={**form, "once": uuid4().hex})
    assert another.headers["Location"] != first.headers["Location"]
    assert goals(make) == 2


def test_a_form_sent_eight_times_at_the_same_moment_acts_once(make, browser):
    ana = make.client()
    url = f"/cases/{ana.case}/goals/new"
    mine = browser.as_(ana)
    form = form_of(mine.visit(url))
    cookie = mine.client.get_cookie("portal").value
    answers, start = [], threading.Barrier(8)

    def send():
        client = mine.app.test_client()
        client.set_cookie("portal", cookie)
        start.wait()
        answers.append(client.post(url, data=form))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert goals(make) == 1
    made = {answer.headers.get("Location") for answer in answers if answer.status_code == 303}
    assert len(made) == 1
    # On SQLite one of many writers may be told to try again; nobody is told anything else.
    assert {answer.status_code for answer in answers} <= {303, 503}


def test_another_persons_key_is_nobody_elses(make, browser):
    ana, bo = make.client("Ana"), make.client("Bo")
    key = uuid4().hex
    for who in (ana, bo):
        mine, url = browser.as_(who), f"/cases/{who.case}/goals/new"
        form = {**form_of(mine.visit(url)), "once": key}
        assert mine.client.post(url, data=form).status_code == 303
    assert goals(make) == 2


@pytest.mark.slow
def test_what_was_typed_is_kept_when_the_database_is_locked_and_can_be_sent_again(make, browser, portal_app):
    engine = portal_app.extensions["portal"].engine
    ana = make.client()
    url = f"/cases/{ana.case}/goals/new"
    mine = browser.as_(ana)
    form = form_of(mine.visit(url))
    holder = create_engine(engine.url)
    with holder.connect() as other:
        lock = "BEGIN IMMEDIATE" if engine.dialect.name == "sqlite" else "LOCK TABLE goal IN ACCESS EXCLUSIVE MODE"
        other.execute(text(lock))
        page = mine.post(url, form)
        assert page.status == 503
        assert page.says(WORDS)
        other.rollback()
    holder.dispose()
    assert goals(make) == 0
    fields = {field["name"]: field.get("value", "") for field in page.soup.select("main form [name]")}
    assert fields["words"] == WORDS
    assert mine.client.post(url, data=fields).status_code == 303
    assert goals(make) == 1


def test_a_page_that_was_open_too_long_keeps_what_was_typed(make, browser):
    ana = make.client()
    url = f"/cases/{ana.case}/goals/new"
    page = browser.as_(ana).post(url, {"csrf_token": "from another session", "once": uuid4().hex, "words": WORDS})
    assert page.status == 400
    assert page.says(WORDS)
    assert page.browser.post(url, {f["name"]: f.get("value", "") for f in page.soup.select("main form [name]")})
    assert goals(make) == 1


@pytest.mark.parametrize("path", ["/", "/sign-in", "/no-such-page", "/static/no-such-file.css", "home", "plan"])
def test_every_answer_carries_the_headers(make, browser, path):
    ana = make.client()
    path = {"home": f"/cases/{ana.case}/", "plan": f"/cases/{ana.case}/plan"}.get(path, path)
    response = browser.as_(ana).client.get(path)
    for name, value in HEADERS.items():
        assert response.headers[name] == value
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Vary"] == "Cookie"
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


def test_https_adds_a_promise_and_a_cookie_that_no_other_host_can_set(another_app, make):
    app = another_app(origin="https://portal.example.org")
    client = app.test_client()
    response = client.get("/sign-in", base_url="https://portal.example.org")
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-portal=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Expires" not in cookie
    del make


def test_static_files_are_kept_for_ever_under_names_that_change(browser):
    page = browser.visit("/sign-in")
    href = page.soup.select_one("link[rel=stylesheet]")["href"]
    response = browser.client.get(href, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Encoding"] == "gzip"
    assert browser.client.get("/static/css/portal.css").status_code == 404


def test_no_page_asks_anything_of_another_host(make, browser):
    ana = make.client()
    for path in ("/sign-in", f"/cases/{ana.case}/", f"/cases/{ana.case}/plan", f"/cases/{ana.case}/messages"):
        page = browser.as_(ana).visit(path)
        for tag in page.soup.select("[src], link[href]"):
            address = tag.get("src") or tag.get("href")
            assert address.startswith(("/", "data:image/")), address
            assert not address.startswith("//")


ODD = (
    "\x00null",
    "a\ud800b",
    "x" * 5_000,
    "\u202eright to left",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "\uff21\uff22",
)


@pytest.mark.parametrize("words", ODD)
def test_odd_text_is_saved_or_refused_but_never_breaks_anything(make, browser, words):
    ana = make.client()
    mine, url = browser.as_(ana), f"/cases/{ana.case}/goals/new"
    raw = {**form_of(mine.visit(url)), "words": words.encode("utf-8", "surrogatepass")}
    response = mine.client.post(url, data=raw)
    assert response.status_code in {303, 422}
    assert "<script>alert" not in mine.client.get(f"/cases/{ana.case}/goals").text


@pytest.mark.parametrize(
    "path",
    [
        "/cases/99999999999999999999/",
        "/cases/not-a-case/goals",
        "/goals/%00",
        "/goals/%ff%fe",
        "/cases/../../etc/passwd",
        "//evil.example",
        "/static/../settings.py",
        "/static/%2e%2e/db.py",
    ],
)
def test_odd_addresses_are_not_found(make, browser, path):
    assert browser.as_(make.client()).client.get(path).status_code in {308, 400, 404}


def test_too_much_is_refused(make, browser):
    ana = make.client()
    mine, url = browser.as_(ana), f"/cases/{ana.case}/goals/new"
    form = form_of(mine.visit(url))
    assert mine.client.post(url, data={**form, "words": "x" * 3_000_000}).status_code == 413
    many = "&".join(f"field{number}=x" for number in range(5_000))
    response = mine.client.post(
        url, data=f"csrf_token={form['csrf_token']}&once={form['once']}&{many}",
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert response.status_code in {413, 422}


def test_a_fault_says_a_number_and_nothing_else_and_the_log_holds_no_words(another_app, make, monkeypatch, caplog):
    ana = make.client()
    app = another_app()
    mine = Browser(app).as_(ana)
    url = f"/cases/{ana.case}/goals/new"
    form = form_of(mine.visit(url))

    def broken(*_args, **_kwargs):
        raise RuntimeError(f"could not save {WORDS}")

    monkeypatch.setattr("portal.plans.commands.goals.new_goal", broken)
    with caplog.at_level(logging.DEBUG):
        page = mine.post(url, form)
    assert page.status == 500
    number = re.search(r"number=(\w+)", caplog.text)
    assert number
    assert page.says(number[1])
    assert WORDS not in caplog.text
    assert "Traceback" not in page.html
    assert "RuntimeError" not in page.html


def test_extra_fields_change_nothing(make, browser):
    ana = make.client()
    mine, url = browser.as_(ana), f"/cases/{ana.case}/goals/new"
    sly = {"owner": "worker_proposed", "case_id": str(uuid4()), "id": str(uuid4()), "is_staff": "1", "role": "admin"}
    assert mine.client.post(url, data={**form_of(mine.visit(url)), **sly}).status_code == 303
    with make.system() as work:
        goal = work.session.scalars(select(Goal)).one()
        assert (goal.case_id, goal.owner.value) == (ana.case, "client")


def test_titles_and_addresses_say_nothing_private(make, browser):
    ana, wes = make.client("Zaphira Marker"), make.worker()
    make.joins(wes, ana.case)
    with make.work(ana) as work:
        from portal.cases.models import Case
        from portal.plans.commands import write_goal

        goal_id = write_goal(work, work.get(Case, ana.case), words="Markerword goal").id
    for who in (ana, wes):
        for path in (f"/cases/{ana.case}/goals", f"/cases/{ana.case}/plan", f"/goals/{goal_id}"):
            page = browser.as_(who).visit(path)
            assert "Markerword" not in page.title
            assert "Zaphira" not in page.title
            assert "Markerword" not in page.url
