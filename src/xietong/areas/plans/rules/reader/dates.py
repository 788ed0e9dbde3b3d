"""Years, months, days and ranges of them, as first and last day; deadlines where the text makes them so."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xietong.areas.plans.rules.reader.numbers import SMALL, parse
from xietong.areas.plans.rules.reader.spans import Span

_YEAR = r"[0-9]{4}|[零〇一二三四五六七八九]{4}"
_PART = rf"[0-9]{{1,2}}|[{SMALL}]{{1,3}}"
_MOMENT = re.compile(
    rf"""
    (?P<until>截至|截止到?|到|至)?
    (?<![0-9])(?P<year>{_YEAR})
    (?:年(?:(?P<month>{_PART})月(?:(?P<day>{_PART})日)?)?)?
    (?:[—–~\-至到]+
       (?:(?P<year2>{_YEAR})年)?
       (?:(?P<month2>{_PART})月)?
       (?:(?P<day2>{_PART})日)?
       (?<=[年月日])
    )?
    (?P<late>[底末])?(?P<before>之前|以前|前)?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that looks like a date; without days when no calendar has it."""

    span: Span
    first_on: date | None
    last_on: date | None
    deadline_on: date | None


@dataclass(frozen=True, slots=True)
class _Moment:
    year: int
    month: int | None
    day: int | None

    @property
    def first_on(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_on(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def find(folded: str) -> Iterator[Found]:
    """This function will return every date and range, in order."""
    for match in _MOMENT.finditer(folded):
        if "年" in match[0]:
            yield _found(match)


def _found(match: re.Match[str]) -> Found:
    span = Span(*match.span())
    first = _Moment(parse(match["year"]), _number(match, "month"), _number(match, "day"))
    last = _second(match, first)
    try:
        return Found(span, first.first_on, last.last_on, _deadline(match, last))
    except (ValueError, OverflowError):
        return Found(span, None, None, None)


def _second(match: re.Match[str], first: _Moment) -> _Moment:
    """The far end of a range; what it leaves out is as in the near end."""
    year, month, day = (_number(match, part) for part in ("year2", "month2", "day2"))
    if year is None and month is None and day is None:
        return first
    if year is None and month is None:
        return _Moment(first.year, first.month, day)
    return _Moment(year or first.year, month, day)


def _deadline(match: re.Match[str], last: _Moment) -> date | None:
    """到2026年 and 2026年底前 end with the year; 2026年6月前 ends before June begins."""
    if match["before"] and not match["late"] and last.day is None:
        return last.first_on - timedelta(days=1)
    return last.last_on if match["before"] or match["until"] else None


def _number(match: re.Match[str], group: str) -> int | None:
    return parse(match[group]) if match[group] else None
