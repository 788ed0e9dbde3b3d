"""Writes about 优质均衡: what was found, what somebody tries out, and the search for the cheapest additions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.indicators import access, queries
from xietong.areas.indicators.actions.refusals import BadValue, NotReported
from xietong.areas.indicators.actions.reporting import WHOLE
from xietong.areas.indicators.models import BalanceEntry, WhatIf
from xietong.areas.indicators.rules.periods import is_month, is_period
from xietong.areas.orgs.models import RegisterYear
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.files.actions import attach, take_posted
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.records.writing import add, change

CHEAPEST = "indicators.cheapest"


def enter_balance(
    actor: Actor,
    register: RegisterYear,
    *,
    code: str,
    value: Decimal | None,
    is_met: bool | None,
    note: str,
    uploads: Sequence[str] = (),
    plain: Sequence[Any] = (),
    now: datetime,
) -> BalanceEntry:
    """This function will keep what was found about a requirement in a school year, with its evidence.

    Raises
        NotReported: there is no such requirement, or nothing is said.
        BadValue: the figure cannot be.
    """
    if code not in queries.entry_codes():
        raise NotReported(_("没有这一项。"))
    if (value if code in queries.figure_codes() else is_met) is None:
        raise NotReported(_("请填写数值或结论。"))
    if value is not None:
        must_be_figure(code, value)
    uploads = [*uploads, *take_posted(actor, plain)]
    with transaction.atomic():
        held = (
            BalanceEntry.objects.select_for_update()
            .filter(county_id=register.county_id, year=register.year, code=code)
            .first()
        )
        fields: dict[str, Any] = {
            "value": value, "is_met": is_met, "note": note, "by": actor.label[:200], "at": now,
        }  # fmt: skip
        if held:
            row = change(actor, held, action="indicators.enter_balance", now=now, **fields)
        else:
            made = BalanceEntry(county_id=register.county_id, year=register.year, code=code, **fields)
            row = add(actor, made, action="indicators.enter_balance", now=now)
        attach(
            actor,
            owner_type=access.ENTRY_OWNER,
            owner_id=row.pk,
            county_id=row.county_id,
            uploads=uploads,
            now=now,
        )
    return row


def must_be_figure(code: str, value: Decimal) -> None:
    """A year is one, a share is one, what is counted is whole.

    Raises
        BadValue: the figure cannot be.
    """
    if value < 0:
        raise BadValue(_("数值不能为负。"))
    if code in queries.SHARES and value > WHOLE:
        raise BadValue(_("百分数不能超过 100。"))
    if code == queries.BASIC_YEAR and (is_month(int(value)) or not is_period(int(value))):
        raise BadValue(_("请填四位数的年份。"))
    if code not in queries.MEASURED_CODES and value != int(value):
        raise BadValue(_("这里填整数。"))


def add_what_if(actor: Actor, register: RegisterYear, *, name: str, now: datetime) -> WhatIf:
    """This function will begin something to try out; nothing is added yet."""
    made = WhatIf(county_id=register.county_id, year=register.year, name=name, by=actor.label[:200], at=now)
    return add(actor, made, action="indicators.add_what_if", now=now)


def change_what_if(actor: Actor, row: WhatIf, *, additions: Mapping[str, Any], version: int, now: datetime) -> WhatIf:
    """This function will keep the additions that somebody tried out."""
    return change(
        actor, row, action="indicators.change_what_if", now=now, version=version, additions=dict(additions), at=now
    )


def ask_cheapest(actor: Actor, row: WhatIf, *, terms: Mapping[str, Any], version: int, now: datetime) -> WhatIf:
    """This function will have a worker look for the cheapest additions under these costs and limits."""
    with transaction.atomic():
        asked = change(
            actor,
            row,
            action="indicators.ask_cheapest",
            now=now,
            version=version,
            terms=dict(terms),
            found={"state": "searching"},
        )
        enqueue(
            CHEAPEST,
            key=f"{CHEAPEST}:{row.pk}:{asked.version}",
            payload={"what_if": row.pk},
            actor=actor,
            now=now,
            county_id=row.county_id,
        )
    return asked


def keep_found(actor: Actor, row: WhatIf, *, found: Mapping[str, Any], now: datetime) -> WhatIf:
    """This function will keep what a search came to; what it found takes the place of what was tried out."""
    additions = found.get("additions") or row.additions
    kept = {name: value for name, value in found.items() if name != "additions"}
    return change(actor, row, action="indicators.keep_found", now=now, found=kept, additions=additions, at=now)


def drop_what_if(actor: Actor, row: WhatIf, *, now: datetime) -> None:
    """This function will throw away what was tried out."""
    with transaction.atomic():
        record(actor, "indicators.drop_what_if", row, now=now, changes={"name": (row.name, None)})
        row.delete()
