"""Reads: the text of a plan with its outline and findings, and what became of each sentence."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from xietong.areas.plans import access
from xietong.areas.plans.models import Clause, Finding, Objective, Plan, Report, Sentence, Task, TaskSource
from xietong.areas.plans.queries.work import REPORT_OWNER, clauses_of
from xietong.areas.plans.rules.coverage import Cover, Coverage, counted, cover_of
from xietong.areas.plans.rules.marking import Mark, blocks, pieces
from xietong.areas.plans.rules.reader.spans import Span
from xietong.kit.access.permissions import fetch, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.files.queries import attachments

SHORT = 20_000  # characters that are shown on one page; a longer text chapter by chapter


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of the text with the finding that they belong to, if any."""

    start: int
    text: str
    finding: Finding | None
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a clause up to the next one, as stretches; a clause of None stands before the first."""

    clause: Clause | None
    opens: bool
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A clause in the list of all, and the chapter that it stands in."""

    clause: Clause
    chapter: Clause


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """The text of a draft, or of one chapter of it, with the outline of all."""

    row: Plan
    outline: tuple[OutlineRow, ...]
    passages: tuple[Passage, ...]
    chapter: Clause | None
    counts: dict[str, int]
    state: str


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """One sentence with what became of it."""

    row: Sentence
    text: str
    cover: Cover
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class CoveredClause:
    """The sentences of a clause's own words."""

    clause: Clause | None
    sentences: tuple[SentenceRow, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    row: Plan
    clauses: tuple[CoveredClause, ...]
    coverage: Coverage
    only_open: bool
    may_change: bool


@dataclass(frozen=True, slots=True)
class Traced:
    """A task that came of a sentence, with what was reported on it and the files that go with that."""

    task: Task
    reports: tuple[tuple[Report, tuple[Any, ...]], ...]


@dataclass(frozen=True, slots=True)
class SentencePage:
    row: Sentence
    text: str
    cover: Cover
    traced: tuple[Traced, ...]


def reading_page(actor: Actor, pk: int, chapter: str) -> ReadingPage:
    """The draft to be corrected; `chapter` is the key of a chapter, or nothing."""
    row = fetch(actor, access.CHANGE_PLAN, pk)
    outline = clauses_of(row)
    chosen = chapter_of(row, outline, chapter)
    start, end = (chosen.start, chosen.end) if chosen else (0, len(row.source_text))
    findings = row.findings.exclude(state=Finding.State.REJECTED).filter(start__lt=end, end__gt=start)
    shown = list(findings.select_related("organisation").order_by("start", "end"))
    return ReadingPage(
        row,
        outline_rows(outline),
        passages(row, outline, shown, start, end),
        chosen,
        finding_counts(row),
        state_of_outline(outline),
    )


def state_of_outline(clauses: Sequence[Clause]) -> str:
    """What changes with every correction of the outline, by which two officers notice each other."""
    return f"{len(clauses)}.{sum(clause.version for clause in clauses)}"


def outline_rows(outline: Sequence[Clause]) -> tuple[OutlineRow, ...]:
    chapter, found = None, []
    for clause in outline:
        chapter = clause if clause.parent_id is None or chapter is None else chapter
        found.append(OutlineRow(clause, chapter))
    return tuple(found)


def chapter_of(plan: Plan, outline: Sequence[Clause], asked: str) -> Clause | None:
    """Which chapter to show: none of a short text, of a long one the one that is asked for, or the first."""
    chapters = [clause for clause in outline if clause.parent_id is None]
    if len(plan.source_text) <= SHORT or not chapters:
        return None
    return next((one for one in chapters if str(one.pk) == asked), chapters[0])


def passages(
    plan: Plan, outline: Sequence[Clause], findings: Sequence[Finding], start: int, end: int
) -> tuple[Passage, ...]:
    text, by_key = plan.source_text, {one.pk: one for one in findings}
    marks = [Mark(one.pk, one.start, one.end) for one in findings]
    starts = [mark.start for mark in marks]
    longest = max((mark.end - mark.start for mark in marks), default=0)
    found = []
    for block in blocks([(one.start, one.end) for one in outline], len(text)):
        if block.end <= start or end <= block.start:
            continue
        near = marks[bisect_left(starts, block.start - longest) : bisect_left(starts, block.end)]
        clause = None if block.clause is None else outline[block.clause]
        words = heading_end(clause, text) if clause and block.opens else block.start
        stretches = tuple(
            Stretch(one.start, text[one.start : one.end], by_key.get(one.key or 0), one.end <= words)
            for part in ((block.start, words), (words, block.end))
            for one in pieces(*part, near)
        )
        found.append(Passage(clause, block.opens, stretches))
    return tuple(found)


def heading_end(clause: Clause, text: str) -> int:
    """Where the number and the heading of a clause end in the text."""
    at = text.find(clause.heading or clause.label, clause.start, clause.end)
    return clause.start if at < 0 else at + len(clause.heading or clause.label)


def finding_counts(plan: Plan) -> dict[str, int]:
    """Findings by kind that nobody has rejected."""
    rows = plan.findings.exclude(state=Finding.State.REJECTED).values_list("kind").annotate(n=Count("pk"))
    return dict(rows)


def findings(plan: Plan) -> QuerySet[Finding]:
    return plan.findings.select_related("clause", "organisation")


def finding_to_change(plan: Plan, pk: int) -> Finding:
    return get_object_or_404(plan.findings.select_related("plan"), pk=pk)


def finding_url(row: Finding) -> str:
    return reverse("plans:finding", args=[row.plan_id, row.pk])


def clause_at(plan: Plan, position: int) -> Clause:
    """The innermost clause that holds a place of the text."""
    held = [one for one in clauses_of(plan) if one.start <= position < one.end]
    if not held:
        raise Http404
    return clause_to_change(plan, held[-1].pk)


def place_of(plan: Plan, asked: Mapping[str, str]) -> Span:
    """The stretch that an address names: by `start` and `end`, or by the `words` that stand there first."""
    words = asked.get("words", "")
    if words and (at := plan.source_text.find(words)) >= 0:
        return Span(at, at + len(words))
    start, end = asked.get("start", ""), asked.get("end", "")
    return Span(int(start), int(end)) if start.isdecimal() and end.isdecimal() else Span(0, 0)


def sentences_named(plan: Plan, keys: Sequence[str]) -> list[Sentence]:
    """The sentences of a plan with these keys, in the order of the text; others' keys are passed over."""
    rows = list(plan.sentences.filter(pk__in=[int(key) for key in keys if key.isdecimal()]).order_by("start"))
    for row in rows:
        row.plan = plan
    return rows


def clause_to_change(plan: Plan, pk: int) -> Clause:
    return get_object_or_404(plan.clauses.select_related("plan"), pk=pk)


def unknown_units(plan: Plan) -> list[tuple[str, int]]:
    """Names of units in the text that the register does not know, each with how often it stands there."""
    rows = (
        plan.findings.filter(kind=Finding.Kind.ORGANISATION, organisation=None)
        .exclude(state=Finding.State.REJECTED)
        .values_list("text")
        .annotate(n=Count("pk"))
        .order_by("text")
    )
    return list(rows)


def objectives(plan: Plan) -> list[Objective]:
    return list(plan.objectives.order_by("order"))


def coverage_page(actor: Actor, pk: int, *, only_open: bool) -> CoveragePage:
    row = fetch(actor, access.VIEW_COVERAGE, pk)
    rows = sentence_rows(row)
    coverage = coverage_of(rows)
    shown = [one for one in rows if one.cover == Cover.OPEN] if only_open else rows
    by_clause: dict[int | None, list[SentenceRow]] = {}
    for one in shown:
        by_clause.setdefault(one.row.clause_id, []).append(one)
    outline: dict[int | None, Clause] = {clause.pk: clause for clause in clauses_of(row)}
    found = tuple(CoveredClause(outline.get(key), tuple(part)) for key, part in by_clause.items())
    return CoveragePage(row, found, coverage, only_open, row.state != Plan.State.CLOSED)


def sentence_rows(plan: Plan) -> list[SentenceRow]:
    """Every sentence in the order of the text with its tasks, in two queries."""
    sources = TaskSource.objects.select_related("task__lead_unit").order_by("task_id")
    rows = plan.sentences.prefetch_related(Prefetch("sources", queryset=sources)).order_by("start")
    text = plan.source_text
    return [sentence_row(one, text) for one in rows]


def sentence_row(row: Sentence, text: str) -> SentenceRow:
    tasks = tuple(source.task for source in row.sources.all())
    cover = cover_of(is_heading=row.is_heading, has_tasks=bool(tasks), is_context=row.context_at is not None)
    return SentenceRow(row, text[row.start : row.end], cover, tasks)


def coverage_of(rows: Iterable[SentenceRow]) -> Coverage:
    return counted(one.cover for one in rows)


def sentence_page(actor: Actor, pk: int) -> SentencePage:
    """From a sentence to its tasks, their filings and the evidence."""
    plans = visible(actor, access.VIEW_COVERAGE)
    row = get_object_or_404(Sentence.objects.select_related("plan", "clause").filter(plan__in=plans), pk=pk)
    tasks = list(Task.objects.filter(sources__sentence=row).select_related("lead_unit").order_by("pk"))
    reports = list(Report.objects.filter(task__in=tasks).select_related("unit").order_by("-at", "-pk"))
    files = attachments(REPORT_OWNER, [one.pk for one in reports])
    cover = cover_of(is_heading=row.is_heading, has_tasks=bool(tasks), is_context=row.context_at is not None)
    traced = tuple(
        Traced(task, tuple((one, tuple(files.get(one.pk, ()))) for one in reports if one.task_id == task.pk))
        for task in tasks
    )
    return SentencePage(row, row.text, cover, traced)


def plan_to_cover(actor: Actor, pk: int) -> Plan:
    return fetch(actor, access.CHANGE_COVERAGE, pk)


def sources_of(task: Task) -> list[Sentence]:
    """The sentences that a task came from, each reading its text from the plan at hand."""
    rows = list(task.sentences.order_by("start"))
    for row in rows:
        row.plan = task.plan
    return rows


def finding_kinds() -> list[tuple[str, Any]]:
    return list(Finding.Kind.choices)


def finding_states() -> list[tuple[str, Any]]:
    return list(Finding.State.choices)
