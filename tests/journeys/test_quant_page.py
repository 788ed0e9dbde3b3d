"""The page that `xietong quant irt` writes, opened from the disk without a network: it draws, fits and passes axe."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DESK, PHONE
from tests.journeys.test_axe import faults
from tests.web.quant_files import answers_to, file_of, persons
from xietong.web.cli import main

pytestmark = [pytest.mark.browser, pytest.mark.once]

MARKUP = "<img src=x onerror=alert(1)>"
SHAPES = """() => [...document.querySelectorAll('.chart')].map(
    (one) => one.querySelectorAll('svg path, svg circle, svg rect, svg polyline').length)"""
BESIDE = """() => [...document.querySelectorAll('.chart svg')].filter(
    (one) => Math.abs(one.getBoundingClientRect().width - one.closest('.chart').clientWidth) > 1).length"""
TIP = """() => {
    const place = document.querySelector('.chart');
    echarts.getInstanceByDom(place).dispatchAction({type: 'showTip', seriesIndex: 1, dataIndex: 0});
    return place.innerText;
}"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Eight items of which two are like each other, for 400 persons of two towns and eight schools."""
    rows = answers_to([-3.0, -1.2, -0.6, -0.2, 0.3, 0.8, 1.3], persons(400, 31), 32)
    header = [MARKUP, *(f"T{place}" for place in range(2, 9)), "area", "school"]
    table = [[*row, row[3] if n % 5 else row[4], "城乡"[n % 2], f"演示{n % 8}校"] for n, row in enumerate(rows)]
    path = file_of(tmp_path / "exam.csv", header, table)
    asked = ["irt", str(path), "--group", "area", "--school", "school", "--out", str(tmp_path / "report")]
    assert main(["quant", *asked]) == 0
    return tmp_path / "report.html"


@pytest.mark.parametrize("look", [DESK, PHONE], ids=["desk", "phone"])
def test_page_opens_without_a_network(browser: Any, report: Path, look: dict[str, Any]) -> None:
    context = browser.new_context(offline=True, **look)
    page, heard, asked = context.new_page(), [], []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda message: heard.append(message.text))
    page.on("dialog", lambda dialog: heard.append(dialog.message) or dialog.dismiss())
    page.on("request", lambda request: asked.append(request.url))
    try:
        page.goto(report.as_uri())
        shapes = page.evaluate(SHAPES)
        assert len(shapes) == 4
        assert min(shapes) > 5
        assert page.evaluate(BESIDE) == 0
        assert faults(page) == []
        # A name with markup in it stays a text, also beside the point of its item.
        assert MARKUP in page.evaluate(TIP)
        assert page.locator("img").count() == 0
        page.set_viewport_size({"width": look["viewport"]["width"] - 40, "height": 700})
        page.wait_for_timeout(300)
        assert page.evaluate(BESIDE) == 0
        assert heard == []
        assert asked == [report.as_uri()]
    finally:
        context.close()
