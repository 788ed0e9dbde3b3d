"""教育事业统计: what an export says of each school and stage."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xietong.areas.orgs import actions, queries
from xietong.areas.orgs.rules.checks import Place
from xietong.areas.orgs.rules.fields import FIELDS, GRADES, FieldSpec
from xietong.areas.orgs.sheets.register import (
    NO_STAGE,
    SCHOOL,
    STAGE,
    WHOLE,
    YEAR,
    Judge,
    RegisterBook,
    good_rows,
    personal_columns,
)
from xietong.kit.accounts.actor import Actor
from xietong.kit.marking import gettext_noop
from xietong.kit.sheets import Checked, Column, Number, Problem, Sheet
from xietong.kit.sheets.books import Matched
from xietong.kit.sheets.journal import Journal
from xietong.kit.sheets.planning import Known, Planned, Values

NOT_HERE = gettext_noop("%(school)s（%(where)s）没有“%(header)s”；请核对学校、学段，或改为空。")
NOT_WHOLE = gettext_noop("“%(header)s”要分学段填写；请把全校的这一行拆成各学段。")
BOTH_WAYS = gettext_noop("%(school)s的“%(header)s”既有全校的数，又有分学段的数；请只保留一种。")
TOTAL_APART = gettext_noop("“%(header)s” %(found)s 与各年级合计 %(sum)s 不符。")
OTHER_UNIT = gettext_noop("“%(header)s”应以万元为单位，文件里这一列是以元为单位的；请换算后再上传。")
NOT_NEEDED = gettext_noop("有的学段不需要这些数，没有读入：%(columns)s。")
COLUMNS_LACKING = gettext_noop(
    "文件里没有找到这些列：%(columns)s。旧版导出的列名不同的，请点“列对应”指定；确实没有的，导入后由学校补填。"
)

MOST = {"人": 100_000, "间": 10_000, "平方米": 10_000_000, "万元": 1_000_000}
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "pupils": ("在校学生数", "在校生", "在校学生总数", "在园幼儿数", "学生总数", "合计在校生数"),
    "entrants": ("招生人数", "本学年招生数", "入园人数", "新生数"),
    "graduates": ("毕业生", "上学年毕业生数", "毕业人数", "离园人数"),
    "transferred_in": ("转入", "转入学生", "学生转入数"),
    "transferred_out": ("转出", "转出学生", "学生转出数"),
    "boarders": ("寄宿生", "寄宿学生数", "在校寄宿生数", "住宿生数"),
    "classrooms": ("普通教室", "普通教室（间）", "教室数"),
    "teaching_area": ("教学及辅助用房", "教学辅助用房面积", "教学及教学辅助用房面积", "教学及辅助用房建筑面积"),
    "indoor_sports_area": ("体育馆面积", "室内体育用房", "体育馆（室内体育用房）面积", "体育用房面积"),
    "sports_ground_area": ("体育运动场馆面积", "运动场地面积", "体育场地面积", "运动场面积", "体育运动场（馆）面积"),
    "outdoor_area": ("户外活动场地", "室外活动场地面积", "幼儿户外活动场地面积"),
    "activity_area": ("活动用房", "幼儿活动用房面积", "活动室面积"),
    "building_area": ("校舍建筑面积合计", "校舍面积", "园舍建筑面积", "学校产权校舍建筑面积"),
    "equipment_value": (
        "教学仪器设备资产值", "教学、实习仪器设备资产值", "教学科研仪器设备资产值", "仪器设备总值",
    ),
    "multimedia_classrooms": ("网络多媒体教室", "网络多媒体教室（间）", "多媒体教室数"),
}  # fmt: skip
HEADERS = {"pupils": "在校生数（合计）"}
EXPORTED = tuple(spec for spec in FIELDS.values() if spec.is_exported and not spec.grades)
GRADE_COLUMNS: Mapping[str, tuple[str, tuple[str, ...], tuple[tuple[str, int], ...]]] = {
    **{
        f"grade_{grade}": (
            f"{word}年级",
            (f"{grade}年级", f"{word}年级在校生", f"{word}年级学生数", f"{word}年级人数", *more),
            tuple((stage, grade) for stage in ("primary", "middle", "special") if grade in GRADES[stage]),
        )
        for grade, (word, *more) in enumerate(
            [
                ("一",), ("二",), ("三",), ("四",), ("五",), ("六",),
                ("七", "初一", "初中一年级"), ("八", "初二", "初中二年级"), ("九", "初三", "初中三年级"),
            ],
            1,
        )
    },
    **{
        f"grade_{grade}": (f"高{word}", (f"高中{word}年级", f"高{word}在校生", f"高{word}人数"), (("high", grade),))
        for grade, word in enumerate("一二三", 10)
    },
    **{
        f"year_{grade}": (f"{word}班", (f"{word}班幼儿数", f"{word}班人数"), (("kindergarten", grade),))
        for grade, word in enumerate("小中大", 1)
    },
}  # fmt: skip
"""Column → header, synonyms, and where its pupils may be: stage and grade."""

CARE = {
    "migrant": ("随迁子女", ("随迁子女数", "随迁子女人数", "进城务工人员随迁子女", "外来务工人员随迁子女")),
    "left_behind": ("留守儿童", ("留守儿童数", "农村留守儿童", "农村留守儿童数")),
    "disabled": ("残疾学生", ("残疾学生数", "残疾儿童", "随班就读学生数", "残疾幼儿数")),
}


def amount(spec: FieldSpec) -> Number:
    return Number(spec.decimals, 0, MOST[spec.unit])


def field_column(spec: FieldSpec) -> Column:
    header = f"{spec.name}（万元）" if spec.unit == "万元" else HEADERS.get(spec.code, spec.name)
    return Column(spec.code, header, amount(spec), synonyms=(spec.name, *SYNONYMS[spec.code]), keeps=True)


PEOPLE = amount(FIELDS["pupils"])
STATISTICS = Sheet(
    "register.statistics",
    "教育事业统计",
    (
        SCHOOL,
        STAGE,
        YEAR,
        *(
            Column(key, header, PEOPLE, synonyms=synonyms, keeps=True, width=9)
            for key, (header, synonyms, _places) in GRADE_COLUMNS.items()
        ),
        field_column(FIELDS["pupils"]),
        *(field_column(spec) for spec in EXPORTED),
        *(
            Column(
                key,
                header,
                PEOPLE,
                synonyms=synonyms,
                keeps=True,
                private=True,
                note="须分学段填写；页面只给有关人员看。",
            )
            for key, (header, synonyms) in CARE.items()
        ),
    ),
    called=("school", "stage"),
    note="每行一所学校的一个学段；全校共用、没有分学段的面积和设备，学段填“全校”或不填。空着的单元格不改原有内容。",
)


Remark = tuple[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a row is about: a school's record, and one of its stages or, with `stage` empty, all of them."""

    record: Any
    stage: str
    stages: tuple[str, ...]

    @property
    def pk(self) -> int:
        """A number of its own for each school and stage, since no one row of the database stands for them."""
        return 10 * int(self.record.pk) + (1 + tuple(GRADES).index(self.stage) if self.stage else 0)

    @property
    def where(self) -> str:
        return queries.place_name(self.stage, 0)

    def places(self) -> Iterator[tuple[str, Place]]:
        """The columns that this row has figures in, and which figures they are."""
        for key, (_header, _synonyms, places) in GRADE_COLUMNS.items():
            for stage, grade in places:
                if stage in self.stages:
                    yield key, (stage, grade, "pupils")
        for spec in EXPORTED:
            if set(spec.stages) & set(self.stages):
                yield spec.code, (self.stage, 0, spec.code)

    def values(self) -> dict[str, str]:
        """What the record says, column by column."""
        figures = {(one.stage, one.grade, one.field): one.value for one in self.record.figures.all()}
        found = {
            key: f"{figures[place]:.{FIELDS[place[2]].decimals}f}" for key, place in self.places() if place in figures
        }
        care = {one.group: str(one.pupils) for one in self.record.care.all() if one.stage == self.stage}
        return {**found, **care}


