"""Values that people report: with evidence, verified, locked by period, corrected with both versions kept."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Sum
from django.utils.translation import gettext as _

from xietong.areas.indicators import access, queries
from xietong.areas.indicators.actions.computing import keep, recompute
from xietong.areas.indicators.actions.dictionary import must_be_told
from xietong.areas.indicators.actions.refusals import BadPeriod, BadValue, NothingToReport, NotReported, PeriodLocked
from xietong.areas.indicators.models import Indicator, Lock, Reading, ReadingChange, Reported, ReportedTotal
from xietong.areas.indicators.rules.periods import is_period
from xietong.areas.orgs.models import County
from xietong.areas.orgs.queries import county
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.clock.time import day_of
from xietong.kit.files.actions import attach, take_posted
from xietong.kit.records.writing import add, change, locked

WHOLE = 100
"""Per cent."""


def report_value(
    actor: Actor,
    row: Indicator,
    *,
    unit_id: int | None,
    period: int,
    value: Decimal,
    note: str,
    uploads: Sequence[str] = (),
    plain: Sequence[Any] = (),
    now: datetime,
) -> Reading:
    """This function will hand in the value of a period with its evidence; one that was returned is replaced.

    Raises
        NotReported: the indicator is worked out, or the unit does not fit who reports it.
        BadPeriod: it is not told of such periods.
        BadValue: the value cannot be.
        PeriodLocked: the period is locked.
        Refused: it is verified already, or an upload does not hold.
    """
    if not row.reported_by or (row.reported_by == Indicator.ReportedBy.SCHOOL) != (unit_id is not None):
        raise NotReported(_("这个指标不由这里填报。"))
    must_be_told(row, period)
    must_be_possible(row, value)
    uploads = [*uploads, *take_posted(actor, plain)]
    with transaction.atomic():
        must_be_open(row, period)
        held = Reading.objects.select_for_update().filter(indicator=row, period=period, unit_id=unit_id).first()
        if held and held.state == Reading.State.VERIFIED:
            raise NotReported(_("已经核验的数值不能再填；有误请办公室更正。"))
        fields: dict[str, Any] = {
            "value": value, "note": note, "state": Reading.State.SUBMITTED, "by": actor.label[:200], "at": now,
            "opinion": "",
        }  # fmt: skip
        if held:
            reading = change(actor, held, action="indicators.report_value", now=now, **fields)
        else:
            made = Reading(county_id=row.county_id, indicator=row, period=period, unit_id=unit_id, **fields)
            reading = add(actor, made, action="indicators.report_value", now=now)
        attach(
            actor,
            owner_type=access.READING_OWNER,
            owner_id=reading.pk,
            county_id=row.county_id,
            uploads=uploads,
            now=now,
        )
    return reading


def must_be_possible(row: Indicator, value: Decimal) -> None:
    if value < 0:
        raise BadValue(_("数值不能为负。"))
    if row.unit == "%" and value > WHOLE:
        raise BadValue(_("百分数不能超过 100。"))


def must_be_open(row: Indicator, period: int) -> None:
    if queries.is_locked(row.county_id, period):
        raise PeriodLocked(_("这个周期已经锁定，只能由办公室更正。"))


def verify_value(
    actor: Actor, reading: Reading, *, is_right: bool, opinion: str, version: int, now: datetime
) -> Reading:
    """This function will accept a reported value, or send it back with an opinion.

    Raises
        Refused: it is sent back without a word.
    """
    if not is_right and not opinion:
        raise NotReported(_("退回请写明原因。"))
    with transaction.atomic():
        must_be_open(reading.indicator, reading.period)
        state = Reading.State.VERIFIED if is_right else Reading.State.RETURNED
        judged = change(
            actor, reading, action="indicators.verify_value", now=now, version=version, state=state, opinion=opinion,
            verified_by=actor.label[:200], verified_at=now,
        )  # fmt: skip
        follow(actor, judged, now=now)
    return judged


def follow(actor: Actor, reading: Reading, *, now: datetime) -> None:
    """What schools reported makes the county's value; what refers to it is worked out anew."""
    row = reading.indicator
    if reading.unit_id is not None:
        sum_up(actor, row, reading.period, now=now)
    recompute(actor, row.county_id, reading.period, (), now=now)


def sum_up(actor: Actor, row: Indicator, period: int, *, now: datetime) -> None:
    """The county's value of an indicator that schools report: the sum of what is verified, of one at a time."""
    locked(row)
    found = Reading.objects.filter(indicator=row, period=period, unit__isnull=False, state=Reading.State.VERIFIED)
    value = found.aggregate(sum=Sum("value"))["sum"]
    held = queries.reading_of(row, period, None)
    is_locked = queries.is_locked(row.county_id, period)
    keep(actor, row, period, held, {"value": value}, is_locked=is_locked, now=now)


