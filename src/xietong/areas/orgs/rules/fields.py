"""Which figures a school's yearly record has: their names, units, stages and grades."""

from collections.abc import Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from types import MappingProxyType

# Marks words for the catalogue; whoever knows the reader's language says them.
gettext_noop = NullTranslations().gettext

COMPULSORY = ("primary", "middle")
KINDERGARTEN = ("kindergarten",)
REGULAR = (*KINDERGARTEN, *COMPULSORY, "high")
SCHOOLED = (*COMPULSORY, "high", "special")
EVERY = (*REGULAR, "special")

GRADES: Mapping[str, tuple[int, ...]] = {
    "kindergarten": (1, 2, 3),
    "primary": (1, 2, 3, 4, 5, 6),
    "middle": (7, 8, 9),
    "high": (10, 11, 12),
    "special": (1, 2, 3, 4, 5, 6, 7, 8, 9),
}
"""The grades of a stage; a kindergarten's are its years."""

GRADE_NAMES = (
    gettext_noop("一年级"),
    gettext_noop("二年级"),
    gettext_noop("三年级"),
    gettext_noop("四年级"),
    gettext_noop("五年级"),
    gettext_noop("六年级"),
    gettext_noop("七年级"),
    gettext_noop("八年级"),
    gettext_noop("九年级"),
    gettext_noop("高一"),
    gettext_noop("高二"),
    gettext_noop("高三"),
)
KINDERGARTEN_NAMES = (gettext_noop("小班"), gettext_noop("中班"), gettext_noop("大班"))


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One figure; name and unit are marked for the catalogue.

    What no export has (`is_exported`) the school is asked for, unless not every school has it (`optional`).
    """

    code: str
    name: str
    unit: str
    stages: tuple[str, ...]
    grades: bool = False
    decimals: int = 0
    is_exported: bool = False
    optional: bool = False

    def places(self, stages: tuple[str, ...]) -> list[tuple[str, int]]:
        """Where a school of these stages has the figure: stage and grade, which is 0 for the stage as a whole."""
        return [
            (stage, grade)
            for stage in stages
            if stage in self.stages
            for grade in (GRADES[stage] if self.grades else (0,))
        ]


SPECS = (
    FieldSpec("pupils", gettext_noop("在校生数"), gettext_noop("人"), EVERY, grades=True, is_exported=True),
    FieldSpec("entrants", gettext_noop("招生数"), gettext_noop("人"), REGULAR, is_exported=True),
    FieldSpec("graduates", gettext_noop("毕业生数"), gettext_noop("人"), REGULAR, is_exported=True),
    FieldSpec(
        "transferred_in", gettext_noop("转入学生数"), gettext_noop("人"), COMPULSORY, is_exported=True, optional=True
    ),
    FieldSpec(
        "transferred_out", gettext_noop("转出学生数"), gettext_noop("人"), COMPULSORY, is_exported=True, optional=True
    ),
    FieldSpec("boarders", gettext_noop("寄宿生数"), gettext_noop("人"), SCHOOLED, is_exported=True, optional=True),
    FieldSpec("classrooms", gettext_noop("普通教室数"), gettext_noop("间"), EVERY, is_exported=True),
    FieldSpec(
        "teaching_area",
        gettext_noop("教学及辅助用房面积"),
        gettext_noop("平方米"),
        SCHOOLED,
        decimals=2,
        is_exported=True,
    ),
    FieldSpec(
        "indoor_sports_area",
        gettext_noop("室内体育用房面积"),
        gettext_noop("平方米"),
        SCHOOLED,
        decimals=2,
        is_exported=True,
        optional=True,
    ),
    FieldSpec(
        "sports_ground_area",
        gettext_noop("体育运动场地面积"),
        gettext_noop("平方米"),
        SCHOOLED,
        decimals=2,
        is_exported=True,
    ),
    FieldSpec(
        "outdoor_area",
        gettext_noop("户外活动场地面积"),
        gettext_noop("平方米"),
        KINDERGARTEN,
        decimals=2,
        is_exported=True,
    ),
    FieldSpec(
        "activity_area",
        gettext_noop("活动用房面积"),
        gettext_noop("平方米"),
        KINDERGARTEN,
        decimals=2,
        is_exported=True,
    ),
    FieldSpec(
        "building_area",
        gettext_noop("校舍建筑面积"),
        gettext_noop("平方米"),
        KINDERGARTEN,
        decimals=2,
        is_exported=True,
    ),
    FieldSpec(
        "equipment_value",
        gettext_noop("教学仪器设备值"),
        gettext_noop("万元"),
        SCHOOLED,
        decimals=2,
        is_exported=True,
    ),
    FieldSpec(
        "multimedia_classrooms", gettext_noop("网络多媒体教室数"), gettext_noop("间"), SCHOOLED, is_exported=True
    ),
    FieldSpec("posts", gettext_noop("核定编制数"), gettext_noop("人"), EVERY),
    FieldSpec("public_funds", gettext_noop("年度公用经费预算"), gettext_noop("元"), EVERY, decimals=2),
    FieldSpec("training_funds", gettext_noop("教师培训经费"), gettext_noop("元"), EVERY, decimals=2),
)
FIELDS: Mapping[str, FieldSpec] = MappingProxyType({spec.code: spec for spec in SPECS})
"""Every figure by its code, in the order in which pages and workbooks show them."""

SUBJECTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        gettext_noop("学生"),
        ("entrants", "graduates", "transferred_in", "transferred_out", "boarders"),
    ),
    (
        gettext_noop("校舍和场地"),
        (
            "classrooms",
            "teaching_area",
            "indoor_sports_area",
            "sports_ground_area",
            "outdoor_area",
            "activity_area",
            "building_area",
        ),
    ),
    (gettext_noop("设备"), ("equipment_value", "multimedia_classrooms")),
    (gettext_noop("编制和经费"), ("posts", "public_funds", "training_funds")),
)
"""The figures without grades as a page groups them."""


def grade_name(stage: str, grade: int) -> str:
    """The marked name of a grade: 三年级, 小班, 高一; empty for the stage as a whole."""
    if not grade:
        return ""
    return (KINDERGARTEN_NAMES if stage == "kindergarten" else GRADE_NAMES)[grade - 1]
