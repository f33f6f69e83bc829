"""FHIR out: valid R4, HL7's words for ours, and nothing in it that the client keeps private or did not release."""

import json
import stat
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.models import Case, ContactKind
from portal.cases.releases import Release
from portal.cases.sharing import Shared, Terms
from portal.cli.export import export
from portal.consents.commands import sign
from portal.exports import commands
from portal.exports.fhir import statuses
from portal.exports.models import CaseExport
from portal.plans import commands as plans
from portal.plans.models import (
    Doer,
    DoerKind,
    Goal,
    Lifecycle,
    Progress,
    ResourceKind,
    StepState,
    VersionState,
    Visibility,
)
from portal.referrals.commands import accept as accept_referral
from portal.referrals.models import ClosureReason, LedBy, Rating, Referral, Report, Status
from portal.roles import Power
from portal.strengths import commands as strengths
from portal.work import Refused
from tests.exports.reading import faults, of_kind
from tests.make import Make, Someone
from tests.referrals.world import World

RUNGS = {0: "ten rows, three times a week", -1: "one row and my hand tires", 1: "one square a week"}
SECRETS = ("Leave this house", "Pack a bag", "Kept to herself", "Selin", "Suspicion of staff", "Hello, Priya")


@dataclass
class Whole:
    """A case with something of everything."""

    make: Make
    farah: Someone
    priya: Someone
    world: World
    referral_id: Any

    def export(self, release_id=None, reason="The client asked"):
        with self.make.system() as work:
            case = work.session.get_one(Case, self.farah.case)
            release = work.session.get_one(Release, release_id) if release_id else None
            return commands.export_fhir(work, case, reason=reason, organisation="River County Help", release=release)

    def release(self, *categories, service_id=None, days=30):
        with self.make.work(self.farah) as work:
            terms = Terms(
                receiver="Counselling centre", service_id=service_id or self.world.service,
                categories=[each.value for each in categories], purpose="To start well",
                ends_on=work.today + timedelta(days=days), signed_name="Farah Demir",
            )  # fmt: skip
            return sign(work, work.get(Case, self.farah.case), terms).id


@pytest.fixture
def told(make):
    world = World(make, profile="strengths")
    farah, priya = world.client, world.worker
    make.contact(farah, "farah@example.org")
    make.contact(farah, "+15550100", ContactKind.PHONE, safe=False)
    selin = make.supporter(farah, "Selin Demir", powers=list(Power))
    with make.work(farah) as work:
        case = work.get(Case, farah.case)
        goal = plans.write_goal(
            work, case, words="Knit a blanket for my grandson.", why_it_matters="He is three.", area="fun",
            target_on=work.today, visibility=Visibility.WORKER_AND_SUPPORTERS,
        )  # fmt: skip
        plans.write_ladder(work, goal, RUNGS)
        plans.rate_goal(work, goal, progress=Progress.GOING_BACKWARD, rung=0)
        plans.add_step(work, goal, text="Cast on 10 stitches", doer=Doer(DoerKind.CLIENT), due_on=work.today)
        plans.add_step(work, goal, text="Wind wool", doer=Doer(DoerKind.SUPPORTER, selin.id))
        secret = plans.write_goal(work, case, words="Leave this house", visibility=Visibility.PRIVATE)
        plans.add_step(work, secret, text="Pack a bag", doer=Doer(DoerKind.CLIENT))
        plans.rate_goal(work, secret, progress=Progress.MOVING)
        strengths.add(work, case, words="Patient teacher", shared=True)
        strengths.add(work, case, words="Kept to herself")
    with make.work(priya, farah.case) as work:
        case = work.get(Case, farah.case)
        plans.rate_goal(work, work.get(Goal, goal.id), progress=Progress.MOVING, rung=-1)
        plans.add_step(work, work.get(Goal, goal.id), text="Ask the library", doer=Doer(DoerKind.STAFF, priya.id))
        plans.add_service(work, case, name="Knitting circle", provider="Library", reason="Company",
                          frequency="Thursdays", resource_kind=ResourceKind.NATURAL)  # fmt: skip
        plans.offer_plan(work, case)
    referral_id = world.offer(need="Talking", reason="Close by", safe_contact="Texts before noon", contact_ok=False)
    world.act(farah, accept_referral, referral_id)
    world.move(referral_id, Status.STARTED)
    world.move(referral_id, Status.GOT_HELP)
    world.tell(referral_id, Report.HELPED, note="Hello, Priya")
    with make.system() as work:
        work.session.get_one(Referral, referral_id).outcome_rating = Rating.SOME
    return Whole(make, farah, priya, world, referral_id)


