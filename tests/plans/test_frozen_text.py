"""A signature fails its check after any byte of its version changes; what is material; differences in words."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portal.crypto import KeyRing
from portal.plans.differences import Change, differences
from portal.plans.frozen import FrozenGoal, FrozenItem, FrozenLine, FrozenPlan, FrozenStep
from portal.plans.models import Frame, PlanSignature, PlanVersion, SignedAs, SignMethod, VersionState, digest_of

RING = KeyRing.parse(KeyRing.generate())
STEP = FrozenStep("Cast on 10 stitches", "client", "", "Farah", "2025-06-04", "none", id="s1")
GOAL = FrozenGoal("g1", "Knit a blanket", "For him", "", "fun", "", (STEP,))
LINE = FrozenLine("Hand therapy", "River Clinic", "", "Tuesdays", "It helps", "formal", id="l1")
RISK = FrozenItem("i1", "risk", "Her hand hurts", "Rest", "", "self_reported")
PLAN = FrozenPlan(1, (GOAL,), (LINE,), (RISK,), Frame(monitor_name="Priya"), "2025-07-14", "time")
words = st.text(min_size=1, max_size=30)


def offered(plan):
    version = PlanVersion(id=uuid4(), case_id=uuid4(), number=plan.number, state=VersionState.WORKING)
    version.offer(plan.text(), uuid4(), datetime(2025, 6, 9, tzinfo=UTC), material=plan.material())
    return version


def signed(version):
    signature = PlanSignature(
        version_id=version.id, signer_id=uuid4(), role=SignedAs.CLIENT, method=SignMethod.TYPED_NAME,
        typed_name="Farah", sentence="I agree.", version_hash=version.hash, signed_at=datetime(2025, 6, 10, tzinfo=UTC),
    )  # fmt: skip
    signature.close(RING)
    return signature


@settings(max_examples=60, deadline=None)
@given(goal=words, risk=words, at=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_signature_fails_after_any_byte_of_its_version_changes(goal, risk, at, bit):
    plan = replace(PLAN, goals=(replace(GOAL, words=goal),), items=(replace(RISK, words=risk),))
    version = offered(plan)
    signature = signed(version)
    assert signature.holds_for(version, RING)
    changed = bytearray(version.snapshot.encode())
    changed[at % len(changed)] ^= 1 << bit
    # As a writer to the database could: past the model, with a hash that fits the new text or without.
    text = changed.decode("utf-8", "replace")
    assume(text != version.snapshot)  # a broken character reads as the sign for one, which may have stood there
    version.__dict__["snapshot"] = text
    assert not signature.holds_for(version, RING)
    version.__dict__["hash"] = digest_of(version.snapshot)
    assert not signature.holds_for(version, RING)
    signature.version_hash = version.hash
    assert not signature.holds_for(version, RING), "not even with the signature's own copy of the hash changed"


@given(goal=words, step=words, line=words, item=words)
@settings(max_examples=40, deadline=None)
def test_a_frozen_text_reads_back_as_it_was(goal, step, line, item):
    plan = replace(
        PLAN,
        goals=(replace(GOAL, words=goal, steps=(replace(STEP, text=step),)),),
        services=(replace(LINE, name=line),),
        items=(replace(RISK, words=item),),
    )
    assert FrozenPlan.read(plan.text()) == plan
    assert differences(plan, FrozenPlan.read(plan.text())) == []


def test_a_text_of_the_first_format_is_read():
    old = (
        '{"format": 1, "goals": [{"area": "", "id": "g1", "plain_summary": "", "steps": [{"doer": "client", "doer_id":'
        ' "", "doer_name": "Farah", "due_on": "", "resource_kind": "none", "text": "Cast on 10 stitches"}], "target_on"'
        ': "", "why_it_matters": "", "words": "Knit"}], "number": 1, "services": [{"frequency": "", "name": "Choir",'
        ' "provider": "", "reason": "", "resource_kind": "natural", "unpaid_relationship": ""}]}'
    )
    plan = FrozenPlan.read(old)
    assert (plan.goals[0].steps[0].text, plan.services[0].name, plan.frame) == ("Cast on 10 stitches", "Choir", Frame())


def test_material_is_words_services_risks_and_doers():
    def with_step(**more):
        return replace(PLAN, goals=(replace(GOAL, steps=(replace(STEP, **more),)),))

    material = [
        replace(PLAN, goals=(replace(GOAL, words="Knit a scarf"),)),
        replace(PLAN, services=(replace(LINE, frequency="Mondays"),)),
        replace(PLAN, items=(replace(RISK, more="Ice"),)),
        with_step(doer="supporter", doer_id=str(UUID(int=1)), doer_name="Selin"),
    ]
    small = [
        with_step(due_on="2025-06-11"),
        with_step(doer_name="Farah D."),
        replace(PLAN, goals=(replace(GOAL, plain_summary="Hand work", target_on="2025-12-24"),)),
        replace(PLAN, review_on="2025-08-01", frame=Frame(monitor_name="Grace")),
    ]
    del small[1]  # a step without an account behind its doer is told apart by the name
    assert all(plan.material() != PLAN.material() for plan in material)
    assert all(plan.material() == PLAN.material() for plan in small)


def test_differences_are_told_part_by_part():
    other = FrozenStep("Cast on 20 stitches", "client", "", "Farah", "2025-06-04", "none", id="s2", replaces="s1")
    wool = FrozenStep("Wind wool", "supporter", "x", "Selin", "", "natural", id="s3")
    after = replace(
        PLAN,
        goals=(replace(GOAL, words="Knit a big blanket", steps=(other, wool)),),
        services=(replace(LINE, frequency="Mondays"), FrozenLine("Choir", "", "", "", "", "natural", id="l2")),
        items=(),
        frame=Frame(monitor_name="Grace"),
        review_on="2025-08-25",
    )
    found = [(one.change, one.part, one.before, one.after) for one in differences(PLAN, after)]
    assert found == [
        (Change.CHANGED, "goal", "Knit a blanket", "Knit a big blanket"),
        (Change.CHANGED, "step", "Cast on 10 stitches", "Cast on 20 stitches"),
        (Change.ADDED, "step", "", "Wind wool"),
        (Change.CHANGED, "service", "Hand therapy\nRiver Clinic\nTuesdays\nIt helps",
         "Hand therapy\nRiver Clinic\nMondays\nIt helps"),
        (Change.ADDED, "service", "", "Choir"),
        (Change.TAKEN_OUT, "risk", "Her hand hurts\nRest", ""),
        (Change.CHANGED, "monitor_name", "Priya", "Grace"),
        (Change.CHANGED, "review_on", "2025-07-14", "2025-08-25"),
    ]  # fmt: skip
    assert [str(change.label) for change in Change] == ["Added", "Changed", "Taken out"]
    assert [one.change for one in differences(PLAN, replace(PLAN, goals=()))] == [Change.TAKEN_OUT]
