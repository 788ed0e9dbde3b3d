"""What the register of schools publishes: by school, stage and school year."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xietong.areas.orgs import queries
from xietong.areas.orgs.models import CareFigure, Figure, OrgKind, RegisterYear, Room, SchoolClass, SchoolRecord
from xietong.areas.orgs.rules.fields import FIELDS, FieldSpec
from xietong.areas.orgs.rules.sizes import ClassSizes
from xietong.areas.orgs.rules.stages import Weights, shares
from xietong.kit.marking import gettext_noop
from xietong.kit.measures.declare import Combine, Grain, Measure, Origin, Publication, Row
from xietong.kit.words import said

YUAN = {gettext_noop("万元"): Decimal(10_000)}
"""Money is published in yuan, whatever the export says it in."""

OF_SCHOOLS = (
    Measure("schools", gettext_lazy("学校（学部）数"), gettext_noop("所")),
    Measure("confirmed_schools", gettext_lazy("校长已确认资料的学校（学部）数"), gettext_noop("所")),
    Measure("teaching_points", gettext_lazy("教学点数"), gettext_noop("个")),
    Measure("public_pupils", gettext_lazy("公办学校在校生数"), gettext_noop("人")),
    Measure("inclusive_pupils", gettext_lazy("公办和普惠性民办学校在校生数"), gettext_noop("人")),
)
OF_CLASSES = (
    Measure("classes", gettext_lazy("班级数"), gettext_noop("个")),
    Measure("classes_over_standard", gettext_lazy("超过标准班额的班级数"), gettext_noop("个")),
    Measure("large_classes", gettext_lazy("大班额班级数"), gettext_noop("个")),
    Measure("very_large_classes", gettext_lazy("超大班额班级数"), gettext_noop("个")),
    Measure("largest_class", gettext_lazy("最大班的学生数"), gettext_noop("人"), Combine.MAX),
)
OF_ROOMS = {
    Room.Kind.MUSIC: Measure("music_rooms", gettext_lazy("音乐专用教室数"), gettext_noop("间")),
    Room.Kind.ART: Measure("art_rooms", gettext_lazy("美术专用教室数"), gettext_noop("间")),
}
OF_CARE = {
    CareFigure.Group.MIGRANT: Measure(
        "migrant_pupils", gettext_lazy("随迁子女在校生数"), gettext_noop("人"), is_private=True
    ),
    CareFigure.Group.LEFT_BEHIND: Measure(
        "left_behind_pupils", gettext_lazy("留守儿童在校生数"), gettext_noop("人"), is_private=True
    ),
    CareFigure.Group.DISABLED: Measure(
        "disabled_pupils", gettext_lazy("残疾儿童少年在校生数"), gettext_noop("人"), is_private=True
    ),
}
PUBLIC = SchoolRecord.Ownership.PUBLIC
INCLUSIVE = (PUBLIC, SchoolRecord.Ownership.SUBSIDISED)

Key = tuple[str, int, str]
"""Measure, school, stage."""


def of_field(spec: FieldSpec) -> Measure:
    return Measure(
        spec.code, gettext_lazy(spec.name), gettext_noop("元") if spec.unit in YUAN else spec.unit, stages=spec.stages
    )


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of a county's register of one year."""

    records: Mapping[int, SchoolRecord]
    figures: tuple[Figure, ...]
    classes: tuple[SchoolClass, ...]
    rooms: tuple[Room, ...] = ()
    care: tuple[CareFigure, ...] = ()


def held(register: RegisterYear) -> Held:
    """Read in five queries, however many schools there are."""
    return replace(
        held_of(register),
        rooms=tuple(Room.objects.filter(record__register=register)),
        care=tuple(CareFigure.objects.filter(record__register=register)),
    )


def held_of(register: RegisterYear, fields: Collection[str] | None = None) -> Held:
    """The classes and some of the figures alone, in three queries; all figures where no fields are named."""
    figures = Figure.objects.filter(record__register=register)
    return Held(
        {row.pk: row for row in register.records.all()},
        tuple(figures if fields is None else figures.filter(field__in=fields)),
        tuple(SchoolClass.objects.filter(record__register=register)),
    )


def rows(county_id: int, period: int) -> Iterator[Row]:
    """Every measure of the register of a school year."""
    register = RegisterYear.objects.filter(county_id=county_id, year=period).first()
    if register is None:
        return
    rows_held = held(register)
    sums = of_figures(rows_held, queries.split_weights(county_id, register.as_of))
    sums |= of_classes(rows_held, queries.class_sizes(county_id, register.as_of), sums)
    sums |= of_schools(rows_held, sums)
    for room in rows_held.rooms:
        record = rows_held.records[room.record_id]
        key = (OF_ROOMS[Room.Kind(room.kind)].name, record.school_id, first_stage(record))
        sums[key] = sums.get(key, Decimal(0)) + 1
    for care in rows_held.care:
        sums[OF_CARE[CareFigure.Group(care.group)].name, rows_held.records[care.record_id].school_id, care.stage] = (
            Decimal(care.pupils)
        )
    for (name, school, stage), value in sums.items():
        yield Row(name, school, stage, value)


