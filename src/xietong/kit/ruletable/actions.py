"""Writes: a county's own value of a rule, over the one that is shipped."""

from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Denied, Refused
from xietong.kit.events.bus import announce
from xietong.kit.records.writing import add, change, locked
from xietong.kit.ruletable.events import RuleChanged
from xietong.kit.ruletable.models import Confidence, Rule

DAY = timedelta(days=1)
COPIED = ("code", "name", "unit", "comparator", "scope")


class WrongShape(Refused):
    """The rule is a number, and what was typed is none that it could be."""


class TooLate(Refused):
    """A value never holds for days that are over."""


class NotOurs(Refused):
    """Only a county's own value can be given up."""


def fixed(rule: Rule) -> str | None:
    """Why a number is no county's to change: a national document sets it."""
    return str(_("这是国家文件规定的数值，县里不能改动。")) if rule.is_national else None


def set_value(
    actor: Actor,
    rule: Rule,
    *,
    value: str,
    effective_from: date,
    document: str,
    document_no: str = "",
    note: str = "",
    now: datetime,
) -> Rule:
    """This function will let another value hold in the actor's county from a day on; the one before ends then.

    Raises
        Denied: a national document sets the number.
        WrongShape: a number is needed, and this is none.
        TooLate: the day is over; what was judged by the old value stays as it is.
    """
    if reason := fixed(rule):
        raise Denied(reason)
    if effective_from < day_of(now):
        raise TooLate(_("起算日期不能早于今天，已按原数值得出的结果不再改变。"))
    fields: dict[str, Any] = {
        "value": like(value.strip(), rule.value),
        "document": document,
        "document_no": document_no,
        "note": note,
        "effective_to": None,
    }
    with transaction.atomic():
        # Two clerks who set the same rule go one after the other.
        list(Rule.objects.select_for_update().filter(code=rule.code))
        own = Rule.objects.filter(code=rule.code, county_id=actor.home)
        running = Q(effective_to=None) | Q(effective_to__gte=effective_from)
        for earlier in own.filter(running, effective_from__lt=effective_from):
            change(actor, earlier, action="rules.end_value", now=now, effective_to=effective_from - DAY)
        same_day = own.filter(effective_from=effective_from).first()
        if same_day:
            row = change(actor, same_day, action="rules.set_value", now=now, **fields)
        else:
            copied = {name: getattr(rule, name) for name in COPIED}
            made = Rule(
                **copied,
                **fields,
                county_id=actor.home,
                effective_from=effective_from,
                confidence=Confidence.COUNTY,
            )
            row = add(actor, made, action="rules.set_value", now=now)
        announce(actor, RuleChanged(actor.home, rule.code), now=now)
    return row


def give_up_value(actor: Actor, rule: Rule, *, now: datetime) -> Rule:
    """This function will end a county's own value with yesterday; what is shipped holds again.

    Raises
        NotOurs: it is not this county's, or has ended.
    """
    today = day_of(now)
    with transaction.atomic():
        row = locked(rule)
        if row.county_id != actor.home or not row.runs_on(today):
            raise NotOurs(_("只能恢复本县正在使用的数值。"))
        last_day = max(row.effective_from, today) - DAY
        row = change(actor, row, action="rules.give_up_value", now=now, effective_to=last_day)
        announce(actor, RuleChanged(actor.home, row.code), now=now)
    return row


def like(value: str, before: str) -> str:
    """A value of the kind that the rule has had: a whole number, a number, or words."""
    wanted = number(before)
    if wanted is None:
        return value
    given = number(value)
    if given is None or given < min(wanted, Decimal(0)):
        raise WrongShape(_("“%(value)s”不是可用的数值，请填写数字。") % {"value": value})
    if "." not in before and given != given.to_integral_value():
        raise WrongShape(_("“%(value)s”不是整数，这条规则只能填整数。") % {"value": value})
    return value if "." in before else str(int(given))


def number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
