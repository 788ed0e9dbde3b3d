"""Writes of births, one by one and from a workbook."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.orgs.models import County, Organisation
from xietong.areas.places import queries
from xietong.areas.places.actions.measuring import hold, recount
from xietong.areas.places.actions.refusals import Unlikely
from xietong.areas.places.measures import BIRTHS
from xietong.areas.places.models import Births
from xietong.areas.places.rules.births import is_absurd
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.measures.models import Value
from xietong.kit.records.writing import add, change
from xietong.kit.sheets.journal import Journal


def enter_births(
    actor: Actor, *, township: Organisation, year: int, births: int, now: datetime, **fields: Any
) -> Births:
    """This function will enter the births of a township and cohort.

    Raises
        Unlikely: many more than in its other years, and no reason is given.
        Refused: they are negative, or entered already.
    """
    with transaction.atomic():
        made = Births(county_id=actor.home, township=township, year=year, births=births, **fields)
        must_be_likely(made, day_of(now))
        row = add(actor, made, action="places.enter_births", now=now)
        recount(actor, row.county_id, [year + 1], now=now)
    return row


def change_births(actor: Actor, row: Births, *, version: int, now: datetime, **fields: Any) -> Births:
    """This function will put the births of a township and cohort right.

    Raises
        Unlikely: many more than in its other years, and no reason is given.
        Refused: they are negative.
    """
    with transaction.atomic():
        changed = change(actor, row, action="places.change_births", now=now, version=version, **fields)
        must_be_likely(changed, day_of(now))
        recount(actor, row.county_id, [row.year + 1], now=now)
    return changed


def must_be_likely(row: Births, today: date) -> None:
    """Raises
    Unlikely: the number is far above the usual, and no reason is given.
    """
    others = Births.objects.filter(county_id=row.county_id, township_id=row.township_id).exclude(year=row.year)
    times = queries.times_of(row.county_id, today)
    if not row.note and is_absurd(row.births, list(others.values_list("births", flat=True)), times):
        message = _("%(births)d 人超过该乡镇其他年份中位数的 %(times)g 倍，请核对；无误的，在“说明”里写明原因。")
        raise Unlikely(message % {"births": row.births, "times": times})


def hold_births(county: County) -> None:
    """This function will keep the births of a county as they are until the transaction ends."""
    hold(county.pk)


def write_births(journal: Journal, pk: int | None, *, county: County, **fields: Any) -> Births:
    """This function will enter or change what a row of a workbook says."""
    if pk is None:
        return journal.add(Births(county=county, **fields))
    return journal.change(Births.objects.get(pk=pk, county=county), **fields)


def recount_births(actor: Actor, county: County, *, now: datetime) -> None:
    """This function will count every school year that has births or had them, after an import or its undoing."""
    years = Births.objects.filter(county=county).values_list("year", flat=True)
    counted = Value.objects.filter(county_id=county.pk, measure=BIRTHS.name).values_list("period", flat=True)
    recount(actor, county.pk, {*counted, *(year + 1 for year in years)}, now=now)
