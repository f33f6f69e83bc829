"""A client and the people who help them."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.cases.models import CaseMember
from portal.demo.hand import Hand
from portal.roles import Role
from portal.supporters import commands
from portal.supporters.models import Terms, months_after


@dataclass(frozen=True, slots=True)
class Invite:
    """The client invites a helper and tells them the code in person."""

    helper: str

    def play(self, hand: Hand) -> None:
        """Invite them; the code waits in the memory until they use it."""
        lent = hand.memory.helpers[self.helper]
        until = months_after(hand.work.today, lent.months)
        terms = Terms(relation=lent.relation, powers=lent.powers, ends_on=until)
        invite = commands.draft_invite(hand.work, hand.case, lent.name, terms)
        hand.memory.codes[hand.client, self.helper] = commands.make_code(hand.work, invite)


@dataclass(frozen=True, slots=True)
class PauseHelp:
    """The client pauses what a helper sees."""

    helper: str

    def play(self, hand: Hand) -> None:
        """Pause it."""
        commands.pause(hand.work, _grant(hand, self.helper))


@dataclass(frozen=True, slots=True)
class EndHelp:
    """The client ends what a helper sees, at once."""

    helper: str

    def play(self, hand: Hand) -> None:
        """End it."""
        commands.stop(hand.work, _grant(hand, self.helper))


def _grant(hand: Hand, helper: str) -> CaseMember:
    wanted = select(CaseMember).where(
        CaseMember.case_id == hand.case.id,
        CaseMember.person_id == hand.person(helper),
        CaseMember.role == Role.SUPPORTER,
        CaseMember.ended_at.is_(None),
    )
    return hand.work.session.scalars(wanted).one()
