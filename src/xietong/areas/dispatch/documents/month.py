"""What a bulletin or a circular can say of a month."""

from collections.abc import Iterable, Iterator
from datetime import date

from xietong.areas.dispatch import queries
from xietong.areas.dispatch.documents.wording import (
    Material,
    counting,
    figure,
    graph,
    harmless,
    listing,
    material,
    named_lines,
    share,
)
from xietong.areas.dispatch.models import Cycle, Decision, Entry, Filing
from xietong.areas.dispatch.queries import Counted
from xietong.areas.dispatch.rules.snapshots import Figure, Graph, Line, Listing, Source
from xietong.areas.dispatch.rules.states import EntryKind
from xietong.areas.indicators.queries import Standing
from xietong.areas.plans.models import Clause, Task
from xietong.kit.pages.templatetags.pages import day
from xietong.kit.words import for_the_record

MOST = 3  # passages of a section of the plan that a draft begins with; the office adds and takes away
FILING_COUNTS = ("asked", "on_time", "late", "missing", "waiting", "excused", "nothing_new")
ENTRY_COUNTS = ("tasks_asked", "tasks_said", "problems", "red", "red_said", "red_silent")
DECISION_COUNTS = ("decided", "decided_closed", "decided_pending", "decided_late")
INDICATOR_COUNTS = ("indicators", "indicators_met", "indicators_short")
ORDINALS = "一二三四五六七八九十"

Text = tuple[str, tuple[Source, ...]]


def material_of_month(kind: str, cycle: Cycle, today: date) -> Material:
    """This function will count a month for a document of a kind, in the language of the records."""
    with for_the_record():
        rows = queries.counted(cycle, today)
        listings = {**lists(rows), "named": named_lines([])}
        return material(
            kind,
            {"cycle": cycle.label, "span": f"{day(cycle.span_from)}—{day(cycle.span_to)}"},
            figures=figures(rows),
            listings=listings,
            graphs=graphs(rows, listings["sections"]),
            texts={"progress": progress(rows), "highlights": highlights(rows.highlights)},
        )


def figures(rows: Counted) -> dict[str, Figure]:
    filed = [*rows.filings["on_time"], *rows.filings["late"]]
    total, verified = rows.tasks["tasks_total"], rows.tasks["tasks_verified"]
    return {
        **{key: counting(key, [of_filing(one) for one in rows.filings[key]]) for key in FILING_COUNTS},
        "rate": figure("rate", share(len(filed), len(rows.filings["asked"])), map(of_filing, rows.filings["asked"])),
        **{key: counting(key, [of_entry(one) for one in rows.entries[key]]) for key in ENTRY_COUNTS},
        "milestones": counting("milestones", [Source("entry", one.entry_id, str(one)) for one in rows.milestones]),
        "tasks_total": counting("tasks_total", [of_task(one) for one in total]),
        "tasks_verified": counting("tasks_verified", [of_task(one) for one in verified]),
        "verified_share": figure("verified_share", share(len(verified), len(total)), map(of_task, verified)),
        **{key: counting(key, [of_decision(one) for one in rows.decisions[key]]) for key in DECISION_COUNTS},
        **{key: counting(key, [of_standing(one) for one in rows.indicators[key]]) for key in INDICATOR_COUNTS},
    }


def of_filing(row: Filing) -> Source:
    came = f"　{day(row.course.first_on)}" if row.course.first_on else ""
    return Source("filing", row.pk, f"{row.unit.name}　{row.get_state_display()}{came}")


def of_entry(row: Entry) -> Source:
    return Source("entry", row.pk, f"{row}　{row.filing.unit.name}")


def of_task(row: Task) -> Source:
    return Source("task", row.pk, f"{row}　{row.lead_unit.name if row.lead_unit else ''}　{row.get_state_display()}")


def of_decision(row: Decision) -> Source:
    return Source("decision", row.pk, f"{queries.numbered(row)}　{row.unit.name}　{row.get_state_display()}")


