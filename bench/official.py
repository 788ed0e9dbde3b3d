"""Seconds that an official document takes, beside the same words laid out by code, in one run.

`python bench/official.py [--pages 30] [--runs 5]`. A circular of so many pages of 22 lines, with headings and
tables, is made from the shipped template: in this process, and in the sandbox as the site does it. Beside it stands
`kit.docx.letter`, which lays out the same paragraphs without a template. Checking a template, one chart of each
sort, and the PDF where LibreOffice is installed are printed too. Seconds are for orientation.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path

import django
from django.conf import settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from xietong.kit.docx import Column, Letter, Paragraph, letter
from xietong.kit.docx.chart import Chart, Series, bar_chart, line_chart
from xietong.kit.docx.official import (
    Block,
    Circular,
    Heading,
    Table,
    Text,
    check_template,
    render,
    standard_template,
)
from xietong.kit.docx.official.rendering import rendered
from xietong.kit.docx.pdf import may_make_pdf, pdf

LIBRARIES = ("docxtpl", "jinja2", "python-docx", "lxml", "pillow")
LINES, CHARACTERS = 22, 28
SENTENCE = "各单位对照任务台账逐项落实，选派专家进校指导，按月报送进展，并于12月底前形成书面报告。"
PARAGRAPH = SENTENCE * 3
EVERY_TABLE = 5
COLUMNS = (Column("序号", 15, centred=True), Column("任务", 80), Column("完成率", 25, centred=True))
ROWS = tuple((str(number), "建立协同机制", "85.0%") for number in range(1, 7))
DAY = date(2026, 11, 23)
MONTHS = tuple(f"{month}月" for month in range(1, 13))
CHART = Chart(MONTHS, (Series("应完成", tuple(range(12))), Series("已完成", tuple(range(12)))), unit="单位：项")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    settings.configure(USE_I18N=False)
    django.setup()
    describe()
    content, plain = circular(args.pages), by_code(args.pages)
    template = standard_template(Circular)
    print(f"\nabout {args.pages} pages, {len(content.body)} blocks, median of {args.runs} runs\n")
    print("| what | kB | seconds | ratio |")
    print("|---|--:|--:|--:|")
    base = row("letter, laid out by code", lambda: letter(plain), args.runs, 0)
    row("circular from its template", lambda: rendered(template, content), args.runs, base)
    row("the same in the sandbox", lambda: render(template, content), args.runs, base)
    row("template checked in the sandbox", lambda: bytes(len(check_template(template, Circular))), args.runs, base)
    row("chart of bars", lambda: bar_chart(CHART), args.runs, base)
    row("chart of lines", lambda: line_chart(CHART), args.runs, base)
    if may_make_pdf():
        made = rendered(template, content)
        row("PDF", lambda: pdf(made), args.runs, base)
    else:
        print("LibreOffice is not installed: no PDF")


def describe() -> None:
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in LIBRARIES))


def row(what: str, make: Callable[[], bytes], runs: int, base: float) -> float:
    """Prints a line and gives its seconds."""
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        made = make()
        seconds.append(time.perf_counter() - begun)
    median = statistics.median(seconds)
    print(f"| {what} | {len(made) / 1024:.0f} | {median:.2f} | {median / (base or median):.1f} |", flush=True)
    return median


def paragraphs(pages: int) -> int:
    return pages * LINES * CHARACTERS // len(PARAGRAPH)


def circular(pages: int) -> Circular:
    body: list[Block] = []
    for place in range(paragraphs(pages)):
        body += [Heading("落实情况", 2)] if place % 2 == 0 else []
        body += [Text(PARAGRAPH)]
        body += [Table(COLUMNS, ROWS, caption="完成情况")] if place % (EVERY_TABLE * 5) == 0 else []
    return Circular(
        mark="云岭县教育体育局文件",
        number="演示字〔2026〕12号",
        title="关于2026年11月工作情况的通报",
        body=tuple(body),
        signer="云岭县教育体育局",
        day=DAY,
        printed_by="云岭县教育体育局办公室",
        printed_on=DAY,
        check_code="7K2M-9QXA",
        watermark="演示",
    )


def by_code(pages: int) -> Letter:
    body = tuple(Paragraph(PARAGRAPH) for _ in range(paragraphs(pages)))
    return Letter("关于2026年11月工作情况的通报", body, watermark="演示")


if __name__ == "__main__":
    main()
