"""薄弱与紧缺学科: by subject and school, what the classes need, who teaches, and how much is taught."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, F, QuerySet, Sum
from django.utils.translation import gettext as _

from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import RegisterYear, SchoolClass, SchoolRecord, Stage
from xietong.areas.people.models import StaffRecord, Teaching
from xietong.areas.people.rules.grades import TaughtIn, Weights, needs_of_grades, weights_of
from xietong.areas.people.rules.periods import PREFIX, Curriculum, Need, SubjectSupply, curriculum_of, supply
from xietong.areas.people.rules.subjects import GROUP_OF, GROUPS, SHORT, Match, match
from xietong.areas.people.rules.table import RuleFault
from xietong.kit.accounts.actor import Actor
from xietong.kit.errors import NotReady
from xietong.kit.ruletable.table import in_force
from xietong.kit.words import said

STAGES = (Stage.PRIMARY.value, Stage.MIDDLE.value)
"""Those of which the curriculum says how much of what is taught."""


@dataclass(slots=True)
class Tally:
    """What is counted of a subject while the staff is gone through."""

    teachers: int = 0
    off: int = 0
    unknown: int = 0
    periods: Decimal = Decimal(0)
    coming: set[int] = field(default_factory=set)

    def add(self, other: "Tally") -> None:
        self.teachers += other.teachers
        self.off += other.off
        self.unknown += other.unknown
        self.periods += other.periods
        self.coming |= other.coming


@dataclass(frozen=True, slots=True)
class SupplyLine:
    """A subject of the curriculum: teachers mainly of it beside the need, those who come for it, periods a week.

    Without classes there is no need to be told (`supply` is None), without staff nothing of the teachers.
    """

    group: str
    supply: SubjectSupply | None
    tally: Tally | None

    @property
    def name(self) -> str:
        return said(GROUPS[self.group])

    @property
    def short(self) -> str:
        return said(SHORT.get(self.group, GROUPS[self.group]))

    @property
    def need(self) -> Need | None:
        return self.supply.need if self.supply else None

    @property
    def is_needed(self) -> bool:
        return self.need is not None and self.need.middle > 0

    @property
    def state(self) -> str:
        """enough, weak, shortage, part_time or unknown; empty for a subject that no class here has."""
        if self.supply is None:
            return "unknown"
        return self.supply.state.value if self.is_needed else ""


@dataclass(frozen=True, slots=True)
class Supply:
    """All subjects of one school, or of all together where there is no record, in official order."""

    record: SchoolRecord | None
    lines: tuple[SupplyLine, ...]


@dataclass(frozen=True, slots=True)
class SupplyPage:
    """The schools of a register that somebody sees, in official order, and together those with classes and staff.

    `without_classes` and `without_staff` are schools of which one of the two is not there yet.
    """

    register: RegisterYear
    registers: tuple[RegisterYear, ...]
    stage: str
    together: Supply
    complete: int
    schools: tuple[Supply, ...]
    without_classes: tuple[SchoolRecord, ...]
    without_staff: tuple[SchoolRecord, ...]

    @property
    def total(self) -> Supply:
        """Of a school that stands alone what there is of it."""
        return self.schools[0] if len(self.schools) == 1 else self.together

    @property
    def blocks(self) -> tuple[Supply, ...]:
        return self.schools if len(self.schools) == 1 else (self.together, *self.schools)


def supply_page(actor: Actor, pk: int | None, stage: str) -> SupplyPage | None:
    """A register, the latest unless told; None while there is none. The queries do not grow with the schools."""
    registers = tuple(orgs.registers(actor))
    if pk is None and not registers:
        return None
    register = orgs.register(actor, pk or registers[0].pk)
    stages = (stage,) if stage in STAGES else STAGES
    records = {
        row.pk: row
        for row in orgs.records(actor, register).prefetch_related(None)
        if set(stages) & set(orgs.stages_of(row))
    }
    tallies, filled = tallied(stages, records)
    classes = classes_of(register, stages, records)
    rules = rules_of(register)
    complete = [pk for pk in records if pk in classes and pk in filled]
    schools = tuple(
        Supply(row, lines(rules, classes.get(pk), tallies[pk] if pk in filled else None))
        for pk, row in records.items()
    )
    return SupplyPage(
        register,
        registers,
        stage if stage in STAGES else "",
        Supply(None, lines(rules, classes_together(classes, complete), tallies_together(tallies, complete))),
        len(complete),
        schools,
        tuple(row for pk, row in records.items() if pk not in classes),
        tuple(row for pk, row in records.items() if pk not in filled),
    )


Tallies = Mapping[int, Mapping[str, Tally]]


def tallied(stages: tuple[str, ...], records: Mapping[int, SchoolRecord]) -> tuple[Tallies, set[int]]:
    """What is counted by record and subject, and the records that have staff at all; counted by the database."""
    found: dict[int, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    lessons = Teaching.objects.filter(stage__in=stages, record__in=records)
    main = lessons_of_teachers(stages, records)
    for record, stage, subject, major, certificate, count in main:
        if subject in GROUP_OF:
            fitting, tally = match(stage, subject, major, certificate), found[record][GROUP_OF[subject]]
            tally.teachers += count
            tally.off += count * (fitting is Match.OFF)
            tally.unknown += count * (fitting is Match.UNKNOWN)
    for record, subject, periods in lessons.values_list("record", "subject").annotate(Sum("periods")):
        if subject in GROUP_OF:
            found[record][GROUP_OF[subject]].periods += periods or 0
    for record, subject, who in visiting(lessons).values_list("record", "subject", "staff"):
        if subject in GROUP_OF:
            found[record][GROUP_OF[subject]].coming.add(who)
    there = (StaffRecord.objects.filter(record__in=records), Teaching.objects.filter(record__in=records))
    return found, set().union(*(rows.values_list("record", flat=True).distinct() for rows in there))


def lessons_of_teachers(
    stages: tuple[str, ...], records: Mapping[int, SchoolRecord]
) -> Iterable[tuple[int, str, str, str, str, int]]:
    """Teachers by their school and what they mainly teach and were trained for, with how many they are."""
    main = Teaching.objects.filter(is_main=True, stage__in=stages, staff__is_teacher=True)
    of = ("staff__record", "stage", "subject", "staff__trained_subject", "staff__certificate_subject")
    return main.filter(staff__record__in=records).values_list(*of).annotate(Count("pk"))


def visiting(lessons: QuerySet[Teaching]) -> QuerySet[Teaching]:
    """What people teach elsewhere than where they belong."""
    return lessons.exclude(staff__record=F("record"))


def classes_of(
    register: RegisterYear, stages: tuple[str, ...], records: Mapping[int, SchoolRecord]
) -> dict[int, Counter[int]]:
    """How many classes of each grade the schools have, by record."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    rows = SchoolClass.objects.filter(record__register=register, stage__in=stages)
    for pk, grade, count in rows.values_list("record_id", "grade").annotate(Count("pk")):
        if pk in records:
            found[pk][grade] = count
    return dict(found)