def has_stage(record: Any, stage: str) -> bool:
    return stage in ("", WHOLE, *queries.stages_of(record))


def reach(record: Any, stage: str) -> Reach:
    """What a word about a stage means at a school that has it."""
    stages = queries.stages_of(record)
    if stage in ("", WHOLE):
        return Reach(record, stages[0] if len(stages) == 1 else "", stages)
    return Reach(record, stage, (stage,))


NOTHING = dict.fromkeys((column.key for column in STATISTICS.columns), "")
OF_FIGURES = (*GRADE_COLUMNS, *(spec.code for spec in EXPORTED))


class StatisticsBook(RegisterBook):
    """One row for each school and stage."""

    key = STATISTICS.key
    declared = STATISTICS

    def filled(self, actor: Actor, owner: Any, today: date) -> Sequence[Values]:
        return [
            {
                **NOTHING,
                **reach(record, stage).values(),
                **dict.fromkeys(CARE, ""),
                "school": record.school.name,
                "stage": stage,
            }
            for record in queries.held_records(owner)
            for stage in queries.stages_of(record)
        ]

    def matched(self, actor: Actor, owner: Any, checked: Checked, today: date) -> Matched:
        records = queries.records_by_word(owner)
        judge, reached = Judge(checked), []
        for row in good_rows(checked):
            record = judge.record_of(row, records)
            if not has_stage(record, row["stage"]):
                told = {"school": str(record.school), "found": queries.place_name(row["stage"], 0)}
                judge.wrong(row, "stage", NO_STAGE, **told)
            elif judge.is_first(row, reach(record, row["stage"]).pk):
                reached.append((row, reach(record, row["stage"])))
        for row, found in reached:
            judge_figures(judge, row, found)
        judge_both_ways(judge, reached)
        known = {row[""]: Known(found.pk, held) for row, found in reached if (held := known_values(row, found))}
        problems = [*judge.problems, *personal_columns(checked.texts), *wrong_units(checked)]
        return Matched(known, problems, [*not_needed(reached), *lacking_columns(checked, reached)])

    def write(self, journal: Journal, actor: Actor, owner: Any, one: Planned, *, now: datetime) -> None:
        found = reach(queries.record_of_word(owner, one.after["school"]), one.after["stage"])
        places = dict(found.places())
        told = {key: one.after[key] for key in one.fields if one.after[key]}
        values = {places[key]: Decimal(value) for key, value in told.items() if key in places}
        care = {key: int(value) for key, value in told.items() if key in CARE}
        actions.write_figures(journal, found.record, values=values, source=queries.STATISTICS, as_of=owner.as_of)
        if care:
            actions.write_care(journal, found.record, stage=found.stage, pupils=care, as_of=owner.as_of)


