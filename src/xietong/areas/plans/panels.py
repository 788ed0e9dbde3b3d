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
    yield from returned(actor)
    yield from supporting(actor, today)
    yield from consulted(actor)
    yield from follow_ups(actor, today)


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


def returned(actor: Actor) -> Iterator[Todo]:
    """Tasks that a unit has given back: to another unit with them, or not."""
    if not access.REASSIGN_TASK.held_by(actor):
        return
    for task in queries.returned_tasks(actor)[:MOST]:
        yield Todo(
            label=_("退件待处理"),
            tone="red",
            title=task.title,
            url=reverse("plans:task", args=[task.pk]),
            org=str(task.lead_unit),
            due_on=task.due_on,
            since=task.moved_at,
        )


def supporting(actor: Actor, today: date) -> Iterator[Todo]:
    """Tasks that one's unit supports and has filed nothing on yet."""
    if not access.CONTRIBUTE.held_by(actor):
        return
    rows = queries.duties_to_support(actor, by=queries.month_ahead(today))[:MOST]
    for task in rows:
        yield Todo(
            label=_("待协办填报"),
            tone="blue",
            title=task.title,
            url=reverse("plans:task", args=[task.pk]),
            org=str(task.lead_unit),
            due_on=task.due_on,
            is_offered=True,
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


def follow_ups(actor: Actor, today: date) -> Iterator[Todo]:
    """Follow-ups that one's unit has to answer, and those that the office has to lift or send back."""
    if access.REPLY_FOLLOW_UP.held_by(actor):
        for row in queries.follow_ups_to_reply(actor)[:MOST]:
            yield Todo(
                label=_("督办待回复"),
                tone="red",
                title=row.task.title,
                url=queries.follow_up_url(row.pk),
                org=str(row.unit),
                due_on=row.due_on,
                light=Light.RED.value if row.due_on < today else Light.NONE.value,
            )
    if access.LIFT_FOLLOW_UP.held_by(actor):
        for row in queries.follow_ups_to_answer(actor)[:MOST]:
            yield Todo(
                label=_("督办待处理"),
                tone="orange",
                title=row.task.title,
                url=queries.follow_up_url(row.pk),
                org=str(row.unit),
                due_on=row.due_on,
                since=row.replied_at,
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


# ---- the page of one organisation


def unit_tasks(actor: Actor, today: date, unit: int) -> dict[str, Any] | None:
    if not access.VIEW_TASK.held_by(actor):
        return None
    return {"unit": unit, "page": queries.unit_tasks(actor, unit, today)}


def unit_ahead(actor: Actor, today: date, unit: int) -> dict[str, Any] | None:
    if not access.VIEW_TASK.held_by(actor):
        return None
    return {"parts": queries.unit_ahead(actor, unit).parts, "today": today}


def unit_follow_ups(actor: Actor, today: date, unit: int) -> dict[str, Any] | None:
    """Shown only where there are some: a unit that is followed up is the exception."""
    if not access.VIEW_TASK.held_by(actor):
        return None
    rows = queries.unit_follow_ups(actor, unit)
    return {"rows": rows, "today": today} if rows else None


def unit_reports(actor: Actor, _today: date, unit: int) -> dict[str, Any] | None:
    if not access.VIEW_REPORT.held_by(actor):
        return None
    return {"reports": queries.unit_reports(actor, unit)}


def unit_supports(actor: Actor, today: date, unit: int) -> dict[str, Any] | None:
    if not access.VIEW_TASK.held_by(actor):
        return None
    return {"rows": queries.unit_supports(actor, unit, today)}
