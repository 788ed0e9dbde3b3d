"""The holidays that the State Council has announced, as the package ``chinesecalendar`` carries them."""

from datetime import date, timedelta

import chinese_calendar


def published_holidays(year: int) -> list[tuple[date, bool, str]]:
    """The days of a year that a notice made free or working, each with the Chinese name of its holiday.

    A year whose notice the installed package does not know yet gives an empty list: the next year's is
    published each November, and until then its weekends are all there is to go by.
    """
    try:
        named = [(day, *chinese_calendar.get_holiday_detail(day)) for day in _days(year)]
    except NotImplementedError:
        return []
    return [(day, not is_off, chinese_calendar.Holiday(name).chinese) for day, is_off, name in named if name]


def _days(year: int) -> list[date]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
