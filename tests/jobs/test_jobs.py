"""Long work: queued, carried out by a process of its own, told on a page, and none the worse for a killed worker."""

import csv
import io
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from subprocess import Popen
from threading import Event as Signal

import pytest
from sqlalchemy import func, select, update

from portal import clock, worker
from portal.access.actions import Action
from portal.directory.models import Service
from portal.jobs import commands, running
from portal.jobs.crew import Crew
from portal.jobs.kinds import JobKind
from portal.jobs.models import Job, JobPiece, JobState, Slot
from portal.jobs.queries import pieces
from portal.jobs.running import CannotGoOn, carry_out

KIND = JobKind.DIRECTORY_IMPORT


@pytest.fixture
def ada(make):
    return make.administrator()


@pytest.fixture
def queue(make, ada):
    """Queue a job as the administrator; its id."""

    def put(**more):
        with make.work(ada) as work:
            return commands.start(work, KIND, Action.DIRECTORY_MANAGE, **more).id

    return put


@pytest.fixture
def look(make):
    """A job as it stands."""

    def at(job_id):
        with make.system() as work:
            return work.session.get(Job, job_id)

    return at


@pytest.fixture
def sessions(app):
    return app.extensions["portal"].sessions


def test_a_job_is_done_once_and_its_file_is_let_go(settings, sessions, queue, look, make):
    job_id = queue(given=[b"x" * 1_500_000, b"y"], inputs={"file": "a.zip"})
    seen = []

    def run(job):
        seen.append((job.inputs["file"], job.file(Slot.GIVEN).stat().st_size))
        with job.work() as work:
            job.give(work, "r.csv", "text/csv", [b"a,b", b"\r\n"])
        return {"totals": 3}

    assert carry_out(settings, sessions, job_id, {KIND: run})
    assert not carry_out(settings, sessions, job_id, {KIND: run})
    job = look(job_id)
    assert seen == [("a.zip", 1_500_001)]
    assert (job.state, job.result, job.attempt) == (JobState.DONE, {"totals": 3}, 1)
    with sessions() as session:
        assert b"".join(pieces(session, job_id, Slot.MADE)) == b"a,b\r\n"
        assert session.scalar(select(func.count()).select_from(JobPiece).where(JobPiece.slot == Slot.GIVEN)) == 0


def test_what_was_handed_in_is_sealed(queue, make):
    job_id = queue(given=[b"everybody can read this"])
    with make.system() as work:
        kept = work.session.scalars(select(JobPiece.data).where(JobPiece.job_id == job_id)).one()
    assert b"everybody" not in kept


@pytest.mark.parametrize(
    ("problem", "says"), [(CannotGoOn("It is empty."), "It is empty."), (ZeroDivisionError(), "went wrong")]
)
def test_a_job_that_cannot_be_done_says_why(settings, sessions, queue, look, problem, says):
    def run(_job):
        raise problem

    job_id = queue()
    carry_out(settings, sessions, job_id, {KIND: run})
    assert look(job_id).state is JobState.FAILED
    assert says in look(job_id).says


def test_work_is_saved_now_and_then_and_stops_when_it_is_not_ours(settings, sessions, queue, look, make, monkeypatch):
    monkeypatch.setattr(running, "SAVE_EVERY", 0.0)
    monkeypatch.setattr(running, "BREATH", 0.0)
    told: list[object] = []

    def run(job):
        with job.work() as work:
            job.save(work, "reading", 1, 4)
            with sessions() as other:  # another session sees it at once
                seen = other.get(Job, job_id)
                told.append((seen.percent, seen.phase.value))
            work.session.execute(update(Job).values(attempt=7))  # as another process would
            job.save(work, "reading", 2, 4)
        told.append("not reached")
        return {}

    job_id = queue()
    assert carry_out(settings, sessions, job_id, {KIND: run})
    assert told == [(25, "reading")]
    assert (look(job_id).state, look(job_id).attempt) == (JobState.WORKING, 1)


