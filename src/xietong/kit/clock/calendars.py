"""The office's calendar of working days, as the tables hold it."""

from datetime import date, timedelta

from django.db.models import Q

from xietong.kit.clock.holidays import published_holidays
from xietong.kit.clock.models import Holiday
from xietong.kit.clock.workdays import WorkCalendar

SPAN = timedelta(days=400)


def office_calendar(county_id: int | None, around: date) -> WorkCalendar:
    """The working days of a county within 400 days of a date; its own rows overrule the national ones."""
    rows = Holiday.objects.filter(
        Q(county_id=county_id) | Q(county_id=None), on__range=(around - SPAN, around + SPAN)
    ).values_list("county_id", "on", "is_work")
    # National rows first, so that a county's own row for the same day wins.
    days = {on: is_work for _, on, is_work in sorted(rows, key=lambda row: row[0] is not None)}
    return WorkCalendar(
        off=frozenset(on for on, is_work in days.items() if not is_work),
        work=frozenset(on for on, is_work in days.items() if is_work),
    )


def load_published(years: range) -> int:
    """This function will add the State Council's holidays that are not in the table yet.

    Rows that an administrator has edited are left as they are.
    """
    known = set(Holiday.objects.filter(county_id=None).values_list("on", flat=True))
    rows = [
        Holiday(on=on, is_work=is_work, name=name, document=f"国务院办公厅关于{year}年部分节假日安排的通知")
        for year in years
        for on, is_work, name in published_holidays(year)
        if on not in known
    ]
    Holiday.objects.bulk_create(rows)
    return len(rows)