@pytest.mark.parametrize(
    ("status", "task"),
    [
        ("draft", "draft"), ("offered", "draft"), ("said_no", "cancelled"), ("your_turn", "requested"),
        ("sent", "requested"), ("accepted", "accepted"), ("booked", "accepted"), ("waitlisted", "on-hold"),
        ("started", "in-progress"), ("paused", "on-hold"), ("got_help", "completed"), ("they_said_no", "rejected"),
        ("void", "entered-in-error"),
    ],
)  # fmt: skip
def test_each_state_has_hl7s_word(status, task):
    """The table of DOMAIN 2.4, row by row."""
    assert statuses.task_status(Status(status)) == task


def test_every_word_of_ours_is_mapped():
    for ours, table in (
        (Status, statuses.SERVICE_REQUEST), (Lifecycle, statuses.GOAL), (Progress, statuses.ACHIEVEMENT),
        (StepState, statuses.ACTIVITY), (VersionState, statuses.CARE_PLAN),
    ):  # fmt: skip
        assert set(table) == set(ours)
    assert statuses.task_status(Status.CLOSED_OTHER, ClosureReason.MOVED) == "cancelled"
    assert statuses.task_status(Status.CLOSED_OTHER, ClosureReason.GETTING_THERE) == "failed"


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        (Status.YOUR_TURN, Status.GOT_HELP, ["accepted", "completed"]),  # a walk-in place
        (Status.SENT, Status.STARTED, ["accepted", "in-progress"]),
        (Status.ACCEPTED, Status.BOOKED, []),
        (Status.YOUR_TURN, Status.THEY_SAID_NO, ["rejected"]),
        (Status.CLOSED_OTHER, Status.VOID, ["entered-in-error"]),
    ],
)
def test_the_way_of_a_task(before, after, path):
    assert statuses.task_path(before, after) == path


def test_the_clients_own_copy(told):
    bundle = told.export()
    assert faults(bundle) == []
    text = json.dumps(bundle, ensure_ascii=False)
    for secret in SECRETS:
        assert secret not in text, secret
    (goal,) = of_kind(bundle, "Goal")
    assert goal["description"]["text"] == "Knit a blanket for my grandson."
    assert goal["lifecycleStatus"] == "active"
    assert goal["achievementStatus"]["coding"][0]["code"] == "worsening"  # the client's own word, not staff's
    seen = [one for one in of_kind(bundle, "Observation") if "valueInteger" in one]
    assert [one["valueInteger"] for one in seen] == [0, -1]
    (plan,) = of_kind(bundle, "CarePlan")
    assert (plan["status"], plan["intent"], plan["title"]) == ("draft", "proposal", "Plan, version 1")
    details = [each["detail"]["status"] for each in plan["activity"] if "detail" in each]
    assert details == ["not-started", "not-started", "not-started", "in-progress"]
    (request,), (task,) = of_kind(bundle, "ServiceRequest"), of_kind(bundle, "Task")
    assert {"reference": f"urn:uuid:{request['id']}"} == task["focus"]
    assert {"reference": task["focus"]} in plan["activity"]
    assert (request["status"], task["status"]) == ("completed", "completed")
    assert [one["activity"]["text"] for one in of_kind(bundle, "Provenance")] == [
        "requested", "accepted", "in-progress", "completed",
    ]  # fmt: skip
    assert task["output"][0]["valueString"] == "some"
    (patient,) = of_kind(bundle, "Patient")
    assert patient["name"] == [{"text": "Ana Ruiz"}]
    assert patient["telecom"] == [{"system": "email", "value": "farah@example.org"}]  # what is not safe stays
    assert [one["valueString"] for one in of_kind(bundle, "Observation") if "valueString" in one] == ["Patient teacher"]


def test_a_broken_bundle_is_found(told):
    """The readers do see: each kind of fault turns them red."""
    for spoil in (
        lambda b: of_kind(b, "Task")[0].update(status="waiting"),
        lambda b: of_kind(b, "Task")[0].update(status="received"),
        lambda b: of_kind(b, "Goal")[0].update(words="not FHIR"),
        lambda b: of_kind(b, "CarePlan")[0].update(status="agreed"),
        lambda b: of_kind(b, "Patient")[0].update(id="x" * 80),
        lambda b: b["entry"].pop(0),
    ):
        bundle = told.export()
        spoil(bundle)
        assert faults(bundle)
    bundle = told.export()
    del of_kind(bundle, "Goal")[0]["lifecycleStatus"]
    with pytest.raises(ValueError, match="lifecycleStatus"):
        faults(bundle)


def test_every_state_of_a_referral_is_valid(told):
    with told.make.system() as work:
        for number, status in enumerate(Status):
            at = datetime(2025, 6, 2, 12, number, tzinfo=UTC)
            reason = ClosureReason.COST if status is Status.CLOSED_OTHER else None
            work.session.add(
                Referral(case_id=told.farah.case, place=f"Place {status}", led_by=LedBy.STAFF, status=status,
                         offered_by_id=told.priya.id, created_at=at, last_news_at=at, closure_reason=reason)
            )  # fmt: skip
    bundle = told.export()
    assert faults(bundle) == []
    words = sorted(task["status"] for task in of_kind(bundle, "Task"))
    assert len(words) == len(Status)  # one more was there, and drafts stay
    assert "failed" in words


