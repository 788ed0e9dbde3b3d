"""Reads: reports that the steps of a county's own route answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from xietong.areas.orgs.models import Role
from xietong.areas.plans.access import REPORT_FORM
from xietong.areas.plans.models import Report
from xietong.areas.plans.rules.states import ReportState
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.models import Approval, Stage
from xietong.kit.approvals.queries import latest, route_of, waits_for
from xietong.kit.approvals.routes import FORMS


@dataclass(frozen=True, slots=True)
class Waiting:
    """The step at which a report waits; `opens` where the actor may read the approval itself."""

    stage: Stage
    opens: bool


def has_route(county_id: int) -> bool:
    """Whether a county has set steps of its own for reports; without any the office answers alone."""
    return route_of(county_id, REPORT_FORM) != FORMS[REPORT_FORM].steps


def report(pk: int) -> Report:
    return Report.objects.select_related("task").get(pk=pk)


def approval_of(report: Report) -> Approval | None:
    return latest(REPORT_FORM, report.pk)


def last_opinion(report: Report) -> str:
    """What was said by whoever answered the last step."""
    running = approval_of(report)
    said = running.deeds.order_by("-at", "-pk").first() if running else None
    return said.opinion if said else ""


def waiting_at(actor: Actor, reports: Iterable[Report]) -> dict[int, Waiting]:
    """Report → the step at which it waits, for those that are on a route."""
    keys = [one.pk for one in reports if one.by_route and one.state == ReportState.SUBMITTED.value]
    if not keys:
        return {}
    stages = Stage.objects.filter(approval__form=REPORT_FORM, approval__owner_id__in=keys, state=Stage.State.OPEN)
    asked = set(stages.filter(waits_for(actor)).values_list("pk", flat=True))
    office = actor.role == Role.OFFICE
    return {
        stage.approval.owner_id: Waiting(stage, office or stage.pk in asked or by(actor, stage.approval))
        for stage in stages.select_related("approval")
    }


def by(actor: Actor, approval: Approval) -> bool:
    return actor.account_id is not None and approval.starter_id == actor.account_id
