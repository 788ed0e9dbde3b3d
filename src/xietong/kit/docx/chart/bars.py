"""Bars that lie, so that long names of units can be read; the value stands at the end of each."""

from xietong.kit.docx.chart.canvas import FAINT, Canvas, Fill
from xietong.kit.docx.chart.content import Chart
from xietong.kit.docx.chart.scale import ticks

FILLS = (Fill.PALE, Fill.SOLID, Fill.HATCHED)
THICK, THINNEST = 4.2, 3.4
FAR, NEAR = 2.6, 1.2
"""Of bars, and between the groups of two labels: a bar is at least as high as the value beside it."""

HEAD, FOOT, EDGE = 9.0, 7.0, 2.0
HIGHEST = 200.0
"""Millimetres: more does not fit on a page."""

LONGEST = 0.4
"""Of the width, for the labels; a longer one is cut."""


def draw_bars(chart: Chart, *, width: float) -> bytes:
    """The chart as a PNG, as high as it has to be."""
    if len(chart.labels) > most_labels(len(chart.series)):
        raise ValueError("so many labels do not fit on a page; show them in a table")
    thick, between = measures(chart)
    group = thick * len(chart.series) + between
    height = HEAD + group * len(chart.labels) + FOOT
    canvas = Canvas(width, height)
    labels = [shortened(canvas, each, width * LONGEST) for each in chart.labels]
    left = EDGE + max(canvas.width(each) for each in labels) + 2
    right = width - EDGE - max(canvas.width(chart.said(value)) for value in chart.values() or [0.0]) - 2
    marks = ticks(chart.values(), decimals=chart.decimals)
    axis = Axis(marks, left, right)
    legend(canvas, chart, left)
    grid(canvas, axis, height - FOOT)
    for place, label in enumerate(labels):
        top = HEAD + group * place + between / 2
        canvas.text((left - 2, top + (group - between) / 2), label, anchor="rm")
        for number, series in enumerate(chart.series):
            bar(canvas, axis, series.values[place], top + thick * number, thick, FILLS[number], chart)
    canvas.line((axis.at(0), HEAD), (axis.at(0), height - FOOT), thick=0.3)
    return canvas.png()


class Axis:
    """From values to millimetres across."""

    def __init__(self, marks: list[float], left: float, right: float) -> None:
        self.marks = marks
        self._left, self._scale = left, (right - left) / (marks[-1] - marks[0])

    def at(self, value: float) -> float:
        return self._left + (value - self.marks[0]) * self._scale


def most_labels(series: int) -> int:
    """How many labels with so many bars fit on a page."""
    return int((HIGHEST - HEAD - FOOT) / (THINNEST * series + NEAR))


def measures(chart: Chart) -> tuple[float, float]:
    """How thick a bar is and how far groups are apart: both less where there are many labels."""
    room = (HIGHEST - HEAD - FOOT) / len(chart.labels)
    thick = min(THICK, max(THINNEST, (room - FAR) / len(chart.series)))
    return thick, min(FAR, max(NEAR, room - thick * len(chart.series)))


def shortened(canvas: Canvas, label: str, room: float) -> str:
    if canvas.width(label) <= room:
        return label
    return next(cut for end in range(len(label) - 1, -1, -1) if canvas.width(cut := f"{label[:end]}…") <= room)


def legend(canvas: Canvas, chart: Chart, left: float) -> None:
    """What the fills mean, and the unit behind it."""
    place = left
    for series, fill in zip(chart.series, FILLS, strict=False):
        canvas.box((place, HEAD / 2 - 3), 6, 3.2, fill)
        canvas.text((place + 7.5, HEAD / 2 - 1.4), series.name)
        place += 7.5 + canvas.width(series.name) + 6
    if chart.unit:
        canvas.text((place, HEAD / 2 - 1.4), chart.unit)


def grid(canvas: Canvas, axis: Axis, bottom: float) -> None:
    for mark in axis.marks:
        canvas.line((axis.at(mark), HEAD), (axis.at(mark), bottom), thick=0.15, shade=FAINT)
        canvas.text((axis.at(mark), bottom + 1), f"{mark:g}", anchor="mt")


def bar(canvas: Canvas, axis: Axis, value: float | None, top: float, thick: float, fill: Fill, chart: Chart) -> None:
    if value is None:
        return
    start, end = sorted((axis.at(0), axis.at(value)))
    if value:
        canvas.box((start, top), end - start, thick, fill)
    canvas.text((end + 1, top + thick / 2), chart.said(value))
