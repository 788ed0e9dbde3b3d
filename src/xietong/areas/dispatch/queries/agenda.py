"""Reads: the facts that a meeting may have to speak about."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from xietong.areas.dispatch import access
from xietong.areas.dispatch.models import Decision, Entry, Meeting
from xietong.areas.dispatch.queries.decisions import FILED, late, numbered
from xietong.areas.dispatch.queries.still import open_tasks, still_tasks
from xietong.areas.dispatch.rules.agenda import Fact, Source
from xietong.areas.dispatch.rules.states import PENDING
from xietong.areas.plans import queries as plans
from xietong.areas.plans.models import FollowUp, Plan, Report, Task
from xietong.areas.plans.rules.states import FollowUpState, ReportState
from xietong.kit.access.permissions import visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.words import for_the_record

SENT_BACK_TIMES = 2
TITLE = 200


def facts(actor: Actor, meeting: Meeting, today: date) -> list[Fact]:
    """Everything that could go on the agenda of a meeting, the most urgent of each kind first."""
    with for_the_record():
        return [
            *decided(actor, meeting, today),
            *matters(meeting),
            *of_tasks(Source.RED, plans.late_tasks(actor, today).filter(plan__state=Plan.State.ISSUED)),
            *of_tasks(Source.STILL, still_tasks(actor, today)),
            *of_tasks(Source.DISPUTED, disputed(actor)),
        ]


def decided(actor: Actor, meeting: Meeting, today: date) -> Iterator[Fact]:
    """What earlier meetings decided and is not settled, and whatever is overdue."""
    rows = visible(actor, access.VIEW_DECISION).filter(state__in=sorted(PENDING)).exclude(meeting=meeting)
    overdue = late(plans.rules_for(actor, today))
    earlier = Q(meeting__starts_at__lt=meeting.starts_at)
    late_keys = set(rows.filter(overdue).values_list("pk", flat=True))
    for row in rows.filter(earlier | overdue).select_related("unit", "meeting").order_by("due_on", "pk"):
        source = Source.OVERDUE if row.pk in late_keys else Source.OPEN
        yield Fact(source, row.pk, row.text[:TITLE], note_of(row), str(row.unit), row.task_id)


def note_of(row: Decision) -> str:
    where = row.meeting.title if row.meeting else row.get_kind_display()
    said = {"number": numbered(row), "where": where, "day": row.due_on.isoformat(), "state": row.get_state_display()}
    return _("%(number)s，%(where)s，期限%(day)s，%(state)s") % said


def matters(meeting: Meeting) -> Iterator[Fact]:
    """What units cannot settle by themselves, from the filings of the meeting's cycle."""
    rows = Entry.objects.filter(filing__cycle_id=meeting.cycle_id or 0, filing__state__in=FILED).exclude(problem="")
    rows = rows.select_related("filing__unit", "task", "decision", "filing__cycle")
    for row in rows.order_by("filing__unit__order", "filing__unit_id", "pk"):
        yield Fact(Source.MATTER, row.pk, row.problem[:TITLE], str(row), str(row.filing.unit), row.task_id)


def of_tasks(source: Source, rows: QuerySet[Task]) -> Iterator[Fact]:
    for task in rows.select_related("lead_unit"):
        note = _("任务%(number)s，期限%(day)s") % {"number": task.number, "day": task.due_on}
        yield Fact(source, task.pk, task.title[:TITLE], note, str(task.lead_unit), task.pk)


def disputed(actor: Actor) -> QuerySet[Task]:
    """Tasks whose report was sent back twice and waits again, or whose answer to a follow-up was sent back."""
    back: Any = Count("reports", filter=Q(reports__state=ReportState.SENT_BACK.value), distinct=True)
    waits = Report.objects.filter(task=OuterRef("pk"), state=ReportState.SUBMITTED.value)
    returned = FollowUp.objects.filter(task=OuterRef("pk"), state=FollowUpState.OPEN.value).exclude(opinion="")
    found = Q(Exists(waits), back__gte=SENT_BACK_TIMES) | Q(Exists(returned))
    return open_tasks(actor).annotate(back=back).filter(found).order_by("light_on", "pk")
