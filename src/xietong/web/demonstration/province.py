"""The other counties of the fictional province, alike but for their figures, by bulk inserts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from random import Random

from django.contrib.auth.hashers import make_password

from xietong.areas.orgs.models import County, Organisation, OrgKind, Role
from xietong.areas.people.models import Person
from xietong.areas.plans.models import Clause, Phase, Plan, Task
from xietong.areas.plans.rules.states import TaskState
from xietong.kit.clock.time import SHANGHAI
from xietong.web.demonstration import places, words
from xietong.web.demonstration.histories import Hand, History, keep_histories
from xietong.web.demonstration.measured import lay_reported_counties
from xietong.web.demonstration.moments import NOW, TODAY, issued_for, office_hour
from xietong.web.demonstration.progress import Progress
from xietong.web.demonstration.rows import keep
from xietong.web.demonstration.staffing import Post, employ
from xietong.web.demonstration.states import distribute

# Names that no county bears: the ten stems with the twelve branches.
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
COUNTIES, TASKS, LAST_MONTH = 98, 204, 92
FIRST_CODE = 999801
KINDS = (
    (OrgKind.PRIMARY, "小学", 48),
    (OrgKind.TEACHING_POINT, "教学点", 26),
    (OrgKind.KINDERGARTEN, "幼儿园", 26),
    (OrgKind.MIDDLE, "中学", 15),
    (OrgKind.NINE_YEAR, "学校", 4),
    (OrgKind.HIGH, "高级中学", 3),
)
TITLES = ("教研联合体联合教研活动", "薄弱学科教师培训", "学校诊断与改进", "结对帮扶", "实习实践基地", "精品课申报")
FEW, EVERY = timedelta(days=30), 10


@dataclass(frozen=True, slots=True)
class Setting:
    """One county of the province while it is being built."""

    county: County
    office: Organisation
    schools: list[Organisation]
    clerk: Hand
    doers: dict[int, Hand]


def lay_province(model: Plan, rng: Random, progress: Progress, counties: int) -> None:
    """This function will build so many other counties."""
    clauses, phases = list(model.clauses.order_by("order")), list(model.phases.order_by("order"))
    # Hashing nothing twelve thousand times is slow too: nobody signs in as these people.
    nobody = make_password(None)
    others = []
    for n, name in enumerate(islice(county_names(), counties)):
        setting = found(n, name, nobody, rng)
        others.append(setting.county)
        plan = copy_plan(model, setting.county)
        top = copy_clauses(clauses, plan)
        copy_phases(phases, plan)
        work(setting, plan, top, rng)
        if n % EVERY == EVERY - 1:
            progress.say(f"全省：{n + 1} / {counties} 个县")
    lay_reported_counties(others, model.county, rng)


def county_names() -> Iterator[str]:
    return (stem + branch for stem in STEMS for branch in BRANCHES)


def found(n: int, short: str, nobody: str, rng: Random) -> Setting:
    """A county with an office, its clerk, and schools with a liaison each."""
    county = County.objects.create(
        code=str(FIRST_CODE + n),
        name=f"{short}县",
        short_name=short,
        city_name=f"{short[0]}州市",
        province_name=places.PROVINCE,
        is_fictional=True,
    )
    office = Organisation(
        county=county,
        kind=OrgKind.GROUP_OFFICE,
        name=f"{short}县协同提质行动领导小组办公室",
        short_name="领导小组办公室",
        order=10,
    )
    names = [(kind, f"{short}县第{at + 1}{word}") for kind, word, count in KINDS for at in range(count)]
    rows = [
        Organisation(county=county, kind=kind, name=name, short_name=name.removeprefix(f"{short}县"), order=200 + at)
        for at, (kind, name) in enumerate(names)
    ]
    keep([office, *rows])
    posts = [Post(office, "办公室主任", roles=(Role.OFFICE.value,))]
    posts += [Post(one, "办公室主任", "语文", roles=(Role.SCHOOL_LIAISON.value,)) for one in rows]
    people = employ(county, posts, rng, first_number=100001, sealed=False, password=nobody)
    return Setting(county, office, rows, Hand.of(people[0], str(office)), liaisons(rows, people[1:]))


def liaisons(schools: list[Organisation], people: list[Person]) -> dict[int, Hand]:
    return {one.pk: Hand.of(person, str(one)) for one, person in zip(schools, people, strict=True)}


def copy_plan(model: Plan, county: County) -> Plan:
    return Plan.objects.create(
        county=county,
        title=renamed(model.title, county),
        document_no=f"演示字〔2024〕{county.code[3:]}号",
        state=Plan.State.ISSUED,
        source_name=renamed(model.source_name, county),
        source_text=renamed(model.source_text, county),
        read_at=model.read_at,
        issued_on=model.issued_on,
    )


def renamed(text: str, county: County) -> str:
    """The text for another county; names are equally long, so that the places of clauses stay right."""
    return re.sub(f"{places.SHORT}(?!师范)", county.short_name, text)


def copy_clauses(clauses: list[Clause], plan: Plan) -> list[Clause]:
    """Copies, level by level because each needs the key of its parent; returns those that tasks hang on."""
    made: dict[int, Clause] = {}
    for level in sorted({clause.level for clause in clauses}):
        originals = [clause for clause in clauses if clause.level == level]
        rows = keep(copied(clause, plan, made) for clause in originals)
        made |= {clause.pk: row for clause, row in zip(originals, rows, strict=True)}
    return [row for row in made.values() if row.level == 2 and row.kind in {"task", "guarantee"}]  # noqa: PLR2004


def copied(clause: Clause, plan: Plan, made: dict[int, Clause]) -> Clause:
    return Clause(
        county_id=plan.county_id,
        plan=plan,
        parent=made[clause.parent_id] if clause.parent_id else None,
        number=clause.number,
        label=clause.label,
        heading=renamed(clause.heading, plan.county),
        text=renamed(clause.text, plan.county),
        kind=clause.kind,
        level=clause.level,
        order=clause.order,
        start=clause.start,
        end=clause.end,
        named=[renamed(name, plan.county) for name in clause.named],
    )


def copy_phases(phases: list[Phase], plan: Plan) -> None:
    keep(
        Phase(
            county_id=plan.county_id,
            plan=plan,
            name=one.name,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            order=one.order,
        )
        for one in phases
    )


def work(setting: Setting, plan: Plan, clauses: list[Clause], rng: Random) -> None:
    """Tasks with their courses; each month some report, the last one as design sizes ask."""
    tasks = [task_of(setting, plan, clauses, n, rng) for n in range(TASKS)]
    distribute(tasks, rng)
    histories = [
        History(task, setting.clerk, setting.doers[task.lead_unit_id or 0], rng).run() for task in keep(tasks)
    ]
    report_lately(histories, rng)
    Task.objects.bulk_update(tasks, ["moved_at"], batch_size=200)
    keep_histories(histories)


def task_of(setting: Setting, plan: Plan, clauses: list[Clause], n: int, rng: Random) -> Task:
    clause, school = clauses[n % len(clauses)], setting.schools[n % len(setting.schools)]
    due_on = plan.issued_on + timedelta(days=rng.randrange(30, 640)) if plan.issued_on else TODAY
    return Task(
        county=setting.county,
        plan=plan,
        clause=clause,
        number=f"{clause.number}-{n // len(clauses) + 1}",
        title=f"{school}：{TITLES[n % len(TITLES)]}",
        lead_unit=school,
        due_on=due_on,
        issued_at=datetime.combine(issued_for(due_on), time(9, 30), SHANGHAI),
    )


def report_lately(histories: list[History], rng: Random) -> None:
    """Adds accepted reports of the last month to open tasks until there are as many as a province files."""
    ready = [one for one in histories if open_for_report(one)]
    since = NOW - FEW
    missing = LAST_MONTH - sum(report.at >= since for one in histories for report in one.reports)
    for n in range(max(missing, 0) if ready else 0):
        history = ready[n % len(ready)]
        about = office_hour(TODAY - timedelta(days=rng.randrange(1, 28)), rng)
        history.reported(history.moment(about), words.progress(rng))
        history.task.moved_at = history.last_at


def open_for_report(history: History) -> bool:
    under_way = history.task.state == TaskState.UNDER_WAY.value
    return under_way and all(report.reviewed_at for report in history.reports)
