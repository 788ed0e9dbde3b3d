"""One school's record of a year as its page shows it, and what the checks ask of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from xietong.areas.orgs import access
from xietong.areas.orgs.models import (
    CareFigure,
    Correction,
    Explanation,
    Figure,
    Room,
    SchoolClass,
    SchoolRecord,
    Source,
    Stage,
)
from xietong.areas.orgs.queries.filling import class_order
from xietong.areas.orgs.queries.register import RULES, stages_of
from xietong.areas.orgs.rules.checks import Facts, Finding, Place, Weight, findings
from xietong.areas.orgs.rules.fields import FIELDS, SUBJECTS, FieldSpec, grade_name
from xietong.kit.access.permissions import visible
from xietong.kit.accounts.actor import Actor
from xietong.kit.ruletable.table import in_force, value_of
from xietong.kit.words import said

MISSING = "missing"

Check = Callable[[SchoolRecord], Iterable[Finding]]
CHECKS: list[Check] = []


def add_check(check: Check) -> None:
    """This function will have a school's record checked by a higher area too; called from its `apps.py`."""
    if check not in CHECKS:
        CHECKS.append(check)


@dataclass(frozen=True, slots=True)
class Asked:
    """A finding as a page shows it, with the school's word on it if there is one."""

    finding: Finding
    text: str
    words: str

    @property
    def is_settled(self) -> bool:
        return self.finding.weight is Weight.WORD and bool(self.words)


@dataclass(frozen=True)
class RecordPage:
    """One school's record of a year, with last year's beside it."""

    row: SchoolRecord
    stages: tuple[str, ...]
    figures: Mapping[Place, Figure]
    before: Mapping[Place, Figure]
    classes: tuple[SchoolClass, ...]
    rooms: tuple[Room, ...]
    care: tuple[CareFigure, ...]
    corrections: tuple["Corrected", ...]
    asked: tuple[Asked, ...]

    @cached_property
    def lines(self) -> list["Line"]:
        """Every figure that the school has, or should have, in the order of the fields."""
        return [self.line(spec, stage, grade) for spec in FIELDS.values() for stage, grade in self.places(spec)]

    def places(self, spec: FieldSpec) -> list[tuple[str, int]]:
        """Where a figure stands: once for the whole school, or by stage and grade."""
        return [("", 0)] if ("", 0, spec.code) in self.figures else spec.places(self.stages)

    def line(self, spec: FieldSpec, stage: str, grade: int) -> "Line":
        place = (stage, grade, spec.code)
        one_stage = len(self.stages) == 1
        return Line(spec, stage, grade, self.figures.get(place), self.before.get(place), one_stage)

    @property
    def subjects(self) -> list[tuple[str, list["Line"]]]:
        """The figures without grades, by what they are about; of the optional ones those that there are."""
        shown = [line for line in self.lines if line.figure or line.before or not line.spec.optional]
        groups = ((said(name), [line for line in shown if line.spec.code in codes]) for name, codes in SUBJECTS)
        return [(name, lines) for name, lines in groups if lines]

    @property
    def grades(self) -> list["Grade"]:
        """Each grade with its pupils and classes."""
        lines = {(line.stage, line.grade): line for line in self.lines if line.spec.grades}
        classes: dict[tuple[str, int], list[SchoolClass]] = {}
        for one in self.classes:
            classes.setdefault((one.stage, one.grade), []).append(one)
        places = dict.fromkeys([*lines, *classes])
        return [Grade(*at, lines.get(at), tuple(classes.get(at, ()))) for at in places]

    @cached_property
    def to_fill(self) -> list["Line"]:
        """What the school types: what no export has, and what the one that was taken in left out."""
        came = any(one.source == Source.STATISTICS for one in self.figures.values())
        return [line for line in self.lines if line.is_asked and (came or line.figure or not line.spec.is_exported)]

    @property
    def unfilled(self) -> int:
        return sum(line.figure is None for line in self.to_fill)

    @property
    def open_questions(self) -> list[Asked]:
        return [one for one in self.asked if not one.is_settled]

    @property
    def missing(self) -> list[Asked]:
        """What is wrong because something is not there yet, which is much at the beginning."""
        return [one for one in self.asked if one.finding.code == MISSING]

    @property
    def faults(self) -> list[Asked]:
        return [one for one in self.asked if one.finding.weight is Weight.FAULT and one.finding.code != MISSING]

    @property
    def for_words(self) -> list[Asked]:
        return [one for one in self.asked if one.finding.weight is Weight.WORD]

    @property
    def explained(self) -> list[Asked]:
        return [one for one in self.asked if one.is_settled]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the page: as it is, and as it was a year ago."""

    spec: FieldSpec
    stage: str
    grade: int
    figure: Figure | None
    before: Figure | None
    one_stage: bool = False

    @property
    def label(self) -> str:
        """What the figure is called; where the school has several stages, with the stage."""
        if self.one_stage and not self.grade:
            return field_name(self.spec.code)
        return figure_name(self.stage, self.grade, self.spec.code)

    @property
    def unit(self) -> str:
        return said(self.spec.unit)

    @property
    def name(self) -> str:
        """The figure's place as a form names it."""
        return f"{self.spec.code}-{self.stage}-{self.grade}"

    @property
    def key(self) -> Place:
        return self.stage, self.grade, self.spec.code

    @property
    def change(self) -> Decimal | None:
        return self.figure.value - self.before.value if self.figure and self.before else None

    @property
    def is_asked(self) -> bool:
        """Whether the school types it: no export has it, or the export left it out."""
        return (self.figure is None and not self.spec.optional) or (
            self.figure is not None and self.figure.source == Source.SCHOOL
        )


