"""What `xietong quant` refuses, with the cell as a spreadsheet names it, and without a file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.quant_files import PARAMETERS, Capture, file_of, run

pytestmark = pytest.mark.once

ABOUT = {"about.csv": "item,full\nT1,2\nT2,1\n"}
TWO = "T1,T2\n0,1\n1,0\n0,0\n"
APART = "T1,T2,T3,T4\n1,0,,\n0,1,,\n,,1,0\n,,0,1\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
ONE_SCHOOL = "T1,T2,校\n0,1,演示小学\n1,0,演示小学\n0,0,演示小学\n"
MANY = "T1,T2\n" + "".join(f"{points},1\n" for points in range(128))
KNOWN = ",".join(PARAMETERS) + "\n"
SCHOOLS = "学校,人数,城乡\n演示甲小,400,城\n演示乙小,90,乡\n演示丙小,60,乡\n演示丁小,20,乡\n演示戊小,0,乡\n"
DRAWN = ("--id", "学校", "--seed", "1")

REFUSED: dict[str, tuple[str, str | bytes, tuple[str, ...], dict[str, str], str]] = {
    "above the full mark": (
        "items", "T1,T2\n1,0\n3,1\n", ("--about", "about.csv"), ABOUT,
        "column T1, row 3: '3' is not from 0 to the full mark 2",
    ),
    "below nothing": (
        "items", "T1,T2\n1,0\n2,-1\n", ("--about", "about.csv"), ABOUT,
        "column T2, row 3: '-1' is not from 0 to the full mark 1",
    ),
    "a word for a score": (
        "items", "T1,T2\n1,0\n缺考,1\n", ("--about", "about.csv"), ABOUT,
        "column T1, row 3: '缺考' is no score from 0 to 2",
    ),
    "a quarter of a mark": (
        "items", "T1,T2\n1,0\n1.25,1\n", ("--about", "about.csv"), ABOUT,
        "column T1, row 3: '1.25' is neither a whole number of marks nor a half",
    ),
    "no number at all": (
        "items", "T1,T2\n1,0\nnan,1\n", ("--about", "about.csv"), ABOUT,
        "column T1, row 3: 'nan' is not from 0 to the full mark 2",
    ),
    "a word for a category": ("items", "T1,T2\n0,1\n1,x\n", (), {}, "column T2, row 3: 'x' is no category"),
    "half a category": ("items", "T1,T2\n0,1\n1,1.5\n", (), {}, "column T2, row 3: '1.5' is no category"),
    "a category no byte holds": ("items", "T1,T2\n0,300\n", (), {}, "column T2, row 2: '300' is no category"),
    "an endless number": (
        "items", "T1,T2\n0,12345678901234567890\n", (), {}, "column T2, row 2: '12345678901234567890' is no category",
    ),
    "more than 127 categories": ("irt", MANY, (), {}, "column T1, row 129: '127' is no category from 0 to 126"),
    "more than 127 categories of half marks": (
        "items", "T1,T2\n0.5,1\n64,0\n", ("--about", "about.csv"), {"about.csv": "item,full\nT1,64\nT2,1\n"},
        "column T1: 129 categories are more than 127",
    ),
    "a person twice": (
        "items", "考号,T1\nA,1\nB,0\nA,0\n", ("--id", "考号"), {}, "column 考号: rows 2 and 4 are the same person",
    ),
    "an item without a row": (
        "items", "T1,T2,T3\n1,0,1\n", ("--about", "about.csv"), ABOUT, "about.csv: there is no row for item T3",
    ),
    "an item with two rows": (
        "items", TWO, ("--about", "about.csv"), {"about.csv": "item,full\nT1,2\nT2,1\nT1,2\n"},
        "about.csv: there are 2 rows for item T1",
    ),
    "an item without a full mark": (
        "items", TWO, ("--about", "about.csv"), {"about.csv": "题号,满分\nT1,2\nT2,\n"},
        "about.csv, column 满分, row 3: '' is no full mark from 1 to 126",
    ),
    "a table of nothing": (
        "items", TWO, ("--about", "about.csv"), {"about.csv": "name,full\nT1,2\n"}, "there is no column item or 题目",
    ),
    "booklets apart": ("irt", APART, (), {}, "nobody answered items of both T1, T2 and T3, T4"),
    "no bytes": ("items", "", (), {}, "answers.csv: the file is empty"),
    "only ends of lines": ("items", "\n\n", (), {}, "answers.csv: the file is empty"),
    "only a header": ("items", "T1,T2\n", (), {}, "answers.csv: there is no row below the header"),
    "an unknown column": ("items", TWO, ("--id", "考号"), {}, "there is no column 考号; there are T1, T2"),
    "an unknown item": ("items", TWO, ("--items", "T2,T3"), {}, "there is no column T3; there are T1, T2"),
    "an unknown group": ("irt", TWO, ("--group", "校"), {}, "there is no column 校; there are T1, T2"),
    "a name twice": ("items", "T1,T1\n0,1\n", (), {}, "its first row has the name T1 twice"),
    "a column without a name": ("items", "T1,\n0,1\n", (), {}, "its first row has a column without a name"),
    "no items": ("items", "考号\nA\n", ("--id", "考号"), {}, "answers.csv: there is no column of an item"),
    "only what is no item": ("items", "姓名,总分\nA,3\n", (), {}, "answers.csv: there is no column of an item"),
    "a cell too many": ("items", "T1,T2\n0,1\n\n0,1,1\n", (), {}, "answers.csv: row 4 has 3 cells under 2 heads\n"),
    "a quote that does not end": ("items", 'T1,T2\n"0,1\n1,1\n', (), {}, "answers.csv: could not parse"),
    "a word for a weight": (
        "items", "T1,w\n0,1\n1,many\n", ("--weight", "w"), {}, "column w, row 3: 'many' is no number",
    ),
    "a weight below nothing": ("items", "T1,w\n0,1\n1,-2\n", ("--weight", "w"), {}, "row 3: weight -2.0"),
    "a weight without end": ("items", "T1,w\n0,1\n1,inf\n", ("--weight", "w"), {}, "row 3: weight inf"),
    "one school": (
        "irt", ONE_SCHOOL, ("--school", "校"), {}, "all 3 persons are of the school 演示小学",
    ),
    "a picture": ("items", PNG, (), {}, "answers.csv: its characters cannot be told"),
    "an unknown model": ("irt", TWO, ("--model", "4pl"), {}, "item T1: model '4pl' is none of rasch, 2pl"),
    "too many models": ("irt", TWO, ("--model", "2pl,2pl,2pl"), {}, "3 models for 2 items"),
    "cuts in disorder": ("items", TWO, ("--cuts", "60,40,70"), {}, "cuts need 0 < low ≤ passing ≤ excellent ≤ 1"),
    "a prior below one": ("irt", TWO, ("--prior=-1,0",), {}, "needs α and β from 1 up"),
    "fixed items of another paper": (
        "irt", TWO, ("--fixed", "known.csv"), {"known.csv": KNOWN + "X1,dichotomous,1,0,0\n"},
        "known.csv: it has no item of answers.csv",
    ),
    "fixed parameters lacking": (
        "irt", TWO, ("--fixed", "known.csv"), {"known.csv": "item,slope\nT1,1\n"}, "there is no column kind",
    ),
    "a word for a parameter": (
        "irt", TWO, ("--fixed", "known.csv"), {"known.csv": KNOWN + "T1,dichotomous,1,0,steep\n"},
        "known.csv, column d1, row 2: 'steep' is no number",
    ),
    "parameters of an item twice": (
        "irt", TWO, ("--fixed", "known.csv"), {"known.csv": KNOWN + "T1,dichotomous,1,0,0\nT1,dichotomous,1,0,2\n"},
        "known.csv, column item: rows 2 and 3 are the same item",
    ),
    "no common items": (
        "link", KNOWN + "T1,dichotomous,1,0,0\n", ("known.csv",), {"known.csv": KNOWN + "X1,dichotomous,1,0,0\n"},
        "there are no common items",
    ),
    "answers to be linked": ("link", TWO, ("answers.csv",), {}, "there is no column item"),
    "sizes that are not there": ("sample", SCHOOLS, (*DRAWN, "--size", "人", "--schools", "3"), {}, "no column 人"),
    "sizes that are no numbers": (
        "sample", SCHOOLS, (*DRAWN, "--size", "城乡", "--schools", "1"), {},
        "column 城乡, row 2: '城' is no whole number",
    ),
    "a stratum without a number": (
        "sample", SCHOOLS, (*DRAWN, "--size", "人数", "--schools", "城=1", "--stratum", "城乡"), {}, "乡=N",
    ),
    "a stratum with a word": (
        "sample", SCHOOLS, (*DRAWN, "--size", "人数", "--schools", "城=1,乡=x", "--stratum", "城乡"), {}, "乡=N",
    ),
    "more schools than there are": (
        "sample", SCHOOLS, (*DRAWN, "--size", "人数", "--schools", "9", "--stratum", "城乡"), {},
        "stratum 乡 has 3 schools with pupils; 9 are asked for",
    ),
}  # fmt: skip


def folder_with(folder: Path, files: dict[str, str | bytes]) -> list[str]:
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return sorted(files)


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_what_cannot_be_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, what: str, more: tuple[str, ...]
) -> None:
    verb, content, arguments, others, why = REFUSED[what]
    monkeypatch.chdir(tmp_path)
    files = folder_with(tmp_path, {"answers.csv": content, **others})
    found = run(capsys, verb, "answers.csv", *arguments, *more)
    assert (found.status, found.out) == (1, "")
    assert why in found.said
    assert sorted(one.name for one in tmp_path.iterdir()) == files


def test_a_broken_workbook_is_refused_also_outside_of_a_site(tmp_path: Path) -> None:
    """In a process of its own: here the words of a site are loaded, which an analyst has not."""
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04 broken")
    without = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "XIETONG_"))}
    done = subprocess.run(
        [sys.executable, "-m", "xietong.web.cli", "quant", "items", "book.xlsx"],
        cwd=tmp_path, env={**without, "PYTHONPATH": os.pathsep.join(sys.path)}, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("book.xlsx: The file is damaged and cannot be opened")
    assert [one.name for one in tmp_path.iterdir()] == ["book.xlsx"]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, capsys: Capture) -> None:
    found = run(capsys, "items", tmp_path / "nothing.csv", "--out", tmp_path / "found")
    assert found.status == 1
    assert "nothing.csv" in found.said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("irt", "--prior", "5"), "2 numbers are needed"),
        (("irt", "--prior", "5,17,1"), "2 numbers are needed"),
        (("irt", "--prior", "5,x"), "invalid pair value: '5,x'"),
        (("items", "--cuts", "60,85"), "3 numbers are needed"),
        (("items", "--cuts", "60,85,x"), "invalid shares value"),
        (("items", "--registered", "all"), "invalid float value: 'all'"),
        (("compare", "--focal", "乡"), "--group"),
        (("items", "--language", "fr"), "invalid choice: 'fr'"),
    ],
)
def test_wrong_use_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, arguments: tuple[str, ...], why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    folder_with(tmp_path, {"answers.csv": TWO})
    with pytest.raises(SystemExit) as left:
        run(capsys, *arguments, "answers.csv")
    assert left.value.code == 2
    assert why in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["answers.csv"]


def test_score_refuses_what_has_no_parameters(tmp_path: Path, capsys: Capture) -> None:
    answers = file_of(tmp_path / "answers.csv", ["T1", "T9"], [[0, 1], [1, 0]])
    known = file_of(tmp_path / "known.csv", PARAMETERS, [["T1", "dichotomous", 1, 0, 0]])
    for parameters, why in (
        (answers, "there is no column item"),
        (known, "known.csv: there are no parameters of T9"),
    ):
        found = run(capsys, "score", answers, "--parameters", parameters, "--out", tmp_path / "scores.csv")
        assert found.status == 1
        assert why in found.said
    assert not (tmp_path / "scores.csv").exists()