@pytest.mark.parametrize("category", list(Shared))
def test_a_release_lets_out_what_it_names(told, category):
    bundle = told.export(told.release(category))
    assert faults(bundle) == []
    text = json.dumps(bundle, ensure_ascii=False)
    for secret in (*SECRETS, "Patient teacher"):
        assert secret not in text
    assert ("Ana Ruiz" in _patient(bundle)) is (category is Shared.CONTACT)
    assert ("Texts before noon" in text) is (category is Shared.CONTACT)
    assert ("Talking" in text) is (category is Shared.NEED)
    assert bool(of_kind(bundle, "Provenance")) is (category is Shared.VISITS)
    assert bool(of_kind(bundle, "CarePlan")) is bool(of_kind(bundle, "Goal")) is (category is Shared.PLAN)
    assert ("communication" in _patient(bundle)) is (category is Shared.LANGUAGE)
    (consent,) = of_kind(bundle, "Consent")
    assert consent["provision"]["actor"][0]["reference"]["display"] == "Counselling centre"


def test_a_receiver_learns_of_their_own_referrals_only(told):
    other = told.world.offer(service_id=None, place="Food bank")
    offered = told.world.offer(place="Counselling centre, again")
    bundle = told.export(told.release(*Shared))
    assert [request["id"] for request in of_kind(bundle, "ServiceRequest")] == [str(told.referral_id)]
    text = json.dumps(bundle)
    assert str(other) not in text
    assert str(offered) not in text  # the client has not said yes to it
    assert len(of_kind(told.export(), "ServiceRequest")) == 3


def test_without_a_live_release_nothing_leaves(told):
    release = told.release(Shared.PLAN)
    with told.make.work(told.farah) as work:
        work.get(Release, release).revoke(work.now)
        work.record(Event.RELEASE_REVOKED, work.get(Release, release))
    with pytest.raises(Refused, match="NotReleased"):
        told.export(release)
    with pytest.raises(Refused, match="NoReason"):
        told.export(reason="  ")
    with told.make.system() as work:
        assert work.session.scalars(select(CaseExport)).all() == []


def test_it_is_remembered_and_the_client_sees_it(told, browser):
    told.export()
    told.export(told.release(Shared.NEED), reason="They asked for the need")
    assert events_of(told)[-4:] == [Event.EXPORTED, Event.RELEASE_SIGNED, Event.EXPORTED, Event.DISCLOSED]
    assert "asked" not in str([entry.facts for entry in told.make.entries(told.farah.case)])
    page = browser.as_(told.farah).visit(f"/cases/{told.farah.case}/releases").follow("Copies of my data")
    for words in ("For me", "The client asked", "For Counselling centre", "They asked for the need"):
        assert page.says(words), words
    assert browser.as_(told.farah).visit(f"/cases/{told.farah.case}/who-looked").says("Made a data copy of your plan")


@pytest.fixture
def run(app, settings, monkeypatch):
    """The command on the tests' own database."""
    monkeypatch.setattr("portal.cli.context.read_settings", lambda: settings)
    return lambda *words, typed="": CliRunner().invoke(export, ["fhir", *map(str, words)], input=typed)


def test_the_command_writes_a_new_file_for_one_pair_of_eyes(told, run, tmp_path):
    path = tmp_path / "out.json"
    done = run(path, "--for-client", typed=f"{told.farah.case}\nThe client asked\n")  # it asks for case and reason
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert faults(json.loads(path.read_text(encoding="utf-8"))) == []
    before = path.read_bytes()
    again = run(path, "--for-client", "--case", told.farah.case, "--reason", "Again")
    assert again.exit_code == 1
    assert "is there already" in again.output
    assert path.read_bytes() == before
    assert events_of(told).count(Event.EXPORTED) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--for-client", "--reason", "x", "--case", "00000000-0000-4000-8000-000000000000"), "no such case"),
        (("--reason", "x"), "either --release or --for-client"),
        (("--reason", " ", "--for-client"), "Say why"),
        (("--reason", "x", "--release", "00000000-0000-4000-8000-000000000000"), "no such release"),
    ],
)
def test_what_is_wrong_is_one_line_and_leaves_no_file(told, run, tmp_path, words, says):
    path = tmp_path / "out.json"
    done = run(path, *(words if "--case" in words else ("--case", told.farah.case, *words)))
    assert done.exit_code != 0
    assert says in done.output
    assert not path.exists()
    assert (
        run(tmp_path / "nowhere" / "x.json", "--for-client", "--case", told.farah.case, "--reason", "x").exit_code == 1
    )
    assert Event.EXPORTED not in events_of(told)


def events_of(told):
    return told.make.events(told.farah.case)


def _patient(bundle):
    return json.dumps(of_kind(bundle, "Patient"), ensure_ascii=False)