@dataclass(frozen=True, slots=True)
class Corrected:
    """A figure that was put right, with both versions."""

    row: Correction

    @property
    def label(self) -> str:
        return figure_name(self.row.figure.stage, self.row.figure.grade, self.row.figure.field)


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade with its pupils as the statistics have them, and its classes as the pupil register has them."""

    stage: str
    grade: int
    line: Line | None
    classes: tuple[SchoolClass, ...]

    @property
    def label(self) -> str:
        return said(grade_name(self.stage, self.grade))

    @property
    def in_classes(self) -> int:
        return sum(one.pupils for one in self.classes)


def place_name(stage: str, grade: int) -> str:
    """Stage and grade in words: 小学三年级."""
    name = str(Stage(stage).label) if stage else _("全校")
    if not grade:
        return name
    return _("%(stage)s%(grade)s") % {"stage": name, "grade": said(grade_name(stage, grade))}


def figure_name(stage: str, grade: int, code: str) -> str:
    """A figure with its place in words: 小学三年级在校生数."""
    return _("%(place)s%(name)s") % {"place": place_name(stage, grade), "name": field_name(code)}


def record_page(actor: Actor, row: SchoolRecord) -> RecordPage:
    """Everything that a school's record holds; the queries do not grow with it."""
    figures = {(one.stage, one.grade, one.field): one for one in row.figures.all()}
    earlier = Figure.objects.filter(
        record__school_id=row.school_id, record__register__county_id=row.county_id,
        record__register__year=row.register.year - 1,
    )  # fmt: skip
    before = {(one.stage, one.grade, one.field): one for one in earlier}
    classes = tuple(sorted(row.classes.all(), key=class_order))
    stages = stages_of(row)
    facts = Facts(
        stages,
        {place: one.value for place, one in figures.items()},
        [(one.stage, one.grade, one.name, one.pupils) for one in classes],
        {place: one.value for place, one in before.items()},
    )
    return RecordPage(
        row,
        stages,
        figures,
        before,
        classes,
        tuple(row.rooms.order_by("kind", "name")),
        tuple(visible(actor, access.VIEW_CARE).filter(record=row).order_by("pk")),
        tuple(Corrected(one) for one in row.corrections.select_related("figure").order_by("-at", "-pk")),
        asked_of(row, facts),
    )


def asked_of(row: SchoolRecord, facts: Facts) -> tuple[Asked, ...]:
    """What the checks of this and of higher areas ask, each with the school's word."""
    limit = Decimal(value_of(in_force(row.county_id, row.register.as_of, prefix=RULES), "orgs.register.jump_percent"))
    found = [*findings(facts, limit), *(one for check in CHECKS for one in check(row))]
    words = {(one.check_code, one.subject): one.words for one in Explanation.objects.filter(record=row)}
    return tuple(Asked(one, in_words(one), words.get(one.key, "")) for one in found)


def in_words(finding: Finding) -> str:
    """The sentence in the reader's language; a figure that it names is named in his language too."""
    where = place_name(finding.stage, finding.grade) if finding.stage else ""
    named = {"name": field_name(finding.subject)} if finding.subject in FIELDS else {}
    return said(finding.sentence, {**finding.values, **named, "where": where})


def field_name(code: str) -> str:
    return said(FIELDS[code].name)


DEEDS = {
    "fill": access.FILL_RECORD,
    "confirm": access.CONFIRM_RECORD,
    "release": access.RELEASE_RECORD,
    "correct": access.CORRECT_RECORD,
    "describe": access.DESCRIBE_RECORD,
}


def deeds_on(actor: Actor, row: SchoolRecord) -> frozenset[str]:
    """What the actor may do to a record that he sees; whoever holds these rights holds them over all that he sees."""
    return frozenset(
        name for name, permission in DEEDS.items() if permission.held_by(actor) and permission.unless(row) is None
    )
