"""The plan as a whole: services on it, versions, answers and signatures."""

from dataclasses import dataclass
from datetime import timedelta

from portal.cases.models import Person
from portal.demo.hand import Hand
from portal.plans import commands
from portal.plans.models import CopyWay, Frame, ItemKind, NeedKind, PlanVersion, ResourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOnPlan:
    """Staff put a service or an unpaid support on the plan."""

    name: str
    provider: str = ""
    unpaid: str = ""
    often: str = ""
    reason: str = ""
    source: str = ""
    place: ResourceKind = ResourceKind.FORMAL

    def play(self, hand: Hand) -> None:
        """Add it."""
        commands.add_service(
            hand.work,
            hand.case,
            name=self.name,
            provider=self.provider,
            unpaid_relationship=self.unpaid,
            frequency=self.often,
            reason=self.reason,
            reason_source=self.source,
            resource_kind=self.place,
        )


@dataclass(frozen=True, slots=True)
class SayInPlan:
    """Somebody says what matters, a need, a risk and what helps, who came, or what to do if it does not work."""

    kind: ItemKind
    words: str
    more: str = ""
    need: NeedKind | None = None

    def play(self, hand: Hand) -> None:
        """Say it; what staff write here, the client told them."""
        commands.add_item(hand.work, hand.case, self.kind, commands.Said(self.words, self.more, self.need))


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The short facts of the plan that is being written."""

    where: str
    monitor: str
    ago: int

    def play(self, hand: Hand) -> None:
        """Write them."""
        day = hand.work.today - timedelta(days=self.ago)
        facts = Frame(
            led_by="client", met_on=day.isoformat(), met_where=self.where, suited="yes", monitor_name=self.monitor
        )
        commands.write_frame(hand.work, hand.case, facts)


@dataclass(frozen=True, slots=True)
class GiveCopy:
    """Staff note that somebody was given a copy."""

    key: str
    to: str
    part: str = ""

    def play(self, hand: Hand) -> None:
        """Note it."""
        version = hand.row(PlanVersion, self.key)
        commands.give_copy(hand.work, version, to_name=self.to, way=CopyWay.PRINTED, part=self.part)


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """Staff begin a review and name the day of the next; the client has not said yes so far."""

    words: str
    ahead: int
    contact_every_days: int | None = None

    def play(self, hand: Hand) -> None:
        """Begin it, say how it goes, name the day."""
        review = commands.open_review(hand.work, hand.case)
        commands.say_in_review(hand.work, review, self.words)
        next_on = hand.work.today + timedelta(days=self.ahead)
        commands.propose_day(hand.work, review, next_on=next_on, contact_every_days=self.contact_every_days)


@dataclass(frozen=True, slots=True)
class OfferPlan:
    """Staff offer the plan as it is now."""

    key: str

    def play(self, hand: Hand) -> None:
        """Offer it, and keep the version by its key."""
        hand.keep(self.key, commands.offer_plan(hand.work, hand.case).id)


@dataclass(frozen=True, slots=True)
class Agree:
    """The client agrees and signs."""

    key: str

    def play(self, hand: Hand) -> None:
        """Agree with their own name."""
        commands.agree_to_plan(hand.work, hand.row(PlanVersion, self.key), typed_name=hand.case.client.name)


@dataclass(frozen=True, slots=True)
class AskChange:
    """The client asks for a change before they agree."""

    key: str
    words: str

    def play(self, hand: Hand) -> None:
        """Ask."""
        commands.ask_for_changes(hand.work, hand.row(PlanVersion, self.key), words=self.words)


@dataclass(frozen=True, slots=True)
class Sign:
    """Staff sign a version."""

    key: str

    def play(self, hand: Hand) -> None:
        """Sign with their own name."""
        name = hand.work.get(Person, hand.work.actor.id).name
        commands.sign_plan(hand.work, hand.row(PlanVersion, self.key), typed_name=name)


@dataclass(frozen=True, slots=True)
class AskReview:
    """The client asks to look at the plan again."""

    words: str = ""

    def play(self, hand: Hand) -> None:
        """Ask."""
        commands.ask_review(hand.work, hand.case, words=self.words)
