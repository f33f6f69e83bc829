"""Messages, private notes and looking."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.demo.hand import Hand
from portal.messages import commands
from portal.messages.models import Thread


@dataclass(frozen=True, slots=True)
class Say:
    """The client or staff write into the client's thread. Whoever writes has read what stood there."""

    body: str

    def play(self, hand: Hand) -> None:
        """Send it."""
        message = commands.send(hand.work, hand.case, self.body)
        commands.note_reading(hand.work, message.thread)


@dataclass(frozen=True, slots=True)
class Reads:
    """Somebody reads the client's thread."""

    def play(self, hand: Hand) -> None:
        """Note how far they have read."""
        wanted = select(Thread).where(Thread.case_id == hand.case.id, Thread.supporter_id.is_(None))
        thread = hand.work.session.scalars(wanted).one()
        commands.note_reading(hand.work, thread)
        if hand.work.actor.person_id != hand.case.client_id:
            hand.work.record_read(hand.case, "messages.thread")


@dataclass(frozen=True, slots=True)
class SupporterSays:
    """A helper writes to staff, in a thread the client can read."""

    body: str

    def play(self, hand: Hand) -> None:
        """Send it."""
        commands.note_reading(hand.work, commands.send_as_supporter(hand.work, hand.case, self.body).thread)


@dataclass(frozen=True, slots=True)
class AnswerSupporter:
    """Staff answer a helper."""

    helper: str
    body: str

    def play(self, hand: Hand) -> None:
        """Send it."""
        wanted = select(Thread).where(
            Thread.case_id == hand.case.id, Thread.supporter_id == hand.person(self.helper)
        )  # fmt: skip
        thread = hand.work.session.scalars(wanted).one()
        commands.reply_to_supporter(hand.work, thread, self.body)
        commands.note_reading(hand.work, thread)


@dataclass(frozen=True, slots=True)
class Note:
    """Staff keep a note for staff."""

    body: str

    def play(self, hand: Hand) -> None:
        """Keep it."""
        commands.keep_note(hand.work, hand.case, self.body)


@dataclass(frozen=True, slots=True)
class Looks:
    """Staff or a helper open a page of the case; the client can read that they did."""

    page: str = "staff.client"

    def play(self, hand: Hand) -> None:
        """Note the look."""
        hand.work.record_read(hand.case, self.page)
