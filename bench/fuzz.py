"""Spoilt files given to the readers: what is read, what is refused with a reason, what the child process stops.

`make bench`, or `python bench/fuzz.py [--files 300] [--texts 5000] [--seed 1]`. Real workbooks, .docx, .pdf and
texts are cut, bytes in them turned, pieces doubled and swapped, or their XML spoilt and packed again; each goes
the way of an upload, through a child process with limits. Plans are spoilt as texts and read in this process.
Anything but an answer or a refusal with a reason is printed with its seed, and the command fails.
"""

import argparse
import platform
import resource
import statistics
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random

import xlsxwriter
from docx import Document

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from xietong.areas.plans.rules.reader import SourceLine, clean, proposals, read
from xietong.kit.sandbox import Crashed, TooLarge, TooSlow, Unreadable
from xietong.kit.sheets import Choice, Column, Day, Number, Sheet, Text, YesNo, check_safely
from xietong.kit.text import read_safely

ROOT = Path(__file__).resolve().parents[1]
PLANS = [ROOT / "src/xietong/areas/plans/data/anyi.txt", *sorted((ROOT / "tests/areas/plans/corpus").glob("*.txt"))]
ODD = [
    "\0",
    "\ufeff",
    "\u202e",
    "\U0001f600",
    "（",
    "(",
    "一、",
    "①",
    "\t",
    "\n\n\n",
    "2026年99月",
    "9" * 400,
    "：" * 50,
    "《",
]
ROSTER = Sheet(
    "fuzz.roster",
    "名册",
    (
        Column("code", "编号", Text(20, digits=True), required=True),
        Column("name", "姓名", Text(40), required=True),
        Column("born", "出生日期", Day()),
        Column("unit", "单位", Choice({"一小": "1", "二小": "2"}, several=True)),
        Column("mark", "成绩", Number(1, 0, 100)),
        Column("boards", "寄宿", YesNo()),
    ),
    unique=("code",),
)


@dataclass
class Tally:
    """How a kind of file ended, and how long each took."""

    ends: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def run(self, call: Callable[[], object], name: str) -> None:
        begun = time.perf_counter()
        try:
            call()
            self.ends["read"] += 1
        except TooLarge:
            self.ends["out of memory"] += 1
        except TooSlow:
            self.ends["out of time"] += 1
        except Crashed:
            self.ends["child died"] += 1
        except Unreadable as refusal:
            self.ends["refused" if refusal.message.strip() else "refused without a reason"] += 1
        except Exception:  # noqa: BLE001  (whatever else comes out is what is looked for)
            self.ends["wrong"] += 1
            self.wrong.append(f"{name}\n{traceback.format_exc()}")
        self.seconds.append(time.perf_counter() - begun)

    def told(self, name: str) -> str:
        ends = ", ".join(f"{count} {end}" for end, count in self.ends.most_common())
        middle, longest = statistics.median(self.seconds), max(self.seconds)
        return f"{name:6} {len(self.seconds):6}: {ends}; median {middle:.3f} s, longest {longest:.2f} s"


def workbook() -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet("名册")
        page.write_row(0, 0, [column.header for column in ROSTER.columns])
        for row in range(1, 60):
            page.write_row(row, 0, [f"A{row}", "陈演示", 45_000 + row, "一小、二小", row % 100, "是"])
        page.write_formula(61, 4, "=SUM(E2:E60)")
    return file.getvalue()


def paper() -> bytes:
    document, file = Document(), BytesIO()
    for line in PLANS[0].read_text(encoding="utf-8").split("\n"):
        document.add_paragraph(line)
    table = document.add_table(5, 4)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "牵头单位"
    document.save(file)
    return file.getvalue()


def pdf() -> bytes:
    """The smallest file with a text layer, its objects laid one after another."""
    stream = b"BT /F1 12 Tf 72 720 Td (Plan of action 2026) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        rows,
        len(body),
    )


def spoilt(data: bytes, chance: Random) -> bytes:
    """Bytes cut, turned, doubled or swapped; of a package also the parts inside."""
    if data.startswith(b"PK") and chance.random() < 0.6:
        return repacked(data, chance)
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(found) or 1), chance.randint(1, 400)
        deed = chance.randrange(4)
        if deed == 0:
            found[at : at + 1] = bytes([chance.randrange(256)])
        elif deed == 1:
            del found[at : at + length]
        elif deed == 2:
            found[at:at] = found[at : at + length]
        else:
            del found[chance.randrange(len(found) + 1) :]
    return bytes(found)


def repacked(data: bytes, chance: Random) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        names = package.namelist()
        chosen = set(chance.sample(names, min(2, len(names))))
        for name in names:
            part = package.read(name)
            written.writestr(name, spoilt(part, chance) if name in chosen and part else part)
    return file.getvalue()


def spoilt_text(text: str, chance: Random) -> str:
    for _ in range(chance.randint(1, 30)):
        at, length = chance.randrange(len(text) + 1), chance.randint(1, 200)
        piece = text[at : at + length]
        text = chance.choice(
            (
                text[:at] + text[at + length :],
                text[:at] + piece + text[at:],
                text[:at] + chance.choice(ODD) + text[at:],
                text[:at] + piece[::-1] + text[at + length :],
            )
        )
    return text


def read_plan(text: str) -> None:
    proposals(read(clean([SourceLine(line) for line in text.split("\n")]).lines))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (("files", 300), ("texts", 5_000), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.platform()}, seed {asked.seed}")
    text = PLANS[0].read_text(encoding="utf-8")
    originals: dict[str, tuple[bytes, Callable[[bytes, str], object]]] = {
        "xlsx": (workbook(), lambda data, _name: check_safely(data, ROSTER)),
        "csv": ("编号,姓名\nA1,陈演示\n".encode("gb18030") * 40, lambda data, _name: check_safely(data, ROSTER)),
        "docx": (paper(), lambda data, name: read_safely(data, name=name)),
        "pdf": (pdf(), lambda data, name: read_safely(data, name=name)),
        "txt": (text.encode("gb18030"), lambda data, name: read_safely(data, name=name)),
    }
    tallies: dict[str, Tally] = {}
    for kind, (data, call) in originals.items():
        tally, chance = tallies.setdefault(kind, Tally()), Random(f"{asked.seed} {kind}")
        call(data, f"x.{kind}")
        for number in range(asked.files):
            broken = spoilt(data, chance)
            tally.run(partial(call, broken, f"x.{kind}"), f"{kind} {number}")
        print(tally.told(kind), flush=True)
    tally, chance = tallies.setdefault("plans", Tally()), Random(asked.seed)
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in PLANS]
    for number in range(asked.texts):
        broken_text = spoilt_text(chance.choice(texts), chance)
        tally.run(partial(read_plan, broken_text), f"plan {number}")
    print(tally.told("plans"))
    mine, child = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"peak memory {mine:.0f} MiB here, {child:.0f} MiB in the largest child")
    wrong = [each for tally in tallies.values() for each in tally.wrong]
    print("\n".join(wrong))
    return 1 if wrong or any(tally.ends["refused without a reason"] for tally in tallies.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
