"""The workbook and the page of `xietong quant`: their language, and nothing in them that is fetched or run."""

import json
import re
from pathlib import Path

import openpyxl
import pytest

from tests.web.quant_files import VERBS, Capture, cells, exam, law_of, verbs, written

pytestmark = pytest.mark.once

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
OUTSIDE = re.compile(r"^\s*(?:[a-z]+:)?//", re.IGNORECASE)
FORMULA, MARKUP = "=1+1", "<script>alert(1)</script>"
NAMES = (FORMULA, MARKUP, "T3", "T4", "@SUM(A1)")


@pytest.mark.parametrize("verb", VERBS)
def test_report_is_in_the_language_of_its_reader(tmp_path: Path, capsys: Capture, verb: str) -> None:
    asked = verbs(tmp_path)[verb]
    book, page = written(capsys, tmp_path / "zh", *asked)
    assert ("html", "lang", "zh-CN") in page.attributes
    assert CHINESE.search(page.text)
    assert all(CHINESE.search(name) for name in book)
    book, page = written(capsys, tmp_path / "en", *asked, "--language", "en")
    assert ("html", "lang", "en") in page.attributes
    assert CHINESE.findall(page.text) == []
    assert [one for one in page.attributes if CHINESE.search(one[2])] == []
    assert CHINESE.findall(json.dumps(page.charts, ensure_ascii=False)) == []
    assert [cell for cell in cells(book) if CHINESE.search(cell)] == []


@pytest.mark.parametrize("verb", VERBS)
def test_page_fetches_nothing(tmp_path: Path, capsys: Capture, verb: str) -> None:
    _book, page = written(capsys, tmp_path / "report", *verbs(tmp_path)[verb])
    assert [one for one in page.attributes if one[1] in {"src", "href", "srcset", "action", "data", "poster"}] == []
    assert [one for one in page.attributes if OUTSIDE.match(one[2]) or "url(" in one[2]] == []
    assert not re.search(r"url\(|@import", "".join(page.texts["style"]))
    assert len(page.charts) == sum(one[1:] == ("class", "chart") for one in page.attributes) > 0
    assert "//" not in json.dumps(page.charts)


@pytest.mark.parametrize("verb", ["items", "irt"])
def test_names_stay_texts(tmp_path: Path, capsys: Capture, verb: str) -> None:
    path = exam(tmp_path / "exam.csv", NAMES)
    book, page = written(capsys, tmp_path / "report", verb, path, "--items", ",".join(NAMES))
    assert [row[0] for row in next(iter(book.values()))[1:]] == list(NAMES)
    assert [row[0] for row in page.tables[0][1:]] == list(NAMES)
    assert MARKUP not in page.source
    assert len(page.texts["script"]) == 2
    assert MARKUP in json.dumps(page.charts)
    # Texts and numbers: no formula, no link.
    cells = [cell for sheet in openpyxl.load_workbook(tmp_path / "report.xlsx") for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)


def test_page_says_what_the_workbook_says(tmp_path: Path, capsys: Capture) -> None:
    book, page = written(capsys, tmp_path / "law", "items", law_of(tmp_path), "--weight", "persons")
    assert page.tables[0][0] == list(book["题目"][0])
    assert page.tables[0][1][:4] == ["Q1", "1,000", "0.000", "0.828"]
    assert (list(book)[-1], book["说明"][1][0]) == ("说明", "应考")
