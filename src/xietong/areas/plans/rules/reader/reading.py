"""Reading a plan: lines in, a `Reading` out, every finding with the clause it stands in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from xietong.areas.plans.rules.reader import (
    dates,
    documents,
    frame,
    grid,
    objectives,
    organisations,
    phases,
    quantities,
    responsibilities,
    rhythms,
    series,
)
from xietong.areas.plans.rules.reader.cautions import Caution, CautionCode
from xietong.areas.plans.rules.reader.characters import fold, line_number, line_starts
from xietong.areas.plans.rules.reader.lines import SourceLine, sourced
from xietong.areas.plans.rules.reader.outline import Outline, Places, outline
from xietong.areas.plans.rules.reader.spans import apart, masked
from xietong.areas.plans.rules.reader.values import (
    DateMention,
    Document,
    Kind,
    KnownOrganisation,
    Mention,
    Quantity,
    Reading,
    Responsibility,
    Rhythm,
    Series,
)

Finding = TypeVar("Finding", Mention, Document, Quantity, Series, Rhythm, Responsibility)


def read(
    lines: Sequence[str | SourceLine], *, register: Sequence[KnownOrganisation] = (), issued_on: date | None = None
) -> Reading:
    """This function will read a plan from its lines; it never fails, what is odd becomes a warning.

    `issued_on` is the day that 今年 and 年底前 count from; without it the date at the foot of the document is.
    """
    source = sourced(lines)
    text = "\n".join(line.text for line in source)
    folded = fold(text)
    around = frame.find(folded)
    tables, closed = grid.find(text, source)
    levels = {number: line.level for number, line in enumerate(source, 1) if line.level}
    cut = outline(text, folded, around, closed, levels)
    clauses, places = cut.clauses, Places(cut.clauses)
    found_dates = list(dates.find(folded, issued_on or around.issued_on))
    mentions = tuple(_dates(text, found_dates, places))
    named = tuple(_placed(documents.find(text, folded), places))
    # Names and figures inside documents and dates are not said of this plan.
    rest = masked(folded, [*(each.span for each in named), *(each.span for each in found_dates)])
    units = tuple(_placed(organisations.find(text, rest, register), places))
    often = tuple(_placed(rhythms.find(text, folded), places))
    # 每两个月 says how often, not how many.
    figures = tuple(_placed(_outside(quantities.find(text, rest), often, len(text)), places))
    schedule = tuple(phases.find(text, clauses, mentions))
    return Reading(
        head=cut.head,
        title=cut.title,
        preamble=cut.preamble,
        clauses=clauses,
        phases=schedule,
        organisations=units,
        documents=named,
        dates=mentions,
        quantities=figures,
        series=tuple(_placed(series.find(text, folded), places)),
        rhythms=often,
        responsibilities=tuple(_placed(responsibilities.find(text, folded, units, tables), places)),
        objectives=tuple(objectives.find(text, folded, clauses, mentions, figures)),
        tables=tuple(tables),
        frame=around,
        warnings=(
            *cut.cautions,
            *_without_tasks(cut, tables),
            *_unreadable(text, found_dates),
            *phases.check(schedule, clauses),
        ),
    )


def _placed(found: Iterable[Finding], places: Places) -> Iterator[Finding]:
    for each in found:
        yield replace(each, clause=places.locate(each.span.start))


def _outside(figures: Iterable[Quantity], often: Iterable[Rhythm], length: int) -> list[Quantity]:
    said: list[Rhythm | Quantity] = [*often, *figures]
    return [each for each in apart(said, length) if isinstance(each, Quantity)]


def _dates(text: str, found: Iterable[dates.Found], places: Places) -> Iterator[DateMention]:
    for each in found:
        if each.first_on is not None or each.waits:
            clause = places.locate(each.span.start)
            words = each.span.of(text)
            yield DateMention(words, each.first_on, each.last_on, each.deadline_on, each.waits, clause, each.span)


def _unreadable(text: str, found: Iterable[dates.Found]) -> Iterator[Caution]:
    starts = line_starts(text)
    for each in found:
        if each.first_on is None and each.waits is None:
            line = line_number(starts, each.span.start)
            yield Caution(CautionCode.DATE_UNREADABLE, line, each.span.of(text))


def _without_tasks(cut: Outline, tables: Sequence[grid.Table]) -> Iterator[Caution]:
    if cut.clauses and not tables and not any(clause.kind is Kind.TASK for clause in cut.clauses):
        yield Caution(CautionCode.NO_TASKS, 1)
