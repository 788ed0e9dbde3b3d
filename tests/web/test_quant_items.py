"""`xietong quant items` and `compare`: papers, items, options, and groups of equals."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.web.quant_files import Capture, analysed, answers_to, column, file_of, law_of, persons, row_of, run

pytestmark = pytest.mark.once

HEADER = ["T1", "T2", "T3", "人数"]
MARKS = [[4, 3, 3, 20], [2, 1.5, 3, 10], [0, 0.5, 0, 10], ["", "", "", 10]]
"""Of 10 marks: twenty have all, ten 6.5, ten half a mark, and ten did not sit."""


@pytest.fixture
def marked(tmp_path: Path) -> tuple[object, ...]:
    """The command for a paper with full marks."""
    about = file_of(tmp_path / "about.csv", ["题号", "满分"], [["T1", 4], ["T2", 3], ["T3", 3]])
    return "items", file_of(tmp_path / "marks.csv", HEADER, MARKS), "--weight", "人数", "--about", about


def test_published_figures_of_items(tmp_path: Path, capsys: Capture) -> None:
    found = analysed(capsys, "items", law_of(tmp_path), "--weight", "persons")
    table = found["tables"]["items"]
    assert column(table, "item") == ["Q1", "Q2", "Q3", "Q4", "Q5"]
    assert column(table, "persons") == [1000] * 5
    assert column(table, "difficulty") == pytest.approx([0.828, 0.658, 0.772, 0.606, 0.843])
    assert column(table, "item_rest") == pytest.approx([0.246, 0.247, 0.313, 0.223, 0.175], abs=1e-3)
    assert found["facts"]["alpha"].startswith("0.453 (")
    assert found["remarks"] == []


def test_discrimination_is_between_tails_of_27_in_a_hundred(tmp_path: Path, capsys: Capture) -> None:
    """By hand: of the 100 the best 27 are those with two, the worst 27 those with none."""
    rows = [[1, 1, 27], [1, 0, 40], [0, 1, 6], [0, 0, 27]]
    path = file_of(tmp_path / "tails.csv", ["T1", "T2", "n"], rows)
    table = analysed(capsys, "items", path, "--weight", "n")["tables"]["items"]
    assert column(table, "discrimination") == pytest.approx([1, 1])
    assert column(table, "discrimination_band") == ["优良", "优良"]
    assert column(table, "difficulty") == pytest.approx([0.67, 0.33])
    assert column(table, "difficulty_band") == ["中等", "较难"]


def test_rates_are_of_all_who_were_registered(marked: tuple[object, ...], capsys: Capture) -> None:
    facts = analysed(capsys, *marked, "--registered", 60)["facts"]
    assert (facts["registered"], facts["sat"], facts["scoring"]) == ("60", "40", "67.5%")
    assert facts["excellent"] == "33.3%"
    assert facts["passing"] == "50.0%"
    assert facts["low"] == "16.7%"


def test_without_a_number_all_rows_are_registered(marked: tuple[object, ...], capsys: Capture) -> None:
    facts = analysed(capsys, *marked)["facts"]
    assert (facts["registered"], facts["sat"]) == ("50", "40")
    assert facts["excellent"] == "40.0%"


def test_cuts_are_what_somebody_says(marked: tuple[object, ...], capsys: Capture) -> None:
    """Who stands at a cut has passed, and is not low."""
    facts = analysed(capsys, *marked, "--cuts", "65,100,5", "--registered", 40)["facts"]
    assert facts["excellent"] == "50.0%"
    assert facts["passing"] == "75.0%"
    assert facts["low"] == "0.0%"


def test_fewer_registered_than_sat_are_refused(marked: tuple[object, ...], capsys: Capture) -> None:
    for number in (0, 39):
        found = run(capsys, *marked, "--json", "--registered", number)
        assert (found.status, found.out) == (1, "")
        assert f"registered {number}.0 is no finite number from 40.0 (sat) up" in found.said


def test_full_marks_half_marks_and_all_or_nothing(marked: tuple[object, ...], capsys: Capture) -> None:
    tables = analysed(capsys, *marked)["tables"]
    assert column(tables["items"], "difficulty") == pytest.approx([100 / 160, 80 / 120, 90 / 120])
    assert column(tables["items"], "persons") == [40, 40, 40]
    bands = {(row["from"], row["to"]): row["persons"] for row in tables["bands"] if row["persons"]}
    assert bands == {(5, 10): 10, (65, 70): 10, (95, 100): 20}


def test_an_omitted_answer_is_wrong_or_unknown_and_is_told(tmp_path: Path, capsys: Capture) -> None:
    rows = [[1, 1]] * 10 + [[0, "-"]] * 5 + [[1, ""]] * 5 + [[0, 1]] * 5
    path = file_of(tmp_path / "omitted.csv", ["T1", "T2"], rows)
    for how, difficulty in (("wrong", 15 / 20), ("unknown", 1.0)):
        row = analysed(capsys, "items", path, "--omitted", how)["tables"]["items"][1]
        assert (row["difficulty"], row["omitted"]) == pytest.approx((difficulty, 5 / 20))


def test_a_workbook_is_read_as_well(tmp_path: Path, capsys: Capture) -> None:
    rows = [[0, 1, ""], [1, 1, 0], [1, 0, 1], [0, 0, 1]] * 10
    path = file_of(tmp_path / "answers.xlsx", ["T1", "T2", "T3"], rows)
    table = analysed(capsys, "items", path, "--items", "T1,T3")["tables"]["items"]
    assert [(row["item"], row["persons"]) for row in table] == [("T1", 40), ("T3", 30)]
    assert column(table, "difficulty") == pytest.approx([0.5, 2 / 3])


def test_a_file_of_an_older_encoding_is_read(tmp_path: Path, capsys: Capture) -> None:
    path = file_of(tmp_path / "old.csv", ["第一题", "第二题"], [[0, 1], [1, 1], [1, 0]], "gb18030")
    assert column(analysed(capsys, "items", path)["tables"]["items"], "item") == ["第一题", "第二题"]


@pytest.fixture
def chosen(tmp_path: Path) -> Any:
    """Thirty know all else and mostly take C, thirty know nothing; the key of Q1 is B, and nobody takes D."""
    known = [1, 1, 1, 1]
    rows = [["C", *known]] * 26 + [["b", *known]] * 4 + [["B", 0, 0, 0, 0]] * 12 + [["A", 0, 0, 0, 0]] * 12
    rows += [["E", 0, 0, 0, 0]] * 3 + [["-", 0, 0, 0, 0]] * 3
    about = file_of(
        tmp_path / "about.csv", ["题目", "答案"], [["Q1", "B"], *([f"T{place}", ""] for place in range(4))]
    )
    path = file_of(tmp_path / "options.csv", ["Q1", *(f"T{place}" for place in range(4))], rows)
    return "items", path, "--about", about


def test_options_that_mislead_and_that_nobody_takes(chosen: Any, capsys: Capture) -> None:
    tables = analysed(capsys, *chosen)["tables"]
    options = {row["option"]: row for row in tables["options"]}
    assert list(options) == ["A", "B", "C", "D", "E"]
    assert {name: row["right"] for name, row in options.items() if row["right"]} == {"B": "✓"}
    # Of A, the fewest that may be told, the number of E would follow.
    assert options["A"]["share"] == "*"
    assert [options[name]["share"] for name in "BC"] == pytest.approx([16 / 60, 26 / 60])
    # Of the best 16.2 persons four have the answer, because it counts in the total as well.
    assert (options["C"]["best"], options["C"]["worst"]) == pytest.approx((12.2 / 16.2, 0))
    assert options["C"]["remark"] == "高分组更多选它而不选答案"
    assert (options["D"]["share"], options["D"]["remark"]) == (0, "没有人选")
    assert [options[name]["remark"] for name in "ABE"] == ["", "", ""]
    # Three persons are too few to be told of.
    assert [options["E"][key] for key in ("share", "best", "worst", "point_biserial")] == ["<10"] * 4
    assert row_of(tables["items"], item="Q1")["difficulty"] == pytest.approx(16 / 60)


def test_a_paper_without_keys_has_no_options(tmp_path: Path, capsys: Capture) -> None:
    assert set(analysed(capsys, "items", law_of(tmp_path), "--weight", "persons")["tables"]) == {"items", "bands"}


def test_compare_finds_the_item_that_treats_a_group_unlike(tmp_path: Path, capsys: Capture) -> None:
    group = np.random.default_rng(5).integers(0, 2, 2000)
    harder = np.array([0, 0, 0, 1.2, 0, 0]) * group[:, None]
    codes = answers_to(np.zeros(6), persons(2000, 6), 7, slope=1.0)
    late = answers_to(np.full(6, 1.2), persons(2000, 6), 7, slope=1.0)
    answers = np.where(harder > 0, late, codes).tolist()
    rows = [[*row, name] for row, name in zip(answers, np.array(["城", "乡"])[group].tolist(), strict=True)]
    path = file_of(tmp_path / "groups.csv", [*(f"T{place}" for place in range(6)), "区"], rows)
    for more in ((), ("--purify",)):
        found = analysed(capsys, "compare", path, "--group", "区", "--focal", "乡", *more)
        table = found["tables"]["items"]
        assert [row["item"] for row in table if row["class"] == "C"] == ["T3"]
        assert table[3]["delta"] < -1.5
        assert found["facts"]["class_c"] == "1"
    assert found["facts"]["focal"] == f"乡 ({group.sum()})"
    refused = run(capsys, "compare", path, "--group", "区", "--focal", "镇")
    assert refused.status == 1
    assert refused.said.endswith("there is no group 镇; there are 乡, 城\n")


def test_nothing_is_told_of_an_item_that_fewer_than_ten_had(tmp_path: Path, capsys: Capture) -> None:
    rows = [[row % 2, (row // 2) % 2, row % 2 if row < 9 else ""] for row in range(40)]
    table = analysed(capsys, "items", file_of(tmp_path / "few.csv", ["T1", "T2", "T3"], rows))["tables"]["items"]
    assert set(table[2].values()) == {"T3", "<10"}
    assert table[0]["difficulty"] == 0.5
