"""A visit as a calendar file. It says when, and nothing else: calendars are shared, and lie open on phones."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from icalendar import Alarm, Calendar, Event

from portal.i18n import _

#: How long a visit blocks the calendar. We do not know how long it takes.
_LASTS = timedelta(hours=1)
_REMINDS = timedelta(days=-1)
#: What a download is called; it says nothing either.
NAME = "appointment.ics"


def visit_file(visit_id: UUID, at: datetime, now: datetime) -> bytes:
    """The file (RFC 5545): a neutral title, no place, no name, private, with a reminder the day before.

    Args:
        visit_id: the referral's id. A file for a new date takes the place of the one before in the same calendar.
        at: the moment of the visit.
        now: when the file is made.
    """
    title = _("Appointment")
    event = Event()
    event.add("uid", str(visit_id))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", at.astimezone(UTC))
    event.add("dtend", at.astimezone(UTC) + _LASTS)
    event.add("sequence", int(now.timestamp()) - 1_700_000_000)  # a newer file wins, and stays below 2^31 for long
    event.add("summary", title)
    event.add("class", "PRIVATE")
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", title)
    reminder.add("trigger", _REMINDS)
    event.add_component(reminder)
    calendar = Calendar()
    calendar.add("prodid", "-//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
