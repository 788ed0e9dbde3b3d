"""What tasks publish: how many fall due in a month, and how many of those are done."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xietong.areas.plans.models import Plan, Task
from xietong.areas.plans.rules.states import TaskState
from xietong.kit.marking import gettext_noop
from xietong.kit.measures.declare import Grain, Measure, Origin, Publication, Row
from xietong.kit.measures.models import Value

DUE, DONE = "tasks_due", "tasks_done"
LEFT_OUT = (TaskState.DRAFT.value, TaskState.CANCELLED.value)


def counted(county_id: int) -> dict[int, tuple[int, int]]:
    """Month → tasks due in it and those of them that are done, of the plans in force, in one question."""
    rows = (
        Task.objects.filter(county_id=county_id, plan__state__in=Plan.IN_FORCE, due_on__isnull=False)
        .exclude(state__in=LEFT_OUT)
        .values("due_on__year", "due_on__month")
        .annotate(due=Count("pk"), done=Count("pk", filter=Q(state=TaskState.VERIFIED.value)))
        .order_by()
    )
    return {100 * row["due_on__year"] + row["due_on__month"]: (row["due"], row["done"]) for row in rows}


def months_that_moved(county_id: int) -> list[int]:
    """The months whose stored values are not what the tasks say now."""
    wanted = counted(county_id)
    stored: dict[int, dict[str, int]] = {}
    for month, name, value in Value.objects.filter(county_id=county_id, measure__in=[DUE, DONE]).values_list(
        "period", "measure", "value"
    ):
        stored.setdefault(month, {})[name] = int(value)
    held = {month: (one.get(DUE, 0), one.get(DONE, 0)) for month, one in stored.items()}
    return sorted(month for month in wanted.keys() | held.keys() if wanted.get(month) != held.get(month))


def rows(county_id: int, period: int) -> Iterator[Row]:
    due, done = counted(county_id).get(period, (0, 0))
    if due:
        yield Row(DUE, 0, "", Decimal(due))
        yield Row(DONE, 0, "", Decimal(done))


def origins(measure: str, county_id: int, period: int, _unit_id: int, _stage: str) -> Iterator[Origin]:
    """The tasks that fall due in the month; of the second measure those that are done."""
    found = Task.objects.filter(
        county_id=county_id,
        plan__state__in=Plan.IN_FORCE,
        due_on__year=period // 100,
        due_on__month=period % 100,
    ).exclude(state__in=LEFT_OUT)
    if measure == DONE:
        found = found.filter(state=TaskState.VERIFIED.value)
    for task in found.select_related("lead_unit").order_by("due_on", "pk"):
        url = reverse("plans:task", args=[task.pk])
        yield Origin(task.title, task.get_state_display(), str(task.lead_unit or ""), task.due_on, url)


PUBLICATION = Publication(
    "plans",
    Grain.COUNTY_MONTH,
    (
        Measure(DUE, _("当月到期的任务数"), gettext_noop("项")),
        Measure(DONE, _("当月到期并已核验办结的任务数"), gettext_noop("项")),
    ),
    rows,
    origins,
)