def of_standing(one: Standing) -> Source:
    return Source("indicator", one.row.pk, f"{one.row.name}　{one.value}　{one.aim}")


def standing_line(one: Standing) -> Line:
    return Line((one.row.name, one.period_name, one.value, one.aim), of_standing(one))


def lists(rows: Counted) -> dict[str, Listing]:
    return {
        "sections": listing("sections", sections(rows)),
        "problems": listing(
            "problems",
            [Line((str(one), one.filing.unit.name, one.problem), of_entry(one)) for one in rows.entries["problems"]],
        ),
        "red": listing("red", map(red_line, rows.entries["red_said"])),
        "indicators": listing("indicators", map(standing_line, rows.indicators["indicators_short"])),
        "decisions": listing("decisions", map(decision_line, rows.decisions["reported"])),
    }


def red_line(row: Entry) -> Line:
    due = day(row.task.due_on) if row.task and row.task.due_on else ""
    return Line((str(row), row.filing.unit.name, due, row.text), of_entry(row))


def decision_line(row: Decision) -> Line:
    cells = (queries.numbered(row), row.text, row.unit.name, day(row.due_on), str(row.get_state_display()))
    return Line(cells, of_decision(row))


def sections(rows: Counted) -> Iterator[Line]:
    """The sections of the plan in its order: tasks asked about, with progress, with a problem, overdue."""
    counts = ("tasks_asked", "tasks_said", "problems", "red")
    by_section = {key: per_section(rows, key) for key in counts}
    for clause in ordered(rows.clauses.values()):
        cells = tuple(str(len(by_section[key].get(clause.pk, ()))) for key in counts)
        yield Line((clause.heading or str(clause), *cells), Source("clause", clause.pk, str(clause)))


def per_section(rows: Counted, key: str) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = {}
    for one in rows.entries[key]:
        if one.task and one.task.clause_id in rows.clauses:
            found.setdefault(rows.clauses[one.task.clause_id].pk, []).append(one)
    return found


def ordered(clauses: Iterable[Clause]) -> list[Clause]:
    return sorted({one.pk: one for one in clauses}.values(), key=lambda one: one.order)


def graphs(rows: Counted, table: Listing) -> dict[str, Graph]:
    lines = table.lines
    asked, told = ([float(one.cells[place]) for one in lines] for place in (1, 2))
    return {
        "sections": graph("sections", [one.cells[0] for one in lines], asked, told),
        "rate": graph("rate", [label for label, _n in rows.rates], [float(n) for _label, n in rows.rates]),
    }


def progress(rows: Counted) -> Text:
    """For each section of the plan what units wrote, those with a milestone first."""
    reached = {one.entry_id for one in rows.milestones}
    lines: list[str] = []
    sources: list[Source] = []
    told = per_section(rows, "tasks_said")
    written = [one for one in ordered(rows.clauses.values()) if any(map(worth, told.get(one.pk, ())))]
    for place, clause in enumerate(written):
        best = sorted(filter(worth, told[clause.pk]), key=lambda one: (one.pk not in reached, one.pk))[:MOST]
        lines += [f"（{ordinal(place)}）{harmless(clause.heading or str(clause))}", *map(passage, best)]
        sources += map(of_entry, best)
    return "\n".join(lines), tuple(sources)


def worth(entry: Entry) -> bool:
    """Whether it tells of progress, in words; what is overdue has a section of its own."""
    return bool(entry.text) and entry.kind != EntryKind.RED.value


def passage(entry: Entry) -> str:
    return f"{entry.filing.unit.name}：{harmless(' '.join(entry.text.split()))}"


def ordinal(place: int) -> str:
    return ORDINALS[place] if place < len(ORDINALS) else str(place + 1)


def highlights(filings: list[Filing]) -> Text:
    lines = [f"{one.unit.name}：{harmless(' '.join(one.highlight.split()))}" for one in filings]
    return "\n".join(lines), tuple(map(of_filing, filings))
