"""`xietong quant irt`: items, groups and booklets by item response theory; published figures and known truths."""

from pathlib import Path

import numpy as np
import pytest

from tests.web.quant_files import (
    LAW,
    PARAMETERS,
    PATTERNS,
    Capture,
    analysed,
    answers_to,
    book_of,
    column,
    file_of,
    law_of,
    persons,
    row_of,
    run,
    written,
)

pytestmark = pytest.mark.once

EIGHT = [-1.5, -1.0, -0.5, -0.2, 0.2, 0.5, 1.0, 1.5]
NAMES = [f"T{place + 1}" for place in range(len(EIGHT))]


def test_published_parameters_and_fit(tmp_path: Path, capsys: Capture) -> None:
    found = analysed(capsys, "irt", law_of(tmp_path), "--weight", "persons")
    table, facts = found["tables"]["parameters"], found["facts"]
    assert column(table, "item") == LAW
    assert column(table, "model") == ["2pl"] * 5
    assert column(table, "slope") == pytest.approx([0.98755, 1.08084, 1.70746, 0.76499, 0.73567], abs=3e-5)
    assert column(table, "d1") == pytest.approx([1.85586, 0.80797, 1.80520, 0.48600, 1.85446], abs=3e-5)
    assert column(table, "b1") == pytest.approx([-row["d1"] / row["slope"] for row in table])
    assert table[0]["slope_error"] == pytest.approx(0.1763, abs=1e-3)
    assert column(table, "lower_error") == [None] * 5
    assert column(table, "s_x2") == pytest.approx([4.749, 14.451, 1.270, 5.237, 0.941], abs=5e-3)
    assert (facts["persons"], facts["parameters"], facts["log_likelihood"]) == ("1000", "10", "-2658.8051")
    assert (facts["converged"], found["sound"]) == ("是", True)


def test_a_model_for_each_item_and_a_prior(tmp_path: Path, capsys: Capture) -> None:
    asked = ("irt", law_of(tmp_path), "--weight", "persons", "--model", "rasch,rasch,2pl,3pl,2pl")
    table = analysed(capsys, *asked, "--prior", "5,17")["tables"]["parameters"]
    assert column(table, "model") == ["rasch", "rasch", "2pl", "3pl", "2pl"]
    assert table[0]["slope"] == table[1]["slope"]
    assert 0.05 < table[3]["lower"] < 0.5
    assert table[3]["lower_error"] > 0
    closer = analysed(capsys, *asked, "--prior", "500,1500")["tables"]["parameters"]
    assert closer[3]["lower"] == pytest.approx(0.25, abs=0.01)


def test_models_are_those_of_the_table_about_the_items(tmp_path: Path, capsys: Capture) -> None:
    """Where only 0 and the full mark occur an item is right or wrong, and else graded; a half mark is a step."""
    ability = persons(600, 1)
    right = np.array(answers_to([-0.6, 0.0, 0.6, -0.3, 0.3, 0.0, 0.5], ability, 2))
    graded, halves = right[:, 1] + right[:, 2], 0.5 * (right[:, 3] + right[:, 4])
    marks = np.column_stack([3 * right[:, 0], graded, halves, right[:, 5:]])
    path = file_of(tmp_path / "marks.csv", NAMES[:5], [[f"{mark:g}" for mark in row] for row in marks.tolist()])
    rows = [["T1", 3, ""], ["T2", 2, ""], ["T3", 1, "gpcm"], ["T4", 1, "rasch"], ["T5", 1, ""]]
    about = file_of(tmp_path / "about.xlsx", ["题号", "分值", "模型"], rows)
    table = analysed(capsys, "irt", path, "--about", about)["tables"]["parameters"]
    assert column(table, "model") == ["2pl", "grm", "gpcm", "rasch", "2pl"]
    assert column(table, "kind") == ["dichotomous", "graded", "partial", "dichotomous", "dichotomous"]
    assert [row["d2"] is None for row in table] == [True, False, False, True, True]
    assert column(table, "slope")[0] == pytest.approx(1.3, abs=0.35)


