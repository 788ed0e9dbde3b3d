"""Which rows: plans and tasks as far as a role reaches."""

from django.db.models import Q

from xietong.areas.orgs.access import (
    COUNTY_STAFF,
    NOTHING,
    SCHOOL_STAFF,
    UNIVERSITY_STAFF,
    own_county,
    reached_counties,
    to,
)
from xietong.areas.orgs.models import Role
from xietong.areas.plans.models import Plan, Task, TaskSupport
from xietong.areas.plans.rules.states import TaskState
from xietong.kit.access.permissions import Scope
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.models import Approval
from xietong.kit.approvals.queries import took_part

PLAN_FORM = "plans.plan"  # under which a plan goes on its route of approval
CHANGE_FORM = "plans.change"  # and a change of an issued one
REPORT_FORM = "plans.report"  # and a report, in a county that has more than the office look at it
WATCHERS = tuple(role for role in COUNTY_STAFF if role not in {Role.OFFICE, Role.MEMBER_UNIT})
DOERS = (
    Role.SCHOOL_HEAD,
    Role.SCHOOL_LIAISON,
    Role.LEAD_SCHOOL,
    Role.DEVELOPMENT_CENTRE,
    Role.MEMBER_UNIT,
    Role.SECTION_CLERK,
    Role.SECTION_HEAD,
    Role.UNIVERSITY_COORDINATOR,
)


def issued_plans(actor: Actor) -> Q:
    return reached_counties(actor) & Q(state__in=Plan.IN_FORCE)


def plans_to_sign(actor: Actor) -> Q:
    """Plans whose approval one has to sign, or has signed."""
    asked = Approval.objects.filter(took_part(actor), form=PLAN_FORM)
    return Q(pk__in=asked.values("owner_id"))


def issued_or_to_sign(actor: Actor) -> Q:
    return issued_plans(actor) | plans_to_sign(actor)


def issued_here(actor: Actor) -> Q:
    """Every issued task of one's own county."""
    return own_county(actor) & ~Q(state=TaskState.DRAFT.value)


def concerns_us(actor: Actor) -> Q:
    """Issued tasks that one's unit leads or supports, in the counties reached."""
    supported = TaskSupport.objects.filter(unit_id__in=actor.orgs).values("task_id")
    ours = Q(lead_unit_id__in=actor.orgs) | Q(pk__in=supported)
    return reached_counties(actor) & ours & ~Q(state=TaskState.DRAFT.value)


def we_lead(actor: Actor) -> Q:
    return reached_counties(actor) & Q(lead_unit_id__in=actor.orgs) & ~Q(state=TaskState.DRAFT.value)


def i_own(actor: Actor) -> Q:
    """Issued tasks whose person in charge one is."""
    if actor.person_id is None:
        return NOTHING
    return we_lead(actor) & Q(owner_id=actor.person_id)


def of_tasks(tasks: Scope) -> Scope:
    """What hangs on the tasks of a scope: reports, parts, what supporting units have filed."""
    return lambda actor: reached_counties(actor) & Q(task_id__in=Task.objects.filter(tasks(actor)).values("pk"))


def past_of(plans: Scope) -> Scope:
    """What was entered of the past of the plans of a scope."""
    return lambda actor: Q(plan_id__in=Plan.objects.filter(plans(actor)).values("pk"))


def our_unit(actor: Actor) -> Q:
    """What one's own unit, or a dependant that it files for, has been asked."""
    return reached_counties(actor) & Q(unit_id__in=actor.orgs)


VIEW_TASK_SCOPES: dict[str, Scope] = {
    Role.OFFICE.value: own_county,
    **to(WATCHERS, issued_here),
    **to((*SCHOOL_STAFF, Role.MEMBER_UNIT, *UNIVERSITY_STAFF), concerns_us),
}
