"""A cell that nobody has written in yet gets its place in a worksheet: rows and cells stand in order there."""

from lxml import etree
from lxml.etree import _Element as Element

from xietong.kit.sheets.opening import place_of

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def placed(root: Element, number: int, reference: str) -> Element:
    """The new cell, in the looks of its row or of its column."""
    data = root.find(f"{M}sheetData")
    if data is None:
        data = etree.SubElement(root, f"{M}sheetData")
    row = row_of(data, number)
    row.attrib.pop("spans", "")  # what it says of the cells it holds would be wrong
    column = column_of(reference)
    cell = etree.Element(f"{M}c", r=reference)
    look = row.get("s") if row.get("customFormat") in {"1", "true"} else look_of(root, column)
    if look:
        cell.set("s", look)
    row.insert(sum(column_of(one.get("r", "")) < column for one in row), cell)
    return cell


def row_of(data: Element, number: int) -> Element:
    before = 0
    for row in data.iterchildren(f"{M}row"):
        if row.get("r") == str(number):
            return row
        before += int(row.get("r", "0")) < number
    made = etree.Element(f"{M}row", r=str(number))
    data.insert(before, made)
    return made


def column_of(reference: str) -> int:
    return place_of(reference.rstrip("0123456789")) + 1


def look_of(root: Element, column: int) -> str:
    """The look of a whole column, where it has one."""
    for each in root.iterfind(f"{M}cols/{M}col"):
        if int(each.get("min", "0")) <= column <= int(each.get("max", "0")):
            return each.get("style", "")
    return ""
