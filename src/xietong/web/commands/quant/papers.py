"""Papers and their items, without a model of ability; and whether items treat two groups of equals unlike."""

import argparse
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from xietong.kit.marking import gettext_noop
from xietong.quant import classical
from xietong.quant.classical.marks import marks_of
from xietong.web.commands.quant import pictures
from xietong.web.commands.quant.answers import Answers, Options, answers_of
from xietong.web.commands.quant.checking import remarks_on
from xietong.web.commands.quant.findings import (
    FEW,
    Column,
    Fact,
    Findings,
    Picture,
    Sheet,
    headed,
    height_of,
    plain,
    rows_of,
    told,
    told_together,
)
from xietong.web.commands.quant.tables import in_names_of_file
from xietong.web.commands.quant.telling import timed
from xietong.web.commands.quant.words import Say

Floats = NDArray[np.float64]

WIDTH = 5.0
"""Bands of so many hundredths of the full mark."""

ITEM = (
    Column("item", gettext_noop("题目"), None), Column("persons", gettext_noop("受测人数"), 0),
    Column("omitted", gettext_noop("未答率")), Column("difficulty", gettext_noop("难度P")),
    Column("difficulty_band", gettext_noop("难度等级"), None),
    Column("discrimination", gettext_noop("区分度D（27%组）")),
    Column("discrimination_band", gettext_noop("区分度等级"), None),
    Column("item_rest", gettext_noop("题目—余分相关")), Column("alpha_without", gettext_noop("删去后α")),
)  # fmt: skip
OPTION = (
    Column("item", gettext_noop("题目"), None), Column("option", gettext_noop("选项"), None),
    Column("right", gettext_noop("答案"), None), Column("share", gettext_noop("选择率")),
    Column("best", gettext_noop("高分组（27%）")), Column("worst", gettext_noop("低分组（27%）")),
    Column("point_biserial", gettext_noop("与总分相关")), Column("remark", gettext_noop("备注"), None),
)  # fmt: skip
BAND = (
    Column("from", gettext_noop("得分率（%）自"), 0), Column("to", gettext_noop("至"), 0),
    Column("persons", gettext_noop("受测人数"), 0),
)  # fmt: skip
DIFFERENCE = (
    Column("item", gettext_noop("题目"), None), Column("class", gettext_noop("等级"), None),
    Column("odds_ratio", gettext_noop("优势比")), Column("delta", "Δ"),
    Column("delta_error", gettext_noop("Δ的标准误")), Column("chi_square", "χ²"), Column("p", "p"),
    Column("difference", gettext_noop("标准化差")),
)  # fmt: skip


def items(args: argparse.Namespace, gettext: Say) -> Findings:
    """Difficulty, discrimination and distractors of each item; reliability, rates and spread of the paper."""
    cuts = classical.Cuts(*(share / 100 for share in args.cuts))
    with timed("read"):
        answers = answers_of(args)
    found = classical.items(answers.responses, answers.full)
    paper = classical.reliability(answers.responses, answers.full)
    totals = totals_of(answers)
    registered = float(answers.responses.weights.sum()) if args.registered is None else args.registered
    rates = classical.rates(totals, 100, [registered], weights=answers.responses.weights, cuts=cuts)
    spread = classical.spread(totals, weights=answers.responses.weights)
    interval = f"{figure(paper.lower)}–{figure(paper.upper)}"
    facts = [
        Fact("registered", gettext("应考"), f"{registered:g}"),
        Fact("sat", gettext("实考"), f"{rates.sat[0]:g}"),
        Fact("items", gettext("题目数"), str(len(answers.items))),
        Fact("scoring", gettext("平均得分率"), share(rates.scoring[0])),
        Fact("sd", gettext("标准差"), share(spread.sd[0] / 100)),
        Fact("excellent", gettext("优秀率（得分率≥%(cut)g%%）") % {"cut": args.cuts[1]}, share(rates.excellent[0])),
        Fact("passing", gettext("及格率（得分率≥%(cut)g%%）") % {"cut": args.cuts[0]}, share(rates.passing[0])),
        Fact("low", gettext("低分率（得分率<%(cut)g%%）") % {"cut": args.cuts[2]}, share(rates.low[0])),
        Fact("difficulty", gettext("试卷难度"), figure(found.paper)),
        Fact("alpha", gettext("信度α（95%区间）"), f"{figure(paper.alpha)} ({interval})"),
        Fact("sem", gettext("测量标准误（分）"), figure(paper.sem)),
    ]  # fmt: skip
    sheets = [item_sheet(answers, found, paper, gettext)]
    if answers.options is not None:
        sheets.append(option_sheet(answers, answers.options, totals, gettext))
    bands = classical.score_bands(totals, 100, WIDTH, weights=answers.responses.weights)
    sheets.append(band_sheet(bands, gettext))
    remarks = remarks_on(answers, gettext, is_sample=args.sampled)
    drawn = [item_picture(answers, found, gettext), band_picture(bands, gettext)]
    return Findings(gettext("试卷与题目分析"), facts, remarks, sheets, drawn)


def totals_of(answers: Answers) -> Floats:
    """The hundredths of the full mark of what was presented that each row reached; NaN for who had nothing."""
    # Marks leave out rows without weight; the options of all rows are looked at by these.
    everybody = replace(answers.responses, weights=np.ones(len(answers.responses.codes)))
    return 100 * marks_of(everybody, answers.full).totals


