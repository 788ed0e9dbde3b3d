"""What this area puts on the workbench: to-dos of every role, where the plan stands, what is late, what is new."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.plans import access, queries
from xietong.areas.plans.rules.lights import Light
from xietong.kit.accounts.actor import Actor
from xietong.kit.pages.panels import Todo

MOST = 30
FEW = 6


def todos(actor: Actor, today: date) -> Iterator[Todo]:
    yield from duties(actor, today)
    yield from reviews(actor)
    yield from extensions(actor)
    yield from consulted(actor)


def duties(actor: Actor, today: date) -> Iterator[Todo]:
    """What one's unit has to receive or to report on."""
    if not access.REPORT_TASK.held_by(actor):
        return
    rows = queries.open_duties(actor)[:MOST]
    rules = queries.rules_for(actor, today)
    for task in rows:
        waiting = task.state == "issued"
        yield Todo(
            label=_("待接收") if waiting else _("待填报"),
            tone="orange" if waiting else "blue",
            title=task.title,
            url=reverse("plans:task", args=[task.pk]),
            org=str(task.lead_unit),
            due_on=task.due_on,
            light=queries.light_of(task, rules).value,
        )


def reviews(actor: Actor) -> Iterator[Todo]:
    if not access.REVIEW_REPORT.held_by(actor):
        return
    for report in queries.waiting_reports(actor)[:MOST]:
        yield Todo(
            label=_("待办结审核") if report.claims_completion else _("待审核"),
            tone="orange",
            title=report.task.title,
            url=reverse("plans:task", args=[report.task_id]),
            org=str(report.unit),
            due_on=report.task.due_on,
            since=report.at,
        )


def extensions(actor: Actor) -> Iterator[Todo]:
    """Later days that the office is asked for."""
    if not access.ANSWER_EXTENSION.held_by(actor):
        return
    for row in queries.waiting_extensions(actor)[:MOST]:
        yield Todo(
            label=_("延期申请"),
            tone="orange",
            title=row.task.title,
            url=reverse("plans:task", args=[row.task_id]),
            org=str(row.unit),
            due_on=row.due_on,
            since=row.at,
        )


def consulted(actor: Actor) -> Iterator[Todo]:
    """Drafts that one's unit is asked about."""
    if not access.ANSWER_CONSULTED.held_by(actor):
        return
    for row in queries.asked_of_us(actor)[:MOST]:
        yield Todo(
            label=_("征求意见"),
            tone="blue",
            title=row.consultation.plan.title,
            url=reverse("plans:consulted", args=[row.pk]),
            org=str(row.unit),
            due_on=row.consultation.due_on,
        )


def standing(actor: Actor, today: date) -> dict[str, Any] | None:
    """Where the plan in force stands, for whoever looks after all of it."""
    if actor.role not in COUNTY_WIDE:
        return None
    plan = queries.current_plan(actor)
    return {"plan": plan, "page": queries.plan_page(actor, plan.pk, today) if plan else None}


def late(actor: Actor, today: date) -> dict[str, Any] | None:
    if not access.VIEW_TASK.held_by(actor):
        return None
    rows = list(queries.late_tasks(actor, today)[: FEW + 1])
    url = f"{reverse('plans:tasks')}?light={Light.RED.value}"
    return {"tasks": rows[:FEW], "more": len(rows) > FEW, "url": url}


def new(actor: Actor, _today: date) -> dict[str, Any] | None:
    if not access.VIEW_TASK.held_by(actor):
        return None
    rows = list(queries.moved_tasks(actor)[:FEW])
    steps = queries.last_steps(rows)
    return {"moves": [(row, steps.get(row.pk)) for row in rows]}


def counties(actor: Actor, _today: date) -> dict[str, Any] | None:
    """The stored totals of the counties that an observer sees, summed up."""
    if not access.VIEW_STANDING.held_by(actor):
        return None
    return {"sums": queries.standing_sums(actor), "url": reverse("plans:standings")}


COUNTY_WIDE = frozenset(access.WATCHERS) | {"office"}
