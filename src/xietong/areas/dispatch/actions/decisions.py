"""议定事项: what a meeting decided, or the office asks of a unit outside of one, and what it becomes in the plan."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.dispatch import queries
from xietong.areas.dispatch.actions.announcing import tell_unit_of
from xietong.areas.dispatch.actions.holding import begin, hold, must_be_bound
from xietong.areas.dispatch.models import AgendaItem, Decision, DecisionStep, Meeting
from xietong.areas.dispatch.rules.decisions import DecisionDeed
from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import Organisation
from xietong.areas.people.models import Person
from xietong.areas.plans import actions as plans
from xietong.areas.plans.models import Clause, Plan, Task
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.records.writing import add, locked

MADE = gettext_noop("有议定事项交您单位落实，%(due)s前完成")
ADVISED = gettext_noop("办公室对您单位提出意见措施，%(due)s前落实")
BY = 120


class BadDecision(Refused):
    """The decision says nothing, or is to be done before it was made."""


class UnknownPerson(Refused):
    """Nobody of that name, or more than one, holds a post at the unit."""


class NoPlan(Refused):
    """There is no plan in force that could take one more task."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a decision becomes in the plan: a new task, an addition to one that is there, a clause's, or nothing."""

    plan: Plan | None = None
    title: str = ""
    task: Task | None = None
    clause: Clause | None = None
    makes_task: bool = False


def decide(
    actor: Actor,
    meeting: Meeting,
    *,
    text: str,
    unit: Organisation,
    due_on: date,
    kind: str = Decision.Kind.DECISION,
    person: str = "",
    item: AgendaItem | None = None,
    place: Place | None = None,
    now: datetime,
) -> Decision:
    """This function will record what a meeting decided, put it into the plan as asked, and tell the unit.

    Raises
        BadDecision: no words, or a day before the meeting.
        MeetingMoved: the minutes are fixed, or the meeting was called off.
        NoPlan: it is to become a task and no plan is in force.
        NotBegun: the day of the meeting has not come.
        OutsideUnit: the unit neither belongs to the county nor has an agreement with it.
        UnknownPerson: nobody of that name holds a post at the unit.
        WrongState: the task that it is added to has ended.
    """
    with transaction.atomic():
        row = begin(actor, hold(meeting), now=now)
        must_say(text, due_on, since=day_of(row.starts_at))
        values: dict[str, Any] = {"kind": kind, "meeting": row, "item": item}
        return make(
            actor, text=text, unit=unit, due_on=due_on, person=person, place=place or Place(), now=now, **values
        )


def give_opinion(
    actor: Actor,
    *,
    text: str,
    unit: Organisation,
    due_on: date,
    person: str = "",
    origin: str = "",
    place: Place | None = None,
    now: datetime,
) -> Decision:
    """This function will ask a unit outside of a meeting to work differently, and follow it like a decision.

    Raises
        BadDecision: no words, or a day in the past.
        OutsideUnit: the unit neither belongs to the county nor has an agreement with it.
        UnknownPerson: nobody of that name holds a post at the unit.
        WrongState: the task that it is added to has ended.
    """
    must_say(text, due_on, since=day_of(now))
    values: dict[str, Any] = {"kind": Decision.Kind.OPINION.value, "origin": origin.strip()}
    with transaction.atomic():
        return make(
            actor, text=text, unit=unit, due_on=due_on, person=person, place=place or Place(), now=now, **values
        )


def must_say(text: str, due_on: date, *, since: date) -> None:
    if not text.strip():
        raise BadDecision(_("请写明议定的内容。"))
    if due_on < since:
        raise BadDecision(_("完成时限不能早于%(day)s。") % {"day": since})


def make(
    actor: Actor,
    *,
    text: str,
    unit: Organisation,
    due_on: date,
    person: str,
    place: Place,
    now: datetime,
    **values: Any,
) -> Decision:
    """The row with its number, its task, the first line of its course and the notice; in the caller's transaction."""
    locked(orgs.county(actor.home))
    must_be_bound(unit, actor.home, now=now)
    named = person_at(unit, person)
    year = day_of(now).year
    row = Decision(
        county_id=actor.home,
        year=year,
        number=queries.next_decision_number(actor.home, year),
        text=text.strip(),
        unit=unit,
        person=named,
        due_on=due_on,
        task=task_for(actor, place, text=text, unit=unit, due_on=due_on, person=named, now=now),
        clause=place.clause,
        made_by=actor.acting_name[:BY],
        made_at=now,
        **values,
    )
    add(actor, row, action="dispatch.decide", now=now)
    step(actor, row, DecisionDeed.MAKE, now=now)
    title = ADVISED if row.kind == Decision.Kind.OPINION else MADE
    tell_unit_of(actor, row, title, kind="decision", values={"due": due_on.isoformat()}, now=now)
    return row


def task_for(
    actor: Actor,
    place: Place,
    *,
    text: str,
    unit: Organisation,
    due_on: date,
    person: Person | None,
    now: datetime,
) -> Task | None:
    """The task that a decision becomes, or the one in whose course it is noted."""
    if place.task is not None:
        return plans.note_decided(actor, place.task, words=text, now=now)
    if not place.makes_task:
        return None
    if place.plan is None:
        raise NoPlan(_("没有正在执行的方案，不能立为任务。"))
    title = place.title.strip() or text.strip()
    told: dict[str, Any] = {"lead_unit": unit, "due_on": due_on, "owner": person, "clause": place.clause}
    return plans.add_decided(actor, place.plan, title=title, words=text, now=now, **told)


def person_at(unit: Organisation, name: str) -> Person | None:
    """Who is meant by a name at a unit. Raises UnknownPerson."""
    if not name.strip():
        return None
    found = [one for one in queries.people_at(unit).values() if one.name == name.strip()]
    if len(found) != 1:
        said = {"unit": unit, "name": name.strip()}
        if found:
            raise UnknownPerson(_("%(unit)s有几位%(name)s，请留空，由单位落实到人。") % said)
        raise UnknownPerson(_("%(unit)s没有登记%(name)s，请核对姓名或者留空。") % said)
    return found[0]


def step(actor: Actor, row: Decision, deed: DecisionDeed, *, note: str = "", now: datetime) -> DecisionStep:
    """One more line of the course of a decision."""
    return DecisionStep.objects.create(
        county_id=row.county_id,
        decision=row,
        at=now,
        action=deed.value,
        who=actor.acting_name[:BY],
        org_name=actor.org_name[:BY],
        note=note.strip()[:500],
    )
