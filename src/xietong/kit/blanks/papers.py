"""Word files: the tables of the body as grids, and words in their blank cells, in the looks of the cell."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace

from lxml import etree
from lxml.etree import _Element as Element

from xietong.kit.blanks.grid import MOST_COLUMNS, MOST_GRIDS, MOST_ROWS, Cell, Grid
from xietong.kit.blanks.texts import printable
from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.text.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WRITING = frozenset({f"{W}t", f"{W}tab", f"{W}br", f"{W}cr"})
HOLDING = ("drawing", "pict", "object", "tbl", "fldSimple", "instrText", "sym", "checkBox", "sdt")
REVISED = ("ins", "del", "moveFrom", "moveTo", "rPrChange")

TOO_LARGE = gettext_noop("表格太大：最多 20 张表，每张 200 行、40 列。请删去用不到的部分后再上传。")
GONE = gettext_noop("要填的格子在文件里不是空格；请重新上传上报表，核对每一格的对应。")


def grids(parts: Package) -> list[Grid]:
    return [Grid(grid.name, grid.rows) for grid, _elements in tables(body(parts))]


def filled(parts: Package, values: Mapping[str, str]) -> dict[str, Element]:
    """The part that changes, by its name."""
    root = body(parts)
    places = {
        cell.address: elements[cell.address]
        for grid, elements in tables(root)
        for row in grid.rows
        for cell in row
        if cell.is_blank
    }
    if set(values) - set(places):
        raise Unreadable(GONE)
    for address, text in values.items():
        write(places[address], printable(text))
    return {parts.main_part(): root}


def body(parts: Package) -> Element:
    root = parts.tree(parts.main_part())
    return root if root is not None else etree.Element(f"{W}document")


def tables(root: Element) -> Iterator[tuple[Grid, dict[str, Element]]]:
    """Each table of the text itself, with the elements of its cells by address."""
    found = [one for part in root.iterchildren(f"{W}body") for one in inside(part, "tbl")]
    if len(found) > MOST_GRIDS:
        raise Unreadable(TOO_LARGE)
    for number, table in enumerate(found, start=1):
        yield table_of(f"表格{number}", table)


def inside(parent: Element, name: str) -> Iterator[Element]:
    """Children of a name, also those that stand in a content control."""
    for child in parent.iterchildren(f"{W}{name}", f"{W}sdt"):
        if child.tag == f"{W}{name}":
            yield child
        else:
            for content in child.iterchildren(f"{W}sdtContent"):
                yield from inside(content, name)


def table_of(name: str, table: Element) -> tuple[Grid, dict[str, Element]]:
    rows: list[dict[int, Cell]] = []
    elements: dict[str, Element] = {}
    above: dict[int, tuple[int, int]] = {}  # column → where the cell stands that goes on downwards there
    for number, row in enumerate(inside(table, "tr"), start=1):
        rows.append({})
        column = 1 + setting(row, "trPr", "gridBefore")
        for element in inside(row, "tc"):
            width = setting(element, "tcPr", "gridSpan") or 1
            if number > MOST_ROWS or column + width - 1 > MOST_COLUMNS:
                raise Unreadable(TOO_LARGE)
            if goes_on(element) and column in above:
                top, begun = above[column]
                rows[top - 1][begun] = replace(rows[top - 1][begun], rows=number - top + 1)
            else:
                cell = cell_of(name, number, column, width, element)
                rows[-1][column], above[column], elements[cell.address] = cell, (number, column), element
            column += width
    return Grid(name, tuple(tuple(row.values()) for row in rows)), elements


def cell_of(name: str, number: int, column: int, width: int, element: Element) -> Cell:
    text = text_of(element)
    is_blank = not text and not any(True for _held in element.iter(*(f"{W}{held}" for held in HOLDING)))
    return Cell(number, column, f"{name} R{number}C{column}", text, is_blank, columns=width)


def setting(element: Element, properties: str, name: str) -> int:
    found = element.find(f"{W}{properties}/{W}{name}")
    said = found.get(f"{W}val", "") if found is not None else ""
    return int(said) if said.isdecimal() and len(said) < len("10000") else 0


def goes_on(element: Element) -> bool:
    """Whether a cell belongs to the one above it."""
    found = element.find(f"{W}tcPr/{W}vMerge")
    return found is not None and found.get(f"{W}val", "continue") != "restart"


def text_of(element: Element) -> str:
    lines = ("".join(run.text or "" for run in line.iter(f"{W}t")) for line in element.iter(f"{W}p"))
    return "\n".join(filter(None, map(str.strip, lines)))


def write(cell: Element, text: str) -> None:
    """The words in the first run of the first paragraph, which looks as whoever made the form wants it."""
    paragraph = cell.find(f"{W}p")
    if paragraph is None:
        paragraph = etree.SubElement(cell, f"{W}p")
    run = paragraph.find(f"{W}r")
    if run is None:
        run = new_run(paragraph)
    for child in [each for each in run if each.tag in WRITING]:
        run.remove(child)
    said = etree.SubElement(run, f"{W}t")
    said.text = text
    said.set(SPACE, "preserve")


def new_run(paragraph: Element) -> Element:
    """A run that looks like the mark at the end of the paragraph, as when somebody types there."""
    run = etree.SubElement(paragraph, f"{W}r")
    looks = paragraph.find(f"{W}pPr/{W}rPr")
    if looks is not None:
        copied = deepcopy(looks)
        for name in REVISED:
            for each in copied.findall(f"{W}{name}"):
                copied.remove(each)
        run.append(copied)
    return run
