"""Web pages as saved by a browser, or by Word and office systems that write pages under the name .doc.

Blocks become paragraphs. What stands in navigation, or is nothing but links, is told as navigation.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text.document import Cell, Role, Table
from xietong.kit.text.draft import Draft, Paragraph
from xietong.kit.text.encoding import decoded
from xietong.kit.text.markup import Element
from xietong.kit.text.squares import Square, is_grid, squares

EMPTY = gettext_noop("网页中没有可以读取的文字；请在浏览器中打开，复制正文到 .docx 后再上传。")
CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{1,40})""", re.IGNORECASE)
HEAD = 4096
SPACES = re.compile(r"[ \t\r\n\f]+")
WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
TORN = re.compile(f"(?<={WIDE})[ \\t]*[\\r\\n]\\s*(?={WIDE})")
"""A line end of the source between two Chinese characters: no space was meant."""

SILENT = frozenset(
    {"script", "style", "noscript", "template", "title", "head", "select", "option", "button", "textarea"}
    | {"svg", "iframe", "object", "audio", "video", "canvas", "map"}
)
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "li", "main", "nav", "ol"}
    | {"p", "pre", "section", "summary", "table", "caption", "tbody", "thead", "tfoot", "tr", "td", "th", "ul"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)
NAVIGATION = frozenset({"nav", "footer", "aside"})
HEADING = re.compile("h([1-6])")


def read(data: bytes) -> Draft:
    """The blocks of the page in order, the cells of its tables with their places."""
    root = _tree(data)
    reader = _Reader()
    paragraphs = tuple(reader.blocks(root)) if root is not None else ()
    if not paragraphs:
        raise Unreadable(EMPTY)
    return Draft(paragraphs, tuple(reader.tables))


def _tree(data: bytes) -> Element | None:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(_text(data).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(EMPTY) from error


def _text(data: bytes) -> str:
    """The page in the encoding that it names, else in the one that fits."""
    declared = CHARSET.search(data[:HEAD])
    text = decoded(data)
    if text is not None or declared is None:
        return text or ""
    try:
        return data.decode(declared[1].decode("ascii"), "replace")
    except LookupError:
        return ""


@dataclass(slots=True)
class _Block:
    """The text between two borders of blocks, and how much of it is in links."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0

    def add(self, text: str | None, *, is_link: bool) -> None:
        words = SPACES.sub(" ", TORN.sub("", text or ""))
        self.parts.append(words)
        self.linked += len(words.strip()) if is_link else 0

    @property
    def text(self) -> str:
        return re.sub(" *\n *", "\n", re.sub("  +", " ", "".join(self.parts))).strip(" \n")

    @property
    def is_link(self) -> bool:
        return self.linked >= sum(len(part.strip()) for part in self.parts)


class _Reader:
    """Walks a page without recursion: pages nest as deep as they like."""

    def __init__(self) -> None:
        self.tables: list[Table] = []

    def blocks(self, root: Element, cell: Cell | None = None) -> Iterator[Paragraph]:
        """The paragraphs below an element."""
        block, inside = _Block(), dict.fromkeys(("a", "navigation"), 0)
        style = ""
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            name = str(element.tag)
            step = 1 if event == "start" else -1
            if name in BLOCKS:
                yield from self._paragraph(block, style, cell, is_aside=inside["navigation"] > 0)
                block = _Block()
                style = _style(name) if step == 1 else ""
            inside["a"] += step * (name == "a")
            inside["navigation"] += step * (name in NAVIGATION)
            if step == -1:
                if element is not root:
                    block.add(element.tail, is_link=inside["a"] > 0)
            elif name in SILENT:
                walker.skip_subtree()
            elif name == "table" and cell is None and (found := squares(element)) and is_grid(found):
                yield from self._table(found)
                walker.skip_subtree()
            elif name == "br":
                block.parts.append("\n")
            else:
                block.add(element.text, is_link=inside["a"] > 0)
        yield from self._paragraph(block, style, cell, is_aside=False)

    def _paragraph(self, block: _Block, style: str, cell: Cell | None, *, is_aside: bool) -> Iterator[Paragraph]:
        text = block.text
        if text:
            role = Role.NAVIGATION if cell is None and (is_aside or block.is_link) else Role.BODY
            yield Paragraph(text, style, table=cell, role=role)

    def _table(self, found: list[Square]) -> Iterator[Paragraph]:
        place = len(self.tables) + 1
        width = max(each.place.column + each.place.columns - 1 for each in found)
        height = max(each.place.row + each.place.rows - 1 for each in found)
        rows = [[""] * width for _ in range(height)]
        for each in found:
            row, column = each.place.row, each.place.column
            inside = list(self.blocks(each.element, Cell(place, row, column)))
            words = [rows[row - 1][column - 1], *(paragraph.text for paragraph in inside)]
            rows[row - 1][column - 1] = "\n".join(filter(None, words))
            yield from inside
        merged = tuple(each.place for each in found if each.place.rows > 1 or each.place.columns > 1)
        heads = sum(1 for row in range(1, height + 1) if _is_head(found, row))
        self.tables.append(Table(place, tuple(map(tuple, rows)), heads, merged))


def _is_head(found: list[Square], row: int) -> bool:
    parents = [each.element.getparent() for each in found if each.place.row == row]
    groups = [parent.getparent() for parent in parents if parent is not None]
    return bool(groups) and all(group is not None and group.tag == "thead" for group in groups)


def _style(name: str) -> str:
    match = HEADING.fullmatch(name)
    return f"heading {match[1]}" if match else ""
