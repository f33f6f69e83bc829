"""The plan as a whole: services on it, versions, answers and signatures."""

from dataclasses import dataclass

from portal.cases.models import Person
from portal.demo.hand import Hand
from portal.plans import commands
from portal.plans.models import PlanVersion, ResourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOnPlan:
    """Staff put a service or an unpaid support on the plan."""

    name: str
    provider: str = ""
    unpaid: str = ""
    often: str = ""
    reason: str = ""
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
            resource_kind=self.place,
        )


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
