"""Who may put what on the sheet, what is remembered, and what happens to the words."""

import pytest
from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.areas import areas_in_use
from portal.cases.models import Case, CaseMember, ReviewAnswer, ReviewItem, ReviewKind
from portal.outbox.models import OutboxMessage
from portal.roles import Power
from portal.strengths import commands, queries
from portal.strengths.models import (
    AddedBy,
    AlreadyListed,
    ListFull,
    Priority,
    StrengthEntry,
    StrengthStatus,
    StrengthWording,
    Tense,
)
from portal.work import NotAllowed, NotFound


def test_what_a_client_writes_stands_at_once_and_asks_for_an_answer(make, family, write, read):
    id_ = write(family.farah, "Knit a blanket for my grandson.")
    entry = read(id_)
    assert entry.status is StrengthStatus.VISIBLE
    assert (entry.added_by, entry.shared) == (AddedBy.CLIENT, False)
    assert make.events(family.farah.case) == [Event.STRENGTH_ADDED]
    with make.system() as work:
        (item,) = work.session.scalars(select(ReviewItem))
        assert (item.kind, item.subject_id) == (ReviewKind.STRENGTH, id_)


def test_the_record_keeps_no_words(make, family, write):
    write(family.farah, "Ran a bakery for 19 years.")
    assert all("bakery" not in str(entry.facts) for entry in make.entries(family.farah.case))


def test_a_suggestion_waits_and_the_client_is_told_once(make, family, idea, read):
    first = idea(family.priya, family.farah.case, "Patient teacher")
    idea(family.priya, family.farah.case, "Good with numbers")
    entry = read(first)
    assert (entry.status, entry.added_by) == (StrengthStatus.SUGGESTED, AddedBy.STAFF)
    assert make.events(family.farah.case) == [Event.STRENGTH_SUGGESTED] * 2
    with make.system() as work:
        told = work.session.scalars(select(OutboxMessage)).all()
        assert [message.person_id for message in told] == [family.farah.id]
        assert not work.session.scalars(select(ReviewItem)).all()


def test_the_client_accepts_and_sets_aside(make, family, idea, read):
    id_ = idea(family.emre, family.farah.case, "Best soup in the street")
    with make.work(family.farah) as work:
        commands.accept(work, work.get(StrengthEntry, id_))
    assert read(id_).status is StrengthStatus.VISIBLE
    assert read(id_).added_by is AddedBy.SUPPORTER
    with make.work(family.farah) as work:
        commands.set_aside(work, work.get(StrengthEntry, id_))
    assert read(id_).status is StrengthStatus.SET_ASIDE
    assert make.events(family.farah.case)[1:] == [Event.STRENGTH_ACCEPTED, Event.STRENGTH_SET_ASIDE]


@pytest.mark.parametrize("verb", ["accept", "set_aside", "share", "change", "wording", "link"])
def test_staff_decide_nothing_for_the_client(make, family, write, idea, verb):
    id_ = write(family.farah, "My own words") if verb != "accept" else idea(family.priya, family.farah.case, "Idea")
    acts = {
        "accept": commands.accept,
        "set_aside": commands.set_aside,
        "share": lambda work, entry: commands.share(work, entry, True),
        "change": lambda work, entry: commands.change(work, entry, words="Theirs", tense=Tense.NOW, area=""),
        "wording": lambda work, entry: commands.answer_wording(work, entry, take=True),
        "link": lambda work, entry: commands.link_goals(work, entry, [], []),
    }
    with pytest.raises(NotAllowed), make.work(family.priya, family.farah.case) as work:
        acts[verb](work, work.get(StrengthEntry, id_))


def test_old_words_are_kept(make, family, write):
    id_ = write(family.farah, "Knit")
    with make.work(family.farah) as work:
        entry = work.get(StrengthEntry, id_)
        commands.change(work, entry, words="Knit a blanket", tense=Tense.WANT, area="home")
    with make.work(family.farah, read_only=True) as work:
        entry = work.get(StrengthEntry, id_)
        assert (entry.words, entry.area) == ("Knit a blanket", "home")
        assert [old.words for old in queries.history(work, entry)] == ["Knit"]
    assert make.events(family.farah.case)[-1] is Event.STRENGTH_CHANGED


def test_words_are_sealed_at_rest(make, family, write, app):
    write(family.farah, "Ran a bakery")
    with app.extensions["portal"].engine.begin() as connection:
        (stored,) = connection.exec_driver_sql("SELECT words FROM strength_entry").scalars()
    assert b"bakery" not in bytes(stored)


def answer(make, family, id_, text, kind=ReviewAnswer.SUGGESTION):
    with make.work(family.priya, family.farah.case) as work:
        item = work.session.scalars(select(ReviewItem).where(ReviewItem.subject_id == id_)).one()
        work.answered(work.get(Case, family.farah.case), item, kind, text)
        work.record(Event.REVIEW_ANSWERED, item)


@pytest.mark.parametrize("take", [True, False])
def test_suggested_words_are_the_clients_to_take(make, family, write, read, take):
    id_ = write(family.farah, "I bake good")
    answer(make, family, id_, "I am a skilled baker")
    assert read(id_).words == "I bake good"
    with make.work(family.farah) as work:
        commands.answer_wording(work, work.get(StrengthEntry, id_), take=take)
    assert read(id_).words == ("I am a skilled baker" if take else "I bake good")
    assert make.events(family.farah.case)[-1] is (Event.SUGGESTION_TAKEN if take else Event.SUGGESTION_LEFT)
    with make.system() as work:
        kept = [old.words for old in work.session.scalars(select(StrengthWording))]
        assert kept == (["I bake good"] if take else [])
    with pytest.raises(NotFound), make.work(family.farah) as work:
        commands.answer_wording(work, work.get(StrengthEntry, id_), take=take)


