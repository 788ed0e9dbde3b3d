"""Correcting the outline of a draft: what hangs on a clause moves with the words."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from xietong.areas.plans import queries
from xietong.areas.plans.actions.drafting import hold_draft
from xietong.areas.plans.models import Clause, Finding, Objective, Plan, Sentence, Task, TaskSource
from xietong.areas.plans.rules import outlining
from xietong.areas.plans.rules.outlining import Entry, Placed
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.errors import Refused

PLACE = ("parent", "number", "level", "order", "kind", "start", "end")


class NotPossible(Refused):
    """The outline cannot be changed in this way; says why."""


Change = Callable[[list[Entry], int], list[Entry] | None]


def promote_clause(actor: Actor, clause: Clause, *, seen: str | None = None, now: datetime) -> None:
    """This function will raise a clause, with all below it, by a level.

    Raises
        NotPossible: it stands highest already, or the outline has changed since it was seen.
        WrongState: the plan is not a draft any more.
    """
    why = _("它已经是最高一级。")
    redraw(actor, clause, outlining.promote, why, action="plans.promote_clause", seen=seen, now=now)


def demote_clause(actor: Actor, clause: Clause, *, seen: str | None = None, now: datetime) -> None:
    """This function will lower a clause, with all below it, by a level.

    Raises
        NotPossible: nothing before it could hold it.
        WrongState: the plan is not a draft any more.
    """
    why = _("它前面没有可以归入的条目，不能再降级。")
    redraw(actor, clause, outlining.demote, why, action="plans.demote_clause", seen=seen, now=now)


def nest_clause(actor: Actor, clause: Clause, *, under: Clause, seen: str | None = None, now: datetime) -> None:
    """This function will put a clause below another that stands before it.

    Raises
        NotPossible: the order of the text does not allow that.
        WrongState: the plan is not a draft any more.
    """

    def change(entries: list[Entry], at: int) -> list[Entry] | None:
        return outlining.nest(entries, at, index_of(entries, under.pk))

    why = _("原文的先后不能改变：只能归入它前面紧邻的条目，或者那一条所属的条目。")
    redraw(actor, clause, change, why, action="plans.nest_clause", seen=seen, now=now)


def merge_clause(actor: Actor, clause: Clause, *, seen: str | None = None, now: datetime) -> None:
    """This function will give the words of a clause to the one before it; its tasks go along.

    Raises
        NotPossible: there is none before it.
        WrongState: the plan is not a draft any more.
    """
    why = _("它是第一条，前面没有可以并入的条目。")
    redraw(actor, clause, outlining.merge, why, action="plans.merge_clause", seen=seen, now=now)


def split_clause(actor: Actor, clause: Clause, *, position: int, seen: str | None = None, now: datetime) -> None:
    """This function will begin a new clause inside the words of another, at a position of the source text.

    Raises
        NotPossible: the position is not inside the clause's own words.
        WrongState: the plan is not a draft any more.
    """
    length = len(clause.plan.source_text)

    def change(entries: list[Entry], at: int) -> list[Entry] | None:
        return outlining.split(entries, at, position, length)

    why = _("请在这一条自己的文字中间选择拆分的位置。")
    redraw(actor, clause, change, why, action="plans.split_clause", seen=seen, now=now)


def redraw(
    actor: Actor, clause: Clause, change: Change, why: str, *, action: str, seen: str | None, now: datetime
) -> None:
    """`seen` is the state of the outline that the person looked at; without it what he saw does not matter."""
    with transaction.atomic():
        plan = clause.plan
        hold_draft(plan)
        rows = queries.clauses_of(plan)
        if seen not in (None, queries.state_of_outline(rows)) or all(row.pk != clause.pk for row in rows):
            raise NotPossible(_("结构刚刚被别人改过，请看过现在的结构再改。"))
        entries = entries_of(rows)
        changed = change(entries, index_of(entries, clause.pk))
        if changed is None:
            raise NotPossible(why)
        record(actor, action, clause, now=now)
        kept = keep(plan, rows, outlining.place(changed, len(plan.source_text)))
        move_along(plan, kept)


def entries_of(rows: Sequence[Clause]) -> list[Entry]:
    numbers = {row.pk: row.number for row in rows}
    return [
        Entry(
            row.pk,
            row.number.removeprefix(numbers.get(row.parent_id or 0, "")),
            row.label,
            row.heading,
            row.level,
            row.start,
            row.end if ends_early(row, rows) else None,
        )
        for row in rows
    ]


def ends_early(row: Clause, rows: Sequence[Clause]) -> bool:
    """Whether a clause ends before the next that stands as high, as an item inside a paragraph does."""
    later = rows[row.order + 1 :]
    following = next((one.start for one in later if one.level <= row.level), None)
    return row.parent_id is not None and (following is None or row.end < following)


def index_of(entries: Sequence[Entry], key: int) -> int:
    return next(index for index, entry in enumerate(entries) if entry.key == key)


def keep(plan: Plan, rows: Sequence[Clause], placed: Sequence[Placed]) -> list[Clause]:
    """The outline as rows, those that a merge left out still standing."""
    by_key = {row.pk: row for row in rows}
    kept: list[Clause] = []
    for order, one in enumerate(placed):
        row = by_key.get(one.entry.key or 0) or Clause(county_id=plan.county_id, plan=plan, label="", heading="")
        row.parent = kept[one.parent] if one.parent is not None else None
        row.number, row.level, row.order, row.kind = one.number[:40], one.entry.level, order, one.kind.value
        row.start, row.end = one.entry.start, one.end
        if row.pk is None:
            row.save()
        kept.append(row)
    for row, children in zip(kept, below(kept), strict=True):
        row.text = own_words(plan.source_text, row, children)
        row.version += 1
    Clause.objects.bulk_update(kept, [*PLACE, "text", "version"], batch_size=200)
    return kept


def below(rows: Sequence[Clause]) -> list[list[Clause]]:
    """For every clause those directly below it."""
    places = {id(row): place for place, row in enumerate(rows)}
    found: list[list[Clause]] = [[] for _row in rows]
    for row in rows:
        if row.parent is not None:
            found[places[id(row.parent)]].append(row)
    return found


def own_words(text: str, row: Clause, children: Sequence[Clause]) -> str:
    """The words of a clause behind its number and heading that belong to no clause below it."""
    edges = [row.start, *(edge for child in children for edge in (child.start, child.end)), row.end]
    words = "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)).strip()
    words = words.removeprefix(row.label).strip().removeprefix(row.heading)
    return words.lstrip("。.：: \n").strip()


def move_along(plan: Plan, clauses: Sequence[Clause]) -> None:
    """Sentences, findings, objectives and tasks hang on the clause that now holds their words."""
    divide_sentences(plan, {clause.start for clause in clauses})
    held = Holder(clauses)
    models: tuple[type[Sentence | Finding | Objective], ...] = (Sentence, Finding, Objective)
    for model in models:
        rows: list[Any] = list(model.objects.filter(plan=plan))
        for row in rows:
            row.clause = held.at(row.start)
        model.objects.bulk_update(rows, ["clause"], batch_size=500)
    firsts = TaskSource.objects.filter(task__plan=plan).values_list("task_id").annotate(at=Min("sentence__start"))
    starts = dict(firsts)
    left = {clause.pk for clause in clauses}
    tasks = list(Task.objects.filter(plan=plan))
    for task in tasks:
        if task.pk in starts:
            task.clause = held.at(starts[task.pk])
        elif task.clause_id not in left:
            task.clause = held.at(task.clause.start) if task.clause else None
    Task.objects.bulk_update(tasks, ["clause"], batch_size=500)
    plan.clauses.exclude(pk__in=left).delete()


def divide_sentences(plan: Plan, starts: set[int]) -> None:
    """A sentence in whose midst a clause now begins becomes two, covered alike."""
    for sentence in list(plan.sentences.all()):
        cut = next((start for start in sorted(starts) if sentence.start < start < sentence.end), None)
        if cut is None:
            continue
        links = list(sentence.sources.values_list("task_id", flat=True))
        end, sentence.end = sentence.end, cut
        sentence.save(update_fields=["end"])
        sentence.pk, sentence.start, sentence.end = None, cut, end
        sentence.save(force_insert=True)
        TaskSource.objects.bulk_create(
            TaskSource(county_id=plan.county_id, task_id=task, sentence=sentence) for task in links
        )


class Holder:
    """Finds the innermost clause at a position."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.clauses = clauses
        self.starts = [clause.start for clause in clauses]

    def at(self, position: int) -> Clause | None:
        index = bisect_right(self.starts, position) - 1
        found = self.clauses[index] if index >= 0 else None
        while found is not None and position >= found.end:
            found = found.parent
        return found
