"""Reads: a draft beside the version that it replaces."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from xietong.areas.plans import access
from xietong.areas.plans.models import Clause, Plan, Task
from xietong.areas.plans.queries.work import clauses_of
from xietong.areas.plans.rules import comparing
from xietong.areas.plans.rules.comparing import Change, Pair, Part, Stretch
from xietong.areas.plans.rules.states import TaskState
from xietong.kit.access.permissions import fetch
from xietong.kit.accounts.actor import Actor

CARRIED = (TaskState.ISSUED, TaskState.UNDER_WAY, TaskState.CLAIMED, TaskState.CLOSED)
"""What goes on in the new version; what was verified is done."""


@dataclass(frozen=True, slots=True)
class ComparedClause:
    """A clause of both versions, with the words of both and what has not ended of the old one's tasks."""

    change: Change
    old: Clause | None
    new: Clause | None
    words: tuple[Stretch, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    row: Plan
    earlier: Plan
    clauses: tuple[ComparedClause, ...]
    counts: dict[str, int]
    only_changed: bool
    carried: int
    left: int


def comparison(actor: Actor, pk: int, *, only_changed: bool) -> Comparison:
    """The draft and the version that it replaces, clause by clause.

    Raises
        Http404: for this actor there is no such draft, or it replaces nothing.
    """
    row = fetch(actor, access.CHANGE_PLAN, pk)
    earlier = row.replaces
    if earlier is None:
        raise Http404
    old, new = clauses_of(earlier), clauses_of(row)
    waiting = open_tasks(row)
    by_clause: defaultdict[int | None, list[Task]] = defaultdict(list)
    for task in waiting:
        by_clause[task.clause_id].append(task)
    paired = paired_clauses(old, new)
    shown = [pair for pair in paired if not only_changed or pair.change is not Change.SAME]
    counts = Counter(pair.change for pair in paired)
    return Comparison(
        row,
        earlier,
        tuple(compared(pair, old, new, by_clause) for pair in shown),
        {change.value: counts[change] for change in Change},
        only_changed,
        row.tasks.exclude(carried_from=None).count(),
        len(waiting),
    )


def open_tasks(draft: Plan) -> list[Task]:
    """Tasks of the version that a draft replaces which have not ended and stand in no task of the draft yet."""
    taken = draft.tasks.exclude(carried_from=None).values("carried_from_id")
    rows = Task.objects.filter(plan=draft.replaces, state__in=[state.value for state in CARRIED])
    return list(
        rows.exclude(pk__in=taken).select_related("lead_unit").prefetch_related("supports").order_by("number", "pk")
    )


def paired_clauses(old: Sequence[Clause], new: Sequence[Clause]) -> list[Pair]:
    return comparing.pairs([part(one) for one in old], [part(one) for one in new])


def part(clause: Clause) -> Part:
    return Part(clause.number, clause.heading, clause.text)


def compared(
    pair: Pair, old: Sequence[Clause], new: Sequence[Clause], tasks: dict[int | None, list[Task]]
) -> ComparedClause:
    before = None if pair.old is None else old[pair.old]
    after = None if pair.new is None else new[pair.new]
    words = comparing.stretches(said(before), said(after))
    return ComparedClause(pair.change, before, after, tuple(words), tuple(tasks[before.pk] if before else ()))


def said(clause: Clause | None) -> str:
    """Number, heading and words as they are shown."""
    return f"{clause.label}{clause.heading}\n{clause.text}".strip() if clause else ""
