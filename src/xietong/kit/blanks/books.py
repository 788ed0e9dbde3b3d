"""Workbooks: the used part of each visible sheet as a grid, and values in its blanks, in the looks of the cell."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element

from xietong.kit.blanks.grid import MOST_COLUMNS, MOST_GRIDS, MOST_ROWS, Cell, Grid, Place
from xietong.kit.blanks.looks import Looks, looks_of
from xietong.kit.blanks.papers import GONE, TOO_LARGE
from xietong.kit.blanks.placing import placed
from xietong.kit.blanks.texts import is_number, printable
from xietong.kit.sandbox import Unreadable
from xietong.kit.sheets.defusing import defused
from xietong.kit.sheets.opening import letters_of, place_of
from xietong.kit.text.package import Package

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
SHOWN = "visible"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its name, its part, the cells that are written in it, and which cells cover others."""

    name: str
    part: str
    root: Element
    cells: Mapping[Place, Element]
    merged: Mapping[Place, Place] = field(default_factory=dict)


def grids(parts: Package) -> list[Grid]:
    strings, looks = strings_of(parts), looks_of(parts)
    return [grid_of(sheet, strings, looks) for sheet in sheets(parts)]


def filled(parts: Package, values: Mapping[str, str]) -> dict[str, Element]:
    """The parts that change, by their names."""
    strings, looks = strings_of(parts), looks_of(parts)
    changed: dict[str, Element] = {}
    open_values = dict(values)
    for sheet in sheets(parts):
        for cell in (one for row in grid_of(sheet, strings, looks).rows for one in row if one.is_blank):
            if cell.address in open_values:
                write(sheet, cell, open_values.pop(cell.address), looks)
                changed[sheet.part] = sheet.root
    if open_values:
        raise Unreadable(GONE)
    return changed | counted_anew(parts)


def sheets(parts: Package) -> list[Sheet]:
    main = parts.main_part()
    book, targets = parts.tree(main), targets_of(parts, main)
    tabs = [one for one in (book.iter(f"{M}sheet") if book is not None else ()) if one.get("state", SHOWN) == SHOWN]
    if len(tabs) > MOST_GRIDS:
        raise Unreadable(TOO_LARGE)
    named = [(tab.get("name", ""), targets.get(relation_of(tab), "")) for tab in tabs]
    found = [(name, part, parts.tree(part)) for name, part in named if part]
    return [sheet_of(name, part, root) for name, part, root in found if root is not None]


def relation_of(tab: Element) -> str:
    return next((str(value) for name, value in tab.attrib.items() if str(name).endswith("}id")), "")


def targets_of(parts: Package, main: str) -> dict[str, str]:
    """The worksheets of a workbook by the keys of its relations."""
    folder, file = posixpath.split(main)
    relations = parts.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
    return {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
        for each in (relations if relations is not None else ())
        if each.get("Type", "").endswith("/worksheet")
    }


def sheet_of(name: str, part: str, root: Element) -> Sheet:
    cells = written_cells(root)
    merged = {}
    for each in root.iter(f"{M}mergeCell"):
        first, _colon, last = each.get("ref", "").partition(":")
        begin, end = spot(first), spot(last or first)
        if begin and end:
            merged[begin] = end
    return Sheet(name, part, root, cells, merged)


def written_cells(root: Element) -> dict[Place, Element]:
    """The cells of a worksheet by their place; some programs leave it to the reader to count."""
    found: dict[Place, Element] = {}
    row = 0
    for line in root.iterfind(f"{M}sheetData/{M}row"):
        row, column = int(line.get("r") or row + 1), 0
        line.set("r", str(row))
        for cell in line.iterchildren(f"{M}c"):
            column = (spot(cell.get("r", "")) or (row, column + 1))[1]
            cell.set("r", f"{letters_of(column - 1)}{row}")
            found[row, column] = cell
    return found


def spot(reference: str) -> Place | None:
    """Row and column of a reference, counted from 1."""
    found = REFERENCE.fullmatch(reference)
    return (int(found[2]), place_of(found[1]) + 1) if found else None


def strings_of(parts: Package) -> list[str]:
    """The texts that a workbook keeps once for all its sheets."""
    part = parts.related(parts.main_part(), "sharedStrings")
    root = parts.tree(part) if part else None
    return [words(one) for one in root.iterchildren(f"{M}si")] if root is not None else []


