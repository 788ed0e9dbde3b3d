"""学位 of 云岭县: births of its townships, building projects, new housing, and two forecasts. All of it 演示."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from xietong.areas.orgs.models import County, OrgKind, RegisterYear
from xietong.areas.orgs.rules.fields import GRADES
from xietong.areas.places import actions, queries
from xietong.areas.places.models import Births, Housing, Project, Scenario
from xietong.areas.places.queries.ground import pupils_of
from xietong.areas.places.queries.townships import township_of, townships
from xietong.areas.places.rules.assumptions import Assumptions, Trio
from xietong.areas.places.rules.states import ScenarioState
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.ruletable.models import Rule
from xietong.web.demonstration.cohorts import FIRST, LAST, TREND, cohort
from xietong.web.demonstration.ground import Ground
from xietong.web.demonstration.moments import NOW, TODAY
from xietong.web.demonstration.registers import YEARS
from xietong.web.demonstration.rows import keep

ENTERING = 0.93
"""Of those born so many enter grade 1 in the county."""
NOTE = "演示数据"
OFFICE = "基教股（演示）"
PROJECTS = (
    ("云岭县第七小学新建工程（演示）", "云溪镇", "new", "building", date(2026, 8, 20), (0, 1080, 0, 0)),
    ("云溪中学扩建工程（演示）", "云溪镇", "extend", "planned", date(2027, 8, 20), (0, 0, 600, 0)),
    ("石桥镇中心幼儿园扩建（演示）", "石桥镇", "extend", "building", date(2026, 8, 25), (90, 0, 0, 0)),
    ("竹山学校教学楼重建（演示）", "竹山乡", "rebuild", "planned", date(2028, 8, 20), (0, 90, 50, 0)),
)
DELIVERED = ("云岭县第二幼儿园分园（演示）", "云溪镇", "new", date(2026, 2, 16), (180, 0, 0, 0))
HOUSES = (
    ("云溪城南新区一期（演示）", "云溪镇", 2026, "built", (45, 120, 40, 0)),
    ("云溪城南新区二期（演示）", "云溪镇", 2028, "building", (60, 160, 60, 0)),
    ("工业园区人才公寓（演示）", "云岭工业园区", 2027, "planned", (20, 30, 10, 0)),
)
APPROVED, HIGHER = "2026年基准方案（演示）", "出生回升方案（演示）"


def lay_places(ground: Ground, rng: Random) -> None:
    """This function will lay births, housing and projects, and have two scenarios forecast; one is approved."""
    register = RegisterYear.objects.get(county=ground.county, year=YEARS[-1])
    lay_rule(ground.county)
    lay_births(ground.county, register, rng)
    lay_housing(ground)
    lay_projects(ground)
    actor = replace(SYSTEM, county_id=ground.county.pk)
    actions.recount(actor, ground.county.pk, range(FIRST + 1, LAST + 2), now=NOW)
    base = queries.default_assumptions(actor, TODAY)
    lay_scenario(register, APPROVED, base, approved=True)
    lay_scenario(register, HIGHER, replace(base, births=Trio(-2.0, 1.0, 4.0)), approved=False)


def lay_rule(county: County) -> None:
    """A fifth of the classrooms serves other purposes: the county's own value of a rule."""
    shipped = Rule.objects.get(code="places.usable_rooms", county_id=None)
    kept = {
        name: getattr(shipped, name) for name in ("code", "name", "unit", "scope", "effective_from", "confidence")
    }
    note = "教室改作功能室的约两成。演示数据。"
    Rule.objects.create(county_id=county.pk, value="80", document="演示", note=note, **kept)


def lay_births(county: County, register: RegisterYear, rng: Random) -> None:
    """As many as the pupils of grade 1 lead to, before and after them along the trend."""
    found = townships(county.pk)
    entered: dict[int, float] = dict.fromkeys(found, 0.0)
    schools = {one.pk: one for one in county.organisations.exclude(kind=OrgKind.TOWNSHIP)}
    for (year, school, stage, grade), count in pupils_of(register).items():
        if year == register.year and stage == "primary" and grade == GRADES["primary"][0]:
            entered[township_of(schools[school], found)] += count
    level = TREND[cohort("primary", GRADES["primary"][0], register.year)]
    keep(
        Births(
            county=county, township_id=key, year=year, source=Births.Source.POLICE, note=NOTE,
            births=round(max(12.0, count / ENTERING) * TREND[year] / level * rng.uniform(0.96, 1.04)),
            as_of=date(year + 1, 9, 30),
        )
        for key, count in entered.items()
        for year in range(FIRST, LAST + 1)
    )  # fmt: skip


def by_stage(counts: tuple[int, int, int, int]) -> dict[str, int]:
    return dict(zip(("kindergarten", "primary", "middle", "high"), counts, strict=True))


def lay_housing(ground: Ground) -> None:
    keep(
        Housing(
            county=ground.county,
            name=name,
            township=ground[place],
            year=year,
            certainty=certainty,
            **by_stage(counts),
        )
        for name, place, year, certainty, counts in HOUSES
    )


def lay_projects(ground: Ground) -> None:
    keep(
        Project(
            county=ground.county, name=name, township=ground[place], kind=kind, state=state, due_on=due, note=NOTE,
            **by_stage(counts),
        )
        for name, place, kind, state, due, counts in PROJECTS
    )  # fmt: skip
    name, place, kind, day, counts = DELIVERED
    Project.objects.create(
        county=ground.county, name=name, township=ground[place], kind=kind, state="delivered", due_on=day,
        delivered_on=day, note=NOTE, **by_stage(counts),
    )  # fmt: skip


def lay_scenario(register: RegisterYear, name: str, assumed: Assumptions, *, approved: bool) -> None:
    """A scenario as a worker would have computed it; the approved one settled ten days ago."""
    row = Scenario(
        county=register.county, name=name, base_year=register.year, assumptions=assumed.as_json(), made_by=OFFICE
    )
    row.result, row.computed_at = queries.forecasting(row, TODAY)(), NOW - timedelta(days=12)
    if approved:
        row.state, row.settled_by = ScenarioState.APPROVED, "县教体局分管领导（演示）"
        row.settled_at, row.opinion = NOW - timedelta(days=10), "同意，按此安排建设项目。"
    row.save()