def known_values(row: Mapping[str, Any], found: Reach) -> dict[str, str]:
    """What the record says in the columns of the sheet, where it says anything; what a row says of itself, or in
    columns that its stage does not have, is no change."""
    held, places = found.values(), dict(found.places())
    own = {key: row[key] for key in ("school", "stage", "year", "pupils", *OF_FIGURES) if key not in places}
    return {**NOTHING, **own, **held} if held else {}


def is_something(words: str) -> bool:
    return bool(words) and Decimal(words) != 0


def judge_figures(judge: Judge, row: Mapping[str, Any], found: Reach) -> None:
    """Pupils of grades that the school or stage does not have, and a total that is not the sum of its grades."""
    places = dict(found.places())
    told = {"school": str(found.record.school), "where": found.where}
    for key in GRADE_COLUMNS:
        if key not in places and is_something(row[key]):
            judge.wrong(row, key, NOT_HERE, header=STATISTICS.column(key).header, **told)
    for key in CARE:
        if row[key] and not found.stage:
            judge.wrong(row, key, NOT_WHOLE, header=STATISTICS.column(key).header, found="")
    grades = [int(row[key]) for key in GRADE_COLUMNS if key in places and row[key]]
    if row["pupils"] and grades and int(row["pupils"]) != sum(grades):
        judge.wrong(row, "pupils", TOTAL_APART, header=STATISTICS.column("pupils").header, sum=str(sum(grades)))


def judge_both_ways(judge: Judge, rows: Sequence[tuple[Mapping[str, Any], Reach]]) -> None:
    """A figure is told for the whole school, or by stage: in the file, and beside what the record has."""
    ways: dict[tuple[int, str], set[bool]] = {}
    for _row, found in rows:
        for one in found.record.figures.all():
            if not one.grade:
                ways.setdefault((found.record.pk, one.field), set()).add(bool(one.stage))
    for row, found in rows:
        for spec in EXPORTED:
            if row[spec.code] and len(queries.stages_of(found.record)) > 1:
                held = ways.setdefault((found.record.pk, spec.code), set())
                held.add(bool(found.stage))
                if len(held) > 1:
                    told = {"school": str(found.record.school), "header": STATISTICS.column(spec.code).header}
                    judge.wrong(row, spec.code, BOTH_WAYS, **told)


def wrong_units(checked: Checked) -> Iterator[Problem]:
    """A column of yuan under a name that stands for ten thousands of them."""
    for spec in EXPORTED:
        text = checked.headers.get(spec.code, "")
        if spec.unit == "万元" and "元" in text.replace("万元", ""):
            told = {"header": STATISTICS.column(spec.code).header}
            yield Problem(1, spec.code, "", "", OTHER_UNIT, told)


def not_needed(reached: Sequence[tuple[Mapping[str, Any], Reach]]) -> Iterator[Remark]:
    """The columns in which a row says something that is not asked of its stage: exports have more than is needed."""
    passed_over = {
        spec.code
        for row, found in reached
        for spec in EXPORTED
        if is_something(row[spec.code]) and not set(spec.stages) & set(found.stages)
    }
    yield from named(NOT_NEEDED, passed_over)


def lacking_columns(checked: Checked, reached: Sequence[tuple[Mapping[str, Any], Reach]]) -> Iterator[Remark]:
    """The columns that the schools of the file have figures for, and the file has not."""
    wanted = {
        key
        for _row, found in reached
        for key, place in found.places()
        if not FIELDS[place[2]].optional and key not in checked.headers
    }
    yield from named(COLUMNS_LACKING, wanted)


def named(sentence: str, keys: set[str]) -> Iterator[Remark]:
    if keys:
        yield sentence, {"columns": "、".join(one.header for one in STATISTICS.columns if one.key in keys)}
