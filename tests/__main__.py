"""Runs all tests: everything on SQLite, then on PostgreSQL what touches the database.

The part on SQLite fails if it leaves out a branch of what pyproject.toml names under coverage; pytest then
lists the files and lines. `python -m tests -k plans` runs what pytest's own options leave of both parts,
and does not measure. Each part ends with the files that took longest.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from tests import postgres

MOST_WORKERS = 4
ON_BOTH = ("-m", "not once and not browser")
EVERY_BRANCH = ("--cov", "--cov-report", "term-missing:skip-covered", "--cov-fail-under", "100")


@dataclass(frozen=True, slots=True)
class Tally:
    """How a run of pytest ended."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def main(arguments: list[str]) -> int:
    started = time.monotonic()
    tallies = {"SQLite": run([], arguments or EVERY_BRANCH)}
    if postgres.programs():
        tallies["PostgreSQL"] = run([sys.executable, "-m", "tests.postgres", "--"], [*ON_BOTH, *arguments])
    else:
        print("\nPostgreSQL is not installed: the part on PostgreSQL is skipped.")
    seconds = round(time.monotonic() - started)
    for name, tally in tallies.items():
        print(f"\n{name}:\n{tally}")
    total = sum(tallies.values(), Tally())
    print(f"\nTogether, in {seconds // 60} min {seconds % 60} s:\n{total}")
    return 0 if total.passed and not total.failed else 1


def run(wrapper: Sequence[str], arguments: Sequence[str]) -> Tally:
    """This function will run pytest, with its output on ours, and count what it reports."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    workers = str(min(os.cpu_count() or 1, MOST_WORKERS))
    with tempfile.TemporaryDirectory(prefix="xietong-report-") as folder:
        report = Path(folder, "report.xml")
        environment["COVERAGE_FILE"] = str(Path(folder, "coverage"))
        options = ["-n", workers, "--dist", "worksteal", "--durations", "20", "--junit-xml", str(report)]
        command = [*wrapper, sys.executable, "-m", "pytest", *options, *arguments]
        code = subprocess.run(command, env=environment, check=False).returncode
        for seconds, file in heaviest(report):
            print(f"{seconds:7.1f} s {file}")
        return counted(report, code)


def heaviest(report: Path, most: int = 20) -> list[tuple[float, str]]:
    """The files whose tests took longest, set-up included, the longest first."""
    seconds: dict[str, float] = defaultdict(float)
    for case in ET.parse(report).iter("testcase") if report.exists() else ():
        seconds[case.attrib["classname"]] += float(case.attrib["time"])
    return sorted(((taken, file) for file, taken in seconds.items()), reverse=True)[:most]


def counted(report: Path, code: int) -> Tally:
    """The counts of pytest's report; a run that ended badly without a failed test has one failure."""
    if not report.exists():
        return Tally(failed=1)
    suites = [suite.attrib for suite in ET.parse(report).iter("testsuite")]
    failed = sum(int(suite["failures"]) + int(suite["errors"]) for suite in suites)
    skipped = sum(int(suite["skipped"]) for suite in suites)
    passed = sum(int(suite["tests"]) for suite in suites) - failed - skipped
    ended_badly = code not in (0, 5)  # 5: the options left no test
    return Tally(passed, max(failed, int(ended_badly)), skipped)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
