"""What `xietong quant` tells of a table of answers and does not refuse."""

import time
from pathlib import Path
from typing import Any

import pytest

from tests.web.quant_files import Capture, analysed, answers_to, column, file_of, persons, run

pytestmark = pytest.mark.once

NAMES = ["T1", "T2", "T3"]
EXAM = "这像是小学或初中非毕业年级的跨校考试。"
RIGHT = answers_to([-0.5, 0.0, 0.5], persons(60, 1), 2)


def remarks_on(
    capsys: Capture, path: Path, more: dict[str, Any], *arguments: object, verb: str = "items"
) -> list[str]:
    """Of sixty persons with three items and more columns, each of one value or of sixty."""
    columns = [value if isinstance(value, list) else [value] * len(RIGHT) for value in more.values()]
    rows = [[*row, *cells] for row, *cells in zip(RIGHT, *columns, strict=True)]
    asked = (verb, file_of(path, [*NAMES, *more], rows), *arguments)
    found: list[str] = analysed(capsys, *asked)["remarks"]
    said = run(capsys, *asked, "--json").said
    assert all(remark in said for remark in found)
    return found


def test_nothing_is_told_of_a_sound_table(tmp_path: Path, capsys: Capture) -> None:
    assert remarks_on(capsys, tmp_path / "sound.csv", {}) == []


@pytest.mark.parametrize("verb", ["items", "irt"])
def test_two_items_with_the_same_answers(tmp_path: Path, capsys: Capture, verb: str) -> None:
    path = tmp_path / "twins.csv"
    found = remarks_on(capsys, path, {"T4": column_of(1)}, verb=verb)
    assert found[0] == "题目T2和T4的作答处处相同，可能是同一道题。"
    assert len(found) == 1


def test_two_items_that_nobody_had_are_not_taken_for_one(tmp_path: Path, capsys: Capture) -> None:
    assert remarks_on(capsys, tmp_path / "empty.csv", {"T4": "", "T5": ""}, "--items", "T1,T2,T3,T4,T5") == []


def column_of(item: int) -> list[int]:
    return [row[item] for row in RIGHT]


def test_categories_that_nobody_reached(tmp_path: Path, capsys: Capture) -> None:
    wide = [[0, 1, 4][place % 3] for place in range(len(RIGHT))]
    assert remarks_on(capsys, tmp_path / "gaps.csv", {"T4": wide}) == ["题目T4：没有人得到类别2、3。"]


def test_columns_that_are_no_items(tmp_path: Path, capsys: Capture) -> None:
    """Only those are told that look like answers; a name is none."""
    more = {"姓名": "某人", "总分": [sum(row) for row in RIGHT], "班级": 3}
    assert remarks_on(capsys, tmp_path / "totals.csv", more) == ["这些列不是题目，没有分析：总分、班级。"]
    path = tmp_path / "totals.csv"
    assert column(analysed(capsys, "items", path)["tables"]["items"], "item") == NAMES
    listed = analysed(capsys, "items", path, "--items", "T1,总分")
    assert (column(listed["tables"]["items"], "item"), listed["remarks"]) == (["T1", "总分"], [])


def test_schools_of_fewer_than_ten(tmp_path: Path, capsys: Capture) -> None:
    schools = ["演示甲校"] * 41 + ["演示乙校"] * 10 + ["演示丙校"] * 9
    told = remarks_on(capsys, tmp_path / "schools.csv", {"所在校": schools}, "--school", "所在校")
    assert told == ["有1所学校不足10人：计入误差，不单独说明。"]


TWO_SCHOOLS = ["演示甲校", "演示乙校"] * 30


@pytest.mark.parametrize(
    ("name", "more", "arguments", "is_told"),
    [
        ("四年级期末.csv", {"学校": TWO_SCHOOLS}, (), True),
        ("七年级期末.csv", {"学校": TWO_SCHOOLS}, (), True),
        ("期末.csv", {"学校": TWO_SCHOOLS, "年级": "八年级"}, (), True),
        ("期末.csv", {"school": TWO_SCHOOLS, "grade": 4}, (), True),
        ("四年级期末.csv", {"校": TWO_SCHOOLS}, ("--school", "校"), True),
        ("四年级期末.csv", {"学校": TWO_SCHOOLS}, ("--sampled",), False),
        ("九年级期末.csv", {"学校": TWO_SCHOOLS}, (), False),
        ("期末.csv", {"学校": TWO_SCHOOLS, "年级": "九年级"}, (), False),
        ("期末.csv", {"学校": TWO_SCHOOLS}, (), False),
        ("四年级期末.csv", {"学校": "演示甲校"}, (), False),
        ("四年级期末.csv", {}, (), False),
    ],
)
def test_an_exam_across_schools_in_a_young_grade(
    tmp_path: Path, capsys: Capture, name: str, more: dict[str, Any], arguments: tuple[str, ...], is_told: bool
) -> None:
    found = remarks_on(capsys, tmp_path / name, more, *arguments)
    assert any(remark.startswith(EXAM) for remark in found) == is_told


def test_few_of_a_booklet_are_not_judged(tmp_path: Path, capsys: Capture) -> None:
    rows = answers_to([-0.5, 0.0, 0.5, 0.2], persons(90, 3), 4)
    cut = [row if place < 60 else [*row[:3], ""] for place, row in enumerate(rows)]
    path = file_of(tmp_path / "booklets.csv", [*NAMES, "T4"], cut)
    assert analysed(capsys, "irt", path)["remarks"] == ["S-X²按题册计算：90行中有60行属于不少于50人的题册。"]


def test_a_nation_is_read_and_analysed_in_seconds(tmp_path: Path, capsys: Capture) -> None:
    """A million rows; of every four persons three, two and one have the items right."""
    path = tmp_path / "nation.csv"
    path.write_text("T1,T2,T3\n" + "1,1,1\n1,1,0\n1,0,0\n0,0,0\n" * 250_000, encoding="utf-8")
    begun = time.perf_counter()
    table = analysed(capsys, "items", path)["tables"]["items"]
    assert time.perf_counter() - begun < 30  # it takes about two; a machine may be busy
    assert column(table, "persons") == [1_000_000] * 3
    assert column(table, "difficulty") == pytest.approx([0.75, 0.5, 0.25])
