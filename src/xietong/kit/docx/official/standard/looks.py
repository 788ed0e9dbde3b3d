"""The styles of the shipped templates. An office changes them in Word or WPS, and every paragraph follows."""

from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from xietong.kit.docx.layout import BODY, HEADING, KAI, LATIN, SONG, TITLE

LINE = 579
"""Twentieths of a point, as are all lengths here: 225 mm in 22 lines."""

WIDE = 8845
"""The width of the text, 156 mm."""

EDGE = 1587
"""From the edge of the page to the text, 28 mm."""

CHARACTER, SMALL = 320, 280
"""Of 3号 and of 4号."""

RED = "FF0000"


@dataclass(frozen=True, slots=True)
class Look:
    """A style of paragraphs. `first` is the indent of its first line, below zero for a hanging one."""

    key: str
    name: str
    font: str = BODY
    size: float = 16
    latin: str = LATIN
    line: int = LINE
    align: str = "both"
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    colour: str = ""
    rule: str = ""
    tabs: tuple[tuple[str, int], ...] = ()
    keep: bool = False
    level: int | None = None


RED_RULE = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="6" w:color="{RED}"/></w:pBdr>'
SIDES = (("left", CHARACTER), ("right", WIDE - CHARACTER))
PARAGRAPH = 2 * CHARACTER

HEAD = Look("RedHead", "发文机关标志", TITLE, 42, line=1200, align="center", before=1720, colour=RED)
NUMBER = Look("DocNumber", "发文字号", align="center", before=2 * LINE, rule=RED_RULE)
ISSUE = Look("IssueNumber", "期号", align="center", before=LINE // 2)
MASTHEAD = Look("Masthead", "报头", align="left", before=LINE, rule=RED_RULE, tabs=SIDES)
DOC_TITLE = Look("DocTitle", "公文标题", TITLE, 22, align="center", before=2 * LINE, after=LINE, keep=True)
ADDRESSEE = Look("Addressee", "主送机关")
TEXT = Look("DocText", "公文正文", first=PARAGRAPH)
FIRST = Look("Heading1st", "一级标题", HEADING, first=PARAGRAPH, keep=True, level=0)
SECOND = Look("Heading2nd", "二级标题", KAI, first=PARAGRAPH, keep=True, level=1)
THIRD = Look("Heading3rd", "三级标题", first=PARAGRAPH, keep=True, level=2)
CAPTION = Look("TableCaption", "表题", HEADING, 14, align="center", before=120, after=60, line=480, keep=True)
TABLE_HEAD = Look("TableHead", "表头", HEADING, 12, align="center", line=400)
CELL = Look("TableCell", "表格文字", size=12, align="left", line=400)
PICTURE = Look("Picture", "图片", align="center", line=0, before=120, keep=True)
PICTURE_CAPTION = Look("PictureCaption", "图题", HEADING, 14, align="center", line=480, after=120)
ATTACHED = Look("Attached", "附件说明", before=LINE, left=5 * CHARACTER, first=-3 * CHARACTER)
ATTACHED_FIRST = Look(
    "AttachedFirst", "附件说明首行", before=LINE, left=2020, first=-1380, tabs=(("left", 2020),)
)  # fmt: skip
ATTACHED_NEXT = Look("AttachedNext", "附件说明续行", left=2020, first=-420, tabs=(("left", 2020),))
SIGNER = Look("Signer", "署名", align="right", before=2 * LINE, right=4 * CHARACTER, keep=True)
SIGN_DAY = Look("SignDay", "成文日期", align="right", right=4 * CHARACTER)
PEOPLE = Look("People", "出席人员", align="left", left=5 * CHARACTER, first=-3 * CHARACTER)
PEOPLE_FIRST = replace(PEOPLE, key="PeopleFirst", name="出席人员首段", before=LINE)
COPIES = Look(
    "Imprint", "版记", size=14, line=500, left=4 * SMALL, first=-3 * SMALL, right=SMALL
)  # fmt: skip
SENT = Look("ImprintShort", "版记报送", size=14, line=500, left=3 * SMALL, first=-2 * SMALL, right=SMALL)
PRINTED = Look(
    "ImprintLast", "版记印发", size=14, line=500, align="left", left=SMALL, tabs=(("right", WIDE - SMALL),)
)  # fmt: skip
ODD = Look(
    "FootOdd", "单页页脚", SONG, 14, SONG, line=360, align="left", tabs=(("right", WIDE - SMALL),)
)  # fmt: skip
EVEN = Look("FootEven", "双页页脚", SONG, 14, SONG, line=360, align="left", left=SMALL, tabs=(("right", WIDE),))
CONTROL = Look("Control", "模板控制行", size=9, align="left", line=280, colour="808080")
END = Look("DocEnd", "文末", size=1, line=20)

LOOKS = (
    HEAD, NUMBER, ISSUE, MASTHEAD, DOC_TITLE, ADDRESSEE, TEXT, FIRST, SECOND, THIRD, CAPTION, TABLE_HEAD, CELL,
    PICTURE, PICTURE_CAPTION, ATTACHED, ATTACHED_FIRST, ATTACHED_NEXT, SIGNER, SIGN_DAY, PEOPLE_FIRST, PEOPLE,
    COPIES, SENT, PRINTED, ODD, EVEN, CONTROL, END,
)  # fmt: skip


def add_looks(document: Any) -> None:
    for look in LOOKS:
        document.styles.element.append(parse_xml(style(look)))


def style(look: Look) -> str:
    return f"""
<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{look.key}">
  <w:name w:val={quoteattr(look.name)}/><w:basedOn w:val="Normal"/><w:qFormat/>
  <w:pPr>{"<w:keepNext/>" if look.keep else ""}{look.rule}{tabs(look)}<w:snapToGrid w:val="0"/>{spacing(look)}
    <w:ind w:left="{look.left}" w:right="{look.right}" {first(look)}/><w:jc w:val="{look.align}"/>{outline(look)}
  </w:pPr>
  <w:rPr>
    <w:rFonts w:ascii="{look.latin}" w:hAnsi="{look.latin}" w:cs="{look.latin}" w:eastAsia="{look.font}"/>
    {f'<w:color w:val="{look.colour}"/>' if look.colour else ""}
    <w:sz w:val="{round(2 * look.size)}"/><w:szCs w:val="{round(2 * look.size)}"/>
  </w:rPr>
</w:style>"""


def tabs(look: Look) -> str:
    stops = "".join(f'<w:tab w:val="{kind}" w:pos="{place}"/>' for kind, place in look.tabs)
    return f"<w:tabs>{stops}</w:tabs>" if stops else ""


def spacing(look: Look) -> str:
    """Lines of a fixed height; a picture takes the height it needs."""
    height = f'w:line="{look.line}" w:lineRule="exact"' if look.line else 'w:line="240" w:lineRule="auto"'
    return f'<w:spacing w:before="{look.before}" w:after="{look.after}" {height}/>'


def first(look: Look) -> str:
    return f'w:hanging="{-look.first}"' if look.first < 0 else f'w:firstLine="{look.first}"'


def outline(look: Look) -> str:
    return "" if look.level is None else f'<w:outlineLvl w:val="{look.level}"/>'
