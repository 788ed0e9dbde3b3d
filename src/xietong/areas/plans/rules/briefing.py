"""What fits on the leading group's sheet of one page, and the day from which it counts what has changed."""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Figure(StrEnum):
    """A figure of the sheet: how many tasks now, and what became of them since a day."""

    TOTAL = "total"
    UNDER_WAY = "under_way"
    CLAIMED = "claimed"
    VERIFIED = "verified"
    RED = "red"
    ISSUED_SINCE = "issued_since"
    VERIFIED_SINCE = "verified_since"
    RED_SINCE = "red_since"

    @property
    def counts_since(self) -> bool:
        return self in SINCE


NOW = (Figure.TOTAL, Figure.UNDER_WAY, Figure.CLAIMED, Figure.VERIFIED, Figure.RED)
SINCE = (Figure.ISSUED_SINCE, Figure.VERIFIED_SINCE, Figure.RED_SINCE)


@dataclass(frozen=True, slots=True)
class Room:
    """How many rows of each part are shown; what is more is counted. Together they fill one page of A4."""

    matters: int = 5
    red: int = 6
    decisions: int = 4


ROOM = Room()


def a_month_before(day: date) -> date:
    """The same day of the month before, or its last one."""
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def cut(text: str, most: int) -> str:
    """One line of so many characters at most, whatever stood in the text."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
