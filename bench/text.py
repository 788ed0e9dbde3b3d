"""Pages a second that the readers of documents get through, each file read in the sandbox as an upload is.

`python bench/text.py [--pages 200] [--runs 5]`. The same invented plan is written in every format, with tables
and tracked changes in .docx; .pdf, .doc, .wps and .rtf are made by LibreOffice and left out where it is
not installed. A page is 600 characters. Seconds are for orientation; the start of the child is part of them.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from xietong.kit import text

PAGE = 600
LIBRARIES = ("lxml", "pypdfium2", "python-docx")
SENTENCE = "县教体局牵头，各学校配合，选派不少于40名专家进校指导，每学期开展两次诊断，并于12月底前形成报告。"
PARAGRAPH = SENTENCE * 3
EVERY_TABLE = 20
MADE = (("pdf", "pdf"), ("doc", "doc:MS Word 97"), ("wps", "doc:MS Word 97"), ("rtf", "rtf"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    describe()
    print(f"\n{args.pages} pages of {PAGE} characters, median of {args.runs} runs")
    print("\n| format | file, kB | lines | seconds | pages a second |")
    print("|---|--:|--:|--:|--:|")
    for name, data in files(args.pages):
        seconds, lines = measured(data, name, args.runs)
        print(f"| {name} | {len(data) / 1024:.0f} | {lines} | {seconds:.2f} | {args.pages / seconds:.0f} |")


def describe() -> None:
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in LIBRARIES))
    office = shutil.which("soffice")
    said = subprocess.run([office, "--version"], capture_output=True, text=True, check=True).stdout if office else ""
    print(said.strip() or "LibreOffice is not installed: .pdf, .doc, .wps and .rtf are left out")


def measured(data: bytes, name: str, runs: int) -> tuple[float, int]:
    """The median seconds of a reading and the lines it found."""
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        document = text.read_safely(data, name=name)
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds), len(document.lines)


def files(pages: int) -> Iterator[tuple[str, bytes]]:
    """The plan in every format, by file name."""
    paragraphs = [f"（{number}）{PARAGRAPH}" for number in range(1, pages * PAGE // len(PARAGRAPH) + 1)]
    whole = "\n".join(paragraphs)
    word = word_file(paragraphs)
    yield "plan.docx", word
    yield "one paragraph.docx", word_file(["".join(paragraphs)])
    yield "plan.txt", whole.encode()
    yield "gb18030.txt", whole.encode("gb18030")
    yield "plan.html", ("<html><body><p>" + "</p><p>".join(paragraphs)).encode()
    if shutil.which("soffice"):
        yield from converted(word)


def word_file(paragraphs: list[str]) -> bytes:
    """A .docx with a tracked insertion in every paragraph and a table behind every twentieth."""
    document = docx.Document()
    for place, words in enumerate(paragraphs, start=1):
        paragraph = document.add_paragraph(words)
        mark = OxmlElement("w:ins")
        mark.set(qn("w:author"), "bench")
        mark.append(paragraph.add_run("（修订）")._r)  # noqa: SLF001  python-docx knows no tracked changes
        paragraph._p.append(mark)  # noqa: SLF001
        if place % EVERY_TABLE == 0:
            add_table(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def add_table(document: "docx.document.Document") -> None:
    for row in document.add_table(rows=4, cols=4).rows:
        for cell in row.cells:
            cell.text = "县教体局"


def converted(word: bytes) -> Iterator[tuple[str, bytes]]:
    """The same file as LibreOffice writes it in other formats."""
    with TemporaryDirectory(prefix="xietong-bench-") as name:
        folder = Path(name)
        (folder / "plan.docx").write_bytes(word)
        for suffix, target in MADE:
            command = ["soffice", f"-env:UserInstallation={folder.as_uri()}/profile", "--headless", "--convert-to"]
            command += [target, "--outdir", name, str(folder / "plan.docx")]
            subprocess.run(command, capture_output=True, check=True)
            yield f"plan.{suffix}", (folder / f"plan.{target.partition(':')[0]}").read_bytes()


if __name__ == "__main__":
    main()
