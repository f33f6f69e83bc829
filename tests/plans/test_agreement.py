"""What a plan holds, who signs it and how, copies, a no in part: the commands, without pages."""

import json
from dataclasses import replace
from datetime import date

import pytest

from portal.audit.events import Event
from portal.cases.models import Case, ReviewReason
from portal.crypto import KeyProblem
from portal.plans import commands, queries
from portal.plans.commands import Said, Told
from portal.plans.commands.draft import ItemMissing
from portal.plans.commands.signing import GivenTomorrow, NobodyNamed, NotFresh, WitnessMissing
from portal.plans.commands.versions import NoSuchPart
from portal.plans.frozen import FrozenPlan
from portal.plans.models import (
    AlreadyAnswered,
    AlreadySigned,
    CopyWay,
    Frame,
    Interval,
    ItemKind,
    NeedKind,
    NotFromHere,
    PlanItem,
    PlanSignature,
    PlanVersion,
    ResourceKind,
    ServiceLine,
    SignatureScan,
    SignedAs,
    SignMethod,
    Source,
    Unit,
    VersionState,
)
from portal.plans.scans import read_scan
from portal.roles import Power
from portal.work import NotAllowed
from tests.plans.conftest import case_in

PDF = b"%PDF-1.4\nFarah Demir\n%%EOF\n"


def offer(circle):
    with circle.make.work(circle.priya, circle.farah.case) as work:
        return commands.offer_plan(work, case_in(work)).id


def say(circle, who, kind, words, **more):
    with circle.make.work(who, circle.farah.case) as work:
        return commands.add_item(work, case_in(work), kind, Said(words, **more)).id


def test_everything_the_plan_holds_is_frozen_with_it(circle, make):
    circle.goal()
    say(circle, circle.farah, ItemKind.PREFERENCE, "not mornings")
    say(circle, circle.farah, ItemKind.PARTICIPANT, "Selin", more="my daughter")
    say(circle, circle.priya, ItemKind.NEED, "", need=NeedKind.PROTECTIVE, source=Source.OBSERVED)
    say(circle, circle.priya, ItemKind.RISK, "Her hand hurts", more="Rest, then five stitches", source=Source.SELF)
    say(circle, circle.farah, ItemKind.BACKUP, "Kemal steps in")
    frame = Frame(
        "client", "2025-06-09", "At home", "yes", "en", ("interpreter", "large_print"), "Priya Nair", "555-0199"
    )
    with make.work(circle.priya, circle.farah.case) as work:
        commands.add_service(
            work, case_in(work), name="Hand therapy", provider="River Clinic", quantity=2, unit=Unit.VISITS,
            interval=Interval.WEEK, reason="It helps the grip", reason_source="Stroke guideline 2023",
            until_on=date(2030, 1, 1), self_directed=True,
        )  # fmt: skip
        working = commands.write_frame(work, case_in(work), frame)
        assert (working.state, working.number) == (VersionState.WORKING, 1)
    version = circle.look(PlanVersion, offer(circle))
    assert version.number == 1, "the version that was being written is the one that is offered"
    plan = FrozenPlan.read(version.snapshot)
    assert plan.frame == frame
    assert [item.words for kind in ItemKind for item in plan.items_of(kind.value)] == [
        "Selin", "not mornings", "", "Her hand hurts", "Kemal steps in",
    ]  # fmt: skip
    (line,) = plan.services
    assert (line.amount, line.reason_source, line.ends) == (
        "Visits: 2 (Each week)", "Stroke guideline 2023", date(2030, 1, 1),
    )  # fmt: skip
    events = make.events(circle.farah.case)
    assert events.count(Event.PLAN_ITEM_ADDED) == 5
    assert Event.PLAN_WRITTEN in events
    facts = [entry.facts for entry in make.entries(circle.farah.case) if entry.event is Event.PLAN_SERVICE_ADDED]
    assert facts == [{"kind": "formal", "reason_given": True, "source_given": True}]


def test_the_facts_go_on_into_the_next_version(circle, make):
    circle.goal()
    with make.work(circle.farah) as work:
        commands.write_frame(work, case_in(work), Frame(monitor_name="Grace"))
    offer(circle)
    second = circle.look(PlanVersion, offer(circle))
    assert (second.number, FrozenPlan.read(second.snapshot).frame.monitor_name) == (2, "Grace")
    with pytest.raises(AlreadyAnswered):
        second.write(Frame())


