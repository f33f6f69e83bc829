"""The model-selection helper: DOMAIN 5's table, its nine people, its gates, reasons and cautions."""

import pytest

from portal.choosing.bands import MODELS, Band
from portal.choosing.questions import QUESTIONS, Dimension, Gate
from portal.choosing.scoring import Answers, advise
from portal.profiles import registry

CLINICIAN, TEAM = frozenset({Gate.CLINICIAN}), frozenset({Gate.CLINICIAN, Gate.TEAM})
LEAVING = CLINICIAN | {Gate.TRANSITION}


def answers(values, gates=CLINICIAN, **more):
    given = {dimension: value for dimension, value in zip(Dimension, values, strict=True) if value is not None}
    return Answers(given=given, open_gates=gates, **more)


def scores(values, gates=CLINICIAN):
    return [(fit.profile.key, fit.score) for fit in advise(answers(values, gates)).offered]


ELENA = (1, 0, 1, 1, 1, 0, 1, 3)
TOM = (1, 2, 2, 3, 2, 0, 0, 2)
SAM = (3, 3, 3, 3, 3, 1, 1, 1)
FEW = (1, 0, 1, 1, 1, 0, 1, 0)


@pytest.mark.parametrize(
    ("values", "gates", "best"),
    [
        (ELENA, CLINICIAN, [("brokerage", 100), ("clinical", 77), ("rehabilitation", 71)]),
        ((1, 1, 2, 2, 0, 2, 3, 1), CLINICIAN, [("strengths", 100), ("rehabilitation", 79), ("clinical", 69)]),
        (TOM, CLINICIAN, [("intensive", 100), ("clinical", 92)]),
        ((1, 2, 1, 2, 3, 1, 1, 2), CLINICIAN, [("clinical", 100), ("brokerage", 76)]),
        ((1, 1, 1, 2, 1, 1, 3, 2), CLINICIAN, [("strengths", 100), ("brokerage", 89), ("clinical", 85)]),
        ((2, 2, 2, 2, 0, 1, 2, 2), LEAVING, [("cti", 100), ("strengths", 86)]),
        (SAM, TEAM, [("act", 100), ("intensive", 93)]),
        ((1, 1, 1, 2, 0, 3, 2, 2), CLINICIAN, [("rehabilitation", 100), ("strengths", 82), ("brokerage", 82)]),
        (FEW, CLINICIAN, [("brokerage", 74), ("clinical", 73)]),
    ],
    ids=["Elena", "Farah", "Tom", "Daniel", "Daniel-strengths", "Rosa", "Sam", "Keisha", "Elena-few-services"],
)
def test_the_nine_people(values, gates, best):
    found = scores(values, gates)
    assert found[0] == best[0]
    assert sorted(found[: len(best)]) == sorted(best)


def test_a_model_that_cannot_be_had_is_not_the_next_one():
    # Elena is near to what helps people who leave care (91), but she leaves none.
    advice = advise(answers(ELENA))
    assert [(fit.profile.key, fit.score) for fit in advice.offered[:2]] == [("brokerage", 100), ("clinical", 77)]
    assert "cti" not in {fit.profile.key for fit in advice.fits}
    assert ("cti", 91) in [(fit.profile.key, fit.score) for fit in advise(answers(ELENA, LEAVING)).fits]


def test_a_shut_gate_greys_a_model_and_names_what_is_missing():
    advice = advise(answers(SAM, frozenset()))
    assert (advice.offered[0].profile.key, advice.offered[0].score) == ("intensive", 93)
    greyed = {fit.profile.key: str(fit.missing) for fit in advice.greyed}
    assert greyed == {
        "act": "This needs a team that is there day and night.",
        "clinical": "This needs a licensed clinician.",
    }
    assert advice.cautions == (
        "A day-and-night team fits best and is not here. Talk about intensive work, and refer to a team.",
    )


def test_a_model_the_organisation_does_not_use_is_greyed():
    advice = advise(answers(ELENA), in_use={"clinical", "strengths"})
    assert advice.offered[0].profile.key == "clinical"
    assert str(advice.greyed[0].missing) == "Not used in this organisation."


@pytest.mark.parametrize(("values", "close"), [(TOM, True), (FEW, True), (ELENA, False)])
def test_a_small_lead_is_a_close_call(values, close):
    assert advise(answers(values)).is_close is close


def test_four_answers_are_not_enough():
    assert not advise(answers((1, 0, 1, 1, None, None, None, None))).enough
    assert advise(answers((1, 0, 1, 1, 1, None, None, None))).enough


def test_skipped_answers_count_for_nothing():
    # Without the services near, brokerage keeps its perfect fit on what is left.
    found = {fit.profile.key: fit.score for fit in advise(answers((1, 0, 1, 1, 1, 0, 1, None))).offered}
    assert found["brokerage"] == 100


def test_reasons_are_the_answers_that_weigh_most():
    best, second = advise(answers(ELENA)).offered[:2]
    assert [str(reason) for reason in best.reasons_for] == [
        "Services near: Plenty, and they work together",
        "Day-to-day things: Steady",
        "Calling a place: Yes, with the facts in hand",
    ]
    assert best.reason_against is None
    assert str(second.reason_against) == "Treatment: A little"


def test_cautions_do_not_depend_on_the_score():
    brokerage = advise(answers(FEW)).offered[0]
    assert brokerage.cautions == ("There are few places to refer to.",)
    shaky = advise(answers((1, 2, 1, 2, 3, 1, 1, 2))).offered[1]
    assert [str(caution) for caution in shaky.cautions] == [
        "Things are shaky now: this way of working sees people seldom."
    ]
    unsafe = advise(answers(ELENA, contact_safe=False, full={"brokerage"}))
    assert unsafe.cautions == ("Contact is not safe for this person. Agree first how to reach them.",)
    assert unsafe.offered[0].cautions == ("Your caseload is full with this one. Talk to your supervisor.",)


@pytest.mark.parametrize(("value", "credit"), [(0, 0.0), (1, 0.5), (2, 1.0), (3, 1.0)])
def test_credit_falls_with_the_distance(value, credit):
    assert Band(2, 3, 1).credit(value) == credit


def test_every_model_and_every_question_is_there():
    assert {model.key for model in MODELS} == {profile.key for profile in registry.ALL}
    assert [question.dimension for question in QUESTIONS] == list(Dimension)