def words(element: Element) -> str:
    """The text of a string; how it is read aloud does not belong to it."""
    texts = (one for one in element.iter(f"{M}t") if one.getparent().tag != f"{M}rPh")  # type: ignore[union-attr]
    return "".join(one.text or "" for one in texts)


def grid_of(sheet: Sheet, strings: list[str], looks: Looks) -> Grid:
    texts = {place: text_of(cell, strings) for place, cell in sheet.cells.items()}
    used = [place for place, text in texts.items() if text or is_formula(sheet.cells[place])]
    if any(row > MOST_ROWS or column > MOST_COLUMNS for row, column in used):
        raise Unreadable(TOO_LARGE)
    framed = [place for place, cell in sheet.cells.items() if looks.is_framed(cell.get("s"))]
    used += [one for one in framed if one[0] <= MOST_ROWS and one[1] <= MOST_COLUMNS]
    height, width = (max((place[axis] for place in used), default=0) for axis in (0, 1))
    covered = {place for begin, end in sheet.merged.items() for place in beneath(begin, end, height, width)}
    rows = (
        tuple(
            cell_of(sheet, (row, column), texts, (height, width))
            for column in range(1, width + 1)
            if (row, column) not in covered
        )
        for row in range(1, height + 1)
    )
    return Grid(sheet.name, tuple(rows))


def beneath(begin: Place, end: Place, height: int, width: int) -> Iterator[Place]:
    """What a merged cell covers within the used part, but itself."""
    for row in range(begin[0], min(end[0], height) + 1):
        for column in range(begin[1], min(end[1], width) + 1):
            if (row, column) != begin:
                yield row, column


def cell_of(sheet: Sheet, place: Place, texts: Mapping[Place, str], most: Place) -> Cell:
    (row, column), end = place, sheet.merged.get(place, place)
    text, written = texts.get(place, ""), sheet.cells.get(place)
    is_blank = not text and (written is None or not is_formula(written))
    rows, columns = (max(1, min(end[axis], most[axis]) - place[axis] + 1) for axis in (0, 1))
    address = f"{sheet.name}!{letters_of(column - 1)}{row}"
    return Cell(row, column, address, text, is_blank, rows, columns)


def is_formula(cell: Element) -> bool:
    return cell.find(f"{M}f") is not None


def text_of(cell: Element, strings: list[str]) -> str:
    """What a cell shows, near enough to know it by."""
    kind, value = cell.get("t", "n"), cell.findtext(f"{M}v", "").strip()
    if kind == "inlineStr":
        return words(cell).strip()
    if kind == "s":
        return strings[int(value)].strip() if value.isdecimal() and int(value) < len(strings) else ""
    return value.removesuffix(".0")


def write(sheet: Sheet, cell: Cell, text: str, looks: Looks) -> None:
    """A number as a number, a share as one where the cell shows shares; everything else stays text."""
    element = sheet.cells.get((cell.row, cell.column))
    if element is None:
        element = placed(sheet.root, cell.row, f"{letters_of(cell.column - 1)}{cell.row}")
    for child in list(element):
        element.remove(child)
    element.attrib.pop("t", "")
    number = as_number(text, is_share=looks.is_share(element.get("s")))
    if number:
        etree.SubElement(element, f"{M}v").text = number
        return
    element.set("t", "inlineStr")
    said = etree.SubElement(etree.SubElement(element, f"{M}is"), f"{M}t")
    said.text = defused(printable(text))
    said.set(SPACE, "preserve")


def as_number(text: str, *, is_share: bool) -> str:
    """The number that a text is, as the file holds it; nothing for words."""
    if is_share and text.endswith("%") and is_number(text[:-1]):
        return f"{float(text[:-1]) / 100:.10g}"
    return text if is_number(text) else ""


def counted_anew(parts: Package) -> dict[str, Element]:
    """The workbook, told to count its formulas when it is opened: what they stand on has changed."""
    main = parts.main_part()
    book = parts.tree(main)
    if book is None:
        return {}
    told = book.find(f"{M}calcPr")
    if told is None:
        told = etree.Element(f"{M}calcPr")
        before = [book.find(f"{M}{name}") for name in ("sheets", "externalReferences", "definedNames")]
        [*_others, last] = [one for one in before if one is not None]
        last.addnext(told)
    told.set("fullCalcOnLoad", "1")
    return {main: book}
