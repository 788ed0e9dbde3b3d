"""Years, months, days and ranges of them, as first and last day; deadlines where the text makes them so.

年底前, 6月底前, 明年 and 自印发之日起 count from the day of issue: without it they have no days and say what
they wait for. A month without a year is the next such month from the day of issue on.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xietong.areas.plans.rules.reader.numbers import SMALL, parse
from xietong.areas.plans.rules.reader.spans import Span, apart
from xietong.areas.plans.rules.reader.values import Waits

_YEAR = r"[0-9]{4}|[零〇一二三四五六七八九]{4}"
_PART = rf"[0-9]{{1,2}}|[{SMALL}]{{1,3}}"
_PIECE = "上半年|下半年|第?[一二三四1-4]季度|春季学期|秋季学期"
_BEFORE = "(?P<before>之前|以前|前)?"
_MOMENT = re.compile(
    rf"""
    (?P<until>截至|截止到?|到|至)?
    (?<![0-9])(?P<year>{_YEAR})
    (?:年(?:度(?!计|预|考)|(?P<month>{_PART})月(?:(?P<day>{_PART})日)?|(?P<piece>{_PIECE}))?)?
    (?:[—–~\-至到]+
       (?:(?P<year2>{_YEAR})年)?
       (?:(?P<month2>{_PART})月)?
       (?:(?P<day2>{_PART})日)?
       (?<=[年月日])
    )?
    (?P<late>年?[底末初]|[上中下]旬)?{_BEFORE}
    """,
    re.VERBOSE,
)
_SCHOOL_YEAR = re.compile(
    r"(?<![0-9])(?P<year>[0-9]{4})[—–~\-]+(?P<year2>[0-9]{4})学年(?:第?(?P<half>[一二上下])学期)?"
)
_FIVE_YEARS = re.compile('[“"]?(?P<plan>十[三四五六])五[”"]?(?:规划)?(?:时期|期间|末)')
_FIRST_YEAR = {"十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}
_THIS_YEAR = re.compile(
    rf"(?P<until>截至|到|至)?(?P<year>今年|本年度?|当年|明年|后年)(?:(?P<month>{_PART})月(?:(?P<day>{_PART})日)?|(?P<piece>{_PIECE}))?"
    rf"(?P<late>年?[底末初]|[上中下]旬)?{_BEFORE}"
)
_LATER = {"明年": 1, "后年": 2}
_MONTH = re.compile(
    rf"(?<![0-9年每{SMALL}])(?P<month>{_PART})月(?:(?P<day>{_PART})日)?(?P<late>[底末初]|[上中下]旬)?{_BEFORE}(?![刊考份])"
)
_YEAR_END = re.compile(
    rf"(?<![0-9年每今明本去近几多两一二三四五六七八九十])(?P<piece>年底|年末|年内|上半年|下半年)(?:以)?{_BEFORE}"
)
_TERM = re.compile(
    rf"(?P<term>本学期|下学期|上学期|本学年|下学年|学期末|学年末|开学|放假|暑假|寒假)(?:结束|开始)?{_BEFORE}(?<=[期年末前])"
)
_COUNT = rf"[0-9]{{1,3}}|[{SMALL}两]{{1,3}}"
_SINCE = re.compile(
    rf"自(?:印发|发布|发文|公布|文件印发|本方案印发)之日起(?:(?P<count>{_COUNT})个?(?P<unit>工作日|日|天|月|年)内?)?"
    rf"|(?<![近前过每0-9{SMALL}])(?P<count2>{_COUNT})个?(?P<unit2>工作日|日|天|月|年)(?:之)?内"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that looks like a date; without days when no calendar has it or when it waits."""

    span: Span
    first_on: date | None
    last_on: date | None
    deadline_on: date | None
    waits: Waits | None = None


Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Moment:
    year: int
    month: int | None
    day: int | None
    piece: str | None = None

    @property
    def first_on(self) -> date:
        if self.piece:
            return date(self.year, _MONTHS[self.piece][0], 1)
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_on(self) -> date:
        year, month = self.year, self.month or 12
        if self.piece:
            first, month = _MONTHS[self.piece]
            year += month < first
        return date(year, month, self.day or calendar.monthrange(year, month)[1])


_MONTHS = {"上半年": (1, 6), "下半年": (7, 12), "春季学期": (2, 7), "秋季学期": (9, 1)} | {
    f"{order}{number}季度": (3 * quarter + 1, 3 * quarter + 3)
    for quarter, names in enumerate(("一1", "二2", "三3", "四4"))
    for number in names
    for order in ("第", "")
}


def find(folded: str, issued_on: date | None) -> Iterator[Found]:
    """This function will return every date and range, in order."""
    found = [each for form, read in _FORMS for match in form.finditer(folded) if (each := read(match, issued_on))]
    yield from sorted(apart(found, len(folded)), key=lambda each: each.span.start)