def test_a_silent_job_waits_again_and_fails_in_the_end(queue, look, make):
    job_id = queue()
    for attempt in (1, 2, 3):
        with make.system() as work:
            taken = commands.claim(work, job_id)
            assert taken is not None
            assert taken.attempt == attempt
            assert commands.claim(work, job_id) is None
        with make.system() as work:
            commands.give_back_silent(work)
            assert work.session.get(Job, job_id).state is JobState.WORKING
            late = clock.now() - commands.SILENT_FOR - timedelta(seconds=1)
            work.session.execute(update(Job).values(beat_at=late))
            commands.give_back_silent(work)
    assert look(job_id).state is JobState.FAILED
    assert "interrupted" in look(job_id).says


def test_old_jobs_are_forgotten(queue, make):
    job_id = queue(given=[b"x"])
    with make.system() as work:
        commands.claim(work, job_id)
        commands.finish(work, job_id, 1, JobState.DONE)
        commands.forget_old(work)
        assert work.session.scalar(select(func.count()).select_from(Job)) == 1
        work.session.execute(update(Job).values(ended_at=work.now - commands.KEPT_FOR - timedelta(days=1)))
        commands.forget_old(work)
        assert work.session.scalar(select(func.count()).select_from(Job)) == 0


# --- the crew ---


def _sleeper(_job_id):
    return Popen([sys.executable, "-c", "import time; time.sleep(60)"])


def _claimed(make, job_id):
    with make.system() as work:
        commands.claim(work, job_id)


def test_a_killed_process_gives_its_job_back(settings, sessions, queue, look, make):
    crew, job_id = Crew(settings, _sleeper), queue()
    crew.look(sessions)
    crew.look(sessions)  # it is under way: no second one
    _claimed(make, job_id)
    assert crew._busy is not None
    _id, process = crew._busy
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    started = []

    def launch(again):
        started.append(again)
        return _sleeper(again)

    crew._launch = launch
    crew.look(sessions)
    assert started == [job_id]
    assert (look(job_id).state, look(job_id).attempt) == (JobState.WAITING, 1)
    crew.stop(sessions)


def test_a_worker_that_stops_leaves_its_job_for_the_next(settings, queue, look, make):
    job_id, stop = queue(), Signal()
    stop.set()

    def launch(waiting):
        process = _sleeper(waiting)
        _claimed(make, waiting)
        return process

    worker.run_worker(settings, stop, crew=Crew(settings, launch))
    assert look(job_id).state is JobState.WAITING


def test_a_crew_outlives_a_database_that_is_away(settings, tmp_path, caplog):
    stop = Signal()
    stop.set()
    empty = settings.__class__(**{**{f: getattr(settings, f) for f in settings.__slots__},
                                  "database_url": f"sqlite:///{tmp_path / 'empty.sqlite'}"})  # fmt: skip
    worker.run_worker(empty, stop, crew=Crew(empty, _sleeper))
    assert "looked after later" in caplog.text


# --- the page ---


def test_the_page_tells_how_far_it_is_without_script(browser, make, ada, queue, settings, sessions):
    job_id = queue(inputs={"file": "county.zip"})
    mine = browser.as_(ada)
    page = mine.visit(f"/jobs/{job_id}")
    assert page.heading == "Bringing in a directory"
    assert page.says("waits its turn")
    assert page.says("Ada Admin")
    assert page.response.headers["Refresh"] == "4"
    still = page.follow("Stop that")
    assert "Refresh" not in still.response.headers
    assert still.has_link("Look again")
    assert not page.says("portal worker")
    with make.system() as work:
        work.session.execute(update(Job).values(created_at=work.now - timedelta(minutes=2)))
    assert mine.visit(f"/jobs/{job_id}").says("portal worker")
    with make.system() as work:
        commands.claim(work, job_id)
        commands.beat(work, job_id, 1, phase="reading", done=40, total=80)
    page = mine.visit(f"/jobs/{job_id}")
    assert page.says("Reading the files: 50 of 100")
    assert mine.visit("/admin/directory").has_link("county.zip Working") or mine.visit("/admin/directory").says(
        "Working"
    )
    with make.system() as work:
        commands.finish(work, job_id, 1, JobState.FAILED, says="It is no directory.")
    page = mine.visit(f"/jobs/{job_id}")
    assert page.says("It is no directory.")
    assert "Refresh" not in page.response.headers
    assert mine.visit(f"/jobs/{job_id}/file").status == 404


