"""Referrals: offers, answers, news and moves."""

from dataclasses import dataclass

from portal.cases.sharing import Shared, Terms
from portal.demo.hand import Hand
from portal.directory.detail import service_detail
from portal.referrals import commands
from portal.referrals.models import ClosureReason, LedBy, Rating, Referral, Report, Source, Status


@dataclass(frozen=True, slots=True)
class Offer:
    """Staff offer a place of the directory. What it costs and what to bring comes from there."""

    key: str
    service: str
    need: str
    why: str = ""
    led_by: LedBy = LedBy.CLIENT
    first: bool = False
    after: str = ""
    #: Whether it waits in the pack: looked out, and not offered yet.
    pack: bool = False

    def play(self, hand: Hand) -> None:
        """Offer it, or put it into the pack, and keep the referral by its key."""
        detail = service_detail(hand.work.session, hand.memory.services[self.service], now=hand.work.now)
        assert detail is not None, f"the county has no {self.service}"
        wanted = commands.Offer(
            service_id=detail.service.id,
            place=detail.service.name,
            led_by=self.led_by,
            need=self.need,
            reason=self.why,
            what_to_bring=", ".join(detail.what_to_bring),
            cost=detail.cost,
            first_session=self.first,
            previous=hand.row(Referral, self.after) if self.after else None,
        )
        act = commands.draft if self.pack else commands.offer
        hand.keep(self.key, act(hand.work, hand.case, wanted).id)


@dataclass(frozen=True, slots=True)
class Accept:
    """The client wants these places."""

    keys: tuple[str, ...]

    def __init__(self, *keys: str) -> None:
        object.__setattr__(self, "keys", keys)

    def play(self, hand: Hand) -> None:
        """Accept each."""
        for key in self.keys:
            commands.accept(hand.work, hand.case, hand.row(Referral, key))


@dataclass(frozen=True, slots=True)
class SignAndAccept:
    """The client wants this place, and signs that staff may tell it what is named, for so many days from today."""

    key: str
    purpose: str
    told: tuple[Shared, ...] = (Shared.CONTACT, Shared.NEED)
    until: int = 75

    def play(self, hand: Hand) -> None:
        """Sign and accept."""
        referral = hand.row(Referral, self.key)
        terms = Terms(
            receiver=referral.place,
            service_id=referral.service_id,
            categories=[category.value for category in self.told],
            purpose=self.purpose,
            ends_on=hand.memory.on(self.until),
            signed_name=hand.case.client.name,
        )
        commands.accept_signed(hand.work, hand.case, referral, terms)


@dataclass(frozen=True, slots=True)
class Decline:
    """The client says no thanks."""

    key: str

    def play(self, hand: Hand) -> None:
        """Say so."""
        commands.decline(hand.work, hand.case, hand.row(Referral, self.key))


@dataclass(frozen=True, slots=True)
class Tell:
    """The client tells how it goes with a place. `visit` is (days from today, time) for a date that is set."""

    key: str
    report: Report
    visit: tuple[int, str] | None = None
    reason: ClosureReason | None = None
    note: str = ""

    def play(self, hand: Hand) -> None:
        """Tell it."""
        told = commands.Told(
            report=self.report,
            reason=self.reason,
            appointment_at=hand.memory.visit(*self.visit) if self.visit else None,
            note=self.note,
        )
        commands.report(hand.work, hand.case, hand.row(Referral, self.key), told)


@dataclass(frozen=True, slots=True)
class Went:
    """A helper tells that a visit took place."""

    key: str

    def play(self, hand: Hand) -> None:
        """Tell it."""
        commands.kept(hand.work, hand.case, hand.row(Referral, self.key))


@dataclass(frozen=True, slots=True)
class Move:
    """Staff move a referral on: what they did, or what the place answered."""

    key: str
    to: Status
    visit: tuple[int, str] | None = None
    reason: ClosureReason | None = None
    source: Source = Source.ADMINISTRATIVE
    note: str = ""

    def play(self, hand: Hand) -> None:
        """Move it."""
        step = commands.Step(
            to=self.to,
            source=self.source,
            reason=self.reason,
            appointment_at=hand.memory.visit(*self.visit) if self.visit else None,
            note=self.note,
        )
        commands.move(hand.work, hand.case, hand.row(Referral, self.key), step)


@dataclass(frozen=True, slots=True)
class HandOver:
    """Staff write to the place, on paper, what the client's release allows."""

    key: str
    told: dict[Shared, str]

    def play(self, hand: Hand) -> None:
        """Write it."""
        letter = commands.Letter(told=self.told)
        commands.hand_over(hand.work, hand.case, hand.row(Referral, self.key), letter)


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The client takes back what they told last: it was a slip."""

    key: str

    def play(self, hand: Hand) -> None:
        """Take it back."""
        commands.take_back(hand.work, hand.case, hand.row(Referral, self.key))


@dataclass(frozen=True, slots=True)
class Rate:
    """The client answers "Did this help?"."""

    key: str
    rating: Rating

    def play(self, hand: Hand) -> None:
        """Answer."""
        commands.rate(hand.work, hand.case, hand.row(Referral, self.key), self.rating)


@dataclass(frozen=True, slots=True)
class Share:
    """The client lets helpers see the day and time of a visit."""

    key: str

    def play(self, hand: Hand) -> None:
        """Share it."""
        commands.share(hand.work, hand.row(Referral, self.key), on=True)
