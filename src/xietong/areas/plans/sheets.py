"""任务分解表 as a workbook: its columns, and a plan's tasks as its rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from xietong.kit.sheets import Choice, Column, Day, Sheet, Text, YesNo

BREAKDOWN = Sheet(
    "plans.breakdown",
    "任务分解表",
    (
        Column(
            "number",
            "编号",
            Text(20),
            synonyms=("序号", "任务编号"),
            required=True,
            example="三(一)-1",
            note="同一编号的任务会被修改，新编号会新增。",
        ),
        Column(
            "title",
            "任务",
            synonyms=("任务名称", "工作任务", "重点任务", "具体措施"),
            required=True,
            example="打造一批优质学校",
            width=48,
        ),
        Column("lead_unit", "牵头单位", Choice(), synonyms=("责任单位", "牵头部门"), width=24),
        Column(
            "supports",
            "协办单位",
            Choice(several=True),
            synonyms=("配合单位", "协同单位"),
            width=30,
        ),
        Column("starts_on", "开始日期", Day(), synonyms=("开始时间",)),
        Column(
            "due_on",
            "完成期限",
            Day(),
            synonyms=("完成时限", "完成时间", "截止日期"),
            example="2026-12-31",
        ),
        Column("rhythm", "频次", Text(20), example="每学期"),
        Column("deliverable", "成果", synonyms=("成果形式", "交付成果"), example="总结报告", width=30),
        Column("for_everyone", "面向各单位", YesNo(), synonyms=("范围",)),
    ),
    unique=("number",),
    note="每行一项任务。空着的单元格会清空原有内容；整列不要的可以删去，原有内容不变。导入从不删除任务。",
)
UNITS = ("lead_unit", "supports")


def breakdown(units: Iterable[Any]) -> Sheet:
    """The sheet with the units that may be named, each by its name, short name and aliases."""
    words: dict[str, str] = {}
    for unit in units:
        for word in (str(unit), unit.name, unit.short_name, *unit.aliases):
            if word:
                words.setdefault(word, str(unit.pk))
    return BREAKDOWN.with_options(dict.fromkeys(UNITS, words))


def rows_of(tasks: Iterable[Any]) -> list[Mapping[str, str]]:
    """A plan's tasks as the sheet shows them."""
    return [
        {
            "number": task.number,
            "title": task.title,
            "lead_unit": str(task.lead_unit or ""),
            "supports": "、".join(str(one.unit) for one in task.supports.all()),
            "starts_on": f"{task.starts_on or ''}",
            "due_on": f"{task.due_on or ''}",
            "rhythm": task.rhythm,
            "deliverable": task.deliverable,
            "for_everyone": "是" if task.for_everyone else "否",
        }
        for task in tasks
    ]
