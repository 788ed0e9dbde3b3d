"""What a plan wants to reach: the statements of its chapter of goals, with figure and day where they are given."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from xietong.areas.plans.rules.reader.characters import line_starts, phrases
from xietong.areas.plans.rules.reader.headings import stripped
from xietong.areas.plans.rules.reader.outline import own_spans
from xietong.areas.plans.rules.reader.source import by_clause
from xietong.areas.plans.rules.reader.spans import Span
from xietong.areas.plans.rules.reader.values import Clause, DateMention, Kind, Objective, Quantity

_OUTCOME = re.compile(
    "提升|提高|扩大|优化|形成|完善|增强|加强|改善|健全|实现|达到|全覆盖|下降|降低|建成|减少|缩小|巩固|消除|完成|保持|达标|通过"
    "|一批|一支|一个|一套|若干"
)
_LEADS_IN = re.compile("通过|坚持|围绕|以|按照|根据|为[了深贯切进]|立足|聚焦|在.*下|依托")
_SURELY = ("通过国家", "通过省", "通过验收", "通过评估")
_TIMES = {"年", "月", "天", "周", "学期", "学年"}


def find(
    text: str, folded: str, clauses: Sequence[Clause], dates: Sequence[DateMention], quantities: Sequence[Quantity]
) -> Iterator[Objective]:
    """This function will return every goal of the chapters of goals, in order."""
    days, figures = by_clause(dates), by_clause(quantities)
    for index, own in enumerate(own_spans(clauses)):
        clause = clauses[index]
        if clause.kind is not Kind.GOAL:
            continue
        begins = clause.body + len(clause.heading)
        words = [stretch for span in own for stretch in _stretches(folded, max(span.start, begins), span.end)]
        if not any(part for stretch in words for part in stretch) and clause.parent is not None:
            words = list(_stretches(folded, clause.body, clause.end))
        amounts = [each for each in figures.get(index, []) if each.unit not in _TIMES]
        for stretch in words:
            yield from _in_paragraph(text, folded, index, stretch, days.get(index, []), amounts)


def _stretches(folded: str, start: int, end: int) -> Iterator[list[Span]]:
    """The phrases of every line."""
    edges = [*(start + one for one in line_starts(folded[start:end])), end + 1] if start < end else []
    for first, after in pairwise(edges):
        yield [stripped(folded, *phrase) for phrase in phrases(folded, first, min(after, end))]


def _in_paragraph(
    text: str,
    folded: str,
    index: int,
    stretch: Sequence[Span],
    days: Sequence[DateMention],
    figures: Sequence[Quantity],
) -> Iterator[Objective]:
    """A day that opens a phrase holds for what follows in its paragraph, as 到2026年 does."""
    due: date | None = None
    for whole in stretch:
        inside = [day for day in days if whole.start <= day.span.start < whole.end and day.last_on]
        opens = next((day for day in inside if day.span.start == whole.start), None)
        due = (opens.deadline_on or opens.last_on) if opens else due
        span = stripped(folded, opens.span.end if opens else whole.start, whole.end)
        figure = next((each for each in figures if span.start <= each.span.start < span.end), None)
        if _is_goal(span.of(folded), figure):
            own = next((day.deadline_on or day.last_on for day in inside), None)
            yield Objective(span.of(text), figure, own or due, index, span)


def _is_goal(words: str, figure: Quantity | None) -> bool:
    if _LEADS_IN.match(words) and not words.startswith(_SURELY):
        return False
    return figure is not None or _OUTCOME.search(words) is not None
