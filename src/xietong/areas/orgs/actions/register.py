"""Writes of the yearly register: opening, completing, counting, locking."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.orgs import queries
from xietong.areas.orgs.models import SCHOOLS, RegisterYear, SchoolRecord
from xietong.areas.orgs.rules.calendar import SchoolYear
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.errors import Refused
from xietong.kit.measures.declare import Grain
from xietong.kit.measures.values import refresh
from xietong.kit.records.writing import add, change, locked
from xietong.kit.sheets.queries import is_being_filled


class NotLockable(Refused):
    """Schools have not confirmed yet."""


def open_register(actor: Actor, *, year: int, as_of: date, due_on: date, now: datetime) -> RegisterYear:
    """This function will begin the register of a school year, with a record for each school at work.

    Raises
        Refused: the year has a register.
    """
    with transaction.atomic():
        row = add(
            actor,
            RegisterYear(county_id=actor.home, year=year, as_of=as_of, due_on=due_on, opened_at=now),
            action="orgs.open_register",
            now=now,
        )
        enter_schools(row)
        recount(actor, row, now=now)
    return row


def complete_register(actor: Actor, register: RegisterYear, *, now: datetime) -> int:
    """This function will enter schools that were founded since the register was opened; gives how many."""
    with transaction.atomic():
        held = hold(register)
        entered = enter_schools(held)
        record(actor, "orgs.complete_register", held, now=now, changes={"schools": (None, entered)})
        recount(actor, held, now=now)
    return entered


def enter_schools(register: RegisterYear) -> int:
    """Adds the records that a register lacks, of schools that were there in its year, run as in their last record."""
    there = set(register.records.values_list("school_id", flat=True))
    earlier = SchoolRecord.objects.filter(county_id=register.county_id).order_by("register__year")
    owned = dict(earlier.values_list("school_id", "ownership"))
    ends_on = SchoolYear(register.year).ends_on
    rows = [
        SchoolRecord(
            county_id=register.county_id,
            register=register,
            school=school,
            kind=school.kind,
            urban_rural=school.urban_rural,
            ownership=owned.get(school.pk, SchoolRecord.Ownership.PUBLIC),
        )
        for school in queries.open_units(register.county_id, register.as_of).exclude(opened_on__gt=ends_on)
        if school.kind in SCHOOLS and school.pk not in there
    ]
    SchoolRecord.objects.bulk_create(rows)
    return len(rows)


def hold(register: RegisterYear) -> RegisterYear:
    """The register as it stands, held until the transaction ends.

    Raises
        Refused: it is locked.
    """
    fresh = locked(register)
    if fresh.locked_at:
        raise Refused(_("本学年资料已锁定，只能逐项更正。"))
    return fresh


def recount(actor: Actor, register: RegisterYear, *, now: datetime) -> None:
    """This function will bring the measures of the year to what the records say."""
    refresh(actor, register.county_id, register.year, Grain.SCHOOL_YEAR, now=now)


def lock_register(actor: Actor, register: RegisterYear, *, reason: str, now: datetime) -> RegisterYear:
    """This function will close a register: from now on figures are corrected one by one, with both versions kept.

    Raises
        NotLockable: schools have not confirmed, and no reason is given for going on without them; or a worker
            is taking a file in.
    """
    with transaction.atomic():
        held = hold(register)
        if is_being_filled(held.county_id, held.pk, books=queries.BOOKS):
            raise NotLockable(_("还有文件正在导入，请等它完成后再锁定；中断了的先撤销。"))
        waiting = held.records.filter(confirmed_at=None)
        if waiting and not reason:
            names = _("、").join(
                str(one.school) for one in waiting.select_related("school").order_by("school__order")[:5]
            )
            message = _("还有 %(n)d 所学校没有确认（%(names)s……）；不再等的，请写明原因。")
            raise NotLockable(message % {"n": waiting.count(), "names": names})
        recount(actor, held, now=now)
        return change(actor, held, action="orgs.lock_register", now=now, reason=reason, locked_at=now)
