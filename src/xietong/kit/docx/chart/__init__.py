"""One chart as a picture for a document: readable in black-and-white print, on a machine without Chinese fonts.

Drawn with Pillow, whose import waits until a chart is drawn, in the font that is shipped (``tools/chart_font.py``).
"""

from xietong.kit.docx.chart.bars import draw_bars, most_labels
from xietong.kit.docx.chart.content import MOST_SERIES, Chart, Series
from xietong.kit.docx.chart.lines import draw_lines

__all__ = ["MOST_SERIES", "Chart", "Series", "bar_chart", "line_chart", "most_labels"]

WIDTH = 150.0


def bar_chart(chart: Chart, *, width: float = WIDTH) -> bytes:
    """This function will draw a group of bars for each label, for example due and done for each unit, as a PNG.

    Raises ``ValueError`` for more labels than fit on a page (``most_labels``).
    """
    return draw_bars(chart, width=width)


def line_chart(chart: Chart, *, width: float = WIDTH) -> bytes:
    """This function will draw a line for each series over its labels, for example months, as a PNG."""
    return draw_lines(chart, width=width)