def test_populations_have_a_mean_and_spread_of_their_own(tmp_path: Path, capsys: Capture) -> None:
    groups = {"A": persons(1500, 3), "B": 0.8 + 1.4 * persons(1500, 4), "C": persons(6, 5)}
    rows = [[*row, name] for seed, (name, own) in enumerate(groups.items()) for row in answers_to(EIGHT, own, seed)]
    path = file_of(tmp_path / "groups.csv", [*NAMES, "校"], rows)
    # The first in the order of names is the scale.
    table = analysed(capsys, "irt", path, "--group", "校")["tables"]["populations"]
    known = {row["group"]: row for row in table}
    assert [known[name]["persons"] for name in "ABC"] == ["*", 1500, "<10"]
    assert [known["C"][key] for key in ("mean", "mean_error", "sd", "sd_error")] == ["<10"] * 4
    apart = (known["B"]["mean"] - known["A"]["mean"]) / known["A"]["sd"]
    assert apart == pytest.approx(0.8, abs=0.15)
    assert known["B"]["sd"] / known["A"]["sd"] == pytest.approx(1.4, abs=0.2)


def test_fixed_keeps_items_and_finds_the_scale_by_them(tmp_path: Path, capsys: Capture) -> None:
    given = [[name, "dichotomous", 1.3, 0, -1.3 * place] for name, place in zip(NAMES[:5], EIGHT, strict=False)]
    fixed = file_of(tmp_path / "fixed.csv", PARAMETERS, given)
    path = file_of(tmp_path / "new.csv", NAMES, answers_to(EIGHT, persons(3000, 6, mean=0.7), 7))
    table = analysed(capsys, "irt", path, "--fixed", fixed)["tables"]["parameters"]
    assert column(table, "slope")[:5] == [1.3] * 5
    assert column(table, "d1")[:5] == [row[4] for row in given]
    # The others come out on the scale of those five, on which the persons are better than average.
    assert column(table, "b1")[5:] == pytest.approx(EIGHT[5:], abs=0.2)
    free = analysed(capsys, "irt", path)["tables"]["parameters"]
    assert column(free, "b1")[5:] == pytest.approx([place - 0.7 for place in EIGHT[5:]], abs=0.2)


def test_schools_make_errors_of_their_own_and_a_share(tmp_path: Path, capsys: Capture) -> None:
    """A quarter of the variance lies between forty schools; one of them was absent."""
    between = 0.5 * np.random.default_rng(8).normal(size=40)
    school = np.repeat(np.arange(40), 25)
    ability = between[school] + np.sqrt(0.75) * persons(1000, 9)
    rows = [[*row, f"演示{one}校"] for row, one in zip(answers_to(EIGHT, ability, 10), school, strict=True)]
    rows += [[*[""] * 8, "演示未考校"]] * 12
    path = file_of(tmp_path / "schools.csv", [*NAMES, "所在校"], rows)
    found = analysed(capsys, "irt", path, "--school", "所在校")
    facts, table = found["facts"], found["tables"]["jackknife"]
    assert facts["schools"] == "40"
    assert float(facts["between_share"]) == pytest.approx(0.25, abs=0.12)
    assert 0.6 < float(facts["school_reliability"]) < 0.95
    assert column(table, "item") == NAMES
    usual = found["tables"]["parameters"]
    for key in ("slope_error", "d1_error"):
        ratio = np.array(column(table, key)) / np.array(column(usual, key))
        assert (ratio > 0.5).all()
        assert (ratio < 4).all()
    # Persons of a school are alike: what depends on their mean is known less well than among strangers.
    assert np.median(np.array(column(table, "d1_error")) / np.array(column(usual, "d1_error"))) > 1.2
    assert column(table, "lower_error") == [None] * 8


def rotated(folder: Path, parts: tuple[tuple[int, ...], ...]) -> Path:
    """Nine items for 900 persons, who had those of one booklet each."""
    full = answers_to([*EIGHT, 0.0], persons(900, 11), 12)
    rows = [
        [cell if place in parts[n % len(parts)] else "" for place, cell in enumerate(row)]
        for n, row in enumerate(full)
    ]
    return file_of(folder / "booklets.csv", [*NAMES, "T9"], rows)