def _written(match: re.Match[str], _issued_on: date | None) -> Found | None:
    if "年" not in match[0]:
        return None
    span = Span(*match.span())
    first = _Moment(parse(match["year"]), _number(match, "month"), _number(match, "day"), match["piece"])
    last = _second(match, first)
    try:
        return Found(span, *_narrowed(match, first.first_on, last.last_on), _deadline(match, last))
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


def _narrowed(match: re.Match[str], first: date, last: date) -> Days:
    """上旬 and the like are a third of a month; 底 and 初 leave it as it is."""
    third = _THIRDS.get(match["late"] or "")
    if third is None:
        return first, last
    return first.replace(day=third[0]), first.replace(day=third[1] or last.day)


_THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, None)}


def _deadline(match: re.Match[str], last: _Moment) -> date | None:
    """到2026年 and 2026年底前 end with the year; 2026年6月前 ends before June begins."""
    if match["before"] and not match["late"] and last.day is None:
        return last.first_on - timedelta(days=1)
    if not (match["before"] or match.groupdict().get("until")):
        return None
    return _narrowed(match, last.first_on, last.last_on)[1]


def _number(match: re.Match[str], group: str) -> int | None:
    return parse(match[group]) if match[group] else None


def _school_year(match: re.Match[str], _issued_on: date | None) -> Found:
    """A school year lasts from September to August, its terms part with January."""
    span, first, last = Span(*match.span()), int(match["year"]), int(match["year2"])
    try:
        begins, ends = date(first, 9, 1), date(last, 8, 31)
        if match["half"]:
            early = match["half"] in "一上"
            begins, ends = (begins, date(last, 1, 31)) if early else (date(last, 2, 1), ends)
    except ValueError:
        return Found(span, None, None, None)
    return Found(span, begins, ends, None)


def _five_years(match: re.Match[str], _issued_on: date | None) -> Found:
    first = _FIRST_YEAR[match["plan"]]
    last = date(first + 4, 12, 31)
    ends = match[0].endswith("末")
    return Found(Span(*match.span()), date(first + 4 if ends else first, 1, 1), last, last if ends else None)


def _counted(read: Callable[[re.Match[str], date], Found]) -> Callable[[re.Match[str], date | None], Found | None]:
    """What counts from the day of issue waits until it is known; a day that no calendar has is told as such."""

    def counted(match: re.Match[str], issued_on: date | None) -> Found:
        span = Span(*match.span())
        if issued_on is None:
            return Found(span, None, None, None, Waits.ISSUE)
        try:
            return read(match, issued_on)
        except (ValueError, OverflowError):
            return Found(span, None, None, None)

    return counted


@_counted
def _this_year(match: re.Match[str], issued_on: date) -> Found:
    year = issued_on.year + _LATER.get(match["year"], 0)
    moment = _Moment(year, _number(match, "month"), _number(match, "day"), match["piece"])
    return Found(Span(*match.span()), *_narrowed(match, moment.first_on, moment.last_on), _deadline(match, moment))


def _month(match: re.Match[str], issued_on: date | None) -> Found | None:
    """6月底前; a month without more is told only where it is clear that a date is meant."""
    if not (match["day"] or match["late"] or match["before"]):
        return None
    return _next_month(match, issued_on)


@_counted
def _next_month(match: re.Match[str], issued_on: date) -> Found:
    month, day = parse(match["month"]), _number(match, "day")
    moment = _Moment(issued_on.year, month, day)
    if moment.last_on < issued_on:
        moment = _Moment(issued_on.year + 1, month, day)
    return Found(Span(*match.span()), *_narrowed(match, moment.first_on, moment.last_on), _deadline(match, moment))


@_counted
def _year_end(match: re.Match[str], issued_on: date) -> Found:
    moment = _Moment(issued_on.year, None, None, match["piece"] if match["piece"] in _MONTHS else None)
    bound = match["before"] or match["piece"] == "年内"
    first = date(issued_on.year, 12, 1) if match["piece"] in {"年底", "年末"} else moment.first_on
    return Found(Span(*match.span()), first, moment.last_on, moment.last_on if bound else None)


def _term(match: re.Match[str], _issued_on: date | None) -> Found:
    return Found(Span(*match.span()), None, None, None, Waits.TERM)


@_counted
def _since(match: re.Match[str], issued_on: date) -> Found:
    span, unit, count = Span(*match.span()), match["unit"] or match["unit2"], match["count"] or match["count2"]
    if unit == "工作日":
        return Found(span, None, None, None, Waits.WORKDAYS)
    if unit is None:
        return Found(span, issued_on, issued_on, None)
    last = _after(issued_on, parse(count), unit)
    return Found(span, issued_on, last, last)


def _after(day: date, count: int, unit: str) -> date:
    if unit in "日天":
        return day + timedelta(days=count)
    months = day.month - 1 + count * (12 if unit == "年" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], Found | None]], ...] = (
    (_SCHOOL_YEAR, _school_year),
    (_MOMENT, _written),
    (_FIVE_YEARS, _five_years),
    (_THIS_YEAR, _this_year),
    (_SINCE, _since),
    (_MONTH, _month),
    (_YEAR_END, _year_end),
    (_TERM, _term),
)
