"""Reading a plan: lines in, a `Reading` out, every finding with the clause it stands in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from xietong.areas.plans.rules.reader import dates, documents, organisations, phases, quantities, series
from xietong.areas.plans.rules.reader.cautions import Caution, CautionCode
from xietong.areas.plans.rules.reader.characters import fold, line_number, line_starts
from xietong.areas.plans.rules.reader.outline import Outline, locate, outline
from xietong.areas.plans.rules.reader.spans import masked
from xietong.areas.plans.rules.reader.values import (
    Clause,
    DateMention,
    Document,
    Kind,
    KnownOrganisation,
    Mention,
    Quantity,
    Reading,
    Series,
)

Finding = TypeVar("Finding", Mention, Document, Quantity, Series)


def read(lines: Sequence[str], *, register: Sequence[KnownOrganisation] = ()) -> Reading:
    """This function will read a plan from its lines; it never fails, what is odd becomes a warning."""
    text = "\n".join(lines)
    folded = fold(text)
    cut = outline(text, folded)
    clauses = cut.clauses
    found_dates = list(dates.find(folded))
    mentions = tuple(_dates(text, found_dates, clauses))
    named = tuple(_placed(documents.find(text, folded), clauses))
    # Names and figures inside documents and dates are not said of this plan.
    rest = masked(folded, [*(each.span for each in named), *(each.span for each in found_dates)])
    schedule = tuple(phases.find(text, clauses, mentions))
    return Reading(
        title=cut.title,
        preamble=cut.preamble,
        clauses=clauses,
        phases=schedule,
        organisations=tuple(_placed(organisations.find(text, rest, register), clauses)),
        documents=named,
        dates=mentions,
        quantities=tuple(_placed(quantities.find(text, rest), clauses)),
        series=tuple(_placed(series.find(text, folded), clauses)),
        warnings=(
            *cut.cautions,
            *_without_tasks(cut),
            *_unreadable(text, found_dates),
            *phases.check(schedule, clauses),
        ),
    )


def _placed(found: Iterable[Finding], clauses: Sequence[Clause]) -> Iterator[Finding]:
    for each in found:
        yield replace(each, clause=locate(clauses, each.span.start))


def _dates(text: str, found: Iterable[dates.Found], clauses: Sequence[Clause]) -> Iterator[DateMention]:
    for each in found:
        if each.first_on is not None and each.last_on is not None:
            clause = locate(clauses, each.span.start)
            words = each.span.of(text)
            yield DateMention(words, each.first_on, each.last_on, each.deadline_on, clause, each.span)


def _unreadable(text: str, found: Iterable[dates.Found]) -> Iterator[Caution]:
    starts = line_starts(text)
    for each in found:
        if each.first_on is None:
            line = line_number(starts, each.span.start)
            yield Caution(CautionCode.DATE_UNREADABLE, line, each.span.of(text))


def _without_tasks(cut: Outline) -> Iterator[Caution]:
    if cut.clauses and not any(clause.kind is Kind.TASK for clause in cut.clauses):
        yield Caution(CautionCode.NO_TASKS, 1)
