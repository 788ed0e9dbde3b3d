"""Named enumerations: 甲、乙、丙等 with the noun behind."""

import re
from collections.abc import Iterator

from xietong.areas.plans.rules.reader.characters import after_last
from xietong.areas.plans.rules.reader.nouns import noun_after
from xietong.areas.plans.rules.reader.numbers import NUMERAL
from xietong.areas.plans.rules.reader.spans import Span, split
from xietong.areas.plans.rules.reader.values import Series

# 平等, 均等, 高等 are words of their own; 水平等 and 二中等 close a series.
_ETC = re.compile("(?<![均同高初优])(?<!(?<![水公])平)(?<!中(?=等职|等教|等专|等技|等师))等(?![级于候待同])")
_LEADS = "选择|确定|包括|通过|围绕|聚焦|参与|制定|制订|出台|建立|健全|完善|开展|加强|一批|一系列"
_LEAD = re.compile(rf".*(?:{_LEADS})|[在以从对将就]")
_STARTS_SO = re.compile(_LEADS)
_COUNT = re.compile(rf"(?:[0-9]{{1,4}}|[{NUMERAL}]{{1,4}})[所个项条家种类名]")
_AND = re.compile("[和与及]|以及")
_OUTSIDE = ",。;:()!?\n“”《》"
LEAST = 2


def find(text: str, folded: str) -> Iterator[Series]:
    """This function will return every series closed by 等; clauses are given later."""
    for etc in _ETC.finditer(folded):
        begin = after_last(_OUTSIDE, folded, etc.start())
        spans = _items(folded, Span(begin, etc.start()))
        if len(spans) >= LEAST:
            yield _series(text, folded, spans, etc.end())


def _series(text: str, folded: str, spans: list[Span], end: int) -> Series:
    count = _COUNT.match(folded, end)
    noun = noun_after(folded, count.end() if count else end)
    return Series(
        items=tuple(span.of(text) for span in spans),
        spans=tuple(spans),
        noun=noun.of(text) if noun else None,
        clause=None,
        span=Span(spans[0].start, noun.end if noun else end),
    )


def _items(folded: str, whole: Span) -> list[Span]:
    parts = split(folded, whole)
    if len(parts) < LEAST:
        return []
    first = _without_lead(folded, parts[0], parts[1])
    return [first, *parts[1:-1], *_split_last(folded, [first, *parts[1:]])]


def _without_lead(folded: str, first: Span, second: Span) -> Span:
    """The first item without the verb or preposition that governs the whole series.

    Where the second item opens with such a verb too, the verbs are part of the items.
    """
    lead = _LEAD.match(folded, first.start, first.end)
    if lead is None or lead.end() == first.end or _STARTS_SO.match(folded, second.start):
        return first
    return Span(lead.end(), first.end)


def _split_last(folded: str, parts: list[Span]) -> list[Span]:
    """甲、乙和丙 has three items; 甲机制、乙和丙机制 has two, for its items share an ending."""
    last = parts[-1]
    conjunction = _AND.search(folded, last.start + 1, last.end - 1)
    if conjunction is None:
        return [last]
    halves = [Span(last.start, conjunction.start()), Span(conjunction.end(), last.end)]
    endings = {part.of(folded)[-2:] for part in parts}
    shared = len(endings) == 1
    return [last] if shared and halves[0].of(folded)[-2:] not in endings else halves
