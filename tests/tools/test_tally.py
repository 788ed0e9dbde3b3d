"""The counts that end a run of the tests."""

from pathlib import Path

import pytest

from tests.__main__ import Tally, counted, heaviest

REPORT = '<testsuites><testsuite errors="1" failures="2" skipped="3" tests="10" /></testsuites>'
GOOD_REPORT = '<testsuites><testsuite errors="0" failures="0" skipped="0" tests="4" /></testsuites>'


@pytest.mark.parametrize(
    ("report", "code", "tally"),
    [
        (REPORT, 1, Tally(passed=4, failed=3, skipped=3)),
        (GOOD_REPORT, 0, Tally(passed=4)),
        (GOOD_REPORT, 2, Tally(passed=4, failed=1)),  # interrupted
        ("<testsuites />", 5, Tally()),  # nothing selected
    ],
)
def test_counted_reads_the_report(tmp_path: Path, report: str, code: int, tally: Tally) -> None:
    path = tmp_path / "report.xml"
    path.write_text(report)

    assert counted(path, code) == tally


def test_counted_without_a_report_is_a_failure(tmp_path: Path) -> None:
    assert counted(tmp_path / "none.xml", 4) == Tally(failed=1)


def test_tally_is_printed_in_one_line() -> None:
    assert str(Tally(1, 2, 3) + Tally(10, 20, 30)) == "11 passed, 22 failed, 33 skipped"


def test_heaviest_are_the_files_with_the_most_seconds(tmp_path: Path) -> None:
    path = tmp_path / "report.xml"
    cases = "".join(f'<testcase classname="{file}" time="{time}" />' for file, time in (("a", 1), ("b", 5), ("a", 2)))
    path.write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")

    assert heaviest(path) == [(5, "b"), (3, "a")]
    assert heaviest(path, 1) == [(5, "b")]
    assert heaviest(tmp_path / "none.xml") == []
