"""Carries one calibration onto the scale of another by the items that both have."""

import argparse
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from xietong.kit.marking import gettext_noop
from xietong.quant import linking
from xietong.quant.items import Items
from xietong.quant.scale import Constants
from xietong.web.commands.quant import pictures
from xietong.web.commands.quant.findings import Column, Fact, Findings, Picture, Sheet, headed, rows_of
from xietong.web.commands.quant.tables import STEPS, parameters_of
from xietong.web.commands.quant.words import Say

Floats = NDArray[np.float64]

DRIFTED = 1.96

COMMON = (
    Column("item", gettext_noop("题目"), None), Column("robust_z", gettext_noop("稳健z")),
    Column("remark", gettext_noop("备注"), None),
)  # fmt: skip
METHOD = (
    Column("method", gettext_noop("方法"), None), Column("stretch", gettext_noop("斜率A"), 6),
    Column("shift", gettext_noop("截距B"), 6),
)  # fmt: skip

Method = Callable[[Items, Items], tuple[Constants, bool]]


def linked(args: argparse.Namespace, gettext: Say) -> Findings:
    """The items of the source on the scale of the target, the constants of every method, and items that drifted."""
    (names, source), (others, target) = (parameters_of(one) for one in (args.source, args.target))
    common = [name for name in names if name in others]
    pair = source.take([names.index(one) for one in common]), target.take([others.index(one) for one in common])
    found = {method: count(*pair) for method, count in METHODS.items()}
    constants, is_sound = found[args.method]
    moved = source.transformed(constants)
    drift = linking.robust_z(*pair, constants)
    sheets = [moved_sheet(names, moved, gettext), method_sheet(found, gettext), common_sheet(common, drift, gettext)]
    facts = [
        Fact("common", gettext("共同题"), str(len(common))),
        Fact("method", gettext("方法"), args.method),
        Fact("stretch", gettext("斜率A"), f"{constants.stretch:.6f}"),
        Fact("shift", gettext("截距B"), f"{constants.shift:.6f}"),
        Fact("drifted", gettext("难度可能变了的题"), str(int((np.abs(drift) > DRIFTED).sum()))),
    ]  # fmt: skip
    remarks = [gettext("常数的误差要从作答数据重新抽样得到，见方法说明。")]
    return Findings(
        gettext("量尺链接"), facts, remarks, sheets, [common_picture(common, pair, constants, gettext)], is_sound
    )


def by_curves(fit: Callable[..., linking.Fitted]) -> Method:
    def count(source: Items, target: Items) -> tuple[Constants, bool]:
        nodes = linking.normal_nodes()
        fitted = fit(source, target, nodes, nodes)
        return fitted.constants, fitted.converged

    return count


def by_moments(fit: Callable[[Items, Items], Constants]) -> Method:
    return lambda source, target: (fit(source, target), True)


METHODS: dict[str, Method] = {
    "stocking-lord": by_curves(linking.stocking_lord), "haebara": by_curves(linking.haebara),
    "mean-sigma": by_moments(linking.mean_sigma), "mean-mean": by_moments(linking.mean_mean),
}  # fmt: skip


def moved_sheet(names: tuple[str, ...], moved: Items, gettext: Say) -> Sheet:
    keys = ("slope", "lower", *(f"{STEPS}{step + 1}" for step in range(moved.intercepts.shape[1])))
    columns = (Column("item", "item", None), Column("kind", "kind", None), *(Column(key, key) for key in keys))
    rows = rows_of(names, (kind.value for kind in moved.kinds), moved.slopes, moved.lower, *moved.intercepts.T)
    return Sheet("parameters", gettext("题目参数"), columns, rows, gettext("来源试卷的题目，换到了目标量尺上。"))


def method_sheet(found: dict[str, tuple[Constants, bool]], gettext: Say) -> Sheet:
    rows = rows_of(found, *zip(*((one.stretch, one.shift) for one, _sound in found.values()), strict=True))
    return Sheet(
        "methods",
        gettext("各种方法"),
        headed(METHOD, gettext),
        rows,
        gettext("几种方法相差大时，先看共同题有没有变。"),
    )


def common_sheet(common: list[str], drift: Floats, gettext: Say) -> Sheet:
    remarks = (gettext("难度可能变了") if abs(one) > DRIFTED else "" for one in drift)
    note = gettext("稳健z的绝对值超过1.96的共同题，难度可能变了：请查看内容，必要时去掉后重新链接。")
    return Sheet("common", gettext("共同题"), headed(COMMON, gettext), rows_of(common, drift, remarks), note)


def common_picture(names: list[str], pair: tuple[Items, Items], constants: Constants, gettext: Say) -> Picture:
    there, here = (np.nanmean(one.thresholds(), axis=1) for one in pair)
    ends = np.array([there.min() - 0.5, there.max() + 0.5])
    chart = pictures.whole(
        gettext("来源量尺的难度"), gettext("目标量尺的难度"),
        [
            pictures.points(gettext("共同题"), there, here, names),
            pictures.line(gettext("链接"), ends, constants.stretch * ends + constants.shift),
        ],
        x={"scale": True}, y={"scale": True},
    )  # fmt: skip
    return Picture(gettext("共同题的难度"), gettext("每个点是一道共同题；离直线远的题可能变了。"), chart)
