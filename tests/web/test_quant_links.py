"""`xietong quant score`, `link` and `sample`: what reads the parameters that `irt` wrote, and what draws."""

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.web.quant_files import (
    LAW,
    PARAMETERS,
    Capture,
    analysed,
    column,
    file_of,
    law_of,
    row_of,
    run,
    written,
)

pytestmark = pytest.mark.once

PEOPLE = [["no", *[0] * 5], ["all", *[1] * 5], ["nothing", *[""] * 5], ["half", "-", 1, "-", 1, 1]]


def abilities(capsys: Capture, *arguments: object) -> dict[str, tuple[Any, ...]]:
    found = run(capsys, "score", *arguments)
    assert found.status == 0, found.said
    return {
        row["person"]: tuple(float(row[key]) if row[key] else None for key in ("ability", "error"))
        for row in csv.DictReader(io.StringIO(found.out))
    }


@pytest.fixture
def law(tmp_path: Path, capsys: Capture) -> Path:
    """The workbook of the published items."""
    written(capsys, tmp_path / "law", "irt", law_of(tmp_path), "--weight", "persons")
    return tmp_path / "law.xlsx"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return file_of(tmp_path / "people.csv", ["name", *LAW], PEOPLE)


def test_score_reads_the_workbook_of_irt(law: Path, people: Path, capsys: Capture) -> None:
    asked = (people, "--id", "name", "--parameters", law)
    found = abilities(capsys, *asked)
    assert list(found) == ["no", "all", "nothing", "half"]
    assert found["no"] == pytest.approx((-1.86978, 0.6927), abs=1e-4)
    assert found["nothing"] == pytest.approx((0, 1), abs=1e-6)
    likeliest = abilities(capsys, *asked, "--method", "wle")
    assert likeliest["no"][0] < likeliest["half"][0] < likeliest["all"][0]
    assert likeliest["nothing"] == (None, None)
    unknown = abilities(capsys, *asked, "--omitted", "unknown")
    assert unknown["half"][0] > found["half"][0]


def test_score_reads_the_parameters_as_csv_too(law: Path, people: Path, capsys: Capture) -> None:
    table = analysed(capsys, "irt", law.parent / "law.csv", "--weight", "persons")["tables"]["parameters"]
    path = file_of(law.parent / "items.csv", list(table[0]), [list(row.values()) for row in table])
    asked = (people, "--id", "name", "--parameters")
    assert abilities(capsys, *asked, path) == abilities(capsys, *asked, law)


def test_score_writes_a_file_and_never_over_one(law: Path, people: Path, capsys: Capture) -> None:
    out = people.with_name("scores.csv")
    asked = ("score", people, "--id", "name", "--parameters", law)
    text = run(capsys, *asked).out
    assert run(capsys, *asked, "--out", out).out == ""
    assert out.read_text("utf-8-sig") == text
    out.write_text("precious")
    found = run(capsys, *asked, "--out", out)
    assert (found.status, out.read_text()) == (1, "precious")
    assert run(capsys, *asked, "--out", out, "--force").status == 0
    assert out.read_text("utf-8-sig") == text


def test_an_item_without_an_estimate_says_nothing(tmp_path: Path, capsys: Capture) -> None:
    rows = [["T1", "dichotomous", 1, 0, 0], ["T2", "dichotomous", "", 0, ""]]
    known = file_of(tmp_path / "items.csv", PARAMETERS, rows)
    both = file_of(tmp_path / "both.csv", ["T2", "T1"], [[1, 1], [1, 0]])
    one = file_of(tmp_path / "one.csv", ["T1"], [[1], [0]])
    found = abilities(capsys, one, "--parameters", known)
    assert found["1"][0] > 0 > found["2"][0]
    assert abilities(capsys, both, "--parameters", known) == found


def test_an_item_that_cannot_be_counted_with_may_be_left_out(tmp_path: Path, capsys: Capture) -> None:
    rows = [["T1", "dichotomous", 1, 0, 0], ["T2", "dichotomous", -1, 0, 0]]
    known = file_of(tmp_path / "items.csv", PARAMETERS, rows)
    answers = file_of(tmp_path / "answers.csv", ["T1", "T2"], [[1, 1], [0, 1]])
    assert "item T2: slope -1.0" in run(capsys, "score", answers, "--parameters", known).said
    found = abilities(capsys, answers, "--parameters", known, "--items", "T1")
    assert found["1"][0] > 0 > found["2"][0]


def scales(folder: Path, moved: float = 0.0) -> tuple[Path, Path]:
    """Eight graded items on two scales of which one is 1.25 θ + 0.625 of the other; T8 may have become harder."""
    header = [*PARAMETERS, "d2"]
    chance = np.random.default_rng(7)
    slopes, first = chance.uniform(0.6, 1.8, 8), chance.normal(0, 1, 8)
    old: list[list[Any]] = [[f"T{n + 1}", "graded", slopes[n], 0, first[n], first[n] - 1] for n in range(8)]
    new: list[list[Any]] = [
        [name, kind, a * 1.25, 0, d + 0.5 * a * 1.25, e + 0.5 * a * 1.25] for name, kind, a, _lower, d, e in old
    ]
    new[7][4:] = [step - moved * new[7][2] for step in new[7][4:]]
    file_of(folder / "old.csv", header, [*old, ["X", *old[0][1:]]])
    return file_of(folder / "new.csv", header, new), folder / "old.csv"


