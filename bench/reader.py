"""A plan of 200 pages and paragraphs of 3 MB read: outline, findings and the tasks they make.

`make bench`, or `python bench/reader.py [--rounds 5]`. The pages are those of the published plan of 安义县 over
and over; the paragraphs have many stops, only commas, and none. Seconds are for orientation, the ratio of 400
to 200 pages tells whether the time grows with the text alone.
"""

import argparse
import platform
import resource
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from xietong.areas.plans.rules.reader import KnownOrganisation, SourceLine, clean, proposals, read

PLAN = Path(__file__).resolve().parents[1] / "src/xietong/areas/plans/data/anyi.txt"
PAGE = 1_500
"""Characters on a page of the standard layout, blanks and headings taken off 28 × 22."""

REGISTER = [KnownOrganisation(str(number), f"安义县第{number}小学", (f"{number}校",)) for number in range(100)]


def pages(count: int) -> list[str]:
    title, _preamble, *body = PLAN.read_text(encoding="utf-8").split("\n")
    times = count * PAGE // sum(map(len, body)) + 1
    return [title, *(body * times)]


def paragraph(piece: str) -> list[str]:
    return [(piece * (3_000_000 // len(piece) + 1))[:3_000_000]]


def seconds(lines: list[str]) -> tuple[float, int, int]:
    """The time to clean, read and propose; clauses and tasks."""
    begun = time.perf_counter()
    found = read(clean([SourceLine(line) for line in lines]).lines, register=REGISTER)
    tasks = proposals(found)
    return time.perf_counter() - begun, len(found.clauses), len(tasks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    print(f"Python {platform.python_version()}, {platform.platform()}")
    texts = {
        "200 pages": pages(200),
        "400 pages": pages(400),
        "3 MB, many stops": paragraph("".join(pages(2)[1:])),
        "3 MB, commas": paragraph("建设一批，"),
        "3 MB, no marks": paragraph("安义县教育局和财政局一二三"),
    }
    medians: dict[str, float] = {}
    for name, lines in texts.items():
        runs = [seconds(lines) for _ in range(rounds)]
        medians[name] = statistics.median(run[0] for run in runs)
        size, (_time, clauses, tasks) = sum(map(len, lines)), runs[0]
        print(f"{name:18} {size:9,} characters {clauses:6,} clauses {tasks:6,} tasks {medians[name]:7.2f} s")
    print(f"400 pages : 200 pages = {medians['400 pages'] / medians['200 pages']:.2f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
