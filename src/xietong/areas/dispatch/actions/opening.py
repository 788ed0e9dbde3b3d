"""A cycle is opened: every unit gets its filing with what it is asked, batch by batch."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.dispatch import queries
from xietong.areas.dispatch.access import CHANGE_CYCLE
from xietong.areas.dispatch.actions.refusals import BadDay, NobodyAsked, NotYet, hold
from xietong.areas.dispatch.actions.telling import tell_units
from xietong.areas.dispatch.models import Cycle, Entry, EntryMilestone, Filing
from xietong.areas.dispatch.queries.asking import Asked
from xietong.areas.dispatch.rules.states import WITH_THE_UNIT, CycleState, EntryKind, is_typed
from xietong.areas.orgs.models import Organisation
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.records.writing import add, change
from xietong.kit.words import for_the_record

OPEN = "dispatch.open"
BATCH = 500


def open_month(actor: Actor, *, due_on: date, now: datetime) -> Cycle:
    """This function will open the county's next monthly cycle, and have every unit asked by a job.

    Raises
        NotYet: its days have not begun.
        BadDay: it would be due before its days are over, or in the past.
        NobodyAsked: no unit has a task or a decision.
        Refused: it has been opened already.
    """
    today = day_of(now)
    stretch = queries.next_stretch(actor.home, today)
    if stretch.span_from > today:
        said = {"label": queries.month_said(stretch), "day": stretch.span_from.isoformat()}
        raise NotYet(_("%(label)s的填报自%(day)s起，到时才能开启。") % said)
    if due_on < max(today, stretch.span_to):
        raise BadDay(_("报送期限不能早于填报截止日，也不能是过去的日期。"))
    if not queries.units_asked(actor.home).exists():
        raise NobodyAsked(_("还没有单位有任务或议定事项，没有可以填报的内容。请先下达方案。"))
    with transaction.atomic():
        row = Cycle(
            county_id=actor.home,
            label=stretch.label,
            month=stretch.month,
            months=stretch.months,
            span_from=stretch.span_from,
            span_to=stretch.span_to,
            due_on=due_on,
            opened_by=actor.acting_name[:120],
            opened_at=now,
        )
        return ask_later(actor, add(actor, row, action="dispatch.open_month", now=now), now=now)


def open_special(actor: Actor, *, topic: str, units: Sequence[Organisation], due_on: date, now: datetime) -> Cycle:
    """This function will ask some units about one thing, beside the months.

    Raises
        NobodyAsked: no unit was chosen.
        BadDay: it would be due in the past.
        Refused: there is no topic.
    """
    today = day_of(now)
    if not units:
        raise NobodyAsked(_("请至少选择一个单位。"))
    if due_on < today:
        raise BadDay(_("报送期限不能是过去的日期。"))
    with transaction.atomic():
        row = Cycle(
            county_id=actor.home,
            kind=Cycle.Kind.SPECIAL,
            label=special_label(actor.home, today),
            month=today.replace(day=1),
            topic=topic.strip(),
            span_from=today,
            span_to=due_on,
            due_on=due_on,
            opened_by=actor.acting_name[:120],
            opened_at=now,
        )
        row = add(actor, row, action="dispatch.open_special", now=now)
        Filing.objects.bulk_create(
            [Filing(county_id=row.county_id, cycle=row, unit=unit, due_on=due_on) for unit in units], BATCH
        )
        return ask_later(actor, row, now=now)


def special_label(county_id: int, today: date) -> str:
    """2026年第3次专项调度."""
    before = Cycle.objects.filter(county_id=county_id, kind=Cycle.Kind.SPECIAL, month__year=today.year).count()
    with for_the_record():
        return _("%(year)d年第%(n)d次专项调度") % {"year": today.year, "n": before + 1}


def ask_later(actor: Actor, cycle: Cycle, *, now: datetime) -> Cycle:
    enqueue(OPEN, key=f"{OPEN}:{cycle.pk}", payload={"cycle": cycle.pk}, actor=actor, now=now)
    return cycle


def ask_units(actor: Actor, cycle: Cycle, units: Sequence[int], *, now: datetime) -> tuple[int, int]:
    """This function will give these units their filings, and tell them; returns how many filings and typed fields.

    What is there already stays: a batch that is done a second time adds nothing. Nothing is added to what was filed.
    """
    filings = [Filing(county_id=cycle.county_id, cycle=cycle, unit_id=unit, due_on=cycle.due_on) for unit in units]
    Filing.objects.bulk_create(filings, BATCH, ignore_conflicts=True)
    here = cycle.filings.filter(unit__in=units, state__in=sorted(WITH_THE_UNIT))
    held = dict(here.values_list("unit_id", "pk"))
    fields = fill(cycle, held, day_of(now))
    values = {"cycle": cycle.label, "due": cycle.due_on.isoformat()}
    title = gettext_noop("%(cycle)s月报已开启，请在%(due)s前报送")
    tell_units(actor, cycle.county_id, list(held), title, kind="open", values=values, body=cycle.topic, now=now)
    return len(held), fields


def fill(cycle: Cycle, held: dict[int, int], today: date) -> int:
    """Puts into the filings of units what they are asked and what is not there yet."""
    units = list(held)
    if cycle.kind == Cycle.Kind.SPECIAL:
        asked = [Asked(unit, EntryKind.TOPIC) for unit in units]
    else:
        asked = queries.asked_of(cycle.county_id, span_to=cycle.span_to, today=today, units=units)
    there = queries.asked_already(list(held.values()))
    new = [one for one in asked if (held[one.unit_id], one.task_id, one.decision_id) not in there]
    rows = Entry.objects.bulk_create([entry(cycle, held[one.unit_id], one) for one in new], BATCH)
    ticks = [
        EntryMilestone(county_id=cycle.county_id, entry=row, milestone_id=milestone)
        for row, one in zip(rows, new, strict=True)
        for milestone in one.milestones
    ]
    EntryMilestone.objects.bulk_create(ticks, BATCH)
    return sum(is_typed(one.kind) for one in new)


def entry(cycle: Cycle, filing: int, one: Asked) -> Entry:
    return Entry(
        county_id=cycle.county_id,
        filing_id=filing,
        kind=one.kind.value,
        task_id=one.task_id,
        decision_id=one.decision_id,
        occurrence_id=one.occurrence_id,
    )


def opened(actor: Actor, cycle: Cycle, *, units: int, fields: int, now: datetime) -> Cycle:
    """This function will let units file in a cycle: everybody has been asked."""
    return change(
        actor,
        cycle,
        action="dispatch.opened",
        now=now,
        state=CycleState.OPEN.value,
        unit_count=units,
        field_count=fields,
    )


def ask_another(actor: Actor, cycle: Cycle, unit: Organisation, *, now: datetime) -> Filing:
    """This function will ask one more unit in a cycle that is open, or what has come to it since.

    Raises
        MovedOn: the cycle is not open.
    """
    with transaction.atomic():
        row = hold(cycle, CHANGE_CYCLE)
        ask_units(actor, row, [unit.pk], now=now)
        return row.filings.get(unit=unit)