@pytest.mark.parametrize("method", ["stocking-lord", "haebara", "mean-sigma", "mean-mean"])
def test_link_finds_the_constants(tmp_path: Path, capsys: Capture, method: str) -> None:
    new, old = scales(tmp_path)
    found = analysed(capsys, "link", new, old, "--method", method)
    facts, tables = found["facts"], found["tables"]
    assert (facts["common"], facts["method"]) == ("8", method)
    assert (facts["stretch"], facts["shift"]) == ("1.250000", "0.625000")
    wanted = [line.split(",") for line in old.read_text().splitlines()[1:9]]
    for place, key in ((2, "slope"), (4, "d1"), (5, "d2")):
        assert column(tables["parameters"], key) == pytest.approx([float(row[place]) for row in wanted], abs=1e-5)
    assert column(tables["methods"], "method") == ["stocking-lord", "haebara", "mean-sigma", "mean-mean"]
    assert column(tables["methods"], "stretch") == pytest.approx([1.25] * 4, abs=1e-5)
    assert column(tables["methods"], "shift") == pytest.approx([0.625] * 4, abs=1e-5)
    assert column(tables["common"], "remark") == [""] * 8


def test_a_common_item_that_drifted_is_told(tmp_path: Path, capsys: Capture) -> None:
    found = analysed(capsys, "link", *scales(tmp_path, moved=0.9))
    assert found["facts"]["drifted"] == "1"
    assert column(found["tables"]["common"], "remark") == [*[""] * 7, "难度可能变了"]
    assert row_of(found["tables"]["common"], item="T8")["robust_z"] < -1.96


def test_link_reads_workbooks_of_irt_and_score_its_own(law: Path, people: Path, capsys: Capture) -> None:
    book, _page = written(capsys, law.parent / "moved", "link", law, law)
    assert book["各种方法"][1][:3] == pytest.approx(("stocking-lord", 1, 0), abs=1e-6)
    asked = (people, "--id", "name", "--parameters")
    same, before = abilities(capsys, *asked, law.parent / "moved.xlsx"), abilities(capsys, *asked, law)
    assert [same[name] for name in same] == [pytest.approx(before[name], abs=1e-4) for name in before]


SCHOOLS = [
    ["演示甲小", 400, "城"],
    ["演示乙小", 90, "乡"],
    ["演示丙小", 60, "乡"],
    ["演示丁小", 20, "乡"],
    ["演示戊小", 0, "乡"],
]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return file_of(tmp_path / "schools.csv", ["学校", "人数", "城乡"], SCHOOLS)


def test_sample_draws_schools_and_pupils_that_stand_for_all(county: Path, capsys: Capture) -> None:
    asked = ("sample", county, "--id", "学校", "--size", "人数", "--seed", 3)
    found = analysed(capsys, *asked, "--stratum", "城乡", "--schools", "乡=2,城=1", "--booklets", 3)
    pupils, schools = found["tables"]["pupils"], found["tables"]["schools"]
    assert found["facts"]["schools"] == "3 / 4"
    of_town = [row for row in pupils if row["school"] == "演示甲小"]
    assert len({row["pupil"] for row in of_town}) == 30
    assert all(1 <= row["pupil"] <= 400 for row in of_town)
    assert {row["weight"] for row in of_town} == {round(400 / 30, 6)}
    assert [column(of_town, "booklet").count(one) for one in (1, 2, 3)] == [10, 10, 10]
    assert row_of(schools, school="演示甲小")["certain"] == "是"
    assert {row["stratum"]: (row["schools"], row["drawn"], row["size"]) for row in found["tables"]["strata"]} == {
        "城": (1, 1, 400), "乡": (3, 2, 170),
    }  # fmt: skip
    again = analysed(capsys, *asked, "--stratum", "城乡", "--schools", "乡=2,城=1", "--booklets", 3)
    assert again == found


def test_sample_of_all_schools_stands_for_every_pupil(county: Path, capsys: Capture) -> None:
    asked = ("sample", county, "--id", "学校", "--size", "人数", "--seed", 3, "--schools", 4, "--pupils", 20)
    pupils = analysed(capsys, *asked)["tables"]["pupils"]
    assert len(pupils) == 80
    assert sum(column(pupils, "weight")) == pytest.approx(570)
    # Of the smallest school all are drawn, and they are numbered as in its list.
    smallest = [row["pupil"] for row in pupils if row["school"] == "演示丁小"]
    assert sorted(smallest) == list(range(1, 21))
