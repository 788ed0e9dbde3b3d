"""A calendar as RFC 5545 has it: events of a whole day, and those with hours in the time zone of the county."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event, vDuration

from xietong.kit.clock.time import SHANGHAI
from xietong.kit.feeds.days import Happening

CONTENT_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=12)


def fingerprint(happenings: Iterable[Happening], *, name: str, site: str) -> str:
    """What changes whenever the calendar does; cheaper than writing it."""
    told = repr((name, site, tuple(happenings)))
    return f'"{sha256(told.encode()).hexdigest()[:32]}"'


def written(happenings: Iterable[Happening], *, name: str, site: str, made_at: datetime) -> bytes:
    """The calendar. `site` is the address of the site, `made_at` stamps what has no moment of its own."""
    calendar = Calendar()
    calendar.add("prodid", "-//xietong//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for one in happenings:
        calendar.add_component(event(one, site=site, made_at=made_at))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def event(one: Happening, *, site: str, made_at: datetime) -> Event:
    """One day, or its hours. A day takes no time in a diary: a deadline does not make anybody busy."""
    found = Event()
    found.add("uid", f"{one.key}@{site.partition('://')[2]}")
    found.add("dtstamp", one.changed_at or made_at)
    begins, ends = one.hours or (None, None)
    found.add("dtstart", begins.astimezone(SHANGHAI) if begins else one.on)
    found.add("dtend", ends.astimezone(SHANGHAI) if ends else one.on + timedelta(days=1))
    found.add("summary", f"{one.kind} {one.title}")
    if one.place:
        found.add("description", one.place)
    found.add("url", f"{site}{one.url}")
    if one.room:
        found.add("location", one.room)
    if one.edition:
        found.add("sequence", one.edition)
    found.add("transp", "OPAQUE" if one.hours else "TRANSPARENT")
    return found