def test_what_the_client_says_only_the_client_changes(circle, make):
    hers = say(circle, circle.farah, ItemKind.PREFERENCE, "not mornings")
    staffs = say(circle, circle.priya, ItemKind.NEED, "A ride", need=NeedKind.TRANSPORT, source=Source.OBSERVED)
    for act in (
        lambda work, item: commands.change_item(work, item, Said("mornings")),
        commands.take_out_item,
    ):
        with pytest.raises(NotAllowed), make.work(circle.priya, circle.farah.case) as work:
            act(work, work.get(PlanItem, hers))
    with make.work(circle.farah) as work:
        commands.change_item(work, work.get(PlanItem, hers), Said("not before ten"))
        commands.take_out_item(work, work.get(PlanItem, staffs))
    assert (circle.look(PlanItem, hers).words, circle.look(PlanItem, hers).source) == ("not before ten", Source.SELF)
    with pytest.raises(NotFromHere), make.work(circle.farah) as work:
        commands.take_out_item(work, work.get(PlanItem, staffs))
    with pytest.raises(ItemMissing):
        say(circle, circle.farah, ItemKind.RISK, " ")
    selin = circle.supporter("Selin", *Power)
    with pytest.raises(NotAllowed):
        say(circle, selin, ItemKind.NEED, "She needs rest")
    events = make.events(circle.farah.case)
    assert (Event.PLAN_ITEM_CHANGED in events, Event.PLAN_ITEM_TAKEN_OUT in events) == (True, True)


def test_a_service_is_changed_while_it_is_on_the_plan(circle, make):
    with make.work(circle.priya, circle.farah.case) as work:
        line = commands.add_service(work, case_in(work), name="Choir", resource_kind=ResourceKind.NATURAL).id
    with make.work(circle.priya, circle.farah.case) as work:
        commands.change_service(work, work.get(ServiceLine, line), name="Choir", frequency="Tuesdays")
    assert circle.look(ServiceLine, line).frequency == "Tuesdays"
    with make.work(circle.priya, circle.farah.case) as work:
        commands.end_service(work, work.get(ServiceLine, line))
    with pytest.raises(NotFromHere), make.work(circle.priya, circle.farah.case) as work:
        commands.change_service(work, work.get(ServiceLine, line), name="Choir")
    assert Event.PLAN_SERVICE_CHANGED in make.events(circle.farah.case)


def test_a_signature_keeps_words_choices_and_the_sentence(circle, make):
    circle.goal()
    version_id = offer(circle)
    with make.work(circle.farah) as work:
        commands.agree_to_plan(
            work, work.get(PlanVersion, version_id), typed_name="Farah Demir", comment="Start slowly, please",
            choices={"informed": True, "helped_choose": False},
        )  # fmt: skip
    with make.work(circle.priya, circle.farah.case) as work:
        shown = queries.version_page(work, case_in(work), work.get(PlanVersion, version_id))
        (signature,) = shown.signatures
        assert (signature.comment, signature.choices) == (
            "Start slowly, please", {"helped_choose": False, "informed": True},
        )  # fmt: skip
        assert signature.sentence.startswith("I have read version 1 of my plan and I agree")
        assert shown.intact
    assert ("plan_change", version_id) in circle.waiting(), "staff answer what was said with a signature"


def test_a_signature_needs_a_fresh_sign_in(circle, make):
    circle.goal()
    version_id = offer(circle)
    for who, act in ((circle.farah, commands.agree_to_plan), (circle.priya, commands.sign_plan)):
        with make.work(who, circle.farah.case) as work:
            stale = replace(work, actor=replace(work.actor, fresh=False))
            with pytest.raises(NotFresh):
                act(stale, work.get(PlanVersion, version_id), typed_name="Somebody")
    assert circle.look(PlanVersion, version_id).state is VersionState.OFFERED


def record(circle, version_id, told, who=None):
    with circle.make.work(who or circle.priya, circle.farah.case) as work:
        return commands.record_signature(work, work.get(PlanVersion, version_id), told).id


def test_the_client_signs_on_paper(circle, make):
    circle.goal()
    version_id = offer(circle)
    signature_id = record(circle, version_id, Told("Farah Demir", scan=read_scan(PDF)))
    signature, version = circle.look(PlanSignature, signature_id), circle.look(PlanVersion, version_id)
    assert (signature.method, signature.signer_id, signature.recorded_by_id) == (
        SignMethod.ON_PAPER, circle.farah.id, circle.priya.id,
    )  # fmt: skip
    assert (version.state, version.answer) == (VersionState.AGREED, VersionState.AGREED)
    with make.system() as work:
        scan = work.session.query(SignatureScan).one()
        assert (scan.content, scan.size) == (PDF, len(PDF))
        (stored,) = work.session.connection().exec_driver_sql("select content from plan_signature_scan").one()
        assert b"Farah" not in bytes(stored)
        assert signature.holds_for(version, work.session.key_ring)
    with pytest.raises(AlreadyAnswered):
        record(circle, version_id, Told("Farah Demir", scan=read_scan(PDF)))
    facts = [entry.facts for entry in make.entries(circle.farah.case) if entry.event is Event.PLAN_SIGNED]
    assert [(fact["method"], fact["role"]) for fact in facts] == [("on_paper", "client")]


