"""Reads: what presses on a task (reminders and who read them, follow-ups, instructions), and whom to press."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.orgs.models import Organisation, OrgKind
from xietong.areas.people import queries as people
from xietong.areas.plans import access
from xietong.areas.plans.models import FollowUp, Instruction, Plan, Reminder, Report, Task
from xietong.areas.plans.queries.work import resting, rules_for
from xietong.areas.plans.rules.states import OPEN, Deed, FollowUpState, ReportState, TaskState
from xietong.kit.access.permissions import fetch, may, visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.files.models import Attachment
from xietong.kit.files.queries import attachments
from xietong.kit.notices.queries import readings
from xietong.kit.words import for_the_record

REMINDED = "plans.remind"  # the kind of a reminder's notice
FOLLOW_UP_OWNER = "plans.follow_up"
INSTRUCTION_OWNER = "plans.instruction"
REMINDERS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Receipt:
    """Somebody of the unit, and when he read the reminder if he did."""

    name: str
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReminderView:
    row: Reminder
    receipts: tuple[Receipt, ...]

    @property
    def read(self) -> tuple[Receipt, ...]:
        return tuple(one for one in self.receipts if one.read_at)

    @property
    def unread(self) -> tuple[Receipt, ...]:
        return tuple(one for one in self.receipts if not one.read_at)


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """A follow-up with the files of its reply, and what the actor may do about it now."""

    row: FollowUp
    files: tuple[Attachment, ...]
    late: bool
    may_reply: bool
    may_return: bool
    may_lift: bool


@dataclass(frozen=True, slots=True)
class InstructionView:
    row: Instruction
    files: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Pressing:
    """Everything that presses on one task, the latest first. `supervised` is the follow-up that lasts."""

    reminders: tuple[ReminderView, ...]
    more_reminders: int
    follow_ups: tuple[FollowUpView, ...]
    instructions: tuple[InstructionView, ...]
    may_remind: bool
    may_supervise: bool
    may_instruct: bool

    @property
    def supervised(self) -> FollowUpView | None:
        return next((one for one in self.follow_ups if one.row.state != FollowUpState.LIFTED.value), None)


def pressing_of(actor: Actor, task: Task, today: date) -> Pressing:
    rows = task.reminders.select_related("unit").order_by("-at", "-pk")
    shown = list(rows[:REMINDERS_SHOWN])
    follow_ups = list(task.follow_ups.select_related("unit", "task").order_by("-at", "-pk"))
    instructions = list(task.instructions.order_by("-on", "-pk"))
    replies = attachments(FOLLOW_UP_OWNER, [one.pk for one in follow_ups])
    scans = attachments(INSTRUCTION_OWNER, [one.pk for one in instructions])
    office = access.REMIND_TASK.held_by(actor)
    lasts = any(one.state != FollowUpState.LIFTED.value for one in follow_ups)
    leads = lasts and speaks_for(actor, task)
    return Pressing(
        receipts_of(task, shown, today),
        rows.count() - len(shown) if len(shown) == REMINDERS_SHOWN else 0,
        tuple(
            view_of(one, tuple(replies[one.pk]), today, leads=leads, office=office, open_task=is_open(task))
            for one in follow_ups
        ),
        tuple(InstructionView(one, tuple(scans[one.pk])) for one in instructions),
        may_remind=office and access.REMIND_TASK.unless(task) is None,
        may_supervise=office and not lasts and access.cannot(Deed.SUPERVISE)(task) is None,
        may_instruct=office and access.INSTRUCT_TASK.unless(task) is None,
    )


def is_open(task: Task) -> bool:
    return TaskState(task.state) in OPEN


def speaks_for(actor: Actor, task: Task) -> bool:
    return access.REPLY_FOLLOW_UP.held_by(actor) and task.lead_unit_id in actor.orgs


def view_of(
    row: FollowUp, files: tuple[Attachment, ...], today: date, *, leads: bool, office: bool, open_task: bool
) -> FollowUpView:
    waits, replied = row.state == FollowUpState.OPEN.value, row.state == FollowUpState.REPLIED.value
    return FollowUpView(
        row,
        files,
        late=waits and row.due_on < today,
        may_reply=leads and waits and open_task,
        may_return=office and replied and open_task,
        may_lift=office and (waits or replied),
    )


def receipts_of(task: Task, rows: list[Reminder], today: date) -> tuple[ReminderView, ...]:
    """Who of each reminded unit has read its notice since: that of the task, or of many tasks at once."""
    if not rows:
        return ()
    by_unit = {unit: people.accounts_of_unit(task.county_id, unit, today) for unit in {one.unit_id for one in rows}}
    everybody = {account for accounts in by_unit.values() for account in accounts}
    if task.owner and task.owner.account_id:
        everybody.add(task.owner.account_id)
    names = people.names_of_accounts(everybody)
    single, many = reverse("plans:task", args=[task.pk]), reverse("plans:my_tasks")
    read = readings(everybody, kind=REMINDED, urls=(single, many), since=min(one.at for one in rows))
    together = bundles(task.county_id, rows)
    views = []
    for row in rows:
        bundled = (row.unit_id, row.at) in together
        accounts = by_unit[row.unit_id]
        if not bundled and task.owner and task.owner.account_id:
            accounts = sorted({*accounts, task.owner.account_id})
        times = {
            account: next((at for at in read.get((account, many if bundled else single), []) if at >= row.at), None)
            for account in accounts
        }
        views.append(
            ReminderView(row, tuple(Receipt(names.get(account, ""), times[account]) for account in accounts))
        )
    return tuple(views)


def bundles(county_id: int, rows: list[Reminder]) -> set[tuple[int, datetime]]:
    """(unit, moment) of those reminders that were sent together with others, of this unit or of more."""
    found = Reminder.objects.filter(county_id=county_id, at__in={one.at for one in rows})
    together = {at for at, n in found.values_list("at").annotate(n=Count("pk")) if n > 1}
    return {(one.unit_id, one.at) for one in rows if one.at in together}


def task_to_remind(actor: Actor, pk: int) -> Task:
    return fetch(actor, access.REMIND_TASK, pk, join=("lead_unit", "owner"))


def tasks_to_remind(actor: Actor) -> QuerySet[Task]:
    """The tasks of the register that the actor may remind units of; those not open are left out by the deed."""
    return visible(actor, access.REMIND_TASK).select_related("lead_unit", "clause", "owner", "phase")


def task_to_supervise(actor: Actor, pk: int) -> Task:
    return fetch(actor, access.SUPERVISE_TASK, pk, join=("lead_unit", "owner"))


def task_to_instruct(actor: Actor, pk: int) -> Task:
    return fetch(actor, access.INSTRUCT_TASK, pk, join=("lead_unit",))


def plan_to_instruct(actor: Actor, pk: int) -> Plan:
    return fetch(actor, access.ADD_INSTRUCTED, pk)


def plan_for_instruction(actor: Actor) -> Plan | None:
    """The plan in force that a leader's instruction adds a task to."""
    rows = visible(actor, access.ADD_INSTRUCTED).filter(state=Plan.State.ISSUED).defer("source_text")
    return rows.order_by("-issued_on", "-pk").first()