def item_sheet(answers: Answers, found: classical.Items, paper: classical.Reliability, gettext: Say) -> Sheet:
    hard = (gettext("难"), gettext("较难"), gettext("中等"), gettext("较易"), gettext("易"), "")
    sharp = (gettext("差"), gettext("尚可，宜修改"), gettext("良好"), gettext("优良"), "")
    rows = rows_of(
        answers.items, map(told, found.presented), answers.omitted, found.difficulty,
        (hard[band] for band in classical.DIFFICULTY_BANDS.of(found.difficulty)), found.discrimination,
        (sharp[band] for band in classical.DISCRIMINATION_BANDS.of(found.discrimination)), found.item_rest,
        paper.without,
    )  # fmt: skip
    rows = [row if row[1] != FEW else [row[0], *[FEW] * (len(row) - 1)] for row in rows]
    note = gettext(
        "难度是得分率，越大越易。等级的分界是常见做法（难度0.15、0.38、0.73、0.86；区分度0.20、0.30、0.40），不是国家规定。"
    )
    return Sheet("items", gettext("题目"), headed(ITEM, gettext), rows, note)


def option_sheet(answers: Answers, options: Options, totals: Floats, gettext: Say) -> Sheet:
    sat = ~np.isnan(totals)
    chosen = options.responses
    taken = classical.distractors(
        type(chosen)(chosen.codes[sat], chosen.categories, answers.responses.weights[sat]), options.right, totals[sat]
    )
    rows = [
        option_row(options, taken, place, at, cell, gettext)
        for place, names in enumerate(options.names)
        for at, cell in enumerate(told_together(taken.counts[place, : len(names)]))
    ]
    return Sheet("options", gettext("选项"), headed(OPTION, gettext), rows)


def option_row(
    options: Options, taken: classical.Options, place: int, at: int, cell: object, gettext: Say
) -> list[object]:
    """What persons did with an option, unless their number may not be told."""
    figures = (one[place, at] for one in (taken.shares, taken.best, taken.worst, taken.point_biserial))
    remark = gettext("高分组更多选它而不选答案") if taken.misleading[place, at] else ""
    remark = gettext("没有人选") if taken.untaken[place, at] else remark
    right = "✓" if at == options.right[place] else ""
    shown = [cell] * 4 if isinstance(cell, str) else [plain(one) for one in figures]
    return [options.items[place], options.names[place][at], right, *shown, remark]


def band_sheet(bands: classical.ScoreBands, gettext: Say) -> Sheet:
    rows = rows_of(bands.edges[:-1], bands.edges[1:], told_together(bands.counts[0]))
    return Sheet(
        "bands",
        gettext("分数段"),
        headed(BAND, gettext),
        rows,
        gettext("每段含下限，末段含满分；*处不显示，以免推算出不足10人的段。"),
    )


def item_picture(answers: Answers, found: classical.Items, gettext: Say) -> Picture:
    series = pictures.points(gettext("题目"), found.difficulty, found.discrimination, answers.items)
    series["markLine"] = pictures.levels(0.2)
    chart = pictures.whole(gettext("难度P（越大越易）"), gettext("区分度D"), [series], x={"min": 0, "max": 1})
    says = gettext("每个点是一道题：越靠右越容易，越靠上越能分出高低；虚线以下的题目区分度不足0.20。")
    return Picture(gettext("题目分布图"), says, chart)


def band_picture(bands: classical.ScoreBands, gettext: Say) -> Picture:
    heights = [height_of(cell) for cell in told_together(bands.counts[0])]
    names = [f"{edge:g}–" for edge in bands.edges[:-1]]
    chart = pictures.whole(
        gettext("得分率（%）"),
        gettext("受测人数"),
        [pictures.bars(gettext("受测人数"), heights)],
        x={"type": "category", "data": names},
    )
    return Picture(gettext("得分率分布"), gettext("各分数段的人数；不足10人的段不画。"), chart)


def compared(args: argparse.Namespace, gettext: Say) -> Findings:
    """What each item does to the focal group, beside their equals in the others."""
    with timed("read"):
        answers = answers_of(args, args.group)
    if args.focal not in answers.group_names:
        raise ValueError(f"there is no group {args.focal}; there are {', '.join(answers.group_names)}")
    focal = answers.groups == answers.group_names.index(args.focal)
    with in_names_of_file(answers.items):
        found = classical.functioning(answers.responses, focal.astype(int), purify=args.purify)
    rows = rows_of(
        answers.items, found.classes, found.odds_ratio, found.delta, found.delta_error, found.chi_square, found.p,
        found.difference,
    )  # fmt: skip
    note = gettext("A：可忽略；B：中等；C：较大，应请专家审查题目内容。Δ为负表示对所关注的群体更难。")
    series = pictures.points(gettext("题目"), np.arange(1.0, len(rows) + 1), found.delta, answers.items)
    series["markLine"] = pictures.levels(-1.5, -1.0, 0.0, 1.0, 1.5)
    picture = Picture(
        gettext("题目对两个群体的差别"), gettext("每个点是一道题；虚线是1.0与1.5，离0越远差别越大。"),
        pictures.whole(gettext("题目次序"), "Δ", [series]),
    )  # fmt: skip
    facts = [
        Fact("focal", gettext("所关注的群体"), f"{args.focal} ({told(answers.responses.weights[focal].sum())})"),
        Fact("others", gettext("对照"), f"{told(answers.responses.weights[~focal].sum())}"),
        Fact("class_c", gettext("等级为C的题目"), str(int((found.classes == "C").sum()))),
    ]
    remarks = remarks_on(answers, gettext, is_sample=args.sampled)
    return Findings(
        gettext("题目功能差异"),
        facts,
        remarks,
        [Sheet("items", gettext("题目"), headed(DIFFERENCE, gettext), rows, note)],
        [picture],
    )


def share(value: float) -> str:
    return "—" if np.isnan(value) else f"{value:.1%}"


def figure(value: float) -> str:
    return "—" if np.isnan(value) else f"{value:.3f}"
