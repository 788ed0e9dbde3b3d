"""学校年度资料 of 云岭县: three years of schools, classes, rooms and staff, as three exports would have told them.

Of the years before, the pupils by grade alone were entered afterwards.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import ceil
from random import Random

from xietong.areas.orgs import actions as orgs
from xietong.areas.orgs import queries
from xietong.areas.orgs.models import (
    SCHOOLS,
    STAGES_OF,
    CareFigure,
    County,
    Figure,
    Organisation,
    OrgKind,
    RegisterYear,
    Room,
    SchoolClass,
    SchoolRecord,
    Source,
    Stage,
)
from xietong.areas.orgs.rules.fields import FIELDS, GRADES
from xietong.areas.people.models import Appointment, Qualification, StaffRecord, Teaching
from xietong.areas.people.rules.subjects import words
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.clock.time import SHANGHAI
from xietong.web.demonstration.cohorts import crowd
from xietong.web.demonstration.ground import Ground
from xietong.web.demonstration.moments import NOW
from xietong.web.demonstration.rows import keep

BEFORE = (2019, 2020, 2021, 2022)
YEARS = (2023, 2024, 2025)
A_STAFF = {
    OrgKind.PRIMARY: 17.5,
    OrgKind.TEACHING_POINT: 10.5,
    OrgKind.MIDDLE: 12.6,
    OrgKind.NINE_YEAR: 14.0,
    OrgKind.COMPLETE_MIDDLE: 12.4,
    OrgKind.HIGH: 12.2,
    OrgKind.VOCATIONAL: 13.0,
    OrgKind.SPECIAL: 4.0,
    OrgKind.KINDERGARTEN: 8.4,
}
"""Pupils to a member of staff."""
CLASS_OF = {Stage.KINDERGARTEN: 28, Stage.PRIMARY: 42, Stage.MIDDLE: 46, Stage.HIGH: 48, Stage.SPECIAL: 10}
BETTER = {2023: 0.9, 2024: 0.95, 2025: 1.0}
"""What schools have grows year by year."""
SIZES = {"music": (96, 97, 98, 99, 100, 102, 74), "art": (90, 91, 92, 93, 94, 96, 68)}
LEAST_FUNDED = 100
MANY_CLASSES = 20
LEARNING = (
    (0.05, Qualification.MASTER),
    (0.72, Qualification.BACHELOR),
    (0.97, Qualification.COLLEGE),
    (2, Qualification.SECONDARY),
)
STANDING = ((0.04, "city"), (0.17, "county"), (0.25, "school"), (2, "none"))
TITLES = ((0.2, "senior"), (0.6, "first"), (2, "second"))
"""Up to which chance somebody is what."""
UNFIT, HALF, MOSTLY = 0.09, 0.5, 0.6
OTHER_SUBJECTS = {"机械加工": "vocational", "电子商务": "vocational"}


@dataclass(frozen=True, slots=True)
class Plot:
    """What a school is like, the same in every year: how well it stands for each of its assets."""

    school: Organisation
    staff: int
    room: float
    ground: float
    equipment: float
    media: float


def lay_registers(ground: Ground, rng: Random) -> None:
    """This function will lay the registers: all but the present one locked, and that one nearly confirmed."""
    plots = [
        Plot(
            ground[one.name], one.staff, rng.uniform(0.86, 1.7), rng.uniform(0.82, 1.9), rng.uniform(0.8, 1.5),
            rng.uniform(0.88, 1.5),
        )
        for one in ground.schools
        if one.staff
    ]  # fmt: skip
    for year in BEFORE:
        lay_pupils(ground.county, year, plots, rng)
    registers = [lay_register(ground.county, year, plots, rng) for year in YEARS]
    lay_staff(ground.county, registers, rng)
    for register in registers:
        orgs.recount(SYSTEM, register, now=NOW)


def lay_register(county: County, year: int, plots: list[Plot], rng: Random) -> RegisterYear:
    register = open_register(county, year)
    pairs = enter(register, plots)
    for place, (record, plot) in enumerate(pairs):
        is_confirmed = year < YEARS[-1] or place % 3 != 0
        set_up(record, plot, is_confirmed=is_confirmed, at=register.opened_at + timedelta(days=12))
    SchoolRecord.objects.bulk_update(
        [record for record, _plot in pairs], ["ownership", "confirmed_at", "confirmed_by", "urban_rural"]
    )
    lay_facts(pairs, register, rng)
    return register


def lay_pupils(county: County, year: int, plots: list[Plot], rng: Random) -> None:
    """A year of which only the pupils by grade are known."""
    register = open_register(county, year)
    keep(
        Figure(
            **held(record, register, Source.STATISTICS), stage=stage, grade=grade, field="pupils",
            value=Decimal(pupils_in(plot, stage, grade, count, year, rng)),
        )
        for record, plot in enter(register, plots)
        for stage, count in pupils_of(plot).items()
        for grade in GRADES[stage]
    )  # fmt: skip
    orgs.recount(SYSTEM, register, now=NOW)


def open_register(county: County, year: int) -> RegisterYear:
    is_past = year < YEARS[-1]
    opened = datetime.combine(date(max(year, YEARS[0]), 9, 20), time(9), SHANGHAI)
    return RegisterYear.objects.create(
        county=county,
        year=year,
        as_of=date(year, 9, 1),
        due_on=opened.date() + timedelta(days=25) if is_past else NOW.date() + timedelta(days=9),
        opened_at=opened,
        locked_at=opened + timedelta(days=60) if is_past else None,
    )


def enter(register: RegisterYear, plots: list[Plot]) -> list[tuple[SchoolRecord, Plot]]:
    """The records of the schools that have pupils."""
    orgs.enter_schools(register)
    records = {row.school_id: row for row in register.records.all()}
    return [(records[plot.school.pk], plot) for plot in plots if plot.school.pk in records]


def set_up(record: SchoolRecord, plot: Plot, *, is_confirmed: bool, at: datetime) -> None:
    private = plot.school.kind == OrgKind.KINDERGARTEN and plot.school.name[:2] not in {"云岭", "云溪"}
    if private and "中心" not in plot.school.name:
        record.ownership = SchoolRecord.Ownership.SUBSIDISED
    record.urban_rural = "121" if "云" in plot.school.name else "220"
    if is_confirmed:
        record.confirmed_at, record.confirmed_by = at, f"{plot.school} 校长"


def lay_facts(pairs: list[tuple[SchoolRecord, Plot]], register: RegisterYear, rng: Random) -> None:
    figures: list[Figure] = []
    classes: list[SchoolClass] = []
    rooms: list[Room] = []
    care: list[CareFigure] = []
    for record, plot in pairs:
        pupils = pupils_of(plot)
        rolls = [one for stage, count in pupils.items() for one in rolls_of(record, plot, stage, count, rng)]
        classes += rolls
        figures += figures_of(record, register, plot, rolls)
        rooms += rooms_of(record, register, len(rolls), rng)
        care += [
            CareFigure(
                **held(record, register, Source.ENROLMENT), stage=stage, group=group, pupils=int(count * share)
            )
            for stage, count in pupils.items()
            if stage in {Stage.PRIMARY, Stage.MIDDLE}
            for group, share in (("migrant", 0.05), ("left_behind", 0.12), ("disabled", 0.006))
        ]
    keep(figures)
    keep(classes)
    keep(rooms)
    keep(care)


def held(record: SchoolRecord, register: RegisterYear, source: str) -> dict[str, object]:
    return {"county_id": record.county_id, "record": record, "source": source, "as_of": register.as_of}


def pupils_of(plot: Plot) -> dict[Stage, int]:
    """How many in each stage in the present year; a school of several stages has more in the lower ones."""
    kind = OrgKind(plot.school.kind)
    count = plot.staff * A_STAFF[kind]
    stages = STAGES_OF[kind]
    weights = (0.66, 0.34) if kind == OrgKind.NINE_YEAR else (0.6, 0.4)
    parts = weights if len(stages) > 1 else (1.0,)
    return {stage: round(count * part) for stage, part in zip(stages, parts, strict=True)}


def pupils_in(plot: Plot, stage: Stage, grade: int, count: int, year: int, rng: Random) -> int:
    """How many of a stage with `count` are in a grade."""
    return max(3, round(count / len(GRADES[stage]) * crowd(plot.school, stage, grade, year, rng)))


def rolls_of(record: SchoolRecord, plot: Plot, stage: Stage, count: int, rng: Random) -> list[SchoolClass]:
    """Classes of each grade, cut as evenly as schools do it; a crowded grade has classes above the standard."""
    found, register = [], record.register
    for grade in GRADES[stage]:
        pupils = pupils_in(plot, stage, grade, count, register.year, rng)
        number = ceil(pupils / (CLASS_OF[stage] + rng.choice((0, 0, 2, 5))))
        for n in range(number):
            size = pupils // number + (n < pupils % number)
            found.append(
                SchoolClass(
                    **held(record, register, Source.ENROLMENT),
                    stage=stage,
                    grade=grade,
                    name=f"{n + 1}班",
                    pupils=size,
                )
            )
    return found


def figures_of(record: SchoolRecord, register: RegisterYear, plot: Plot, rolls: list[SchoolClass]) -> list[Figure]:
    """What the statistics tell of a school, and the three figures that it types itself."""
    grades: dict[tuple[str, int], int] = defaultdict(int)
    stages: dict[str, int] = defaultdict(int)
    numbers: dict[str, int] = defaultdict(int)
    for one in rolls:
        grades[one.stage, one.grade] += one.pupils
        stages[one.stage] += one.pupils
        numbers[one.stage] += 1
    found = [(stage, grade, "pupils", Decimal(count)) for (stage, grade), count in grades.items()]
    for stage, count in stages.items():
        found += [
            (stage, 0, code, amount)
            for code, amount in amounts(
                plot, stage, count, numbers[stage], register.year, count / sum(stages.values())
            ).items()
            if stage in FIELDS[code].stages
        ]
    return [
        Figure(
            **held(record, register, Source.STATISTICS if FIELDS[code].is_exported else Source.SCHOOL),
            stage=stage, grade=grade, field=code, value=value,
        )
        for stage, grade, code, value in found
    ]  # fmt: skip


def amounts(plot: Plot, stage: str, count: int, classes: int, year: int, share_of_staff: float) -> dict[str, Decimal]:
    better = BETTER[year]
    middle = stage == Stage.MIDDLE
    share = sum(map(ord, plot.school.name)) % 9
    funds = max(count, LEAST_FUNDED) * (940 if middle else 720)
    per_grade = max(1, len(GRADES[stage]))
    return {
        "entrants": Decimal(count // per_grade),
        "graduates": Decimal(count // per_grade),
        "transferred_in": Decimal(share),
        "transferred_out": Decimal(share + 2),
        "boarders": Decimal(count // 5 if middle else 0),
        "classrooms": Decimal(classes + share % 4),
        "teaching_area": square(count * (6.4 if middle else 5.1) * plot.room * better),
        "indoor_sports_area": square(200 if classes > MANY_CLASSES else 0),
        "sports_ground_area": square(count * (11.2 if middle else 8.3) * plot.ground),
        "outdoor_area": square(count * 4.6 * plot.ground),
        "activity_area": square(count * 8.6 * plot.room),
        "building_area": square(count * 11.0 * plot.room),
        "equipment_value": square(count * (0.29 if middle else 0.235) * plot.equipment * better),
        "multimedia_classrooms": Decimal(ceil(classes * 1.03 * plot.media * better)),
        "posts": Decimal(ceil(plot.staff * share_of_staff) + 2),
        "public_funds": square(funds),
        "training_funds": square(funds * (0.05 + 0.004 * (share - 1))),
    }


def square(value: float) -> Decimal:
    return Decimal(f"{value:.2f}")


def rooms_of(record: SchoolRecord, register: RegisterYear, classes: int, rng: Random) -> list[Room]:
    """A music and an art room for a dozen classes, some of them too small."""
    if record.kind in {OrgKind.KINDERGARTEN, OrgKind.SPECIAL, OrgKind.VOCATIONAL}:
        return []
    count = ceil(classes / 12)
    return [
        Room(
            **held(record, register, Source.SCHOOL), kind=kind, name=f"{name}{n + 1}",
            area=Decimal(rng.choice(SIZES[kind])),
        )
        for kind, name in (("music", "音乐教室"), ("art", "美术教室"))
        for n in range(count)
    ]  # fmt: skip


def lay_staff(county: County, registers: list[RegisterYear], rng: Random) -> None:
    """Everybody with a post at a school, in each of the years; qualifications and backbone teachers grow."""
    posts = list(
        Appointment.objects.filter(county=county, to_on=None, organisation__kind__in=sorted(SCHOOLS)).select_related(
            "organisation"
        )
    )
    facts = {post.person_id: facts_of(rng) for post in posts}
    for age, register in enumerate(reversed(registers)):
        records = {row.school_id: row for row in register.records.all()}
        pairs = [
            (post, staff_row(post, records[post.organisation_id], register, facts[post.person_id], age))
            for post in {one.person_id: one for one in posts}.values()
            if post.organisation_id in records
        ]
        keep(row for _post, row in pairs)
        keep(teaching_row(post, row, records[post.organisation_id]) for post, row in pairs if row.is_teacher)


@dataclass(frozen=True, slots=True)
class Chance:
    """What fate dealt to somebody, once for all years."""

    learning: float
    standing: float
    fit: float
    lessons: int
    stage: float


def facts_of(rng: Random) -> Chance:
    return Chance(rng.random(), rng.random(), rng.random(), rng.randrange(11, 18), rng.random())


def staff_row(
    post: Appointment, record: SchoolRecord, register: RegisterYear, chance: Chance, age: int
) -> StaffRecord:
    """`age` is how many years ago it was: fewer had studied long, fewer were backbone teachers."""
    learning = chance.learning + 0.03 * age
    qualification = next(one for limit, one in LEARNING if learning < limit)
    standing = chance.standing + 0.02 * age
    fits = chance.fit > UNFIT
    return StaffRecord(
        county_id=record.county_id,
        register=register,
        record=record,
        person_id=post.person_id,
        is_teacher=post.post != "办公室主任" or chance.fit > HALF,
        is_established=post.kind == Appointment.Kind.ESTABLISHED,
        qualification=qualification,
        trained_subject=f"{post.subject}教育" if fits else "汉语言文学",
        title=next(one for limit, one in TITLES if standing < limit),
        backbone=next(one for limit, one in STANDING if standing < limit),
        certificate_stage=main_stage(record, chance),
        certificate_subject=post.subject if fits else "语文",
        as_of=register.as_of,
    )


def main_stage(record: SchoolRecord, chance: Chance) -> str:
    stages = queries.stages_of(record)
    return stages[0] if len(stages) == 1 or chance.stage < MOSTLY else stages[1]


def teaching_row(post: Appointment, row: StaffRecord, record: SchoolRecord) -> Teaching:
    return Teaching(
        county_id=record.county_id,
        staff=row,
        record=record,
        stage=row.certificate_stage,
        subject=subject_of(post),
        periods=Decimal(12 + row.person_id % 6),
    )


def subject_of(post: Appointment) -> str:
    return OTHER_SUBJECTS.get(post.subject) or words().get(post.subject, "chinese")
