"""The month is pressed on: reminders, later days, exceptions, the lock, and corrections after it."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xietong.areas.dispatch import access, queries
from xietong.areas.dispatch.actions.opening import ask_units
from xietong.areas.dispatch.actions.refusals import BadDay, NobodyAsked, hold, hold_filing
from xietong.areas.dispatch.actions.telling import tell_office, tell_unit, tell_units
from xietong.areas.dispatch.models import Correction, Cycle, Entry, Filing, FilingExtension
from xietong.areas.dispatch.rules.states import AnswerState, CycleState, FilingState
from xietong.areas.plans.actions import Filed, enter_filed
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.clock.calendars import office_calendar
from xietong.kit.clock.time import day_of
from xietong.kit.measures.declare import Grain
from xietong.kit.measures.values import refresh
from xietong.kit.records.writing import add, change
from xietong.kit.words import for_the_record

ANSWERED = {True: AnswerState.GRANTED.value, False: AnswerState.REFUSED.value}


def change_due(actor: Actor, cycle: Cycle, *, version: int, due_on: date, now: datetime) -> Cycle:
    """This function will move the day by which a month is filed; days granted to single units stay if they are later.

    Raises
        BadDay: it is in the past.
        MovedOn: the cycle is not open.
        Stale: somebody changed it meanwhile.
    """
    if due_on < day_of(now):
        raise BadDay(_("报送期限不能是过去的日期。"))
    with transaction.atomic():
        row = hold(cycle, access.CHANGE_CYCLE)
        was = row.due_on
        row = change(actor, row, action="dispatch.change_due", now=now, version=version, due_on=due_on)
        waiting = row.filings.filter(state=FilingState.DUE.value)
        waiting.filter(due_on=was).update(due_on=due_on)
        waiting.filter(due_on__lt=due_on).update(due_on=due_on)
    return row


def lock_cycle(actor: Actor, cycle: Cycle, *, now: datetime) -> Cycle:
    """This function will close a month: nothing is filed in it any more, what was is only corrected.

    Raises
        MovedOn: it is not open.
    """
    with transaction.atomic():
        row = hold(cycle, access.LOCK_CYCLE)
        row = change(actor, row, action="dispatch.lock", now=now, state=CycleState.LOCKED.value, locked_at=now)
        refresh(actor, row.county_id, 100 * row.month.year + row.month.month, Grain.COUNTY_MONTH, now=now)
    return row


def excuse_filing(actor: Actor, filing: Filing, *, excuse: str, now: datetime) -> Filing:
    """This function will let a unit off for this month, with the reason.

    Raises
        MovedOn: it has filed, or the month is locked.
    """
    with transaction.atomic():
        row = hold_filing(filing, access.EXCUSE_FILING)
        return change(
            actor, row, action="dispatch.excuse", now=now, state=FilingState.EXCUSED.value, excuse=excuse.strip()
        )


def follow_closing(actor: Actor, *, unit_id: int, successor_id: int | None, now: datetime) -> None:
    """This function will let a closed unit off in every open month; whoever took over is asked in its place."""
    with for_the_record():
        excuse: dict[str, Any] = {"state": FilingState.EXCUSED.value, "excuse": _("单位已撤并")}
    for row in queries.filings_with_unit(unit_id):
        change(actor, row, action="dispatch.excuse", now=now, **excuse)
        if successor_id:
            ask_units(actor, row.cycle, [successor_id], now=now)


def press_units(actor: Actor, cycle: Cycle, filings: Iterable[Filing], *, now: datetime) -> int:
    """This function will remind units that have not filed, and note it; returns how many were.

    Raises
        MovedOn: the cycle is not open.
        NobodyAsked: all of them have filed.
    """
    with transaction.atomic():
        row = hold(cycle, access.REMIND_UNITS)
        late = queries.to_remind(row, [one.pk for one in filings])
        if not late:
            raise NobodyAsked(_("所选单位都已报送，没有需要催报的。"))
        press(actor, row, late, now=now)
    return len(late)


def press(actor: Actor, cycle: Cycle, filings: list[Filing], *, now: datetime) -> None:
    keys = [one.pk for one in filings]
    Filing.objects.filter(pk__in=keys).update(reminded=F("reminded") + 1, reminded_at=now)
    record(actor, "dispatch.remind", cycle, now=now, changes={"units": (None, len(keys))})
    values = {"cycle": cycle.label, "due": cycle.due_on.isoformat()}
    title = gettext_noop("请尽快报送%(cycle)s月报，期限%(due)s")
    units = [one.unit_id for one in filings]
    tell_units(actor, cycle.county_id, units, title, kind="remind", values=values, now=now)


def remind_by_rule(actor: Actor, cycle: Cycle, *, now: datetime) -> int:
    """This function will remind the units whose filing is due today or in so many working days, once a day."""
    today = day_of(now)
    days = queries.spans_of(cycle.county_id, today).remind
    soon = office_calendar(cycle.county_id, today).add(today, days)
    late = queries.due_by_rule(cycle, today, soon)
    if late:
        with transaction.atomic():
            press(actor, cycle, late, now=now)
    return len(late)


def ask_extension(actor: Actor, filing: Filing, *, until: date, reason: str, now: datetime) -> FilingExtension:
    """This function will ask the office for a later day for one filing.

    Raises
        BadDay: it is not later than the day that it has, or in the past.
        MovedOn: it has been filed, or the month is locked.
        Refused: an earlier request still waits.
    """
    with transaction.atomic():
        row = hold_filing(filing, access.ASK_EXTENSION)
        if until <= max(row.due_on, day_of(now)):
            raise BadDay(_("延期后的日期须晚于现在的期限和今天。"))
        asked = FilingExtension(
            county_id=row.county_id,
            filing=row,
            until=until,
            reason=reason.strip(),
            asked_by=actor.acting_name[:120],
            at=now,
        )
        made = add(actor, asked, action="dispatch.ask_extension", now=now)
        tell_office(actor, row, gettext_noop("有单位申请月报延期"), kind="extension", now=now)
    return made


def answer_extension(
    actor: Actor, extension: FilingExtension, *, granted: bool, opinion: str = "", now: datetime
) -> FilingExtension:
    """This function will grant a later day, or not.

    Raises
        MovedOn: somebody has answered already.
    """
    with transaction.atomic():
        row = hold(extension, access.ANSWER_EXTENSION)
        row = change(
            actor,
            row,
            action="dispatch.answer_extension",
            now=now,
            **answer(actor, granted=granted, opinion=opinion, now=now),
        )
        if granted:
            change(actor, row.filing, action="dispatch.extend", now=now, due_on=row.until)
        title = gettext_noop("月报延期申请已答复")
        tell_unit(actor, row.filing, title, kind="answered", now=now)
    return row


def answer(actor: Actor, *, granted: bool, opinion: str, now: datetime) -> dict[str, Any]:
    return {
        "state": ANSWERED[granted],
        "opinion": opinion.strip(),
        "answered_by": actor.acting_name[:120],
        "answered_at": now,
    }


def ask_correction(
    actor: Actor, entry: Entry, *, text: str, quantity: Decimal | None = None, reason: str, now: datetime
) -> Correction:
    """This function will ask for other words or another figure in a month that is locked.

    Raises
        MovedOn: the month is not locked, or the filing was not accepted.
        Refused: an earlier request still waits.
    """
    with transaction.atomic():
        row = hold(entry, access.ASK_CORRECTION)
        asked = Correction(
            county_id=row.county_id,
            entry=row,
            text_before=row.text,
            text=text.strip(),
            quantity_before=row.quantity,
            quantity=quantity,
            reason=reason.strip(),
            asked_by=actor.acting_name[:120],
            at=now,
        )
        made = add(actor, asked, action="dispatch.ask_correction", now=now)
        tell_office(actor, row.filing, gettext_noop("有单位申请更正月报"), kind="correction", now=now)
    return made


def answer_correction(
    actor: Actor, correction: Correction, *, granted: bool, opinion: str = "", now: datetime
) -> Correction:
    """This function will make a correction, or not; what stood before is kept beside it, and on its task it is added.

    Raises
        MovedOn: somebody has answered already.
    """
    with transaction.atomic():
        row = hold(correction, access.ANSWER_CORRECTION)
        row = change(
            actor,
            row,
            action="dispatch.answer_correction",
            now=now,
            **answer(actor, granted=granted, opinion=opinion, now=now),
        )
        if granted:
            correct(actor, row, now=now)
        tell_unit(actor, row.entry.filing, gettext_noop("月报更正申请已答复"), kind="answered", now=now)
    return row


def correct(actor: Actor, row: Correction, *, now: datetime) -> None:
    entry = change(
        actor, row.entry, action="dispatch.correct", now=now, text=row.text, quantity=row.quantity, reason=row.reason
    )
    if entry.task:
        filing = entry.filing
        with for_the_record():
            words = _("更正（%(cycle)s月报）：%(text)s") % {"cycle": filing.cycle, "text": row.text}
        filed = Filed(words, filing.author_name, filing.author_id, row.at, quantity=row.quantity)
        enter_filed(actor, entry.task, filed, now=now)