def of_figures(rows_held: Held, weights: Weights) -> dict[Key, Decimal]:
    """The figures by stage, summed over grades; those of a whole school told to its stages by weighted pupils."""
    sums: dict[Key, Decimal] = defaultdict(Decimal)
    whole: list[Figure] = []
    for figure in rows_held.figures:
        if figure.stage:
            sums[figure.field, rows_held.records[figure.record_id].school_id, figure.stage] += in_unit(figure)
        else:
            whole.append(figure)
    for figure in whole:
        record = rows_held.records[figure.record_id]
        pupils = {
            stage: float(sums.get(("pupils", record.school_id, stage), 0)) for stage in queries.stages_of(record)
        }
        for stage, share in shares(pupils, weights).items():
            sums[figure.field, record.school_id, stage] += in_unit(figure) * Decimal(repr(share))
    return dict(sums)


def in_unit(figure: Figure) -> Decimal:
    return figure.value * YUAN.get(FIELDS[figure.field].unit, Decimal(1))


def of_classes(rows_held: Held, sizes: ClassSizes, sums: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
    """What follows from the classes; they also give the pupils of a stage that no statistics tell."""
    found: dict[Key, Decimal] = defaultdict(Decimal)
    pupils: dict[Key, Decimal] = defaultdict(Decimal)
    for one in rows_held.classes:
        at = (rows_held.records[one.record_id].school_id, one.stage)
        pupils["pupils", *at] += one.pupils
        found["classes", *at] += 1
        found["classes_over_standard", *at] += one.pupils > sizes.standard.get(one.stage, one.pupils)
        found["large_classes", *at] += one.pupils >= sizes.large
        found["very_large_classes", *at] += one.pupils >= sizes.very_large
        found["largest_class", *at] = max(found["largest_class", *at], Decimal(one.pupils))
    return dict(found) | {key: value for key, value in pupils.items() if key not in sums}


def of_schools(rows_held: Held, sums: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
    """A school counts once in each of its stages, but for one that is known to have no pupils."""
    found: dict[Key, Decimal] = {}
    for record in rows_held.records.values():
        for stage in queries.stages_of(record):
            at = (record.school_id, stage)
            pupils = sums.get(("pupils", *at))
            if pupils == 0:
                continue
            found["schools", *at] = Decimal(1)
            found["teaching_points", *at] = Decimal(int(record.kind == OrgKind.TEACHING_POINT))
            found["confirmed_schools", *at] = Decimal(int(record.confirmed_at is not None))
            if pupils is not None:
                found["public_pupils", *at] = pupils if record.ownership == PUBLIC else Decimal(0)
                found["inclusive_pupils", *at] = pupils if record.ownership in INCLUSIVE else Decimal(0)
    return found


def first_stage(record: SchoolRecord) -> str:
    """Rooms are shared by the stages of a school; they count in its first."""
    return (*queries.stages_of(record), "")[0]


def origins(measure: str, county_id: int, period: int, unit_id: int, stage: str) -> Iterator[Origin]:
    """The rows of one school's record that a value was counted from."""
    record = (
        SchoolRecord.objects.filter(county_id=county_id, register__year=period, school_id=unit_id)
        .select_related("register", "school")
        .first()
    )
    if record is None:
        return
    url = reverse("orgs:record", args=[record.pk])
    names = {measure, "pupils"} if measure in {one.name for one in OF_SCHOOLS} else {measure}
    for figure in record.figures.filter(field__in=names, stage__in=["", stage]).order_by("grade"):
        label = queries.figure_name(figure.stage, figure.grade, figure.field)
        value = f"{figure.value.normalize():f} {said(FIELDS[figure.field].unit, {})}"
        yield Origin(label, value, figure.get_source_display(), figure.as_of, url)
    if measure in {one.name for one in OF_CLASSES}:
        for one in record.classes.filter(stage=stage).order_by("grade", "name"):
            label = f"{queries.place_name(one.stage, one.grade)}{one.name}"
            yield Origin(label, _("%(n)d 人") % {"n": one.pupils}, one.get_source_display(), one.as_of, url)
    for kind, one_measure in OF_ROOMS.items():
        if measure == one_measure.name:
            for room in record.rooms.filter(kind=kind).order_by("name"):
                yield Origin(room.name, f"{room.area} ㎡", room.get_source_display(), room.as_of, url)


PUBLICATION = Publication(
    "orgs",
    Grain.SCHOOL_YEAR,
    (
        *(of_field(spec) for spec in FIELDS.values()),
        *OF_SCHOOLS,
        *OF_CLASSES,
        *OF_ROOMS.values(),
        *OF_CARE.values(),
    ),
    rows,
    origins,
)
