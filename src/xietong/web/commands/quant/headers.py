"""How tables of answers name their columns, and grades: words of files, in every language that is met."""

import re

ABOUT = {
    "item": ("item", "题目", "题号"), "full": ("full", "满分", "分值"), "key": ("key", "答案"),
    "model": ("model", "模型"),
}  # fmt: skip

NO_ITEMS = frozenset(
    re.findall(
        r"\S+",
        "姓名 学生姓名 学校 学校名称 班级 班 年级 学号 考号 准考证号 学籍号 身份证号 性别 乡镇 城乡 序号 编号 "
        "总分 得分 总成绩 成绩 name school class grade id sex gender total score no",
    )
)
"""What says something of the person, or is made of other columns: no items unless somebody says so."""

SCHOOL = ("学校", "学校名称", "school")
GRADE = ("年级", "grade")
YOUNG = re.compile(r"[1-8](\.0)?|[一二三四五六七八](年级)?|[1-8]年级|初[一二]")
"""A grade below the last of junior secondary school, as a cell has it."""
YOUNG_FILE = re.compile(r"[一二三四五六七八]年级|(?<!\d)[1-8]年级|初[一二](?!\d)|小学")
"""The same in the name of a file."""
