"""Reads: the route of a form, what waits for whom, the course of an approval."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.approvals.models import Approval, Deed, Route, Stage
from xietong.kit.approvals.routes import FORMS, Step


@dataclass(frozen=True, slots=True)
class Course:
    """An approval with its steps in order and what has been done, the latest first."""

    row: Approval
    stages: tuple[Stage, ...]
    deeds: tuple[Deed, ...]

    @property
    def open_stage(self) -> Stage | None:
        return next((one for one in self.stages if one.state == Stage.State.OPEN), None)

    @property
    def reached(self) -> int:
        """The number of the first step, from 1, that has not been agreed to; one more than there are if all have."""
        agreed = [one.state == Stage.State.AGREED for one in self.stages]
        return [*agreed, False].index(False) + 1

    @property
    def nobody_acted(self) -> bool:
        return all(one.state in (Stage.State.WAITING, Stage.State.OPEN) for one in self.stages)


def route_of(county_id: int, form: str) -> tuple[Step, ...]:
    """The steps that a county has set, or the form's own."""
    row = Route.objects.filter(county_id=county_id, form=form).first()
    return tuple(map(Step.kept, row.steps)) if row else FORMS[form].steps


def waits_for(actor: Actor) -> Q:
    """Stages that an actor may answer: named himself, or any of his role, at his unit where the step says so."""
    at_place = Q(org_id=None) | Q(org_id__in=actor.orgs)
    by_role = Q(account_id=None, role=actor.role, county_id__in=actor.counties) & at_place
    by_name = Q(account_id=actor.account_id) if actor.account_id else Q(pk__in=[])
    return by_role | by_name


def waiting(actor: Actor) -> QuerySet[Stage]:
    """What waits for an actor, the oldest first."""
    return (
        Stage.objects.filter(waits_for(actor), state=Stage.State.OPEN)
        .select_related("approval")
        .order_by("opened_at", "pk")
    )


def accounts_in_use(accounts: Iterable[int]) -> set[int]:
    """Of these accounts, those that somebody can sign in to: whoever has left has none."""
    return set(Account.objects.filter(pk__in=accounts, is_active=True).values_list("pk", flat=True))


def took_part(actor: Actor) -> Q:
    """Approvals that an actor started or that have a stage for him."""
    stages = Stage.objects.filter(waits_for(actor)).exclude(state=Stage.State.WAITING).values("approval_id")
    mine = Q(starter_id=actor.account_id) if actor.account_id else Q(pk__in=[])
    return mine | Q(pk__in=stages)


def course(approval: Approval) -> Course:
    return Course(
        approval,
        tuple(approval.stages.order_by("order", "pk")),
        tuple(approval.deeds.order_by("-at", "-pk")),
    )


def latest(form: str, owner_id: int) -> Approval | None:
    """The approval that a row is in, or was in last."""
    return Approval.objects.filter(form=form, owner_id=owner_id).order_by("-started_at", "-pk").first()
