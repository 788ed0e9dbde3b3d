"""Reads: the county's schedule, and which cycle comes next."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xietong.areas.dispatch.models import Cycle
from xietong.areas.dispatch.rules.months import Schedule, Stretch, following, stretch_of
from xietong.kit.clock.calendars import office_calendar
from xietong.kit.clock.workdays import WorkCalendar
from xietong.kit.errors import NotReady
from xietong.kit.ruletable.table import in_force, value_of

PREFIX = "dispatch."
LATER, EARLIER, STAYS = "顺延", "提前", "不调整"  # the words of the rule table


@dataclass(frozen=True, slots=True)
class Spans:
    """How long units and reviewers have, in working days, and what is too much to ask."""

    refile: int
    review: int
    remind: int
    most_fields: int
    still_months: int


def schedule_of(county_id: int, today: date) -> Schedule:
    """The county's schedule on a day.

    Raises
        NotReady: the table lacks one of its rules.
    """
    rules = in_force(county_id, today, prefix=PREFIX)
    first_day, last_day, due_day = (
        int(value_of(rules, f"{PREFIX}cycle.{name}")) for name in ("first_day", "last_day", "due_day")
    )
    merged = {"merge_winter": 1, "merge_summer": 7}
    first = {month for name, month in merged.items() if value_of(rules, f"{PREFIX}cycle.{name}") == "1"}
    return Schedule(first_day, last_day, due_day, frozenset(first))


def spans_of(county_id: int, today: date) -> Spans:
    rules = in_force(county_id, today, prefix=PREFIX)

    def number(name: str) -> int:
        return int(value_of(rules, f"{PREFIX}{name}"))

    return Spans(
        refile=number("filing.refile_working_days"),
        review=number("filing.review_working_days"),
        remind=number("filing.remind_working_days"),
        most_fields=number("filing.most_fields"),
        still_months=number("task.still_months"),
    )


def next_stretch(county_id: int, today: date) -> Stretch:
    """What the next monthly cycle is about: it follows the last one, or is that of today's month."""
    schedule = schedule_of(county_id, today)
    last = Cycle.objects.filter(county_id=county_id, kind=Cycle.Kind.MONTHLY).order_by("-month", "-pk").first()
    if last is None:
        return stretch_of(schedule, today)
    return following(schedule, stretch_of(schedule, last.month))


def month_said(stretch: Stretch) -> str:
    """The months of a stretch in the reader's language; its label is how papers write it."""
    last = stretch.month.month + stretch.months - 1
    months = f"{stretch.month.month}—{last}" if stretch.months > 1 else f"{last}"
    return _("%(year)d年%(months)s月") % {"year": stretch.month.year, "months": months}


def due_day(county_id: int, day: date, today: date) -> date:
    """A day on which something is due, moved off days of rest as the county has it.

    Raises
        NotReady: the rule says something else than the three words that it may.
    """
    said = value_of(in_force(county_id, today, prefix=f"{PREFIX}cycle.shift"), f"{PREFIX}cycle.shift")
    return moved(office_calendar(county_id, day), day, said)


def moved(calendar: WorkCalendar, day: date, said: str) -> date:
    if said == LATER:
        return calendar.on_or_after(day)
    if said == EARLIER:
        return calendar.on_or_before(day)
    if said == STAYS:
        return day
    raise NotReady(_("规则“报送期限遇休息日”只能填“顺延”“提前”或“不调整”，现在是“%(said)s”。") % {"said": said})
