"""`xietong quant`: tables of answers in, tables of results out, and what it refuses."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter

from tests.quant.sitting import LSAT7
from xietong.web.cli import main

pytestmark = pytest.mark.once

PATTERNS = {pattern: int(count) for pattern, count in (one.split(":") for one in LSAT7.split())}

Rows = Sequence[Sequence[object]]
Run = tuple[int, list[dict[str, str]], str]


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> Run:
    """Status, the table that was written, and what was said beside it."""
    status = main(["quant", *map(str, arguments)])
    out, said = capsys.readouterr()
    return status, list(csv.DictReader(io.StringIO(out))), said


def file_of(path: Path, header: list[str], rows: Rows, encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """The thousand persons of LSAT 7 as 32 patterns with their counts."""
    rows: Rows = [[*pattern, count] for pattern, count in PATTERNS.items()]
    return file_of(tmp_path / "law.csv", ["Q1", "Q2", "Q3", "Q4", "Q5", "persons"], rows)


def test_calibrate_gives_the_published_parameters(law: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, table, said = run(capsys, "calibrate", law, "--weight", "persons")
    assert status == 0
    assert [row["item"] for row in table] == ["Q1", "Q2", "Q3", "Q4", "Q5"]
    assert [float(row["slope"]) for row in table] == pytest.approx(
        [0.98755, 1.08084, 1.70746, 0.76499, 0.73567], abs=3e-5
    )
    assert [float(row["d1"]) for row in table] == pytest.approx(
        [1.85586, 0.80797, 1.80520, 0.48600, 1.85446], abs=3e-5
    )
    assert float(table[0]["slope_error"]) == pytest.approx(0.1763, abs=1e-3)
    assert table[0]["lower_error"] == ""
    assert "1000 persons, 5 items, 10 parameters" in said
    assert "log-likelihood -2658.8051" in said


def test_calibrate_of_one_model_each_with_a_prior_and_groups(law: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        [*pattern, group] for pattern, count in PATTERNS.items() for group in ("甲", "乙") for _ in range(count // 4)
    ]
    path = file_of(law.parent / "groups.csv", ["Q1", "Q2", "Q3", "Q4", "Q5", "校"], rows, "gb18030")
    models = "rasch,rasch,2pl,3pl,2pl"
    status, table, said = run(capsys, "calibrate", path, "--model", models, "--group", "校", "--prior", "5,17")
    assert status == 0
    assert table[0]["slope"] == table[1]["slope"]
    assert 0.05 < float(table[3]["lower"]) < 0.5
    assert "甲: mean" in said
    assert "乙: mean" in said


def test_items_tells_difficulty_and_reliability(law: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, table, said = run(capsys, "items", law, "--weight", "persons")
    assert status == 0
    assert [float(row["difficulty"]) for row in table] == pytest.approx([0.828, 0.658, 0.772, 0.606, 0.843])
    assert [float(row["item_rest"]) for row in table] == pytest.approx([0.246, 0.247, 0.313, 0.223, 0.175], abs=1e-3)
    assert "alpha 0.4534" in said


def test_score_reads_what_calibrate_wrote(law: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = law.parent / "items.csv"
    assert run(capsys, "calibrate", law, "--weight", "persons", "--out", found)[:2] == (0, [])
    rows: Rows = [
        ["no", 0, 0, 0, 0, 0],
        ["all", 1, 1, 1, 1, 1],
        ["nothing", "", "", "", "", ""],
        ["half", "-", 1, "-", 1, 1],
    ]
    people = file_of(law.parent / "people.csv", ["name", "Q1", "Q2", "Q3", "Q4", "Q5"], rows)
    status, table, _said = run(capsys, "score", people, "--id", "name", "--parameters", found)
    assert status == 0
    assert [row["person"] for row in table] == ["no", "all", "nothing", "half"]
    assert (float(table[0]["ability"]), float(table[0]["error"])) == pytest.approx((-1.86978, 0.6927), abs=1e-4)
    assert (float(table[2]["ability"]), float(table[2]["error"])) == pytest.approx((0, 1), abs=1e-6)
    _status, wle, _said = run(capsys, "score", people, "--id", "name", "--parameters", found, "--method", "wle")
    assert float(wle[0]["ability"]) < float(wle[3]["ability"]) < float(wle[1]["ability"])
    assert wle[2]["ability"] == ""
    asked = ("score", people, "--id", "name", "--parameters", found, "--omitted", "unknown")
    assert float(run(capsys, *asked)[1][3]["ability"]) > float(table[3]["ability"])


@pytest.mark.parametrize("method", ["stocking-lord", "haebara", "mean-sigma", "mean-mean"])
def test_link_finds_the_constants(tmp_path: Path, capsys: pytest.CaptureFixture[str], method: str) -> None:
    header = ["item", "kind", "slope", "lower", "d1", "d2"]
    rng = np.random.default_rng(7)
    slopes, first = rng.uniform(0.6, 1.8, 8), rng.normal(0, 1, 8)
    old: list[list[Any]] = [[f"T{n}", "graded", slopes[n], 0, first[n], first[n] - 1] for n in range(8)]
    new: list[list[Any]] = [
        [name, kind, a * 1.25, 0, d + 0.5 * a * 1.25, e + 0.5 * a * 1.25] for name, kind, a, _c, d, e in old
    ]
    paths = [
        file_of(tmp_path / f"{name}.csv", header, rows)
        for name, rows in (("new", new), ("old", [*old, ["X", *old[0][1:]]]))
    ]
    status, table, said = run(capsys, "link", *paths, "--method", method)
    assert status == 0
    assert "8 common items: A 1.250000, B 0.625000" in said
    assert [float(row["d2"]) for row in table] == pytest.approx([row[5] for row in old], abs=1e-5)


def test_a_workbook_is_read_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "answers.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([["T1", "T2", "T3"], [0, 1, ""], [1, 1, 0], [1, 0, 1], [0, 0, 1]]):
            sheet.write_row(row, 0, cells)
    status, table, _said = run(capsys, "items", path, "--items", "T1,T3")
    assert status == 0
    assert [(row["item"], row["persons"], row["difficulty"]) for row in table] == [
        ("T1", "4.0", "0.5"), ("T3", "3.0", "0.666667"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "arguments", "why"),
    [
        ("T1,T2\n0,1\n1,x\n", (), "column T2, row 3: 'x' is no category"),
        ("T1,T2\n0,1\n1,1.5\n", (), "column T2, row 3: '1.5' is no category"),
        ("T1,T2\n0,1\n", ("--id", "考号"), "no column 考号; there are T1, T2"),
        ("T1,w\n0,1\n1,many\n", ("--weight", "w"), "column w, row 3: 'many' is no number"),
        ("T1,w\n0,1\n1,-2\n", ("--weight", "w"), "row 3: weight -2.0"),
        ("T1,T2\n0,300\n", (), "row 2, item T2: 300 is no category that a byte can hold"),
        ("T1,T2\n0,12345678901234567890\n", (), "column T2, row 2: '12345678901234567890' is no category"),
        ("T1,T1\n0,1\n", (), "its first row has the name T1 twice"),
        ("T1,\n0,1\n", (), "its first row has a column without a name"),
        ("T1\n0\n", ("--id", "T1"), "no column of an item"),
        ("T1,T2\n0,1,1\n", (), "answers.csv: "),
        ("T1,T2\n0\n", ("--items", "T2,T3"), "no column T3"),
    ],
)
def test_what_cannot_be_read_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, arguments: tuple[str, ...], why: str
) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(content, encoding="utf-8")
    status, table, said = run(capsys, "items", path, *arguments)
    assert (status, table) == (1, [])
    assert why in said


def test_what_calibrate_cannot_do_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file_of(tmp_path / "few.csv", ["T1", "T2"], [[1, 1], [1, 1]])
    status, table, said = run(capsys, "calibrate", path)
    assert status == 0
    assert [row["slope"] for row in table] == ["", ""]
    assert "item T1: everybody is in category 1, it has no estimate" in said
    assert "NOT CONVERGED" in said
    assert run(capsys, "calibrate", path, "--model", "4pl")[2].startswith("item T1: model '4pl' is none of")
    for prior in ("5", "5,x"):
        assert "two numbers are needed" in run(capsys, "calibrate", path, "--prior", prior)[2]


def test_files_that_are_no_tables_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    assert run(capsys, "items", path)[0] == 1
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"PK\x03\x04 broken")
    assert run(capsys, "items", book)[0] == 1
    assert run(capsys, "items", tmp_path / "nothing.csv")[0] == 1
    answers = file_of(tmp_path / "answers.csv", ["T1", "T9"], [[0, 1], [1, 0]])
    assert "there is no column item" in run(capsys, "score", answers, "--parameters", answers)[2]
    known = file_of(
        tmp_path / "known.csv", ["item", "kind", "slope", "lower", "d1"], [["T1", "dichotomous", 1, 0, 0]]
    )
    assert "no parameters of T9" in run(capsys, "score", answers, "--parameters", known)[2]


def test_fit_gives_the_published_statistics(law: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = law.parent / "items.csv"
    run(capsys, "calibrate", law, "--weight", "persons", "--out", found)
    status, table, said = run(capsys, "fit", law, "--weight", "persons", "--parameters", found)
    assert status == 0
    assert [float(row["s_x2"]) for row in table] == pytest.approx([4.749, 14.451, 1.270, 5.237, 0.941], abs=5e-3)
    assert "32 rows" in said


def test_compare_finds_the_item_that_treats_a_group_unlike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = np.random.default_rng(5)
    ability, group = rng.normal(size=2000), rng.integers(0, 2, 2000)
    harder = np.array([0, 0, 0, 1.2, 0, 0]) * group[:, None]
    codes = rng.random((2000, 6)) < 1 / (1 + np.exp(harder - ability[:, None]))
    rows = [[*row, name] for row, name in zip(codes.astype(int).tolist(), np.array(["城", "乡"])[group], strict=True)]
    path = file_of(tmp_path / "groups.csv", [*(f"T{n}" for n in range(6)), "区"], rows)
    for more in ((), ("--purify",)):
        status, table, _said = run(capsys, "compare", path, "--group", "区", "--focal", "乡", *more)
        assert status == 0
        assert [row["class"] for row in table if row["item"] == "T3"] == ["C"]
        assert float(table[3]["delta"]) < -1.5
    assert "there are 乡, 城" in run(capsys, "compare", path, "--group", "区", "--focal", "镇")[2]


SCHOOLS: Rows = [["甲小", 400, "城"], ["乙小", 90, "乡"], ["丙小", 60, "乡"], ["丁小", 20, "乡"], ["戊小", 0, "乡"]]


def test_sample_draws_schools_and_pupils_that_stand_for_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file_of(tmp_path / "schools.csv", ["学校", "人数", "城乡"], SCHOOLS)
    asked = ("sample", path, "--id", "学校", "--size", "人数", "--stratum", "城乡", "--seed", 3)
    status, table, said = run(capsys, *asked, "--schools", "乡=2,城=1")
    assert status == 0
    assert "3 schools" in said
    of_town = [row for row in table if row["school"] == "甲小"]
    assert len({row["pupil"] for row in of_town}) == 30
    assert {row["weight"] for row in of_town} == {str(round(400 / 30, 6))}
    assert run(capsys, *asked, "--schools", "乡=2,城=1")[1] == table
    drawn = run(capsys, "sample", path, "--id", "学校", "--size", "人数", "--seed", 3, "--schools", 4, "--pupils", 5)[
        1
    ]
    assert len(drawn) == 20
    assert sum(float(row["weight"]) for row in drawn) == pytest.approx(570)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("--schools", "3", "--size", "人"), "no column 人"),
        (("--schools", "城=1", "--stratum", "城乡"), "乡=N"),
        (("--schools", "城=1,乡=x", "--stratum", "城乡"), "乡=N"),
        (("--schools", "9", "--stratum", "城乡"), "stratum 乡 has 3 schools with pupils; 9 are asked for"),
        (("--schools", "1", "--size", "城乡"), "column 城乡, row 2: '城' is no whole number"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], why: str
) -> None:
    path = file_of(tmp_path / "schools.csv", ["学校", "人数", "城乡"], SCHOOLS)
    size = () if "--size" in more else ("--size", "人数")
    status, table, said = run(capsys, "sample", path, "--id", "学校", "--seed", 1, *size, *more)
    assert (status, table) == (1, [])
    assert why in said


def test_an_item_that_cannot_be_counted_with_may_be_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = ["item", "kind", "slope", "lower", "d1"]
    known = file_of(tmp_path / "items.csv", header, [["T1", "dichotomous", 1, 0, 0], ["T2", "dichotomous", -1, 0, 0]])
    answers = file_of(tmp_path / "answers.csv", ["T1", "T2"], [[1, 1], [0, 1]])
    assert "item T2: slope -1.0" in run(capsys, "score", answers, "--parameters", known)[2]
    status, table, _said = run(capsys, "score", answers, "--parameters", known, "--items", "T1")
    assert status == 0
    assert float(table[0]["ability"]) > 0 > float(table[1]["ability"])


def test_an_item_without_an_estimate_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    header = ["item", "kind", "slope", "lower", "d1"]
    known = file_of(
        tmp_path / "items.csv", header, [["T1", "dichotomous", 1, 0, 0], ["T2", "dichotomous", "", 0, ""]]
    )
    both = file_of(tmp_path / "both.csv", ["T2", "T1"], [[1, 1], [1, 0]])
    one = file_of(tmp_path / "one.csv", ["T1"], [[1], [0]])
    found = [run(capsys, verb, path, "--parameters", known)[:2] for verb in ("score", "fit") for path in (both, one)]
    assert found[0] == found[1]
    assert found[2] == found[3]
    assert [status for status, _table in found] == [0, 0, 0, 0]
    assert [row["item"] for row in found[2][1]] == ["T1"]
