"""Charts of findings, as options of the charts' program; the figures in them stand in the tables as well."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

INK, SOFT, LINE, GRID = "#1d2129", "#4e5969", "#e3e6eb", "#eef0f3"
TONES = ("#0052d9", "#b45309", "#00796b", "#7a3ea8", "#c2261d", "#4e5969")

Chart = dict[str, Any]


def whole(across: str, up: str, series: Sequence[Chart], *, x: Chart | None = None, y: Chart | None = None) -> Chart:
    """Two axes with their names, and what is drawn over them."""
    text = {"color": SOFT, "fontSize": 12}
    axis = {"axisLabel": text, "nameTextStyle": text, "axisLine": {"onZero": False, "lineStyle": {"color": LINE}}}
    middle = {"nameLocation": "middle", "nameGap": 30}
    lines = {"splitLine": {"lineStyle": {"color": GRID}}}
    return {
        "animation": False, "color": TONES, "textStyle": {"color": INK},
        "grid": {"left": 56, "right": 24, "top": 40, "bottom": 52},
        "legend": {"top": 0, "right": 8, "textStyle": text, "show": len(series) > 1},
        "tooltip": {"trigger": "item"},
        "xAxis": {"type": "value", "name": across, **middle, **axis, **lines, **(x or {})},
        "yAxis": {"type": "value", "name": up, **axis, **lines, **(y or {})},
        "series": list(series),
    }  # fmt: skip


def line(name: str, x: NDArray[np.float64], y: NDArray[np.float64], **more: Any) -> Chart:
    points = [
        [round(float(one), 4), round(float(other), 4)] for one, other in zip(x, y, strict=True) if np.isfinite(other)
    ]
    return {"type": "line", "name": name, "data": points, "showSymbol": False, **more}


def points(name: str, x: NDArray[np.float64], y: NDArray[np.float64], names: Sequence[str], **more: Any) -> Chart:
    """Points with their names beside them, as far as there is room."""
    data = [
        {"value": [round(float(one), 4), round(float(other), 4)], "name": label}
        for one, other, label in zip(x, y, names, strict=True)
        if np.isfinite(one) and np.isfinite(other)
    ]
    return {
        "type": "scatter", "name": name, "data": data, "symbolSize": 8,
        "label": {"show": True, "formatter": "{b}", "position": "right", "fontSize": 10, "color": SOFT},
        "labelLayout": {"hideOverlap": True}, "tooltip": {"formatter": "{b}: {c}"}, **more,
    }  # fmt: skip


def levels(*values: float) -> Chart:
    """Dashed lines across, for a series."""
    return {
        "silent": True, "symbol": "none", "label": {"show": False}, "lineStyle": {"color": SOFT, "type": "dashed"},
        "data": [{"yAxis": value} for value in values],
    }  # fmt: skip


def bars(name: str, heights: Sequence[object]) -> Chart:
    return {"type": "bar", "name": name, "data": list(heights), "barCategoryGap": "10%", "barMaxWidth": 72}


def heat(names: Sequence[str], table: NDArray[np.float64], reach: float) -> Chart:
    """Items by items as squares, from blue over white to brown; each pair once."""
    axis: Chart = {
        "type": "category",
        "data": list(names),
        "axisLabel": {"color": SOFT, "fontSize": 10},
        "splitLine": {"show": False},
    }
    cells = [
        {
            "value": [other, one],
            "name": f"{names[one]} – {names[other]}: {table[one, other]:.3f}",
            "itemStyle": {"color": mixed(float(table[one, other]) / reach)},
        }
        for one in range(len(names))
        for other in range(one)
        if np.isfinite(table[one, other])
    ]
    size = max(4, min(16, 400 // max(len(names), 1)))
    series = {"type": "scatter", "symbol": "rect", "symbolSize": size, "data": cells, "tooltip": {"formatter": "{b}"}}
    chart = whole(
        "", "", [series], x={**axis, "axisLabel": {**axis["axisLabel"], "rotate": 60}}, y={**axis, "inverse": True}
    )
    return {**chart, "grid": {"left": 64, "right": 24, "top": 12, "bottom": 56}}


def mixed(share: float) -> str:
    """White at 0, towards brown above and blue below, full at 1."""
    end, part = ((180, 83, 9) if share > 0 else (0, 82, 217)), min(1.0, abs(share))
    return "#" + "".join(f"{round(255 + (one - 255) * part):02x}" for one in end)


def over(above: Chart, below: Chart, at: int, height: int) -> Chart:
    """Two charts, one over the other; where the upper one ends, in pixels of the whole height."""
    last = [{**one, "xAxisIndex": 1, "yAxisIndex": 1} for one in below["series"]]
    return {
        **above, "grid": [{**above["grid"], "bottom": height - at}, {**below["grid"], "top": at + 8}],
        "xAxis": [{**above["xAxis"], "axisLabel": {"show": False}}, {**below["xAxis"], "gridIndex": 1}],
        "yAxis": [above["yAxis"], {**below["yAxis"], "gridIndex": 1}],
        "series": [*above["series"], *last], "legend": {"show": False},
    }  # fmt: skip