def test_rotated_booklets_share_a_scale(tmp_path: Path, capsys: Capture) -> None:
    path = rotated(tmp_path, ((0, 1, 2, 3, 4, 5), (3, 4, 5, 6, 7, 8), (6, 7, 8, 0, 1, 2)))
    found = analysed(capsys, "irt", path)
    table = found["tables"]["parameters"]
    assert column(table, "b1") == pytest.approx([*EIGHT, 0.0], abs=0.45)
    assert all(row["p"] > 1e-4 for row in table)
    # Every booklet has 300 persons, which is enough to be judged.
    assert found["remarks"] == []


def test_booklets_apart_share_a_scale_if_somebody_says_so(tmp_path: Path, capsys: Capture) -> None:
    path = rotated(tmp_path, ((0, 2, 4, 6), (1, 3, 5, 7, 8)))
    refused = run(capsys, "irt", path, "--json")
    assert (refused.status, refused.out) == (1, "")
    assert "nobody answered items of both T1, T3, T5, … and T2, T4, T6, …" in refused.said
    table = analysed(capsys, "irt", path, "--equivalent")["tables"]["parameters"]
    assert column(table, "b1") == pytest.approx([*EIGHT, 0.0], abs=0.45)


def test_an_unused_category_has_an_infinite_intercept(tmp_path: Path, capsys: Capture) -> None:
    right = np.array(answers_to(EIGHT[:5], persons(300, 13), 14))
    rows = [[*row[:4], 2 * row[4]] for row in right.tolist()]
    path = file_of(tmp_path / "gap.csv", NAMES[:5], rows)
    row = analysed(capsys, "irt", path)["tables"]["parameters"][4]
    assert (row["model"], row["d1"] == pytest.approx(row["d2"])) == ("grm", True)
    row = analysed(capsys, "irt", path, "--model", "2pl,2pl,2pl,2pl,gpcm")["tables"]["parameters"][4]
    assert row["d1"] == "-inf"


def test_where_nothing_can_be_estimated_it_is_said(tmp_path: Path, capsys: Capture) -> None:
    path = file_of(tmp_path / "few.csv", NAMES[:2], [[1, 1], [1, 1]])
    found = analysed(capsys, "irt", path, status=3)
    assert found["sound"] is False
    assert found["facts"]["converged"] == "否"
    assert column(found["tables"]["parameters"], "slope") == [None, None]
    assert column(found["tables"]["parameters"], "remark") == ["没有估计：没有人作答，或所有人得到同一类别"] * 2
    assert run(capsys, "irt", path, "--json").said.endswith("NOT CONVERGED: these are no estimates\n")
    book, page = written(capsys, tmp_path / "none", "irt", path, status=3)
    assert "估计没有收敛：本报告中的参数不能使用。" in page.text
    assert book["题目参数"][1][:2] == ("T1", "没有估计：没有人作答，或所有人得到同一类别")
    _book, page = written(capsys, tmp_path / "fine", "irt", law_of(tmp_path), "--weight", "persons")
    assert "没有收敛" not in page.text


def test_an_item_that_nobody_had_stays_empty_beside_the_others(tmp_path: Path, capsys: Capture) -> None:
    rows = [[*pattern, "", count] for pattern, count in PATTERNS.items()]
    path = file_of(tmp_path / "more.csv", [*LAW, "T", "persons"], rows)
    table = analysed(capsys, "irt", path, "--weight", "persons")["tables"]["parameters"]
    assert column(table, "slope") == pytest.approx([0.98755, 1.08084, 1.70746, 0.76499, 0.73567, None], abs=3e-5)
    assert row_of(table, item="T")["remark"] == "没有估计：没有人作答，或所有人得到同一类别"


def test_the_workbook_has_what_the_json_has(tmp_path: Path, capsys: Capture) -> None:
    asked = ("irt", law_of(tmp_path), "--weight", "persons")
    tables = analysed(capsys, *asked)["tables"]
    assert written(capsys, tmp_path / "law", *asked)
    book = book_of(tmp_path / "law.xlsx")
    sheets = dict(zip(tables, book.values(), strict=False))
    assert list(book) == ["题目参数", "局部相依", "测验信息", "能力分布", "说明"]
    for key, rows in tables.items():
        cells = [list(row.values()) for row in rows]
        assert len(sheets[key]) == 1 + len(cells), key
        for shown, wanted in zip(sheets[key][1:], cells, strict=True):
            assert wanted == pytest.approx(list(shown))
