"""Reads of the staff of a school year: one by one, counted for a school, and what the checks ask about."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import RegisterYear, SchoolRecord
from xietong.areas.orgs.rules.checks import Finding
from xietong.areas.people import access
from xietong.areas.people.models import Qualification, StaffRecord, Teaching
from xietong.areas.people.rules.checks import StaffFacts, findings
from xietong.areas.people.rules.subjects import SUBJECTS, Match, match
from xietong.kit.access.permissions import visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.ruletable.table import in_force, value_of
from xietong.kit.words import said

JUMP = "orgs.register.jump_percent"
HIGHER = "people.higher."


@dataclass(frozen=True, slots=True)
class Member:
    """One of the staff as the measures count him: by the stage of his main subject, else the school's first."""

    row: Any
    stage: str
    subject: str
    match: Match

    @property
    def qualification(self) -> str:
        return str(self.row.get_qualification_display() or _("学历未填"))

    @property
    def subject_name(self) -> str:
        return subject_name(self.subject) if self.subject else _("不任教")


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A subject at a school: those who mainly teach it, those who come for it, and its periods a week."""

    name: str
    teachers: int
    visiting: int
    periods: Decimal
    off: int


@dataclass(frozen=True, slots=True)
class SchoolStaff:
    """The staff of one school in a school year, and what is taught there, by them and by those who come."""

    record: SchoolRecord
    members: tuple[Member, ...]
    lessons: tuple[Teaching, ...]

    @property
    def is_filled(self) -> bool:
        return bool(self.members or self.lessons)

    @property
    def teachers(self) -> list[Member]:
        return [one for one in self.members if one.row.is_teacher]

    @property
    def established(self) -> int:
        return sum(one.row.is_established for one in self.members)

    @property
    def visiting(self) -> list[Teaching]:
        """What people of other schools teach here."""
        return [one for one in self.lessons if one.staff.record_id != self.record.pk]

    @property
    def visitors(self) -> int:
        return len({one.staff_id for one in self.visiting})

    @property
    def qualifications(self) -> list[tuple[str, int]]:
        """Teachers by qualification, the highest first."""
        found = Counter(one.row.qualification for one in self.teachers)
        named = [(str(label), found[code]) for code, label in Qualification.choices if found[code]]
        return [*named, *([(_("学历未填"), found[""])] if found[""] else [])]

    @property
    def backbone(self) -> list[tuple[str, int]]:
        """Backbone teachers by level, the highest first."""
        levels = [one for one in reversed(StaffRecord.Backbone) if one != StaffRecord.Backbone.NONE]
        found = Counter(one.row.backbone for one in self.teachers)
        return [(str(level.label), found[level]) for level in levels if found[level]]

    @property
    def unmatched(self) -> int:
        """Teachers of whom it cannot be told whether they teach what they were trained for."""
        return sum(one.match is Match.UNKNOWN for one in self.teachers)

    @property
    def subjects(self) -> list[SubjectLine]:
        """What is taught here or whose teachers belong here, in official order."""
        teachers = Counter(one.subject for one in self.teachers)
        off = Counter(one.subject for one in self.teachers if one.match is Match.OFF)
        coming: dict[str, set[int]] = defaultdict(set)
        for one in self.visiting:
            coming[one.subject].add(one.staff_id)
        periods: dict[str, Decimal] = defaultdict(Decimal)
        for one in self.lessons:
            periods[one.subject] += one.periods or 0
        return [
            SubjectLine(subject_name(code), teachers[code], len(coming[code]), periods[code], off[code])
            for code in SUBJECTS
            if teachers[code] or code in periods
        ]


def subject_name(code: str) -> str:
    return said(SUBJECTS[code].name)


def with_lessons(rows: QuerySet[StaffRecord]) -> QuerySet[StaffRecord]:
    """With what each teaches, the main subject first, as `lessons`."""
    lessons = Teaching.objects.select_related("record__school").order_by("-is_main", "pk")
    return rows.prefetch_related(Prefetch("teaching", lessons, to_attr="lessons"))


def teaching(**where: Any) -> Q:
    """Those of the staff who teach something."""
    return Q(pk__in=Teaching.objects.filter(**where).values("staff_id"))


def staff_listed(actor: Actor, record: SchoolRecord) -> QuerySet[StaffRecord]:
    """Those who belong to a school in a school year or come there to teach."""
    rows = visible(actor, access.VIEW_STAFF).filter(Q(record=record) | teaching(record=record))
    return with_lessons(rows.select_related("person", "record__school", "register"))


def staff_by_person(register: RegisterYear, people_ids: list[int]) -> dict[int, StaffRecord]:
    """What a register says of these people, by person."""
    rows = StaffRecord.objects.filter(register=register, person_id__in=people_ids).select_related("record")
    return {row.person_id: row for row in with_lessons(rows)}


def records_of(register: RegisterYear, school_ids: list[int]) -> dict[int, SchoolRecord]:
    """The records of these schools, by school."""
    rows = SchoolRecord.objects.filter(register=register, school_id__in=school_ids)
    return {row.school_id: row for row in rows}


def members(records: Mapping[int, SchoolRecord], register: RegisterYear) -> list[Member]:
    """Everybody of a register with what he teaches, in two queries."""
    rows = with_lessons(StaffRecord.objects.filter(register=register).order_by("pk"))
    return [member(row, records[row.record_id]) for row in rows]


def higher_from(register: RegisterYear) -> dict[str, str]:
    """高于规定学历 by the rules of the day of the register: stage → the code of the lowest qualification."""
    rules = in_force(register.county_id, register.as_of, prefix=HIGHER)
    return {code.removeprefix(HIGHER): rule.value for code, rule in rules.items()}


def main_lesson(row: Any) -> Teaching | None:
    return next((one for one in row.lessons if one.is_main), None)


def member(row: Any, record: SchoolRecord) -> Member:
    main = main_lesson(row)
    stage = main.stage if main else (*orgs.stages_of(record), "")[0]
    return Member(row, stage, main.subject if main else "", match_of(row))


def match_of(row: Any) -> Match:
    """Whether somebody mainly teaches what he was trained for."""
    main = main_lesson(row)
    stage, subject = (main.stage, main.subject) if main else ("", "")
    return match(stage, subject, row.trained_subject, row.certificate_subject)


def school_staff(record: SchoolRecord) -> SchoolStaff:
    rows = with_lessons(StaffRecord.objects.filter(record=record).order_by("pk"))
    lessons = Teaching.objects.filter(record=record).select_related("staff").order_by("pk")
    return SchoolStaff(record, tuple(member(row, record) for row in rows), tuple(lessons))


def check_staff(record: SchoolRecord) -> Iterator[Finding]:
    """What the staff of a school's record of a year has to be asked about."""
    rules = in_force(record.county_id, record.register.as_of, prefix=JUMP)
    return findings(staff_facts(record), Decimal(value_of(rules, JUMP)))


def staff_facts(record: SchoolRecord) -> StaffFacts:
    staff = school_staff(record)
    before = StaffRecord.objects.filter(
        record__school_id=record.school_id, register__county_id=record.county_id,
        register__year=record.register.year - 1,
    )  # fmt: skip
    pupils: dict[str, Decimal] = defaultdict(Decimal)
    posts: dict[str, Decimal] = {}
    for figure in record.figures.filter(field__in=("pupils", "posts")):
        if figure.field == "pupils":
            pupils[figure.stage] += figure.value
        else:
            posts[figure.stage] = figure.value
    teachers = Counter(one.stage for one in staff.teachers) + Counter(one.stage for one in staff.visiting)
    whole = posts.get("", sum(posts.values(), Decimal(0)) if posts else None)
    return StaffFacts(len(staff.members), staff.established, teachers, pupils, whole, before.count())


def subject_choices() -> list[tuple[str, str]]:
    return [(code, subject_name(code)) for code in SUBJECTS]


def backbone_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in StaffRecord.Backbone.choices]
