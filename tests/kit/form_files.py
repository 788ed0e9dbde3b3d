"""Forms as higher bureaus hand them out, made by hand; whatever is invented is marked 演示."""

import zipfile
from functools import cache
from io import BytesIO
from typing import Any

import docx
import openpyxl
from openpyxl.styles import Border, Font, Side

THIN = Side(style="thin")
FRAME = Border(THIN, THIN, THIN, THIN)


def book(*sheets: tuple[str, dict[str, Any], str], merged: tuple[str, ...] = ()) -> Any:
    """A workbook: of each sheet the name, what stands in its cells, and the framed range."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, cells, framed in sheets:
        page = made.create_sheet(name)
        for address, value in cells.items():
            page[address] = value
        for row in page[framed] if framed else ():
            for cell in row:
                cell.border, cell.font = FRAME, Font(name="仿宋", size=14)
        for each in merged:
            page.merge_cells(each)
    return made


def saved(made: Any) -> bytes:
    file = BytesIO()
    made.save(file)
    return file.getvalue()


@cache
def simple_sheet(*, title: str = "演示月报表", head: str = "应报单位") -> bytes:
    """A title over three columns, and one row with two blanks."""
    cells = {"A1": title, "A2": "项目", "B2": "数量", "C2": "备注", "A3": head}
    return saved(book(("表1", cells, "A2:C3"), merged=("A1:C1",)))


def paper(rows: int = 2, columns: int = 3, texts: dict[tuple[int, int], str] | None = None) -> Any:
    """A Word document with one table."""
    made = docx.Document()
    made.add_paragraph("演示月报表")
    table = made.add_table(rows, columns)
    for (row, column), text in (texts or {}).items():
        table.cell(row, column).text = text
    return made


def simple_paper() -> bytes:
    return saved(paper(texts={(0, 0): "项目", (0, 1): "数量", (0, 2): "备注", (1, 0): "应报单位"}))


def with_parts(content: bytes, changed: dict[str, bytes | None], **replaced: tuple[bytes, bytes]) -> bytes:
    """The package with parts added, replaced, or taken out; `replaced` changes words in the list of types."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = changed.pop(name) if name in changed else before.read(name)
            if name == "[Content_Types].xml":
                for old, new in replaced.values():
                    data = (data or b"").replace(old, new)
            if data is not None:
                after.writestr(name, data)
        for name, data in changed.items():
            after.writestr(name, data or b"")
    return file.getvalue()
