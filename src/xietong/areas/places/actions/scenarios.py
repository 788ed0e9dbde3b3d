"""Writes of scenarios: made, computed, submitted, approved or returned."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.areas.orgs.models import RegisterYear
from xietong.areas.places import queries
from xietong.areas.places.actions.measuring import hold
from xietong.areas.places.actions.refusals import Impossible, NotComputed, TooLittleKnown, must_be
from xietong.areas.places.models import Scenario
from xietong.areas.places.rules.assumptions import Assumptions
from xietong.areas.places.rules.projecting import TooLittle, must_suffice
from xietong.areas.places.rules.states import ScenarioState
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.records.writing import add, change
from xietong.kit.words import said

PROJECT = "places.project"
NAMED = 6  # townships named in a message


def add_scenario(actor: Actor, *, name: str, base_year: int, assumed: Assumptions, now: datetime) -> Scenario:
    """This function will begin a scenario and have a worker compute it.

    Raises
        Impossible: the assumptions cannot be.
        TooLittleKnown: history or births do not suffice; nothing was written.
    """
    must_be_possible(assumed)
    with transaction.atomic():
        made = Scenario(
            county_id=actor.home,
            name=name,
            base_year=base_year,
            assumptions=assumed.as_json(),
            made_by=actor.label[:200],
        )
        row = add(actor, made, action="places.add_scenario", now=now)
        return compute_scenario(actor, row, now=now)


def change_scenario(
    actor: Actor, row: Scenario, *, name: str, base_year: int, assumed: Assumptions, version: int, now: datetime
) -> Scenario:
    """This function will change the assumptions of a draft and have it computed anew.

    Raises
        Impossible, TooLittleKnown: as `add_scenario`.
        WrongState: it is no draft any more.
    """
    must_be_possible(assumed)
    with transaction.atomic():
        must_be(row, ScenarioState.DRAFT)
        changed = change(
            actor,
            row,
            action="places.change_scenario",
            now=now,
            version=version,
            name=name,
            base_year=base_year,
            assumptions=assumed.as_json(),
        )
        return compute_scenario(actor, changed, now=now)


def compute_scenario(actor: Actor, row: Scenario, *, now: datetime) -> Scenario:
    """This function will throw the forecast of a draft away and have a worker make it anew from today's rows.

    Raises
        TooLittleKnown: history or births do not suffice.
        WrongState: it is no draft any more.
    """
    with transaction.atomic():
        must_be(row, ScenarioState.DRAFT)
        must_be_known(row, now=now)
        emptied = change(actor, row, action="places.compute_scenario", now=now, computed_at=None)
        put(emptied, None)
        key = f"{PROJECT}:{emptied.pk}:{emptied.version}"
        payload = {"scenario": emptied.pk, "version": emptied.version}
        enqueue(PROJECT, key=key, payload=payload, actor=actor, now=now, county_id=emptied.county_id)
    return emptied


def must_be_possible(assumed: Assumptions) -> None:
    faults = [said(one) for one in assumed.faults()]
    if faults:
        raise Impossible("".join(faults))


def must_be_known(row: Scenario, *, now: datetime) -> None:
    """Raises
    TooLittleKnown: says what must be entered first.
    """
    register = RegisterYear.objects.filter(county_id=row.county_id, year=row.base_year).first()
    if register is None:
        raise TooLittleKnown(_("基准学年还没有学年资料，请先建立并导入。"))
    assumed = Assumptions.of(row.assumptions)
    ground = queries.ground(register, assumed, day_of(now))
    try:
        must_suffice(ground)
    except TooLittle as error:
        raise TooLittleKnown(said(error.sentence, error.values)) from error
    missing = queries.lacking_births(ground, assumed.horizon)
    if missing:
        names = _("、").join(f"{unit or _('全县')} {queries.cohort_name(year)}" for unit, year in missing[:NAMED])
        message = _("缺 %(n)d 个出生人数（%(names)s……），请先在“出生人数”里补齐。")
        raise TooLittleKnown(message % {"n": len(missing), "names": names})


def keep_result(actor: Actor, row: Scenario, *, result: Mapping[str, Any], version: int, now: datetime) -> Scenario:
    """This function will keep the forecast of a scenario as it was asked for.

    Raises
        Stale: its assumptions were changed meanwhile; another job is under way.
    """
    with transaction.atomic():
        kept = change(actor, row, action="places.keep_result", now=now, version=version, computed_at=now)
        return put(kept, result)


def put(row: Scenario, result: Mapping[str, Any] | None) -> Scenario:
    """The forecast follows from the rows and is large: the audit tells when it was made, not what it says."""
    row.result = None if result is None else dict(result)
    row.save(update_fields=["result"])
    return row


def submit_scenario(actor: Actor, row: Scenario, *, now: datetime) -> Scenario:
    """This function will lay a computed draft before the leader.

    Raises
        NotComputed: it has no forecast yet.
        WrongState: it is no draft any more.
    """
    with transaction.atomic():
        if must_be(row, ScenarioState.DRAFT).computed_at is None:
            raise NotComputed(_("还没有测算结果，请等测算完成后再送审。"))
        return change(
            actor, row, action="places.submit_scenario", now=now, state=ScenarioState.SUBMITTED.value, opinion=""
        )


def approve_scenario(actor: Actor, row: Scenario, *, opinion: str, version: int, now: datetime) -> Scenario:
    """This function will make a scenario the one that holds; the one before stays, as no longer holding.

    Raises
        Stale: it is not the one that was looked at.
        WrongState: it does not wait for a leader.
    """
    with transaction.atomic():
        hold(row.county_id)
        must_be(row, ScenarioState.SUBMITTED)
        before = queries.approved(row.county_id)
        if before is not None:
            change(actor, before, action="places.retire_scenario", now=now, state=ScenarioState.RETIRED.value)
        return settle(actor, row, ScenarioState.APPROVED, "places.approve_scenario", opinion, version, now)


def return_scenario(actor: Actor, row: Scenario, *, opinion: str, version: int, now: datetime) -> Scenario:
    """This function will give a scenario back as a draft, with the reason.

    Raises
        Stale: it is not the one that was looked at.
        WrongState: it does not wait for a leader.
    """
    with transaction.atomic():
        must_be(row, ScenarioState.SUBMITTED)
        return settle(actor, row, ScenarioState.DRAFT, "places.return_scenario", opinion, version, now)


def settle(
    actor: Actor, row: Scenario, state: ScenarioState, action: str, opinion: str, version: int, now: datetime
) -> Scenario:
    return change(
        actor,
        row,
        action=action,
        now=now,
        version=version,
        reason=opinion,
        opinion=opinion,
        state=state.value,
        settled_by=actor.label[:200],
        settled_at=now,
    )
