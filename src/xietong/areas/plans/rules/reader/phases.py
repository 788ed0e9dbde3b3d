"""Phases of the schedule, from the headings of its chapter."""

import re
from collections.abc import Iterator, Sequence

from xietong.areas.plans.rules.reader.cautions import Caution, CautionCode
from xietong.areas.plans.rules.reader.spans import Span
from xietong.areas.plans.rules.reader.values import Clause, DateMention, Kind, Phase

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def find(text: str, clauses: Sequence[Clause], dates: Sequence[DateMention]) -> Iterator[Phase]:
    """This function will return a phase for every section of a chapter of phases."""
    for index, clause in enumerate(clauses):
        above = None if clause.parent is None else clauses[clause.parent]
        if clause.kind is Kind.PHASE and clause.heading and above and above.parent is None:
            yield _phase(text, index, clause, dates)


def _phase(text: str, index: int, clause: Clause, dates: Sequence[DateMention]) -> Phase:
    start = text.index(clause.heading, clause.body)
    span = Span(start, start + len(clause.heading))
    own = next((each for each in dates if each.clause == index and each.first_on), None)
    return Phase(
        name=_BRACKETS.sub("", span.of(text)).strip(),
        starts_on=own.first_on if own else None,
        ends_on=own.last_on if own else None,
        clause=index,
        span=span,
    )


def check(phases: Sequence[Phase], clauses: Sequence[Clause]) -> Iterator[Caution]:
    for phase in phases:
        line = clauses[phase.clause].line
        if phase.starts_on is None or phase.ends_on is None:
            yield Caution(CautionCode.PHASE_UNDATED, line, phase.name)
        elif phase.ends_on < phase.starts_on:
            yield Caution(CautionCode.PHASE_BACKWARDS, line, phase.name)
