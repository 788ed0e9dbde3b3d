"""Which sentence is whose: tasks hang on sentences, and what is no task is said by somebody to be context."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.plans.models import Plan, Sentence, Task, TaskSource
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.errors import Refused
from xietong.kit.records.writing import locked


class CoveredByTask(Refused):
    """A sentence that a task came from is not only context."""


def say_context(actor: Actor, plan: Plan, sentences: Iterable[int], *, reason: str = "", now: datetime) -> int:
    """This function will note that these sentences of a plan are context, said by the actor; returns how many.

    Those that a task hangs on are left as they are.

    Raises
        CoveredByTask: every one of them has a task.
    """
    with transaction.atomic():
        locked(plan)
        asked = plan.sentences.filter(pk__in=sentences)
        free = asked.filter(sources=None)
        if not free and asked:
            raise CoveredByTask(_("这些句子已经落实为任务，不需要再认定为背景。"))
        rows = list(free)
        for row in rows:
            row.context_by, row.context_at, row.context_reason = actor.label[:200], now, reason.strip()[:200]
            row.version += 1
        Sentence.objects.bulk_update(rows, ["context_by", "context_at", "context_reason", "version"], batch_size=200)
        record(actor, "plans.say_context", plan, now=now, reason=reason, changes={"sentences": (None, told(rows))})
    return len(rows)


def take_back_context(actor: Actor, plan: Plan, sentences: Iterable[int], *, now: datetime) -> int:
    """This function will leave sentences uncovered again that somebody had called context; returns how many."""
    with transaction.atomic():
        locked(plan)
        rows = list(plan.sentences.filter(pk__in=sentences, context_at__isnull=False))
        for row in rows:
            row.context_by, row.context_at, row.context_reason = "", None, ""
            row.version += 1
        Sentence.objects.bulk_update(rows, ["context_by", "context_at", "context_reason", "version"], batch_size=200)
        record(actor, "plans.take_back_context", plan, now=now, changes={"sentences": (told(rows), None)})
    return len(rows)


def add_sources(actor: Actor, task: Task, sentences: Sequence[Sentence], *, now: datetime) -> None:
    """This function will have a task hang on these sentences of its plan too; what was called context is none now."""
    with transaction.atomic():
        locked(task.plan)
        TaskSource.objects.bulk_create(
            [TaskSource(county_id=task.county_id, task=task, sentence=one) for one in sentences],
            ignore_conflicts=True,
        )
        record(actor, "plans.add_sources", task, now=now, changes={"sentences": (None, told(sentences))})


def told(sentences: Iterable[Sentence]) -> str:
    """Where in the text they stand, as the record keeps it."""
    return ", ".join(str(one) for one in sentences)[:500]
