"""Lines over months, told apart by marks and dashes."""

from itertools import pairwise

from xietong.kit.docx.chart.canvas import FAINT, Canvas, Mark, Point
from xietong.kit.docx.chart.content import Chart
from xietong.kit.docx.chart.scale import ticks

MARKS = (Mark.DOT, Mark.SQUARE, Mark.TRIANGLE)
HEAD, FOOT, EDGE = 10.0, 9.0, 3.0
BELOW = 3.2  # millimetres that a value takes
SHAPE = 0.5
"""The height beside the width."""


def draw_lines(chart: Chart, *, width: float) -> bytes:
    """The chart as a PNG, half as high as wide."""
    height = width * SHAPE
    canvas = Canvas(width, height)
    marks = ticks(chart.values(), decimals=chart.decimals)
    frame = Frame(canvas, chart, marks, width, height)
    legend(canvas, chart, frame.left)
    axes(canvas, chart, frame)
    for number, mark in enumerate(MARKS[: len(chart.series)]):
        draw_line(canvas, frame.points(number), mark)
    write_values(canvas, chart, frame)
    return canvas.png()


class Frame:
    """From labels and values to places on the sheet."""

    def __init__(self, canvas: Canvas, chart: Chart, marks: list[float], width: float, height: float) -> None:
        self.marks, self._chart = marks, chart
        self.left = EDGE + max(canvas.width(f"{mark:g}") for mark in marks) + 2
        self.right, self.top, self.bottom = width - EDGE, HEAD, height - FOOT
        self._step = (self.right - self.left) / len(chart.labels)

    def x(self, place: int) -> float:
        return self.left + self._step * (place + 0.5)

    def y(self, value: float) -> float:
        share = (value - self.marks[0]) / (self.marks[-1] - self.marks[0])
        return self.bottom - share * (self.bottom - self.top)

    def points(self, number: int) -> list[Point | None]:
        values = self._chart.series[number].values
        return [None if value is None else (self.x(place), self.y(value)) for place, value in enumerate(values)]

    def every(self, canvas: Canvas) -> int:
        """So many labels apart that they do not touch."""
        widest = max(canvas.width(label) for label in self._chart.labels) + 1
        return max(1, -int(-widest // self._step))


def legend(canvas: Canvas, chart: Chart, left: float) -> None:
    place = left
    for series, mark in zip(chart.series, MARKS, strict=False):
        draw_line(canvas, [(place, 3.2), (place + 9, 3.2)], mark, ends=False)
        canvas.mark((place + 4.5, 3.2), mark)
        canvas.text((place + 11, 3.2), series.name)
        place += 11 + canvas.width(series.name) + 6
    if chart.unit:
        canvas.text((place, 3.2), chart.unit)


def axes(canvas: Canvas, chart: Chart, frame: Frame) -> None:
    for mark in frame.marks:
        canvas.line((frame.left, frame.y(mark)), (frame.right, frame.y(mark)), thick=0.15, shade=FAINT)
        canvas.text((frame.left - 1.5, frame.y(mark)), f"{mark:g}", anchor="rm")
    for place in range(0, len(chart.labels), frame.every(canvas)):
        canvas.line((frame.x(place), frame.bottom), (frame.x(place), frame.bottom + 1))
        canvas.text((frame.x(place), frame.bottom + 2), chart.labels[place], anchor="mt")
    canvas.line(
        (frame.left, frame.y(max(0, frame.marks[0]))), (frame.right, frame.y(max(0, frame.marks[0]))), thick=0.3
    )


def draw_line(canvas: Canvas, points: list[Point | None], mark: Mark, *, ends: bool = True) -> None:
    """From point to point; where a value is missing the line is, too."""
    for first, last in pairwise(points):
        if first and last:
            canvas.line(first, last, thick=0.45, dash=mark.value)
    for point in points if ends else ():
        if point:
            canvas.mark(point, mark)


def write_values(canvas: Canvas, chart: Chart, frame: Frame) -> None:
    """The highest value of a label above its point, the lowest below; what is between or crowded is left out."""
    if frame.every(canvas) > 1:
        return
    for place in range(len(chart.labels)):
        found = sorted(value for each in chart.series if (value := each.values[place]) is not None)
        for value in dict.fromkeys(found[-1:] + found[:1]):
            x, y = frame.x(place), frame.y(value)
            if value == found[-1]:
                canvas.text((x, y - 1.6), chart.said(value), anchor="mb")
            elif y + 1.6 + BELOW < frame.bottom:
                canvas.text((x, y + 1.6), chart.said(value), anchor="mt")
            else:
                canvas.text((x - 1.8, y), chart.said(value), anchor="rm")
