"""A place reads a letter on its own computer and answers it, without an account and without a script."""

from datetime import timedelta

import pytest

from portal.cases.models import Case
from portal.cases.sharing import Terms
from portal.referrals import commands
from portal.referrals.commands import Offer
from portal.referrals.models import LedBy, Referral, Status
from tests.end_to_end.conftest import Office
from tests.end_to_end.phone import Phones
from tests.make import Make
from tests.referrals.places import make_place

pytestmark = pytest.mark.browser


def test_a_place_answers_by_its_link(phones: Phones, office: Office, make: Make) -> None:
    staff = office.hire("Dana Okafor")
    dana = make.staff_named("Dana Okafor")
    elena = office.client("Elena Marsh", profile="brokerage", worker=dana)
    service = make_place(make, "Neurology Clinic")
    with make.work(dana, elena.who.case) as work:
        wanted = Offer(service_id=service, place="Neurology Clinic", led_by=LedBy.STAFF, need="Headaches")
        referral_id = commands.offer(work, work.get(Case, elena.who.case), wanted).id
    with make.work(elena.who) as work:
        terms = Terms(
            receiver="Neurology Clinic", service_id=service, categories=["contact", "need"], purpose="A first visit",
            ends_on=work.today + timedelta(days=90), signed_name="Elena Marsh",
        )  # fmt: skip
        commands.accept_signed(work, work.get(Case, elena.who.case), work.get(Referral, referral_id), terms)

    desk = phones.phone("dana", width=1280)
    staff.signs_in(desk)
    desk.open(f"/referrals/{referral_id}")
    desk.follow("Write to this place")
    desk.choose("On paper: print it, hand it over or fax it", of="How does it reach the place?")
    desk.picture("write")
    desk.press("Make the letter")
    desk.sees("Elena Marsh", "Headaches", "It works once")
    desk.picture("letter")
    address = desk.page.locator(".card bdi b").inner_text()

    clinic = phones.phone("clinic", java_script_enabled=False)
    clinic.page.goto(address)
    clinic.heading("A letter for you")
    clinic.sees_nothing_of("Elena Marsh", "Headaches")
    clinic.picture("closed")
    clinic.press("Open the letter")
    clinic.sees("Elena Marsh", "Headaches", "They said yes to this in writing")
    clinic.choose("Yes, and here is a date", of="What can you do?")
    clinic.picture("open")
    clinic.press("Send the answer")
    clinic.sees("Write the day of the visit.")
    clinic.write("Day of the visit", (make.now() + timedelta(days=22)).date().isoformat())
    clinic.write("Time of the visit", "14:30")
    clinic.press("Send the answer")
    clinic.heading("Thank you for your answer")
    clinic.page.goto(address)
    clinic.heading("This link does not work any more")
    desk.open(f"/referrals/{referral_id}")
    desk.sees("The place told us: Visit set", "2:30 PM")
    desk.picture("answered")
    with make.system() as work:
        assert work.get(Referral, referral_id).status is Status.BOOKED
