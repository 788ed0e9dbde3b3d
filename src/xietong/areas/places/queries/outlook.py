"""Townships beside each other: places for a hundred pupils, and what the years bring."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import Organisation, OrgKind
from xietong.areas.orgs.rules.calendar import SchoolYear
from xietong.areas.places.queries import standards
from xietong.areas.places.queries.scenarios import Cell, cells_of, shown_scenario
from xietong.areas.places.queries.supply import supply
from xietong.areas.places.rules.bands import Band
from xietong.areas.places.rules.stages import LOCAL
from xietong.areas.places.rules.supply import Sum
from xietong.kit.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class TownshipStage:
    """A stage of a township: now, and in the years of the forecast."""

    now: Sum
    band: Band
    ahead: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Townships as a list, what is known of each by stage, and where it comes from."""

    townships: QuerySet[Organisation]
    facts: Mapping[tuple[int, str], TownshipStage]
    register: Any
    scenario: Any
    years: tuple[SchoolYear, ...] = ()


def outlook(actor: Actor, today: date) -> Outlook:
    rows = Organisation.objects.filter(county_id=actor.home, kind=OrgKind.TOWNSHIP, closed_on=None)
    register, scenario = orgs.latest_register(actor.home), shown_scenario(actor.home)
    if register is None:
        return Outlook(rows.none(), {}, None, scenario)
    bands, sums = standards.bands(actor.home, today), supply(register).by_stage("township")
    result = (scenario.result or {}) if scenario else {}
    ahead = {
        (int(key), stage): cells
        for key, stages in result.get("townships", {}).items()
        for stage, cells in cells_of(stages, result, bands)
    }
    facts = {}
    for key in rows.values_list("pk", flat=True):
        for stage in LOCAL:
            now = sums.get((key, stage), Sum())
            facts[key, stage] = TownshipStage(now, bands.of(now.pupils, now.places), ahead.get((key, stage), ()))
    years = tuple(SchoolYear(year) for year in result.get("years", ()))
    return Outlook(rows, facts, register, scenario, years)
