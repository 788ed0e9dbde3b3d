"""Reads: rounds of 征求意见, who was asked, what they said."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from xietong.areas.plans import access
from xietong.areas.plans.models import Comment, Consultation, Consulted, Plan, Task
from xietong.areas.plans.queries.work import clauses_of, drafts
from xietong.kit.access.permissions import fetch, may, visible
from xietong.kit.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class Round:
    """One round with the units asked, in official order, each with its comments."""

    row: Consultation
    units: tuple[Consulted, ...]

    @property
    def answered(self) -> int:
        return sum(one.answered_at is not None for one in self.units)

    @property
    def undecided(self) -> int:
        return sum(not comment.verdict for one in self.units for comment in one.comments.all())


@dataclass(frozen=True, slots=True)
class ConsultedPage:
    """What a unit is asked about: the draft's clauses and tasks, and what the unit has said so far."""

    row: Consulted
    plan: Plan
    tasks: tuple[Task, ...]
    comments: tuple[Comment, ...]
    may_answer: bool


def rounds(plan: Plan) -> tuple[Round, ...]:
    """Every round, the latest first, in a fixed number of queries."""
    comments = Prefetch("comments", queryset=Comment.objects.order_by("at", "pk"))
    units = Consulted.objects.select_related("unit").prefetch_related(comments).order_by("unit__order", "unit_id")
    rows = plan.consultations.prefetch_related(Prefetch("units", queryset=units)).order_by("-number")
    return tuple(Round(row, tuple(row.units.all())) for row in rows)


def consulted_page(actor: Actor, pk: int) -> ConsultedPage:
    row = fetch(actor, access.VIEW_CONSULTED, pk, join=("consultation__plan", "unit"))
    plan = row.consultation.plan
    return ConsultedPage(
        row,
        plan,
        tuple(drafts(plan)),
        tuple(row.comments.order_by("at", "pk")),
        may(actor, access.ANSWER_CONSULTED, row) or may(actor, access.ENTER_CONSULTED, row),
    )


def consulted_to_answer(actor: Actor, pk: int) -> Consulted:
    return fetch(actor, access.ANSWER_CONSULTED, pk, join=("consultation__plan", "unit"))


def consulted_to_enter(actor: Actor, pk: int) -> Consulted:
    return fetch(actor, access.ENTER_CONSULTED, pk, join=("consultation__plan", "unit"))


def comment_to_answer(actor: Actor, pk: int) -> Comment:
    return fetch(actor, access.ANSWER_COMMENT, pk, join=("consulted__consultation", "consulted__unit"))


def asked_of_us(actor: Actor) -> QuerySet[Consulted]:
    """What waits for the answer of the actor's unit, the most urgent first."""
    return (
        visible(actor, access.ANSWER_CONSULTED)
        .filter(answered_at=None, consultation__closed_on=None)
        .select_related("consultation__plan", "unit")
        .order_by("consultation__due_on", "pk")
    )


def places(plan: Plan) -> Iterator[tuple[str, str]]:
    """What a comment may be about: a clause, or a task, as choices of a form."""
    for clause in clauses_of(plan):
        if clause.heading:
            yield f"c{clause.pk}", f"{clause.number} {clause.heading}"
    for task in drafts(plan):
        yield f"t{task.pk}", str(task)


def verdict_choices() -> list[tuple[str, Any]]:
    return list(Comment.Verdict.choices)


def round_to_close(plan: Plan, pk: int) -> Consultation:
    return get_object_or_404(plan.consultations, pk=pk)


def place_named(plan: Plan, about: str) -> dict[str, Any]:
    """What a choice of `places` means: a clause or a task of the plan, or nothing for the plan as a whole."""
    if about.startswith("c"):
        return {"clause": plan.clauses.get(pk=int(about[1:]))}
    if about.startswith("t"):
        return {"task": plan.tasks.get(pk=int(about[1:]))}
    return {}
