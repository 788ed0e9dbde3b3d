"""学籍系统: the classes of each school with their pupils, counted; nobody is named."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from xietong.areas.orgs import actions, queries
from xietong.areas.orgs.rules.exports import class_name, fault_of_grade, grade_at
from xietong.areas.orgs.rules.fields import grade_name
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
from xietong.kit.sheets import Checked, Column, Number, Sheet, Text
from xietong.kit.sheets.books import Matched
from xietong.kit.sheets.journal import Journal
from xietong.kit.sheets.planning import Known, Planned, Values

NOT_A_GRADE_HERE = gettext_noop("%(school)s没有“%(found)s”。")
MOST_PUPILS = 120
"""No class is that large; above it a total or a code stands in the column."""

CLASSES = Sheet(
    "register.classes",
    "班级学生数",
    (
        SCHOOL,
        replace(STAGE, note="可不填，由年级判断。", keeps=True),
        YEAR,
        Column(
            "grade",
            "年级",
            Text(20),
            synonyms=("年级名称", "所在年级", "就读年级"),
            required=True,
            rule=fault_of_grade,
            example="三年级",
            note="如“三年级”“初一”“7”“高二”“大班”。",
        ),
        Column(
            "name", "班级", Text(20), synonyms=("班级名称", "班名", "班号", "班级代码"), required=True, example="1班"
        ),
        Column(
            "pupils",
            "学生数",
            Number(0, 0, MOST_PUPILS),
            synonyms=("人数", "班级人数", "在校生数", "在籍学生数", "在校学生数", "幼儿数", "总人数"),
            required=True,
            example="45",
        ),
    ),
    called=("school", "grade", "name"),
    note="每行一个班，只填学生总数，不要学生名单。导入从不删除班级；撤掉的班级请撤销上一次导入后重新导入。",
)


def place_of(record: Any, row: Any) -> tuple[str, int] | None:
    """Stage and grade that a row is about; None where the school does not have them."""
    stages = queries.stages_of(record)
    if row["stage"] not in ("", WHOLE):
        stages = tuple(one for one in stages if one == row["stage"])
    return grade_at(row["grade"], stages)


class ClassBook(RegisterBook):
    """A class by school, grade and name."""

    key = CLASSES.key
    declared = CLASSES

    def filled(self, actor: Actor, owner: Any, today: date) -> Sequence[Values]:
        return [
            {
                "school": record.school.name,
                "stage": one.stage,
                "year": "",
                "grade": grade_name(one.stage, one.grade),
                "name": one.name,
                "pupils": str(one.pupils),
            }
            for record in queries.held_records(owner)
            for one in sorted(record.classes.all(), key=queries.class_order)
        ]

    def matched(self, actor: Actor, owner: Any, checked: Checked, today: date) -> Matched:
        records = queries.records_by_word(owner)
        judge, known = Judge(checked), {}
        for row in good_rows(checked):
            record = judge.record_of(row, records)
            told = {"school": str(record.school)}
            if row["stage"] not in ("", WHOLE, *queries.stages_of(record)):
                judge.wrong(row, "stage", NO_STAGE, found=queries.place_name(row["stage"], 0), **told)
                continue
            place = place_of(record, row)
            if place is None:
                judge.wrong(row, "grade", NOT_A_GRADE_HERE, **told)
            elif judge.is_first(row, (record.pk, *place, class_name(row["name"]))):
                held = {(one.stage, one.grade, one.name): one for one in record.classes.all()}
                one = held.get((*place, class_name(row["name"])))
                if one is not None:
                    known[row[""]] = Known(one.pk, {**row_of(row), "pupils": str(one.pupils)})
        return Matched(known, [*judge.problems, *personal_columns(checked.texts)])

    def write(self, journal: Journal, actor: Actor, owner: Any, one: Planned, *, now: datetime) -> None:
        record = queries.record_of_word(owner, one.after["school"])
        place: Any = place_of(record, one.after)
        stage, grade = place
        where = {"stage": stage, "grade": grade, "name": class_name(one.after["name"])}
        pk = one.known.pk if one.known else None
        actions.write_class(journal, pk, record, pupils=int(one.after["pupils"]), as_of=owner.as_of, **where)


def row_of(row: Any) -> dict[str, str]:
    """What a row says of itself, without its number."""
    return {key: value for key, value in row.items() if key}
