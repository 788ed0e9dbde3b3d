"""The county's dictionary of indicators: taking over the start set, adding, changing, retiring, targets."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.indicators import queries
from xietong.areas.indicators.actions.computing import recompute_all
from xietong.areas.indicators.actions.refusals import BadFormula, BadPeriod
from xietong.areas.indicators.models import Indicator, Target
from xietong.areas.indicators.rules.periods import is_period
from xietong.areas.orgs.actions import hold_register
from xietong.areas.orgs.queries import county
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.clock.time import day_of
from xietong.kit.records.writing import add, change


@cache
def start_set() -> tuple[dict[str, Any], ...]:
    """The indicators that are shipped, in the order of the plan."""
    text = resources.files("xietong.areas.indicators").joinpath("data/indicators.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["indicator"])


def adopt_start_set(actor: Actor, *, now: datetime) -> int:
    """This function will take over those shipped indicators that the county lacks; what it has stays as it is."""
    with transaction.atomic():
        home = county(actor.home)
        hold_register(home)
        there = set(Indicator.objects.filter(county=home).values_list("code", flat=True))
        rows = [
            Indicator(county=home, order=place, **{**row, "standard": number(row.get("standard"))})
            for place, row in enumerate(start_set())
            if row["code"] not in there
        ]
        Indicator.objects.bulk_create(rows)
        record(actor, "indicators.adopt_start_set", home, now=now, changes={"indicators": (None, len(rows))})
        recompute_all(actor, home.pk, now=now)
    return len(rows)


def number(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def add_indicator(actor: Actor, *, now: datetime, **fields: Any) -> Indicator:
    """This function will add an indicator of the county's own.

    Raises
        BadFormula: the formula does not hold.
        Refused: the code is taken.
    """
    with transaction.atomic():
        row = Indicator(county_id=actor.home, order=1000, **fields)
        must_hold(row)
        made = add(actor, row, action="indicators.add_indicator", now=now)
        recompute_all(actor, made.county_id, now=now)
    return made


def change_indicator(actor: Actor, row: Indicator, *, version: int, now: datetime, **fields: Any) -> Indicator:
    """This function will change an indicator; what it is worked out by is worked out anew.

    Raises
        BadFormula: the formula does not hold, or another that refers to it would not any more.
        Stale: somebody changed it meanwhile.
    """
    with transaction.atomic():
        must_hold(Indicator(**{**kept(row), **fields}))
        changed = change(actor, row, action="indicators.change_indicator", now=now, version=version, **fields)
        recompute_all(actor, row.county_id, now=now)
    return changed


def must_be_told(row: Indicator, period: int) -> None:
    """The indicator is told of such periods.

    Raises
        BadPeriod: it is not.
    """
    if not is_period(period) or queries.grain_of(period) != row.grain:
        raise BadPeriod(_("周期不对：按学年的填起始年，如 2026；按月的填年月，如 202609。"))


def kept(row: Indicator) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def must_hold(row: Indicator) -> None:
    """The formula holds, and so do those that refer to it.

    Raises
        BadPeriod: the baseline is of no such period.
        BadFormula: one does not; in words, with the part that is wrong.
    """
    if row.baseline_period is not None:
        must_be_told(row, row.baseline_period)
    before = queries.county_indicators(row.county_id)
    others = [one for one in before if one.pk != row.pk]
    fault = queries.problem_of(row, others)
    if fault is not None:
        raise BadFormula(queries.wording(fault, row.formula))
    needs = queries.needs_of([*others, row])
    for one in others:
        fault = queries.problem_of(one, [*others, row]) if refers(one, row, needs) else None
        if fault is not None:
            words = {"code": one.code, "why": queries.wording(fault, one.formula)}
            raise BadFormula(_("指标 %(code)s 引用了它，会算不出来：%(why)s") % words)


def refers(one: Indicator, to: Indicator, needs: Mapping[str, queries.Needs]) -> bool:
    """Whether an indicator in use is worked out from another."""
    return bool(one.formula) and not one.retired_on and to.code in needs[one.code].indicators


def retire_indicator(actor: Actor, row: Indicator, *, reason: str, now: datetime) -> Indicator:
    """This function will end an indicator; its values stay."""
    return change(actor, row, action="indicators.retire_indicator", now=now, reason=reason, retired_on=day_of(now))


def set_target(actor: Actor, row: Indicator, *, period: int, value: Decimal | None, now: datetime) -> None:
    """This function will set what is aimed at in a period, or take it away.

    Raises
        BadPeriod: the indicator is not told of such periods.
    """
    if value is not None:
        must_be_told(row, period)
    with transaction.atomic():
        held = Target.objects.select_for_update().filter(indicator=row, period=period).first()
        if value is None:
            if held:
                record(actor, "indicators.drop_target", held, now=now, changes={"value": (held.value, None)})
                held.delete()
        elif held:
            change(actor, held, action="indicators.set_target", now=now, value=value)
        else:
            made = Target(county_id=row.county_id, indicator=row, period=period, value=value)
            add(actor, made, action="indicators.set_target", now=now)
