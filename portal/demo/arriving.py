"""How clients and the people who help them come in: a case and a card; a code that was told, and an own account."""

from datetime import datetime
from uuid import uuid4

from portal.accounts import commands as accounts
from portal.accounts import lookups
from portal.accounts.models import Account
from portal.cases.models import Person
from portal.demo import keys
from portal.demo.cast import STAFF
from portal.demo.people import Supporter
from portal.demo.scenes import Client
from portal.demo.stage import Stage
from portal.roles import AccountKind
from portal.staff.commands import NewCase, Reach, open_case
from portal.supporters import joining
from portal.work import Work

_PROGRAMME_OF = {member.key: programme for member in STAFF for _post, programme in member.posts if programme}


def arrives(stage: Stage, client: Client, moment: datetime) -> None:
    """The case manager opens the case and prints the card."""
    with stage.as_staff(client.worker, moment) as work:
        new = NewCase(
            programme_id=stage.programmes[_PROGRAMME_OF[client.worker]],
            name=client.name,
            language=client.language,
            profile_key=client.profile,
            reason=client.reason,
            wish=client.wish,
            team_id=stage.teams[client.team] if client.team else None,
            reach=tuple(Reach(contact.kind, contact.value, contact.safe) for contact in client.contacts),
        )
        case = open_case(work, new, allowed=stage.settings.profiles, country=stage.settings.country)
        account = lookups.account_of(work, case.client_id, AccountKind.CLIENT)
        assert account is not None, "opening a case makes the client's account"
        accounts.issue_card(work, account)
        _print_known_card(work, account, client.key)
    stage.meets_client(client, case.client_id, case.id)


def _print_known_card(work: Work, account: Account, key: str) -> None:
    """Put the demo's own number and code on the card, so that they are the same on every machine."""
    ring, number = work.session.key_ring, keys.client_number(key)
    account.sign_in_name = number
    account.name_hash = lookups.name_hash(ring, AccountKind.CLIENT, number)
    work.session.flush()  # the card that was just made is looked up
    card = lookups.live_card(work, account.id)
    assert card is not None, "it was made a moment ago"
    card.code_hash = lookups.card_hash(work, account.id, keys.card_code(key))


def joins(stage: Stage, client: Client, helper: Supporter, moment: datetime) -> None:
    """A helper uses the code the client told them, and makes an account of their own."""
    code = stage.memory.codes.pop((client.key, helper.key))
    with stage.as_nobody(moment) as work:
        person = Person(id=uuid4(), name=helper.name, language=helper.language, created_at=work.now)
        work.session.add(person)
        work.session.flush()  # the account points to it
        accounts.create_supporter_account(
            work, person, helper.email, keys.password(helper.key), settings=stage.light
        )  # fmt: skip
        joining.join(work, person, code)
    stage.meets_helper(helper, person.id)
