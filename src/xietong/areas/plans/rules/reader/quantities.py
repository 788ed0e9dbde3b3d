"""Figures with a unit, and what they count."""

import re
from collections.abc import Iterator
from decimal import Decimal

from xietong.areas.plans.rules.reader.nouns import noun_after
from xietong.areas.plans.rules.reader.numbers import MYRIADS, NUMERAL, parse
from xietong.areas.plans.rules.reader.spans import Span, apart
from xietong.areas.plans.rules.reader.values import Comparison, Quantity

_UNITS = (
    "个百分点|%|‰|亿元|万元|元|平方米|亩|公里|学时|课时|学期|学年|方面|小时|人次|人|名|位|所|个|家|对|次|场|期|轮|批|支|"
    "分钟|户|台|间|本|具|米|千克|吨|栋|座|辆|处|届|门|节|堂|项|条|点|方|种|类|套|份|篇|册|件|倍|天|周|年|月"
)
_VALUE = rf"[0-9]{{1,12}}(?:\.[0-9]{{1,6}})?|(?!一(?![{NUMERAL}]))[{NUMERAL}]{{1,12}}"
# A bare 一 is an article (一批, 一支), 第三个 an order, 二年级 a form of school, “三名” a term.
_FIGURE = re.compile(
    rf"(?<![“第0-9.:{NUMERAL}])(?P<value>{_VALUE})(?:%?[—–~\-至](?P<upper>[0-9]{{1,12}}(?:\.[0-9]{{1,6}})?|[{NUMERAL}]{{1,6}}))?"
    rf"(?P<tens>[万亿](?!元))?多?余?(?P<unit>{_UNITS})(?!级|制)"
)
_PERCENT = re.compile(rf"百分之(?P<value>[{NUMERAL}]{{1,5}})")
_RATIO = re.compile(r"(?<![0-9:])(?P<value>[0-9]{1,4}):(?P<upper>[0-9]{1,4}(?:\.[0-9]{1,2})?)(?![0-9:])")
_FRACTION = re.compile(rf"(?P<lower>[{NUMERAL}]{{1,3}})分之(?P<value>[一二三四五六七八九])")
_SAYINGS = re.compile("四面八方|三个代表|学前[一二三]年")
# 百 or 千万 alone only say many; 三五名, 七八十所 only say about how many.
_VAGUE = re.compile("[百千万亿]|.*[一二三四五六七八九两]{2}")

_MEANT = (
    (Comparison.UP_BY, re.compile("(?:提高|提升|增长|增加|上升|新增|增幅|扩大)(?:了)?$"), None),
    (Comparison.DOWN_BY, re.compile("(?:降低|下降|减少|压减|缩减|缩小)(?:了)?$"), None),
    (
        Comparison.AT_LEAST,
        re.compile(
            "(?:不少于|不低于|不得少于|不得低于|不小于|最低|至少[^,。;]{0,4}|(?<!不)(?<!不得)(?:达到?|超过|高于|大于)"
            "|(?:提高|提升|增加|扩大)[到至]|增至)$"
        ),
        re.compile("及?以上|起"),
    ),
    (
        Comparison.AT_MOST,
        re.compile(
            "(?:不超过|不高于|不得超过|不得高于|不多于|不大于|控制在|至多|最多|(?:压减|降低|减少|下降|降)[到至]"
            "|(?<!不)(?<!不得)(?:低于|少于))$"
        ),
        re.compile("及?以[下内]"),
    ),
    (Comparison.ABOUT, re.compile("(?:约|大约|近|左右)$"), re.compile("左右|上下")),
)
_LOOK_BACK = 8
_RATIO_UNIT = ":1"
_SHARES = {"%", "‰", "个百分点", _RATIO_UNIT, ""}
_PER = re.compile(
    "(?P<per>(?:每(?:所|个|名|位|人|生|校|班|县|市|乡镇|学年|学期|年|月|周|季度|学校|教师|单位|天|日)){1,3}|人均|生均|校均)[^,。;:0-9]{0,12}$"
)


def find(text: str, folded: str) -> Iterator[Quantity]:
    """This function will return every figure with a unit, in order; clauses are given later."""
    sayings = [Span(*match.span()) for match in _SAYINGS.finditer(folded)]
    found = [*_percents(text, folded), *_figures(text, folded), *_ratios(text, folded)]
    for quantity in sorted(apart(found, len(folded)), key=lambda each: each.span.start):
        if not any(quantity.span.overlaps(saying) for saying in sayings):
            yield quantity


def _figures(text: str, folded: str) -> Iterator[Quantity]:
    for match in _FIGURE.finditer(folded):
        if not _VAGUE.match(match["value"]):
            factor = MYRIADS[match["tens"]] if match["tens"] else 1
            upper = _value(match["upper"]) * factor if match["upper"] else None
            yield _quantity(text, folded, Span(*match.span()), _value(match["value"]) * factor, match["unit"], upper)


def _value(written: str) -> Decimal:
    return Decimal(written) if written[0].isascii() else Decimal(parse(written))


def _percents(text: str, folded: str) -> Iterator[Quantity]:
    for match in _PERCENT.finditer(folded):
        yield _quantity(text, folded, Span(*match.span()), Decimal(parse(match["value"])), "%")


def _ratios(text: str, folded: str) -> Iterator[Quantity]:
    """1:3 and 3:1 as three for one, which way is for the reader to see; 三分之二 as a share."""
    for match in _RATIO.finditer(folded):
        one, other = Decimal(match["value"]), Decimal(match["upper"])
        if 1 in (one, other):
            yield _quantity(text, folded, Span(*match.span()), max(one, other), _RATIO_UNIT)
    for match in _FRACTION.finditer(folded):
        if match["lower"] != "百":
            share = Decimal(parse(match["value"])) / Decimal(parse(match["lower"]) or 1)
            yield _quantity(text, folded, Span(*match.span()), round(share, 4), "")


def _quantity(
    text: str, folded: str, span: Span, value: Decimal, unit: str, upper: Decimal | None = None
) -> Quantity:
    behind = folded[max(0, span.start - _LOOK_BACK) : span.start]
    comparison, after = _comparison(folded, behind, span.end) if unit != _RATIO_UNIT else (Comparison.EXACT, span.end)
    noun = noun_after(folded, after)
    # A share is one of something: 生均拨款5% is a part of the money, not so much for each.
    share = unit in _SHARES
    per = None if share else _PER.search(folded, max(0, span.start - 3 * _LOOK_BACK), span.start)
    return Quantity(
        span.of(text),
        value,
        upper,
        unit,
        noun.of(text) if noun else None,
        comparison,
        per["per"] if per else None,
        None,
        span,
    )


def _comparison(folded: str, behind: str, end: int) -> tuple[Comparison, int]:
    """How the figure is meant, and where the words stop that say so."""
    for comparison, before, after in _MEANT:
        trailing = after.match(folded, end) if after else None
        if trailing:
            return comparison, trailing.end()
        if before.search(behind):
            return comparison, end
    return Comparison.EXACT, end
