"""What the register of staff publishes: by school, stage and school year."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.models import RegisterYear, SchoolRecord
from xietong.areas.orgs.rules.checks import plain
from xietong.areas.people import queries
from xietong.areas.people.models import Teaching
from xietong.areas.people.queries import Member
from xietong.areas.people.rules.counting import BACKBONE, is_higher
from xietong.areas.people.rules.subjects import SPORTS_AND_ARTS, Match
from xietong.kit.marking import gettext_noop
from xietong.kit.measures.declare import Grain, Measure, Origin, Publication, Row

PEOPLE = gettext_noop("人")
SHARED = Measure("shared_teachers", gettext_lazy("来校走教的教师数"), PEOPLE)
PERIODS = Measure("periods_taught", gettext_lazy("周课时合计"), gettext_noop("节"))
HIGHER = Measure("higher_qualified_teachers", gettext_lazy("高于规定学历的专任教师数"), PEOPLE)

Counted = Callable[[Member, Mapping[str, str]], bool]
OF_MEMBERS: Mapping[str, tuple[Measure, Counted]] = {
    measure.name: (measure, counted)
    for measure, counted in (
        (Measure("staff", gettext_lazy("教职工数"), PEOPLE), lambda _one, _lowest: True),
        (
            Measure("established_staff", gettext_lazy("在编教职工数"), PEOPLE),
            lambda one, _lowest: one.row.is_established,
        ),
        (Measure("teachers", gettext_lazy("专任教师数"), PEOPLE), lambda one, _lowest: one.row.is_teacher),
        (HIGHER, lambda one, lowest: one.row.is_teacher and is_higher(lowest, one.stage, one.row.qualification)),
        (
            Measure("backbone_teachers", gettext_lazy("县级及以上骨干教师数"), PEOPLE),
            lambda one, _lowest: one.row.is_teacher and one.row.backbone in BACKBONE,
        ),
        (
            Measure("sports_arts_teachers", gettext_lazy("体育、艺术（音乐、美术）专任教师数"), PEOPLE),
            lambda one, _lowest: one.row.is_teacher and one.subject in SPORTS_AND_ARTS,
        ),
        (
            Measure("certified_teachers", gettext_lazy("持有教师资格证的专任教师数"), PEOPLE),
            lambda one, _lowest: one.row.is_teacher and bool(one.row.certificate_stage),
        ),
        (
            Measure("off_subject_teachers", gettext_lazy("教非所学的专任教师数"), PEOPLE),
            lambda one, _lowest: one.row.is_teacher and one.match is Match.OFF,
        ),
        (
            Measure("subject_known_teachers", gettext_lazy("所教与所学可以比较的专任教师数"), PEOPLE),
            lambda one, _lowest: one.row.is_teacher and one.match is not Match.UNKNOWN,
        ),
    )
}


def rows(county_id: int, period: int) -> Iterator[Row]:
    """Every measure of staff of a school year; a school whose staff is not filled has none."""
    register = RegisterYear.objects.filter(county_id=county_id, year=period).first()
    if register is None:
        return
    records = {row.pk: row for row in register.records.all()}
    lowest = queries.higher_from(register)
    sums: dict[tuple[str, int, str], Decimal] = defaultdict(Decimal)
    members = queries.members(records, register)
    lessons = [lesson for one in members for lesson in one.row.lessons]
    for pk in {*(one.row.record_id for one in members), *(one.record_id for one in lessons)}:
        sums.update(dict.fromkeys(nothing(records[pk], lowest), Decimal(0)))
    for one in members:
        for name, (_measure, counted) in OF_MEMBERS.items():
            if counted(one, lowest):
                sums[name, records[one.row.record_id].school_id, one.stage] += 1
    for (name, pk, stage), value in of_lessons(members).items():
        sums[name, records[pk].school_id, stage] += value
    for (name, school, stage), value in sums.items():
        yield Row(name, school, stage, value)


def nothing(record: SchoolRecord, lowest: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    """Where a school whose staff is filled has a value, nought if nobody counts."""
    for stage in orgs.stages_of(record):
        for name in (*OF_MEMBERS, SHARED.name, PERIODS.name):
            if name != HIGHER.name or stage in lowest:
                yield name, record.school_id, stage


def of_lessons(members: list[Member]) -> dict[tuple[str, int, str], Decimal]:
    """Periods, and those who come from another school, where they are taught: measure, record, stage."""
    found: dict[tuple[str, int, str], Decimal] = defaultdict(Decimal)
    for one in members:
        coming = set()
        for lesson in one.row.lessons:
            found[PERIODS.name, lesson.record_id, lesson.stage] += lesson.periods or 0
            if lesson.record_id != one.row.record_id:
                coming.add((SHARED.name, lesson.record_id, lesson.stage))
        for key in coming:
            found[key] += 1
    return found


def origins(measure: str, county_id: int, period: int, unit_id: int, stage: str) -> Iterator[Origin]:
    """How many by subject and qualification; who they are stands on the list, for those who may see it."""
    record = (
        SchoolRecord.objects.filter(county_id=county_id, register__year=period, school_id=unit_id)
        .select_related("register")
        .first()
    )
    if record is None:
        return
    staff = queries.school_staff(record)
    url = reverse("people:staff", args=[record.pk])
    if measure in OF_MEMBERS:
        counted, lowest = OF_MEMBERS[measure][1], queries.higher_from(record.register)
        chosen = [one for one in staff.members if one.stage == stage and counted(one, lowest)]
        yield from grouped(chosen, url)
    else:
        yield from of_subjects(measure, [one for one in lessons_of(measure, staff) if one.stage == stage], url)


def lessons_of(measure: str, staff: queries.SchoolStaff) -> list[Teaching]:
    return staff.visiting if measure == SHARED.name else list(staff.lessons)


def grouped(members: list[Member], url: str) -> Iterator[Origin]:
    found: dict[tuple[str, str, str, date], int] = Counter(
        (one.subject_name, one.qualification, one.row.get_source_display(), one.row.as_of) for one in members
    )
    for (subject, qualification, source, as_of), number in sorted(found.items()):
        label = _("%(subject)s · %(qualification)s") % {"subject": subject, "qualification": qualification}
        yield Origin(label, _("%(n)d 人") % {"n": number}, source, as_of, url)


def of_subjects(measure: str, lessons: list[Teaching], url: str) -> Iterator[Origin]:
    """Periods by subject, or those who come for it."""
    found: dict[tuple[str, str, date], list[Teaching]] = defaultdict(list)
    for one in lessons:
        found[one.subject, one.staff.get_source_display(), one.staff.as_of].append(one)
    for (subject, source, as_of), chosen in sorted(found.items()):
        if measure == SHARED.name:
            value = _("%(n)d 人") % {"n": len({one.staff_id for one in chosen})}
        else:
            value = _("%(n)s 节") % {"n": plain(sum((one.periods or Decimal(0) for one in chosen), Decimal(0)))}
        yield Origin(queries.subject_name(subject), value, source, as_of, url)


PUBLICATION = Publication(
    "people",
    Grain.SCHOOL_YEAR,
    (*(measure for measure, _counted in OF_MEMBERS.values()), SHARED, PERIODS),
    rows,
    origins,
)
