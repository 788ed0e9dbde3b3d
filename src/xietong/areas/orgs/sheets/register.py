"""What the three workbooks of a yearly register share: its schools, its year, and who has confirmed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, ClassVar

from xietong.areas.orgs import access, actions, queries
from xietong.areas.orgs.rules.exports import OfYear, spelled
from xietong.kit.accounts.actor import Actor
from xietong.kit.marking import gettext_noop
from xietong.kit.sheets import Checked, Choice, Column, Problem, Sheet, Text
from xietong.kit.sheets.books import Book
from xietong.kit.sheets.headers import plain
from xietong.kit.sheets.models import Import

CONFIRMED = gettext_noop("%(school)s的校长已经确认本学年资料；请先撤回确认，再导入。")
NO_STAGE = gettext_noop("%(school)s没有“%(found)s”学段。")
SAME_PLACE = gettext_noop("与第%(other)s行是同一条记录；请只保留一行。")
ONLY_TOTALS = gettext_noop(
    "文件里有“%(header)s”一列。本平台不收学生个人信息，只要各班的学生总数；请导出班级汇总，删去学生名单后再上传。"
)

PERSONAL = ("学籍号", "身份证", "监护人")
PERSONAL_ALONE = frozenset({"姓名", "学生姓名", "学生", "学号", "出生日期", "家庭住址"})

WHOLE = "whole"
STAGES = {
    "全校": WHOLE,
    "学前": "kindergarten",
    "幼儿园": "kindergarten",
    "学前教育": "kindergarten",
    "小学": "primary",
    "小学部": "primary",
    "初中": "middle",
    "初中部": "middle",
    "高中": "high",
    "高中部": "high",
    "普通高中": "high",
    "特教": "special",
    "特殊教育": "special",
}

SCHOOL = Column(
    "school",
    "学校",
    Text(120),
    synonyms=(
        "学校名称", "学校（机构）名称", "机构名称", "学校全称", "单位名称",
        "学校标识码", "学校（机构）标识码", "机构标识码", "学校代码",
    ),
    required=True,
    example="云岭县第一小学",
    note="全称、简称或标识码。",
    width=26,
)  # fmt: skip
STAGE = Column(
    "stage",
    "学段",
    Choice(STAGES),
    synonyms=("办学层次", "教育阶段"),
    note="只有一个学段的学校可不填；多个学段的学校不填为全校共用。",
)
YEAR = Column(
    "year",
    "学年",
    Text(20),
    synonyms=("统计学年", "学年度", "统计年度"),
    note="可不填；填了会核对是不是本学年。",
    keeps=True,
)


class RegisterBook(Book):
    """Its owner is the register of a school year; each row names a school of it."""

    permission = access.KEEP_REGISTER
    declared: ClassVar[Sheet]

    def owner(self, actor: Actor, pk: int | None) -> Any:
        return queries.register_to_keep(actor, pk or 0)

    def sheet(self, actor: Actor, owner: Any, today: date) -> Sheet:
        rules: dict[str, Any] = {"school": queries.school_words(owner), "year": OfYear(owner.year)}
        columns = (replace(one, rule=rules.get(one.key, one.rule)) for one in self.declared.columns)
        return replace(self.declared, columns=tuple(columns))

    def hold(self, owner: Any) -> None:
        actions.hold(owner)

    def before_undo(self, actor: Actor, owner: Any, made: Import) -> None:
        actions.must_be_unconfirmed(made)

    def settle(self, actor: Actor, owner: Any, *, now: datetime) -> None:
        actions.recount(actor, owner, now=now)


def good_rows(checked: Checked) -> list[dict[str, Any]]:
    bad = checked.bad_rows
    return [row for row in checked.rows() if row[""] not in bad]


class Judge:
    """Says what is wrong with a cell, and which row of a file was the first about something."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.firsts: dict[Any, int] = {}
        self.problems: list[Problem] = []

    def wrong(self, row: Mapping[str, Any], key: str, sentence: str, **told: str) -> None:
        number, cell = row[""], self.checked.cell(key, row[""])
        values = {"cell": cell, "found": row[key], **told}
        self.problems.append(Problem(number, key, cell, values["found"], sentence, values))

    def is_first(self, row: Mapping[str, Any], about: Any) -> bool:
        """Whether no row before was about the same; else that is what is wrong."""
        number: int = row[""]
        other = self.firsts.setdefault(about, number)
        if other != number:
            self.wrong(row, "school", SAME_PLACE, other=str(other))
        return other == number

    def record_of(self, row: Mapping[str, Any], records: Mapping[str, Any]) -> Any:
        """The school's record, unless its head has confirmed it: then that is what is wrong."""
        record = records[spelled(row["school"])]
        if record.confirmed_at:
            self.wrong(row, "school", CONFIRMED, school=str(record.school))
        return record


def personal_columns(texts: Iterable[str]) -> Iterator[Problem]:
    """A list of pupils is refused as a whole, whatever else it says."""
    for text in texts:
        word = plain(text)
        if word in PERSONAL_ALONE or any(part in word for part in PERSONAL):
            yield Problem(1, "", "", "", ONLY_TOTALS, {"header": text[:20]})
            return