def test_spoken_with_a_witness_and_others_who_do_a_part(circle, make):
    circle.goal()
    version_id = offer(circle)
    with pytest.raises(WitnessMissing):
        record(circle, version_id, Told("Farah Demir", witness=" "))
    spoken = circle.look(PlanSignature, record(circle, version_id, Told("Farah Demir", witness="Amina Yusuf")))
    assert spoken.sentence.startswith("Version 1 of my plan was read to me")
    provider = Told("River Clinic", SignedAs.PROVIDER, witness="Amina Yusuf")
    other = circle.look(PlanSignature, record(circle, version_id, provider))
    assert (other.signer_id, other.role) == (None, SignedAs.PROVIDER)
    with pytest.raises(NotAllowed):
        record(circle, version_id, provider, circle.farah)
    assert circle.look(PlanVersion, version_id).state is VersionState.AGREED
    with make.work(circle.priya, circle.farah.case) as work:
        commands.sign_plan(work, work.get(PlanVersion, version_id), typed_name="Priya Nair")
    with pytest.raises(AlreadySigned), make.work(circle.priya, circle.farah.case) as work:
        commands.sign_plan(work, work.get(PlanVersion, version_id), typed_name="Priya Nair")


def test_a_no_in_part_lets_the_rest_start(circle, make):
    goal_id = circle.goal()
    circle.goal("Cook Friday soup")
    version_id = offer(circle)
    with make.work(circle.farah) as work:
        version = work.get(PlanVersion, version_id)
        with pytest.raises(NoSuchPart):
            commands.disagree_with_plan(work, version, words="too much", started=[str(make.nobody_id())])
        commands.disagree_with_plan(work, version, words="too much", started=[str(goal_id)])
    version = circle.look(PlanVersion, version_id)
    assert (version.state, version.started_parts) == (VersionState.NOT_AGREED, [str(goal_id)])
    case = circle.look(Case, circle.farah.case)
    with make.system() as work:
        assert (case.review_due_on, case.review_reason) == (work.today, ReviewReason.CHANGE)


def test_copies_are_noted(circle, make):
    circle.goal()
    version_id = offer(circle)
    with make.work(circle.priya, circle.farah.case) as work:
        version = work.get(PlanVersion, version_id)
        with pytest.raises(NobodyNamed):
            commands.give_copy(work, version, to_name=" ", way=CopyWay.PRINTED)
        with pytest.raises(GivenTomorrow):
            commands.give_copy(work, version, to_name="Kemal", way=CopyWay.POST, given_on=date(2100, 1, 1))
        commands.give_copy(work, version, to_name="Kemal Demir", way=CopyWay.LARGE_PRINT, part="His steps")
        (copy,) = queries.version_page(work, case_in(work), version).copies
        assert (copy.to_name, copy.way, copy.given_on) == ("Kemal Demir", CopyWay.LARGE_PRINT, work.today)
    assert Event.PLAN_COPY_GIVEN in make.events(circle.farah.case)


def test_a_signature_that_was_changed_is_found_out(circle, make):
    circle.goal()
    version_id = offer(circle)
    with make.work(circle.farah) as work:
        signature_id = commands.agree_to_plan(work, work.get(PlanVersion, version_id), typed_name="Farah").id
    with make.system() as work:
        ring = work.session.key_ring
    version = circle.look(PlanVersion, version_id)
    for name, value in (
        ("typed_name", "Kemal"), ("sentence", "Yes"), ("method", SignMethod.SPOKEN), ("role", SignedAs.PROVIDER),
        ("answers", json.dumps({"informed": True})), ("comment", "Gladly"), ("witness", "Nobody"),
    ):  # fmt: skip
        signature = circle.look(PlanSignature, signature_id)
        assert signature.holds_for(version, ring)
        setattr(signature, name, value)
        assert not signature.holds_for(version, ring), name


def test_a_scan_changed_on_disk_cannot_be_opened(circle, make):
    circle.goal()
    record(circle, offer(circle), Told("Farah Demir", scan=read_scan(PDF)))
    with make.system() as work:
        held = work.session.connection().exec_driver_sql("select content from plan_signature_scan").scalar_one()
        broken = bytearray(bytes(held))
        broken[-1] ^= 1
        with pytest.raises(KeyProblem):
            work.session.key_ring.open(bytes(broken))
