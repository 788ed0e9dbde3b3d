"""Charts for documents: pictures that black-and-white print can show, in a font that knows Chinese names."""

from importlib import resources
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from xietong.kit.docx import chart as charts
from xietong.kit.docx.chart import Chart, Series, bar_chart, line_chart, most_labels
from xietong.kit.docx.chart.canvas import FONT, Canvas, Fill, dashes
from xietong.kit.docx.chart.scale import ticks

UNITS = ("教师发展中心", "云岭师范学院", "云岭一小")
DUE, DONE = Series("应完成", (20, 16, 0)), Series("已完成", (17, 12, None))
CHART = Chart(UNITS, (DUE, DONE), unit="单位：项")
BOTH = pytest.mark.parametrize("draw", [bar_chart, line_chart])


def opened(data: bytes) -> Any:
    return Image.open(BytesIO(data))


@BOTH
def test_chart_is_as_wide_as_asked_in_shades_of_grey_and_always_the_same(draw: Any) -> None:
    picture = opened(draw(CHART, width=120))

    assert picture.format == "PNG"
    assert picture.width == pytest.approx(120 / 25.4 * 300, abs=1)
    assert round(picture.info["dpi"][0]) == 300
    colours = {colour for _count, colour in picture.convert("RGB").getcolors()}
    assert all(red == green == blue for red, green, blue in colours)
    assert draw(CHART) == draw(CHART)


@BOTH
def test_chart_shows_other_values_and_other_words_otherwise(draw: Any) -> None:
    others = [
        Chart(UNITS, (DUE, Series("已完成", (16, 12, None))), unit="单位：项"),
        Chart(("教师发展中心", "云岭师范学院", "云岭二小"), (DUE, DONE), unit="单位：项"),
        Chart(UNITS, (DUE, DONE), unit="单位：次"),
        Chart(UNITS, (DUE, Series("办结", (17, 12, None))), unit="单位：项"),
        Chart(UNITS, (DUE, DONE), unit="单位：项", decimals=1),
    ]

    assert len({draw(each) for each in (CHART, *others)}) == 6


@BOTH
def test_chart_stands_without_a_value_and_with_values_below_zero(draw: Any) -> None:
    for values in [(None, None, None), (0, 0, 0), (-5, 3, -0.25)]:
        assert opened(draw(Chart(UNITS, (Series("增减", values),), decimals=1))).width == pytest.approx(
            150 / 25.4 * 300, abs=1
        )


def test_three_series_are_told_apart_without_colour() -> None:
    canvases = [Canvas(10, 10) for _ in Fill]
    for canvas, fill in zip(canvases, Fill, strict=True):
        canvas.box((0, 0), 10, 10, fill)

    means = sorted(sum(opened(each.png()).convert("L").tobytes()) / 118**2 for each in canvases)
    assert means[1] - means[0] > 40
    assert means[2] - means[1] > 20


@pytest.mark.parametrize(
    ("labels", "series"),
    [((), (Series("一", ()),)), (UNITS, ()), (UNITS, (DUE, DONE, DUE, DONE)), (UNITS, (Series("短", (1, 2)),))],
)
def test_chart_that_cannot_be_read_is_refused(labels: Any, series: Any) -> None:
    with pytest.raises(ValueError, match="a chart has|every series has"):
        Chart(labels, series)


def test_bars_fill_a_page_at_most() -> None:
    most = most_labels(2)
    labels = tuple(f"第{number}小学" for number in range(most + 1))
    values = tuple(range(most + 1))

    whole = bar_chart(Chart(labels[:most], (Series("应", values[:most]), Series("已", values[:most]))))

    assert opened(whole).height / 300 * 25.4 <= 200
    with pytest.raises(ValueError, match="so many labels do not fit on a page"):
        bar_chart(Chart(labels, (Series("应", values), Series("已", values))))


def test_long_label_is_cut_and_many_months_are_thinned() -> None:
    long = "云岭县东片区九年一贯制学校教研联合体办公室"

    assert bar_chart(Chart((long,), (Series("应", (1,)),))) == bar_chart(Chart((long + "甲",), (Series("应", (1,)),)))
    months = tuple(f"2026年{month}月" for month in range(1, 13))
    other = (*months[:1], "另一月", *months[2:])
    values = tuple(range(12))
    assert line_chart(Chart(months, (Series("应", values),))) == line_chart(Chart(other, (Series("应", values),)))


def test_font_has_every_character_of_gb_2312_and_those_of_names() -> None:
    font = ImageFont.truetype(BytesIO(resources.files("xietong.kit.docx").joinpath(FONT).read_bytes()), 20)
    missing = bytes(font.getmask("\uffff"))
    wanted = [
        bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)
        if not (row == 0xD7 and cell > 0xF9)
    ]  # fmt: skip

    assert len(wanted) == 6763
    assert [each for each in [*wanted, *"喆堃珺昇赟·—〔〕％0Aa"] if bytes(font.getmask(each)) == missing] == []


@given(st.lists(st.floats(min_value=-1e6, max_value=1e6), max_size=6), st.integers(0, 2))
def test_axis_begins_at_zero_or_below_and_holds_every_value(values: list[float], decimals: int) -> None:
    marks = ticks(values, decimals=decimals)

    assert 2 <= len(marks) <= 8
    assert marks[0] <= min([0.0, *values])
    assert marks[-1] >= max([0.0, *values]) * (1 - 1e-6) - 1e-6
    assert 0 in [round(mark, 6) for mark in marks]


def test_axis_reaches_below_zero_for_the_smallest_value_there_is() -> None:
    assert ticks([0.0, 6.0, -5e-324])[0] < 0


def test_axis_reaches_above_zero_for_a_value_that_is_small_beside_the_lowest() -> None:
    assert ticks([0.0, 1e-5, -25001.0])[-1] > 0


def test_dashes_end_with_the_line() -> None:
    assert dashes((0, 0), (10, 0), ()) == [((0, 0), (10, 0))]
    assert dashes((0, 0), (10, 0), (4, 2)) == [((0, 0), (4, 0)), ((6, 0), (10, 0))]


def test_pillow_is_loaded_only_when_a_chart_is_drawn() -> None:
    import subprocess
    import sys

    code = f"import sys, {charts.__name__}; sys.exit('PIL' in sys.modules)"
    path = str(resources.files("xietong.kit.docx").joinpath("../../..").resolve())
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": path}, check=False).returncode == 0
