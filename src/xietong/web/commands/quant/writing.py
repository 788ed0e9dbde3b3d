"""Writes findings: a workbook with all tables, a page that opens without a network, JSON for programs."""

import json
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from xietong.web.commands.quant.findings import Findings, Sheet, records, wide
from xietong.web.commands.quant.words import Say

if TYPE_CHECKING:
    import xlsxwriter

HERE = Path(__file__).parent
CHARTS = HERE.parents[2] / "kit" / "pages" / "static" / "vendor" / "echarts.min.js"
WIDEST = 40
LONGEST_NAME = 31
MOST_MEASURED = 200


def refuse_existing(paths: Iterable[Path], *, force: bool) -> None:
    """Raises ValueError for the first file that would be overwritten, or is a folder."""
    for path in paths:
        if path.is_dir():
            raise ValueError(f"{path} is a folder; --out names another")
        if path.exists() and not force:
            raise ValueError(f"{path} is there already; --force writes over it, --out names another")


def write_files(paths: dict[Path, bytes]) -> None:
    """Writes all of them or, where one cannot be written, none; what was there is replaced at once."""
    fresh = {path: path.with_name(f".{path.name}.part") for path in paths}
    try:
        for path, part in fresh.items():
            part.write_bytes(paths[path])
        for path, part in fresh.items():
            part.replace(path)
    finally:
        for part in fresh.values():
            part.unlink(missing_ok=True)


def json_of(findings: Findings) -> str:
    whole = {
        "title": findings.title,
        "sound": findings.is_sound,
        "facts": {fact.key: fact.text for fact in findings.facts},
        "remarks": findings.remarks,
        "tables": {sheet.key: [finite(row) for row in records(sheet)] for sheet in findings.sheets},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, default=number, allow_nan=False)


def finite(row: dict[str, object]) -> dict[str, object]:
    """JSON knows no infinite intercept either."""
    return {key: str(cell) if isinstance(cell, float) and np.isinf(cell) else cell for key, cell in row.items()}


def number(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else str(value)


def workbook_of(findings: Findings, gettext: Say) -> bytes:
    import xlsxwriter  # noqa: PLC0415  (the help must not wait for it)

    out = BytesIO()
    # A text that begins with "=" is a text, and an infinite intercept is told as one.
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        heads = [book.add_format({"bold": True, "bottom": 1, "align": align}) for align in ("right", "left")]
        for sheet in findings.sheets:
            add_sheet(book, sheet, heads)
        about = book.add_worksheet(gettext("说明"))
        about.set_column(0, 0, 24)
        about.set_column(1, 1, 90)
        rows = [(findings.title, ""), *((fact.label, fact.text) for fact in findings.facts)]
        rows += [(gettext("请注意"), remark) for remark in findings.remarks]
        rows += [(sheet.title, sheet.note) for sheet in findings.sheets if sheet.note]
        for place, (name, text) in enumerate(rows):
            about.write_string(place, 0, name, bold if place == 0 else None)
            about.write_string(place, 1, text)
    return out.getvalue()


def add_sheet(book: "xlsxwriter.Workbook", sheet: Sheet, heads: list[Any]) -> None:
    page = book.add_worksheet(sheet.title[:LONGEST_NAME])
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column.label, heads[column.places is None])
        texts = (column.label, *(shown(row[place], column.places) for row in sheet.rows[:MOST_MEASURED]))
        look = {"num_format": pattern(column.places), "align": "left" if column.places is None else "right"}
        page.set_column(place, place, min(max(map(wide, texts)) + 2, WIDEST), book.add_format(look))
    for line, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, int | float) and np.isfinite(cell):
                page.write_number(line, place, cell)
            elif cell is not None:
                page.write_string(line, place, str(cell))


def pattern(places: int | None) -> str:
    """How a workbook shows the numbers of a column."""
    if places is None:
        return "General"
    return f"0.{'0' * places}" if places else "0"


def page_of(findings: Findings, gettext: Say, language: str) -> str:
    """One file: the charts' program is inside it, and nothing is fetched."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    site = Environment(
        loader=FileSystemLoader(HERE / "data"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    site.filters["shown"] = shown
    words = {
        "attention": gettext("请注意"),
        "unsound": gettext("估计没有收敛：本报告中的参数不能使用。"),
        "foot": gettext("人数不足10的单元格不显示数值。报告不含姓名，不比较学校，不排名次。"),
    }
    charts = [picture.chart for picture in findings.pictures]
    # "<" within a script would be able to end it.
    data = json.dumps(charts, ensure_ascii=False, default=number, allow_nan=False).replace("<", "\\u003c")
    return site.get_template("report.html").render(
        findings=findings, words=words, language="zh-CN" if language == "zh" else "en", data=data,
        program=CHARTS.read_text("utf-8").replace("</script", "<\\/script"),
    )  # fmt: skip


def shown(cell: object, places: int | None) -> str:
    """A cell of the page."""
    if cell is None:
        return "—"
    return f"{cell:,.{places}f}" if isinstance(cell, int | float) and places is not None else str(cell)