def give_cause(actor: Actor, reading: Reading, *, cause: str, version: int, now: datetime) -> Reading:
    """This function will keep why a value is short of its target."""
    return change(actor, reading, action="indicators.give_cause", now=now, version=version, cause=cause)


def correct_value(actor: Actor, reading: Reading, *, value: Decimal, reason: str, now: datetime) -> Reading:
    """This function will put right a reported value that was verified; what it was before stays beside it.

    Raises
        NotReported: the value is worked out, and its source is what has to be put right; or it is the same.
        BadValue: the new one cannot be.
    """
    must_be_possible(reading.indicator, value)
    with transaction.atomic():
        held = locked(reading)
        if held.state != Reading.State.VERIFIED:
            raise NotReported(_("自动计算的数值请在来源数据里更正；没有核验的请退回重填。"))
        if held.value == value:
            raise NotReported(_("更正后的数值与原来相同。"))
        ReadingChange.objects.create(
            county_id=held.county_id, reading=held, before=held.value, after=value, reason=reason,
            by=actor.label[:200], at=now,
        )  # fmt: skip
        corrected = change(actor, held, action="indicators.correct_value", now=now, reason=reason, value=value)
        follow(actor, corrected, now=now)
    return corrected


def lock_period(actor: Actor, *, period: int, now: datetime) -> Lock:
    """This function will lock the values of a period.

    Raises
        BadPeriod: the number names no period.
        PeriodLocked: a reported value waits to be verified.
        Refused: it is locked already.
    """
    if not is_period(period):
        raise BadPeriod(_("没有这个周期。"))
    grain = queries.grain_of(period)
    with transaction.atomic():
        waiting = Reading.objects.filter(
            county_id=actor.home, period=period, indicator__grain=grain, state=Reading.State.SUBMITTED
        ).count()
        if waiting:
            raise PeriodLocked(_("还有 %(n)d 个填报的数值没有核验，请先核验。") % {"n": waiting})
        made = Lock(county_id=actor.home, grain=grain, period=period, by=actor.label[:200], at=now)
        return add(actor, made, action="indicators.lock_period", now=now)


def report_upward(actor: Actor, *, period: int, now: datetime) -> int:
    """This function will let province and city read the county's values of a period as they stand; gives how many.

    What was told before and has no value any more is taken back.

    Raises
        NothingToReport: no value counts yet.
    """
    with transaction.atomic():
        home = county(actor.home)
        rows = queries.county_readings(home.pk, period)
        if not rows:
            raise NothingToReport(_("这个周期还没有可以上报的数值。"))
        targets, limits = queries.targets_of(home.pk, period), queries.band_limits(day_of(now))
        told = [reading.indicator.code for reading in rows]
        Reported.objects.filter(county=home, period=period).exclude(code__in=told).delete()
        for reading in rows:
            row = reading.indicator
            Reported.objects.update_or_create(
                county=home, code=row.code, period=period,
                defaults={
                    "name": row.name, "section": row.section, "unit": row.unit, "decimals": row.decimals,
                    "direction": row.direction, "grain": row.grain, "value": reading.value,
                    "target": targets.get(row.pk), "standard": row.standard,
                    "band": queries.band_of(row, reading.value, queries.wanted(row, targets), limits),
                    "by": actor.label[:200], "at": now,
                },
            )  # fmt: skip
        sum_regions(home, period)
        record(
            actor,
            "indicators.report_upward",
            home,
            now=now,
            changes={"period": (None, period), "n": (None, len(rows))},
        )
    return len(rows)


def sum_regions(home: County, period: int) -> None:
    """This function will count anew how many counties of a county's province and city stand in which band."""
    first = County.objects.filter(province_name=home.province_name).order_by("pk")
    # Two counties that report at once are counted one after the other: each holds this one row of their province.
    first.select_for_update(no_key=True).values_list("pk", flat=True)[0]
    level = ReportedTotal.Level
    for one, field, region in (
        (level.PROVINCE, "province_name", home.province_name),
        (level.CITY, "city_name", home.city_name),
    ):
        told = Reported.objects.filter(**{f"county__{field}": region}, period=period)
        counted = told.values("section", "code", "band").annotate(name=Max("name"), counties=Count("pk")).order_by()
        ReportedTotal.objects.filter(level=one, region=region, period=period).delete()
        ReportedTotal.objects.bulk_create(
            ReportedTotal(level=one, region=region, period=period, **row) for row in counted
        )