def test_a_job_is_seen_only_by_those_who_may_start_it(browser, make, ada, queue):
    job_id = queue()
    assert browser.as_(make.administrator("Bo Admin")).visit(f"/jobs/{job_id}").status == 200
    assert browser.as_(make.worker()).visit(f"/jobs/{job_id}").status == 404
    assert browser.as_(make.client()).visit(f"/jobs/{job_id}").status == 404
    own = queue(private=True)
    assert browser.as_(ada).visit(f"/jobs/{own}").status == 200
    assert browser.as_(make.administrator("Cy Admin")).visit(f"/jobs/{own}").status == 404
    assert browser.as_(make.administrator("Di Admin")).visit(f"/jobs/{own}/file").status == 404


# --- the whole of it: a directory handed over in the browser, carried out in a process ---


@pytest.mark.slow
def test_a_directory_is_handed_over_and_its_report_worked_through(browser, make, ada, settings, sessions, look):
    mine = browser.as_(ada)
    page = mine.visit("/admin/directory").follow("Bring in a directory")
    wrong = page.press("Bring it in", source="County")
    assert wrong.status == 422
    assert wrong.says("Choose a file.")
    assert wrong.fields_of("Bring it in")["source"] == ["County"]
    rows = "id,name\n1,Food box\n2,\n3,=cmd()\n" + "".join(f"{n},Service {n}\n" for n in range(4, 3_000))
    data = {name: values[0] for name, values in page.fields_of("Bring it in").items() if values}
    data |= {"source": "County", "file": (io.BytesIO(rows.encode()), "services.csv")}
    page = mine.post("/admin/directory/import", data)
    assert page.says("waits its turn")
    job_id = page.url.rpartition("/")[2]
    environment = {
        "DATABASE_URL": settings.database_url, "PORTAL_SECRET_KEY": settings.secret_key,
        "PORTAL_ENCRYPTION_KEYS": settings.encryption_keys, "PORTAL_INSTANCE": str(settings.instance),
        "PORTAL_ORIGIN": settings.origin, "PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    if settings.database_url.startswith("sqlite"):
        Path(settings.database_url.removeprefix("sqlite:///")).chmod(0o600)
    program = "from portal.cli.jobs import main; main()"
    with Popen([sys.executable, "-c", program, job_id], env=environment) as process:
        assert process.wait(60) == 0
    page = mine.visit(f"/jobs/{job_id}")
    assert page.says("Done")
    assert page.says("County, read as HSDS 3.")
    report = mine.client.get(f"/jobs/{job_id}/file")
    assert report.headers["Content-Disposition"] == "attachment; filename=report-services.csv"
    lines = list(csv.reader(io.StringIO(report.data.decode("utf-8-sig"))))
    assert lines[1] == ["Left out", "services.csv", "3", "service", "2", "", "It has no name."]
    with make.system() as work:
        assert work.session.scalar(select(func.count()).select_from(Service)) == 2_998


def test_an_empty_file_and_a_useless_mapping_are_refused_kindly(browser, make, ada):
    mine = browser.as_(ada)
    form = mine.visit("/admin/directory/import").fields_of("Bring it in")
    data = {name: values[0] for name, values in form.items() if values}
    empty = mine.post("/admin/directory/import", {**data, "file": (io.BytesIO(b""), "services.csv")})
    assert (empty.status, empty.says("The file is empty.")) == (422, True)
    files = {"file": (io.BytesIO(b"a\n1"), "a.csv"), "mapping": (io.BytesIO(b"[columns]\na='b.c'"), "m.toml")}
    odd = mine.post("/admin/directory/import", {**data, "once": "8" * 32, "file": (io.BytesIO(b"x"), "../..")})
    assert odd.says("waits its turn")
    useless = mine.post("/admin/directory/import", {**data, "once": "9" * 32, **files})
    assert (useless.status, useless.says("is nothing that a column can be")) == (422, True)


def test_only_an_administrator_may_send_much(browser, make, ada, another_app):
    small = another_app(max_request_bytes=70_000, max_upload_bytes=200_000)
    from tests.browser import Browser

    much = {"file": (io.BytesIO(b"id,name\n" + b"x" * 100_000), "services.csv")}
    assert Browser(small).as_(make.worker()).client.post("/admin/directory/import", data=dict(much)).status_code == 413
    much = {"file": (io.BytesIO(b"id,name\n" + b"x" * 100_000), "services.csv")}
    assert Browser(small).as_(ada).client.post("/admin/directory/import", data=much).status_code == 400  # no token
