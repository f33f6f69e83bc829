"""One of each thing an address can name, in Ana's case, made by the commands that make them in life."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from portal.accounts.models import SignIn
from portal.cases.models import Case, CaseMember, ReviewAnswer, ReviewItem, StaffPost, Team, TeamMember
from portal.cases.sharing import Shared, Terms
from portal.consents.commands import sign
from portal.directory.documents import reindex
from portal.directory.models import (
    DirectorySource,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
)
from portal.messages.commands import send, send_as_supporter
from portal.plans.commands import agreement, draft, goals, reviews, services, signing, steps, versions
from portal.plans.models import Doer, DoerKind, ItemKind, SignatureScan, SignedAs, Visibility
from portal.plans.scans import read_scan
from portal.referrals.commands import accept_signed, handovers, offers, reports
from portal.referrals.models import LedBy, Referral, ReferralEvent, Report
from portal.resources.models import PlaceWord, Wrong
from portal.roles import Power
from portal.strengths import commands as strengths
from portal.supporters import commands as supporters
from portal.supporters.models import Terms as GrantTerms
from tests.access import organisation, together
from tests.access.personas import World
from tests.make import Make

#: The smallest paper that is one.
PAPER = b"%PDF-1.4\n%%EOF\n"


def build(make: Make, world: World) -> dict[str, Any]:
    """By the name an address uses, the value to put there."""
    found: dict[str, Any] = {"case_id": world.case_id, "token": "no-such-token", "service_id": _service(make)}
    with make.work(world.ana) as work:
        case = work.get(Case, world.case_id)
        goal = goals.write_goal(work, case, words="Swim again", visibility=Visibility.WORKER_AND_SUPPORTERS)
        entry = strengths.add(work, case, words="I can swim", shared=True)
        found |= {"goal_id": goal.id, "entry_id": entry.id}
        found["priority_id"] = strengths.add_priority(work, case, words="Swim").id
        send(work, case, "Hello")
        until = work.today + timedelta(days=30)
        terms = Terms(
            receiver="A place", service_id=None, categories=[next(iter(Shared)).value], purpose="To help",
            ends_on=until, signed_name="Ana",
        )  # fmt: skip
        found["release_id"] = sign(work, case, terms).id
        grant = GrantTerms(frozenset({Power.CHEER}), until)
        found["invite_id"] = supporters.draft_invite(work, case, "Max", grant).id
    with make.work(world.luis) as work:
        found["thread_id"] = send_as_supporter(work, work.get(Case, world.case_id), "Hello").thread_id
    with make.work(world.wes, world.case_id) as work:
        case = work.get(Case, world.case_id)
        goal = work.get(type(goal), found["goal_id"])
        doer = Doer(DoerKind.SUPPORTER, world.luis.id)
        found["step_id"] = steps.add_step(work, goal, text="Find the pool", doer=doer).id
        found["line_id"] = services.add_service(work, case, name="Pool card").id
        versions.offer_plan(work, case)  # so that the next one has something to be different from
        version = versions.offer_plan(work, case)
        found["version_id"] = version.id
        found["part_id"] = draft.add_item(work, case, ItemKind.NEED, draft.Said("To get to the pool")).id
        found["review_id"] = reviews.open_review(work, case).id
        paper = signing.Told("Max Provider", SignedAs.PROVIDER, read_scan(PAPER))
        signing.record_signature(work, version, paper)
        found["scan_id"] = work.session.scalars(select(SignatureScan.id)).one()
        referral = offers.offer(work, case, offers.Offer(service_id=None, place="Pool", led_by=LedBy.CLIENT))
        found["referral_id"] = referral.id
        item = work.session.scalars(select(ReviewItem).where(ReviewItem.subject_id == goal.id)).one()
        work.answered(case, item, ReviewAnswer.SUGGESTION, "Swim every week")
        found["item_id"] = item.id
        found["suggestion_id"] = agreement.suggest_wording(work, goal, "Swim every week").id
        found["member_id"] = work.session.scalars(
            select(CaseMember.id).where(CaseMember.person_id == world.luis.id)
        ).one()
    found |= _organisation(make, world)
    found["word_id"] = _word(make, found["service_id"])
    found["told_id"] = _told(make, world, found["referral_id"])
    found["handover_id"] = _handover(make, world, found["service_id"])
    found |= organisation.build(make, world)
    found |= together.build(make, world, found["goal_id"])
    with make.system() as work:
        found["place_id"] = work.session.scalars(select(SignIn.id).order_by(SignIn.started_at)).first() or uuid4()
    return found | _directory(make)


def _directory(make: Make) -> dict[str, UUID]:
    """The other rows of the directory that other systems may ask for."""
    with make.system() as work:
        source = work.session.scalars(select(DirectorySource).order_by(DirectorySource.id)).first()
        service = work.session.scalars(select(Service).order_by(Service.name, Service.id)).first()
        assert source is not None
        assert service is not None
        names = {"source_id": source.id, "external_id": "1"}
        rows = {
            "organization_id": Organization(**names, name="City"),
            "location_id": Location(**names, name="Pool"),
            "taxonomy_id": Taxonomy(**names, name="Needs", licence="CC0"),
        }
        work.session.add_all(rows.values())
        work.session.flush()
        ids = {name: row.id for name, row in rows.items()}
        more = {
            "taxonomy_term_id": TaxonomyTerm(**names, name="Sport", taxonomy_id=ids["taxonomy_id"]),
            "service_at_location_id": ServiceAtLocation(**names, service_id=service.id, location_id=ids["location_id"]),
        }
        work.session.add_all(more.values())
        work.session.flush()
        return ids | {name: row.id for name, row in more.items()}


def _organisation(make: Make, world: World) -> dict[str, UUID]:
    """What an administrator manages: a programme, a team and who is in it, an account and a post."""
    with make.system() as work:
        case = work.get(Case, world.case_id)
        team = Team(programme_id=case.programme_id, name="Day team")
        work.session.add(team)
        work.session.flush()
        joined = TeamMember(team_id=team.id, person_id=world.wes.id)
        work.session.add(joined)
        work.session.flush()
        post = work.session.scalars(select(StaffPost.id).where(StaffPost.person_id == world.wes.id)).one()
        colleague = work.session.scalars(select(CaseMember.id).where(CaseMember.person_id == world.wes.id)).one()
        return {
            "programme_id": case.programme_id,
            "team_id": team.id,
            "joined_id": joined.id,
            "account_id": world.wes.account_id,
            "post_id": post,
            "colleague_id": colleague,
        }


def _service(make: Make) -> UUID:
    with make.system() as work:
        source = DirectorySource(name="test")
        work.session.add(source)
        work.session.flush()
        made = Service(source_id=source.id, external_id="1", name="Pool", description="Swim")
        work.session.add(made)
        work.session.flush()
        reindex(work.session, [made.id])
        return made.id


def _handover(make: Make, world: World, service_id: UUID) -> UUID:
    """A place that staff wrote to, with Ana's release."""
    with make.work(world.wes, world.case_id) as work:
        wanted = offers.Offer(service_id=service_id, place="Pool", led_by=LedBy.STAFF)
        referral_id = offers.offer(work, work.get(Case, world.case_id), wanted).id
    with make.work(world.ana) as work:
        terms = Terms(
            receiver="Pool", service_id=service_id, categories=[Shared.NEED.value], purpose="To swim",
            ends_on=work.today + timedelta(days=30), signed_name="Ana",
        )  # fmt: skip
        accept_signed(work, work.get(Case, world.case_id), work.get(Referral, referral_id), terms)
    with make.work(world.wes, world.case_id) as work:
        case, referral = work.get(Case, world.case_id), work.get(Referral, referral_id)
        made, _token = handovers.hand_over(work, case, referral, handovers.Letter(told={Shared.NEED: "To swim"}))
        return made.id


def _word(make: Make, service_id: UUID) -> UUID:
    """What somebody said is wrong with a place."""
    with make.system() as work:
        told = PlaceWord(service_id=service_id, wrong=Wrong.PHONE, told_at=work.now)
        work.session.add(told)
        work.session.flush()
        return told.id


def _told(make: Make, world: World, referral_id: UUID) -> UUID:
    with make.work(world.ana) as work:
        case, referral = work.get(Case, world.case_id), work.get(Referral, referral_id)
        reports.report(work, case, referral, reports.Told(report=Report.CALLED))
    with make.system() as work:
        wanted = select(ReferralEvent.id).where(ReferralEvent.referral_id == referral_id)
        return work.session.scalars(wanted.order_by(ReferralEvent.at.desc()).limit(1)).one()
