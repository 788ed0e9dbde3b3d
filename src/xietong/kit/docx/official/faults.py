"""What is wrong with a template, and where: sentences for the office that changed it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from xietong.kit.marking import gettext_noop

BODY, HEADER, FOOTER = gettext_noop("正文"), gettext_noop("页眉"), gettext_noop("页脚")
NOTES = gettext_noop("脚注")

UNKNOWN = gettext_noop("不认识的占位符“%(name)s”。")
UNKNOWN_NEAR = gettext_noop("不认识的占位符“%(name)s”，是不是“%(near)s”？")
SYNTAX = gettext_noop("“%(mark)s”的写法有误，或用了模板中不能用的写法。")
HALF = gettext_noop("占位符没有写完：花括号“%(mark)s”不成对。")
WIDE = gettext_noop("占位符要用半角花括号，这里是全角的“%(mark)s”。")
OPEN = gettext_noop("“%(mark)s”没有结束，缺少“%(end)s”。")
NO_BEGINNING = gettext_noop("“%(mark)s”前面没有对应的开头。")
APART = gettext_noop(
    "“%(mark)s”和它的开头“%(start)s”不在同一处：要在同一段、同一格、同一行或同一张表里，写法也要一样。"
)
ALONE = gettext_noop("“%(mark)s”要单独占一段、一格或一行，因为它所在的段、格或行会整个去掉。")
A_LIST = gettext_noop("“%(name)s”有多项内容，要用 for 逐项列出。")
NO_LIST = gettext_noop("“%(name)s”只有一项内容，不能用 for 逐项列出。")
MISSING = gettext_noop("缺少占位符“%(name)s”，文件里不能没有它。")
DROPPED = gettext_noop("“正文”的循环里没有“%(name)s”，这部分内容不会出现在文件里。")
NO_CODE = gettext_noop("每一页的页眉或页脚都要有占位符“%(name)s”，有的页没有。")
UNUSABLE = gettext_noop("用这个模板生成不了文件；请从标准模板重新改起，或逐步改动、逐步检查。")

IN_TEXT = gettext_noop("%(part)s第 %(paragraph)s 段（%(around)s）")
IN_TABLE = gettext_noop("%(part)s第 %(table)s 个表格第 %(row)s 行第 %(cell)s 格（%(around)s）")
PLACED = gettext_noop("%(place)s：%(fault)s")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file, counted as a reader would; `table` is 0 outside of tables."""

    part: str
    around: str
    paragraph: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0

    def __str__(self) -> str:
        from xietong.kit.words import said  # noqa: PLC0415  the child never says it and loads no Django

        values = {
            "part": said(self.part),
            "around": self.around,
            "paragraph": self.paragraph,
            "table": self.table,
            "row": self.row,
            "cell": self.cell,
        }
        return said(IN_TABLE if self.table else IN_TEXT, values)


@dataclass(frozen=True, slots=True)
class Fault:
    """A marked sentence with its values; as text it is in the language of the reader, its place first."""

    sentence: str
    values: dict[str, str] = field(default_factory=dict)
    place: Place | None = None

    def __str__(self) -> str:
        from xietong.kit.words import said  # noqa: PLC0415  the child never says it and loads no Django

        fault = said(self.sentence, self.values)
        return said(PLACED, {"place": self.place, "fault": fault}) if self.place else fault


def fault(sentence: str, place: Place | None = None, values: Mapping[str, str] | None = None) -> Fault:
    return Fault(sentence, dict(values or {}), place)