def listed(make, who):
    with make.work(who, read_only=True) as work:
        return [(wish.rank, wish.words) for wish in queries.wishes(work, work.get(Case, who.case))]


@pytest.fixture
def wishes(make, family):
    with make.work(family.farah) as work:
        case = work.get(Case, family.farah.case)
        return {words: commands.add_priority(work, case, words=words).id for words in ("knit", "soup", "cards")}


def test_the_list_holds_four_different_things(make, family, wishes):
    with make.work(family.farah) as work:
        case = work.get(Case, family.farah.case)
        with pytest.raises(AlreadyListed):
            commands.add_priority(work, case, words="soup")
        commands.add_priority(work, case, words="walk")
        with pytest.raises(ListFull):
            commands.add_priority(work, case, words="swim")
    assert listed(make, family.farah) == [(1, "knit"), (2, "soup"), (3, "cards"), (4, "walk")]
    assert set(make.events(family.farah.case)) == {Event.PRIORITIES_CHANGED}


def test_the_order_is_the_clients(make, family, wishes):
    with make.work(family.farah) as work:
        commands.move_priority(work, work.get(Priority, wishes["cards"]), up=True)
    assert listed(make, family.farah) == [(1, "knit"), (2, "cards"), (3, "soup")]
    with make.work(family.farah) as work:
        commands.move_priority(work, work.get(Priority, wishes["knit"]), up=False)
    assert listed(make, family.farah) == [(1, "cards"), (2, "knit"), (3, "soup")]
    with make.work(family.farah) as work:
        commands.move_priority(work, work.get(Priority, wishes["cards"]), up=True)
        commands.move_priority(work, work.get(Priority, wishes["soup"]), up=False)
    assert listed(make, family.farah) == [(1, "cards"), (2, "knit"), (3, "soup")]


def test_taking_one_off_closes_the_gap(make, family, wishes):
    with make.work(family.farah) as work:
        commands.remove_priority(work, work.get(Priority, wishes["knit"]))
    assert listed(make, family.farah) == [(1, "soup"), (2, "cards")]


@pytest.mark.parametrize(
    ("powers", "seen"),
    [
        ([], []),
        ([Power.SEE_GOALS, Power.SEE_PLAN, Power.SEE_RESOURCES, Power.SEE_NEXT], []),
        ([Power.SEE_STRENGTHS], ["Shared words"]),
        ([Power.SUGGEST], ["His idea"]),
        ([Power.SEE_STRENGTHS, Power.SUGGEST], ["His idea", "Shared words"]),
    ],
)
def test_a_supporter_sees_what_is_lent(make, lent_entries, powers, seen):
    with make.system() as work:
        member = work.session.scalars(select(CaseMember).where(CaseMember.person_id == lent_entries.id)).one()
        member.powers = [power.value for power in powers]
    with make.work(lent_entries, read_only=True) as work:
        assert sorted(entry.words for entry in work.session.scalars(select(StrengthEntry))) == seen


@pytest.fixture
def lent_entries(make, family, write, idea):
    """A supporter in a case with one entry shared, one kept, one idea of staff and one of their own."""
    write(family.farah, "Shared words", shared=True)
    write(family.farah, "Kept words")
    idea(family.priya, family.farah.case, "Staff's idea")
    kemal = make.supporter(family.farah, "Kemal", powers=[Power.SUGGEST])
    idea(kemal, family.farah.case, "His idea")
    return kemal


def test_a_supporter_is_not_told_what_became_of_an_idea(make, family, idea):
    id_ = idea(family.emre, family.farah.case, "Best soup in the street")
    with make.work(family.farah) as work:
        commands.accept(work, work.get(StrengthEntry, id_))
    with make.work(family.emre, family.farah.case, read_only=True) as work:
        case = work.get(Case, family.farah.case)
        assert not queries.sheet(work, case, areas_in_use(work.session)).entries
        assert [entry.words for entry in queries.own_suggestions(work, case)] == ["Best soup in the street"]
    with make.work(family.farah) as work:
        commands.change(work, work.get(StrengthEntry, id_), words="My soup", tense=Tense.NOW, area="fun")
    with make.work(family.emre, family.farah.case, read_only=True) as work:
        mine = queries.own_suggestions(work, work.get(Case, family.farah.case))
        assert [entry.words for entry in mine] == ["Best soup in the street"], "their own words, not the client's"


def test_a_closed_case_takes_nothing_more(make):
    farah = make.client("Farah Demir", closed_on=make.now().date())
    with pytest.raises(NotAllowed), make.work(farah) as work:
        commands.add(work, work.get(Case, farah.case), words="More")


def test_the_queue_reads_entries_by_their_ids(make, family, write):
    first, second = write(family.farah, "One"), write(family.farah, "Two")
    with make.work(family.priya, family.farah.case, read_only=True) as work:
        found = queries.by_ids(work, [second, first])
        assert {id_: entry.words for id_, entry in found.items()} == {first: "One", second: "Two"}
        assert found[first].author == "Farah Demir"
        assert queries.by_ids(work, []) == {}