def next_instructed(plan: Plan) -> str:
    """批-1, 批-2: the next number of a task that a leader's instruction made; the caller holds the plan."""
    with for_the_record():
        letter = _("批")
    used = set(plan.tasks.filter(number__startswith=f"{letter}-").values_list("number", flat=True))
    return next(name for n in range(1, len(used) + 2) if (name := f"{letter}-{n}") not in used)


def follow_ups(actor: Actor) -> QuerySet[FollowUp]:
    rows = visible(actor, access.VIEW_FOLLOW_UP)
    return rows.select_related("task", "unit")


def follow_up_page(actor: Actor, pk: int, today: date) -> FollowUpView:
    row = fetch(actor, access.VIEW_FOLLOW_UP, pk, join=("task__plan", "task__lead_unit", "unit", "county"))
    files = tuple(attachments(FOLLOW_UP_OWNER, [row.pk])[row.pk])
    office = access.LIFT_FOLLOW_UP.held_by(actor)
    leads = speaks_for(actor, row.task) and may(actor, access.REPLY_FOLLOW_UP, row)
    return view_of(row, files, today, leads=leads, office=office, open_task=is_open(row.task))


def follow_up_to_reply(actor: Actor, pk: int) -> FollowUp:
    return fetch(actor, access.REPLY_FOLLOW_UP, pk, join=("task__owner", "unit"))


