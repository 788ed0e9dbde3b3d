"""The content in the words of templates: text, lists and plain dictionaries, nothing that could be called."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from xietong.kit.docx.official.content import Block, Heading, Official, Picture, Table, Text, placeholders
from xietong.kit.docx.official.title import broken
from xietong.kit.docx.sheet import UNSAID
from xietong.kit.text.counting import counted

OPEN, CLOSE = "\ue000", "\ue001"
"""Around the number of a table, before its first label: characters that nobody writes."""

BLOCK = ("一级标题", "二级标题", "三级标题", "段落", "表格", "图片", "文字", "题注", "栏目", "行", "图")
SHAPES: dict[str, Any] = {
    "正文": [dict.fromkeys(BLOCK) | {"栏目": [None], "行": [[None]]}],
    "附件": [dict.fromkeys(("序号", "名称"))],
}
"""What stands below the placeholders that are more than words."""

LEVELS = BLOCK[:3]
Draw = Callable[[Picture], Any]


def context(content: Official, draw: Draw) -> dict[str, Any]:
    """Every placeholder with its value; `draw` puts a picture into the document."""
    values = {name: getattr(content, each.name) for name, each in placeholders(type(content)).items()}
    shown = {name: plain(value) for name, value in values.items()}
    shown["标题"] = "\n".join(broken(shown["标题"]))
    shown["正文"] = list(blocks(content.body, draw))
    if "附件" in shown:
        shown["附件"] = attachments(values["附件"])
    return shown


def plain(value: Any) -> Any:
    """Words as they stand, a day as officials write it, several words a line each; blocks are shown elsewhere."""
    if isinstance(value, str):
        return said(value)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "\n".join(said(each) for each in value if isinstance(each, str))


def said(words: str) -> str:
    """Without the characters that XML cannot say or that mark a table."""
    return UNSAID.sub("", words).replace(OPEN, "").replace(CLOSE, "")


def attachments(names: tuple[str, ...]) -> list[dict[str, str]]:
    """Numbered where there are several; the number ends with a tab."""
    several = len(names) > 1
    return [{"序号": f"{n}.\t" if several else "", "名称": said(name)} for n, name in enumerate(names, start=1)]


def blocks(body: tuple[Block, ...], draw: Draw) -> Iterator[dict[str, Any]]:
    counts, tables = [0, 0, 0], 0
    for block in single(body):
        values: dict[str, Any] = dict.fromkeys(BLOCK, "")
        if isinstance(block, Text):
            values |= {"段落": True, "文字": said(block.text)}
        elif isinstance(block, Heading):
            values |= {LEVELS[block.level - 1]: True, "文字": said(number(block, counts) + block.text)}
        elif isinstance(block, Table):
            values |= table(block, tables)
            tables += 1
        else:
            values |= {"图片": True, "图": draw(block), "题注": said(block.caption)}
        yield values


def single(body: tuple[Block, ...]) -> Iterator[Block]:
    """A text of several lines is several paragraphs."""
    for block in body:
        yield from (Text(line) for line in block.text.split("\n")) if isinstance(block, Text) else (block,)


def number(heading: Heading, counts: list[int]) -> str:
    """一、 then （一） then 1., each counted anew below the one above."""
    if not heading.numbered:
        return ""
    at = heading.level - 1
    counts[at] += 1
    counts[at + 1 :] = [0] * (len(counts) - heading.level)
    chinese = counted(counts[at], "chineseCounting")
    return (f"{chinese}、", f"（{chinese}）", f"{counts[at]}. ")[at]


def table(block: Table, place: int) -> dict[str, Any]:
    labels = [said(column.label) for column in block.columns]
    labels[0] = f"{OPEN}{place}{CLOSE}{labels[0]}"
    rows = [[said(value) for value in row] for row in block.rows]
    return {"表格": True, "题注": said(block.caption), "栏目": labels, "行": rows}
