"""What `xietong quant` writes: names of files, all or nothing, JSON, and nothing of a person or of few."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.web.quant_files import VERBS, Capture, analysed, cells, exam, file_of, law_of, run, verbs, written
from xietong.web.commands.quant.findings import told_together

pytestmark = pytest.mark.once


def keys_of(value: Any) -> Any:
    """The keys of JSON, of rows of a table once."""
    if isinstance(value, dict):
        return {key: keys_of(own) for key, own in value.items()}
    return keys_of(value[0]) if isinstance(value, list) and value else None


def test_names_of_files_are_those_of_the_answers_and_the_verb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    (tmp_path / "here").mkdir()
    law = law_of(tmp_path)
    monkeypatch.chdir(tmp_path / "here")
    found = run(capsys, "items", law, "--weight", "persons")
    assert (found.status, found.out) == (0, "")
    assert "law-items.xlsx\nlaw-items.html\n" in found.said
    assert sorted(one.name for one in Path.cwd().iterdir()) == ["law-items.html", "law-items.xlsx"]


@pytest.mark.parametrize("name", ["report", "report.xlsx", "report.html"])
def test_out_names_both_files(tmp_path: Path, capsys: Capture, name: str) -> None:
    found = run(capsys, "items", law_of(tmp_path), "--weight", "persons", "--out", tmp_path / name)
    assert found.status == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["law.csv", "report.html", "report.xlsx"]


@pytest.mark.parametrize("kind", ["xlsx", "html"])
def test_nothing_is_written_over_unless_somebody_says_so(tmp_path: Path, capsys: Capture, kind: str) -> None:
    there = tmp_path / f"report.{kind}"
    there.write_text("precious")
    asked = ("items", law_of(tmp_path), "--weight", "persons", "--out", tmp_path / "report")
    found = run(capsys, *asked)
    assert (found.status, found.said) == (
        1,
        f"{there} is there already; --force writes over it, --out names another\n",
    )
    assert sorted(one.name for one in tmp_path.iterdir()) == ["law.csv", there.name]
    assert there.read_text() == "precious"
    assert run(capsys, *asked, "--force").status == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["law.csv", "report.html", "report.xlsx"]
    assert b"precious" not in there.read_bytes()


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_where_one_file_cannot_be_written_none_is(tmp_path: Path, capsys: Capture, force: tuple[str, ...]) -> None:
    (tmp_path / "report.html").mkdir()
    found = run(capsys, "items", law_of(tmp_path), "--weight", "persons", "--out", tmp_path / "report", *force)
    assert found.status == 1
    assert "report.html is a folder" in found.said
    assert sorted(one.name for one in tmp_path.iterdir()) == ["law.csv", "report.html"]
    assert list((tmp_path / "report.html").iterdir()) == []
    nowhere = run(
        capsys, "items", law_of(tmp_path), "--weight", "persons", "--out", tmp_path / "no" / "report", *force
    )
    assert nowhere.status == 1
    assert not (tmp_path / "no").exists()


def test_json_alone_writes_no_file_and_with_out_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ("items", law_of(tmp_path), "--weight", "persons", "--json")
    alone = run(capsys, *asked)
    assert [one.name for one in tmp_path.iterdir()] == ["law.csv"]
    assert run(capsys, *asked, "--out", "both").out == alone.out
    assert sorted(one.name for one in tmp_path.iterdir()) == ["both.html", "both.xlsx", "law.csv"]


@pytest.mark.parametrize("verb", VERBS)
def test_json_has_the_same_keys_in_both_languages(tmp_path: Path, capsys: Capture, verb: str) -> None:
    asked = verbs(tmp_path)[verb]
    chinese, english = (analysed(capsys, *asked, "--language", language) for language in ("zh", "en"))
    assert chinese["title"] != english["title"]
    assert keys_of(chinese["tables"]) == keys_of(english["tables"])
    assert chinese.keys() == english.keys() == {"title", "sound", "facts", "remarks", "tables"}


@pytest.mark.parametrize("verb", VERBS)
def test_facts_have_the_same_keys_in_both_languages(tmp_path: Path, capsys: Capture, verb: str) -> None:
    asked = verbs(tmp_path)[verb]
    chinese, english = (analysed(capsys, *asked, "--language", language) for language in ("zh", "en"))
    assert keys_of(chinese["facts"]) == keys_of(english["facts"])


@pytest.mark.parametrize("verb", ["items", "irt", "compare"])
def test_report_names_no_person(tmp_path: Path, capsys: Capture, verb: str) -> None:
    asked = {"irt": ("--school", "school"), "compare": ("--group", "area", "--focal", "land")}.get(verb, ())
    path, ids = exam(tmp_path / "exam.csv"), ("--id", "id", "--items", "T1,T2,T3,T4,T5")
    book, page = written(capsys, tmp_path / "report", verb, path, *ids, *asked)
    found = run(capsys, verb, path, *ids, *asked, "--json")
    everything = "\n".join([*cells(book), page.all_but_program, found.out, found.said])
    assert re.findall(r"zx\d+77|Wangxm\d+x", path.read_text())
    assert re.findall(r"zx\d+77|Wangxm\d+x|demo\d", everything) == []


def test_fewer_than_ten_are_not_told(tmp_path: Path, capsys: Capture) -> None:
    rows = [[1, 1, 1]] * 9 + [[0, 1, ""]] * 10 + [[0, 0, ""]] * 12
    path = file_of(tmp_path / "few.csv", ["T1", "T2", "T3"], rows)
    found = analysed(capsys, "items", path)["tables"]
    assert [row["persons"] for row in found["items"]] == [31, 31, "<10"]
    bands = [row["persons"] for row in found["bands"]]
    assert [one for one in bands if one] == [12, "*", "<10"]
    book, page = written(capsys, tmp_path / "report", "items", path)
    assert [row[1] for row in book["题目"][1:]] == [31, 31, "<10"]
    assert [row[2] for row in book["分数段"][1:]] == bands
    items, told = page.tables
    assert [row[1] for row in items[1:]] == ["31", "31", "<10"]
    assert [row[2] for row in told[1:]] == [str(one) for one in bands]
    # Neither does a bar say how many they are.
    assert max(page.charts[1]["series"][0]["data"]) == 12
    assert not {9, 10} & set(page.charts[1]["series"][0]["data"])


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        ([3, 40, 12, 0], ["<10", 40, "*", 0]),  # 3 would follow from the sum
        ([3, 40, 4, 0], ["<10", 40, "<10", 0]),
        ([30, 40], [30, 40]),
        ([3, 0], ["<10", 0]),
        ([12.5, 9.5, 12.25], [12.5, "<10", "*"]),
    ],
)
def test_no_number_that_is_not_told_follows_from_the_others(counts: list[float], wanted: list[object]) -> None:
    assert told_together(counts) == wanted