def follow_up_to_return(actor: Actor, pk: int) -> FollowUp:
    return fetch(actor, access.RETURN_REPLY, pk, join=("task__owner", "unit"))


def follow_up_to_lift(actor: Actor, pk: int) -> FollowUp:
    return fetch(actor, access.LIFT_FOLLOW_UP, pk, join=("task__owner", "unit"))


def follow_ups_to_reply(actor: Actor) -> QuerySet[FollowUp]:
    """Those that wait for the actor's unit, the most urgent first."""
    rows = visible(actor, access.REPLY_FOLLOW_UP).filter(state=FollowUpState.OPEN.value)
    return rows.filter(task__state__in=sorted(OPEN)).select_related("task", "unit").order_by("due_on", "pk")


def follow_ups_to_answer(actor: Actor) -> QuerySet[FollowUp]:
    """Those that wait for the office: answered, or of a task that has ended meanwhile."""
    rows = visible(actor, access.LIFT_FOLLOW_UP).exclude(state=FollowUpState.LIFTED.value)
    waiting = Q(state=FollowUpState.REPLIED.value) | ~Q(task__state__in=sorted(OPEN))
    return rows.filter(waiting).select_related("task", "unit").order_by("due_on", "pk")


def follow_up_states() -> list[tuple[str, object]]:
    return list(FollowUp.STATES)


def follow_up_years(actor: Actor) -> list[tuple[int, str]]:
    years = visible(actor, access.VIEW_FOLLOW_UP).values_list("year", flat=True).distinct().order_by("-year")
    return [(year, str(year)) for year in years]


def units_followed_up(actor: Actor) -> list[tuple[int, str]]:
    """The units of the follow-ups that an actor sees, in official order, for the filter."""
    units = visible(actor, access.VIEW_FOLLOW_UP).values("unit_id")
    return [(one.pk, str(one)) for one in Organisation.objects.filter(pk__in=units).order_by("order", "pk")]


def follow_up_url(pk: int) -> str:
    return reverse("plans:follow_up", args=[pk])


@dataclass(frozen=True, slots=True)
class Unfiled:
    """A unit and its tasks that are due and have not been reported on, in the order of their days."""

    unit: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class PressPage:
    """Who has not filed, in official order, and who asks."""

    units: tuple[Unfiled, ...]
    signed_by: str
    today: date

    @property
    def total(self) -> int:
        return sum(len(one.tasks) for one in self.units)


def press_page(actor: Actor, rows: QuerySet[Task], today: date) -> PressPage:
    """Of these tasks, those that are open, due soon or overdue, and have no report that waits."""
    waiting = Report.objects.filter(state=ReportState.SUBMITTED.value, county_id__in=actor.counties)
    due = rows.filter(due_soon(actor, today)).exclude(pk__in=waiting.values("task_id"))
    units: dict[int, Unfiled] = {}
    for task in due.select_related("lead_unit").order_by("lead_unit__order", "lead_unit_id", "light_on", "pk"):
        unit = task.lead_unit_id or 0
        before = units[unit].tasks if unit in units else ()
        units[unit] = Unfiled(str(task.lead_unit), (*before, task))
    return PressPage(tuple(units.values()), actor.org_name, today)


def due_soon(actor: Actor, today: date) -> Q:
    """Open, and past the due day or in its yellow days; what rests in the vacation is not asked for."""
    condition = Q(pk__in=[])
    for county_id, rule in rules_for(actor, today).items():
        due = Q(county_id=county_id, state__in=sorted(OPEN), light_on__lte=rule.yellow_until)
        condition |= due & ~resting(rule)
    return condition


def office_of(county_id: int) -> str:
    """The full name of the leading group's office, which signs for the group; nothing where there is none."""
    rows = Organisation.objects.filter(county_id=county_id, kind=OrgKind.GROUP_OFFICE, closed_on=None)
    return rows.order_by("order", "pk").values_list("name", flat=True).first() or ""
