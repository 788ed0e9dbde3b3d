"""核对: what in a school's record of a year does not fit together, or needs a word."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from gettext import NullTranslations

from xietong.areas.orgs.rules.fields import FIELDS, FieldSpec

# Marks a sentence for the catalogue; whoever knows the reader's language says it.
gettext_noop = NullTranslations().gettext

CLASSES_AND_GRADE = gettext_noop("%(where)s各班合计 %(classes)s 人，在校生数是 %(figure)s 人，相差 %(apart)s 人。")
PUPILS_WITHOUT_CLASSES = gettext_noop("%(where)s有在校生 %(figure)s 人，但没有班级。")
CLASSES_WITHOUT_PUPILS = gettext_noop("%(where)s有班级，但没有在校生数。")
EMPTY_CLASS = gettext_noop("%(where)s%(name)s没有学生。")
INDOOR_SPORTS = gettext_noop("%(where)s室内体育用房 %(figure)s 平方米，比教学及辅助用房 %(other)s 平方米还大。")
BOARDERS = gettext_noop("%(where)s寄宿生 %(figure)s 人，比在校生 %(other)s 人还多。")
TRAINING = gettext_noop("%(where)s教师培训经费 %(figure)s 元，比公用经费 %(other)s 元还多。")
JUMP = gettext_noop("%(where)s%(name)s从上一学年的 %(before)s 变为 %(figure)s，变动超过 %(limit)s%%，请写明原因。")
MISSING = gettext_noop("%(where)s缺%(name)s。")
TWICE = gettext_noop("%(name)s既有全校的数，又有分学段的数，请只保留一种。")


class Weight(StrEnum):
    """What a finding asks for: nothing goes on before it is corrected, or a word is enough."""

    FAULT = "fault"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit. `stage` and `subject` name the place, `values` fill the sentence.

    The sentence's `where` is the stage and grade in words; it is put in by whoever shows it.
    """

    code: str
    weight: Weight
    stage: str
    grade: int
    subject: str
    sentence: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """By which the school's word on it is found again: the code, and the place."""
        return self.code, f"{self.stage}/{self.grade}/{self.subject}"


Place = tuple[str, int, str]
"""Stage, grade, field."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A school's record of a year: stages, figures, classes (stage, grade, name, pupils), and last year's figures."""

    stages: tuple[str, ...]
    figures: Mapping[Place, Decimal]
    classes: Sequence[tuple[str, int, str, int]]
    before: Mapping[Place, Decimal]

    def total(self, stage: str, code: str) -> Decimal | None:
        """A figure of a stage, over its grades; None if there is none."""
        found = [value for (at, _grade, name), value in self.figures.items() if at == stage and name == code]
        return sum(found, Decimal(0)) if found else None


def findings(facts: Facts, jump: Decimal) -> Iterator[Finding]:
    """Everything that does not fit, in the order of the page; a change above `jump` per cent needs a word."""
    yield from missing(facts)
    yield from twice(facts)
    for stage in facts.stages:
        yield from classes_and_grades(facts, stage)
        yield from parts_and_wholes(facts, stage)
    yield from jumps(facts, jump)


def missing(facts: Facts) -> Iterator[Finding]:
    for stage, grade, spec in lacking(facts):
        yield Finding("missing", Weight.FAULT, stage, grade, spec.code, MISSING, {"name": spec.name})


def lacking(facts: Facts) -> Iterator[tuple[str, int, FieldSpec]]:
    """The figures that the record should have and has not."""
    for spec in FIELDS.values():
        if spec.optional or ("", 0, spec.code) in facts.figures:
            continue
        for stage, grade in spec.places(facts.stages):
            if (stage, grade, spec.code) not in facts.figures:
                yield stage, grade, spec


def twice(facts: Facts) -> Iterator[Finding]:
    for spec in FIELDS.values():
        if ("", 0, spec.code) in facts.figures and any(
            (stage, grade, spec.code) in facts.figures for stage, grade in spec.places(facts.stages)
        ):
            yield Finding("twice", Weight.FAULT, "", 0, spec.code, TWICE, {"name": spec.name})


def classes_and_grades(facts: Facts, stage: str) -> Iterator[Finding]:
    """Classes sum to their grade; a grade with pupils has classes."""
    sums: dict[int, int] = {}
    for at, grade, name, pupils in facts.classes:
        if at == stage:
            sums[grade] = sums.get(grade, 0) + pupils
            if not pupils:
                yield Finding("empty_class", Weight.FAULT, stage, grade, name, EMPTY_CLASS, {"name": name})
    for _stage, grade in FIELDS["pupils"].places((stage,)):
        figure, summed = facts.figures.get((stage, grade, "pupils")), sums.get(grade)
        if figure and summed is None:
            told = {"figure": plain(figure)}
            yield Finding("no_classes", Weight.FAULT, stage, grade, "pupils", PUPILS_WITHOUT_CLASSES, told)
        elif summed and not figure:
            yield Finding("no_pupils", Weight.FAULT, stage, grade, "pupils", CLASSES_WITHOUT_PUPILS)
        elif summed and figure and figure != summed:
            told = {"classes": str(summed), "figure": plain(figure), "apart": plain(abs(figure - summed))}
            yield Finding("classes_sum", Weight.FAULT, stage, grade, "pupils", CLASSES_AND_GRADE, told)


PARTS = (
    ("indoor_sports_area", "teaching_area", INDOOR_SPORTS),
    ("boarders", "pupils", BOARDERS),
    ("training_funds", "public_funds", TRAINING),
)


def parts_and_wholes(facts: Facts, stage: str) -> Iterator[Finding]:
    """A part is no larger than what it is part of."""
    for part, whole, sentence in PARTS:
        mine, all_of_it = facts.total(stage, part), facts.total(stage, whole)
        if mine is not None and all_of_it is not None and mine > all_of_it:
            told = {"figure": plain(mine), "other": plain(all_of_it)}
            yield Finding("part_above_whole", Weight.FAULT, stage, 0, part, sentence, told)


def jumps(facts: Facts, limit: Decimal) -> Iterator[Finding]:
    """What changed by more than the limit since last year, told by stage; from or to nothing counts as a change."""
    last = Facts(facts.stages, facts.before, (), {})
    if not facts.before:
        return
    for stage in ("", *facts.stages):
        for spec in FIELDS.values():
            now, before = facts.total(stage, spec.code), last.total(stage, spec.code)
            if now is None or before is None or abs(now - before) * 100 <= limit * before or now == before:
                continue
            told = {"name": spec.name, "before": plain(before), "figure": plain(now), "limit": plain(limit)}
            yield Finding("jump", Weight.WORD, stage, 0, spec.code, JUMP, told)


def plain(value: Decimal) -> str:
    """A figure without needless zeros."""
    return f"{value.normalize():f}"