def classes_together(classes: Mapping[int, Counter[int]], complete: list[int]) -> Counter[int] | None:
    return sum((classes[pk] for pk in complete), Counter()) or None


def tallies_together(tallies: Tallies, complete: list[int]) -> Mapping[str, Tally] | None:
    found: dict[str, Tally] = defaultdict(Tally)
    for pk in complete:
        for group, tally in tallies[pk].items():
            found[group].add(tally)
    return found if complete else None


@dataclass(frozen=True, slots=True)
class Rules:
    curriculum: Curriculum
    weights: Weights


def rules_of(register: RegisterYear) -> Rules:
    """The curriculum in force on the day of the register.

    Raises
        NotReady: a rule is missing, or says no number; names it.
    """
    values = {code: rule.value for code, rule in in_force(register.county_id, register.as_of, prefix=PREFIX).items()}
    try:
        curriculum = curriculum_of(values)
        return Rules(curriculum, weights_of(curriculum, TaughtIn.of(values)))
    except RuleFault as fault:
        message = _(
            "规则表里的 %(code)s 缺失或者不是数字。请系统管理员在服务器上运行 xietong migrate，并核对本县的规则。"
        )
        raise NotReady(message % {"code": fault.code}) from fault


def lines(rules: Rules, classes: Counter[int] | None, tallies: Mapping[str, Tally] | None) -> tuple[SupplyLine, ...]:
    needed = (
        {one.subject: one for one in needs_of_grades(classes, rules.curriculum, rules.weights)} if classes else {}
    )
    return tuple(line(rules, group, needed.get(group), tallies) for group in GROUPS)


def line(rules: Rules, group: str, needed: Need | None, tallies: Mapping[str, Tally] | None) -> SupplyLine:
    tally = None if tallies is None else tallies.get(group, Tally())
    told = supply(needed, tally.teachers if tally else None, rules.curriculum) if needed else None
    return SupplyLine(group, told, tally)


def supply_stages() -> list[tuple[str, str]]:
    return [(code, label) for code, label in orgs.stage_choices() if code in STAGES]


def as_decimal(value: Fraction) -> Decimal:
    """To one decimal, as pages and exports show it."""
    return Decimal(round(value * 10)) / 10
