"""Pictures of an analysis by item response theory."""

import numpy as np
from numpy.typing import NDArray

from xietong.quant.responding import expected_scores
from xietong.web.commands.quant import pictures
from xietong.web.commands.quant.findings import LEAST, Picture, height_of, told_together, wide
from xietong.web.commands.quant.judging import SHOWN, STEP, Judged, abilities_in_steps, error_of
from xietong.web.commands.quant.words import Say

Floats = NDArray[np.float64]

CURVES, TENTHS = 4, 10
ABOVE, DEEP = 200, 15
"""Pixels of the persons, and of each row of items below them."""
DOT, LETTER = 0.3, 0.14
"""How far a point and each letter of its name reach, in units of ability as wide as the picture usually is."""
MOST_MARKS = 80


def map_picture(judged: Judged, gettext: Say) -> Picture:
    """Persons as steps and items as points, on one scale."""
    edges, counts = abilities_in_steps(judged)
    heights = [height_of(cell) for cell in told_together(counts)]
    names, at = difficulties(judged)
    inside = [one for one in np.argsort(at) if abs(at[one]) <= edges[-1]]
    rows = rows_without_collision(at[inside], [names[one] for one in inside])
    people = pictures.line(gettext("受测人数"), edges[:-1] + STEP / 2, np.array(heights), step="middle", areaStyle={})
    marks = pictures.points(gettext("题目"), at[inside], -rows, [names[one] for one in inside])
    depth = int(rows.max(initial=0)) + 1
    height = ABOVE + DEEP * depth + 60
    chart = pictures.over(
        pictures.whole("", gettext("受测人数"), [people], x={"min": -4, "max": 4}),
        pictures.whole(
            gettext("能力与难度θ"), "", [marks], x={"min": -4, "max": 4}, y={"show": False, "min": -depth, "max": 1}
        ),
        ABOVE, height,
    )  # fmt: skip
    says = gettext("上方是不同能力的人数（不足10人的不画），下方是各题各步的难度；题目应当排在有人的地方。")
    return Picture(gettext("人—题对照图"), says, chart, height)


def difficulties(judged: Judged) -> tuple[list[str], Floats]:
    """The difficulty of each step of each item with its name; of many, that of the items."""
    places = judged.items.thresholds()
    places[~np.isfinite(places)] = np.nan
    if np.isfinite(places).sum() > MOST_MARKS:
        return judged.names, np.nanmean(places, axis=1)
    steps = (~np.isnan(places)).sum(axis=1)
    names = [
        name if count == 1 else f"{name}.{step + 1}"
        for name, count in zip(judged.names, steps, strict=True)
        for step in range(places.shape[1])
    ]
    return names, places.ravel()


def rows_without_collision(at: Floats, names: list[str]) -> Floats:
    """The row of each point, from places that ascend, so that none stands on the name of another."""
    ends: list[float] = []
    rows = np.zeros(len(at))
    for place, (one, name) in enumerate(zip(at, names, strict=True)):
        free = [row for row, end in enumerate(ends) if end <= one]
        rows[place] = free[0] if free else len(ends)
        end = float(one) + DOT + LETTER * wide(name)
        if free:
            ends[free[0]] = end
        else:
            ends.append(end)
    return rows


def information_picture(judged: Judged, gettext: Say) -> Picture:
    errors = error_of(judged)
    most = 6 * np.nanmin(errors, initial=np.inf)
    lines = [
        pictures.line(gettext("信息量"), SHOWN, judged.information),
        pictures.line(gettext("标准误"), SHOWN, np.minimum(errors, most), yAxisIndex=1),
    ]
    chart = pictures.whole(gettext("能力θ"), gettext("信息量"), lines, x={"min": -4, "max": 4})
    chart["yAxis"] = [chart["yAxis"], {**chart["yAxis"], "name": gettext("标准误"), "splitLine": {"show": False}}]
    chart["grid"]["right"] = 56
    chart["legend"] |= {"right": "center"}
    return Picture(gettext("测验信息"), gettext("信息量越高，对该能力的人测得越准；标准误以能力θ为单位。"), chart)


def fit_picture(judged: Judged, gettext: Say) -> Picture:
    """What persons of ten levels scored on the items that fit worst, beside what the model says."""
    worst = np.argsort(np.nan_to_num(judged.fit.p, nan=2))[:CURVES].tolist()
    value, weights = judged.abilities.value, judged.responses.weights
    answered = ~np.isnan(value)
    cuts = np.quantile(value[answered], np.linspace(0, 1, TENTHS + 1)[1:-1]) if answered.any() else np.zeros(0)
    level = np.searchsorted(cuts, value)
    wanted = expected_scores(judged.items, SHOWN)
    series = []
    for place, item in enumerate(worst):
        tone = {"color": pictures.TONES[place]}
        most = judged.responses.categories[item] - 1
        series.append(
            pictures.line(judged.names[item], SHOWN, wanted[:, item] / most, lineStyle=tone, itemStyle=tone)
        )
        codes = judged.responses.codes[:, item]
        cells = [(codes >= 0) & answered & (level == tenth) for tenth in range(TENTHS)]
        told_of = [cell for cell in cells if weights[cell].sum() >= LEAST]
        at = np.array([np.average(value[cell], weights=weights[cell]) for cell in told_of])
        reached = np.array([np.average(codes[cell], weights=weights[cell]) for cell in told_of]) / most
        series.append(
            pictures.points(judged.names[item], at, reached, [""] * len(at), itemStyle=tone, label={"show": False})
        )
    chart = pictures.whole(
        gettext("能力θ"), gettext("得分率"), series, x={"min": -4, "max": 4}, y={"min": 0, "max": 1}
    )
    return Picture(
        gettext("模型与作答"),
        gettext("最不符合模型的几道题：线是模型预期，点是十个能力组（各不少于10人）的实际得分率。"),
        chart,
    )


def pair_picture(judged: Judged, gettext: Say) -> Picture:
    reach = max(0.3, float(np.nanmax(np.abs(judged.dependence), initial=0)))
    chart = pictures.heat(judged.names, judged.dependence, round(reach, 2))
    says = gettext("每格是两题残差的相关减去平均值：颜色越深，两题在能力以外还有共同之处。")
    return Picture(gettext("局部相依（Q3*）"), says, chart, 480)
