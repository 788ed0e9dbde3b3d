"""Figures with a unit, and what they count."""

import re
from collections.abc import Iterator
from decimal import Decimal

from xietong.areas.plans.rules.reader.nouns import noun_after
from xietong.areas.plans.rules.reader.numbers import MYRIADS, NUMERAL, parse
from xietong.areas.plans.rules.reader.spans import Span
from xietong.areas.plans.rules.reader.values import Quantity

_UNITS = (
    "个百分点|%|‰|亿元|万元|元|平方米|亩|公里|学时|课时|学期|学年|方面|小时|人次|人|名|位|所|个|家|对|次|场|期|轮|批|支|"
    "门|节|堂|项|条|点|方|种|类|套|份|篇|册|件|倍|天|周|年|月"
)
# A bare 一 is an article (一批, 一支), 第三个 an order, 二年级 a form of school, “三名” a term.
_FIGURE = re.compile(
    rf"(?<![“第0-9.{NUMERAL}])(?P<value>[0-9]{{1,12}}(?:\.[0-9]{{1,6}})?|(?!一(?![{NUMERAL}]))[{NUMERAL}]{{1,12}})"
    rf"(?P<tens>[万亿](?!元))?多?余?(?P<unit>{_UNITS})(?!级|制)"
)
_PERCENT = re.compile(rf"百分之(?P<value>[{NUMERAL}]{{1,5}})")
_SAYINGS = re.compile("四面八方|三个代表")
# 百 or 千万 alone only say many; 三五名, 七八十所 only say about how many.
_VAGUE = re.compile("[百千万亿]|.*[一二三四五六七八九两]{2}")


def find(text: str, folded: str) -> Iterator[Quantity]:
    """This function will return every figure with a unit, in order; clauses are given later."""
    sayings = [Span(*match.span()) for match in _SAYINGS.finditer(folded)]
    found = [*_figures(text, folded), *_percents(text, folded)]
    for quantity in sorted(found, key=lambda each: each.span.start):
        if not any(quantity.span.overlaps(saying) for saying in sayings):
            yield quantity


def _figures(text: str, folded: str) -> Iterator[Quantity]:
    for match in _FIGURE.finditer(folded):
        written = match["value"]
        if not _VAGUE.match(written):
            value = Decimal(written) if written[0].isascii() else Decimal(parse(written))
            factor = MYRIADS[match["tens"]] if match["tens"] else 1
            yield _quantity(text, folded, Span(*match.span()), value * factor, match["unit"])


def _percents(text: str, folded: str) -> Iterator[Quantity]:
    for match in _PERCENT.finditer(folded):
        yield _quantity(text, folded, Span(*match.span()), Decimal(parse(match["value"])), "%")


def _quantity(text: str, folded: str, span: Span, value: Decimal, unit: str) -> Quantity:
    noun = noun_after(folded, span.end)
    counted = noun.of(text) if noun else None
    return Quantity(span.of(text), value, unit, counted, None, span)
