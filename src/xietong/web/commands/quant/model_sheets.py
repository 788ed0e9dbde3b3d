"""Tables of an analysis by item response theory."""

import numpy as np

from xietong.kit.marking import gettext_noop
from xietong.quant import irt, sampling
from xietong.web.commands.quant.answers import Answers
from xietong.web.commands.quant.findings import FEW, Column, Sheet, headed, plain, rows_of, told_together
from xietong.web.commands.quant.judging import SHOWN, Judged, abilities_in_steps, error_of
from xietong.web.commands.quant.tables import STEPS
from xietong.web.commands.quant.words import Say

DOUBTFUL = 0.01
DEPENDENT = 0.2
MOST_PAIRS = 30

PAIR = (
    Column("one", gettext_noop("题目"), None), Column("other", gettext_noop("另一题"), None), Column("q3", "Q3*"),
)  # fmt: skip
INFORMATION = (
    Column("ability", gettext_noop("能力θ"), 2), Column("information", gettext_noop("信息量")),
    Column("error", gettext_noop("标准误")),
)  # fmt: skip
POPULATION = (
    Column("group", gettext_noop("群体"), None), Column("persons", gettext_noop("受测人数"), 0),
    Column("mean", gettext_noop("均值")), Column("mean_error", gettext_noop("均值的标准误")),
    Column("sd", gettext_noop("标准差")), Column("sd_error", gettext_noop("标准差的标准误")),
)  # fmt: skip
ABILITY = (
    Column("from", gettext_noop("能力θ自"), 1), Column("to", gettext_noop("至"), 1),
    Column("persons", gettext_noop("受测人数"), 0),
)  # fmt: skip


def parameter_sheet(
    answers: Answers, found: irt.Calibration, errors: irt.Errors, judged: Judged, gettext: Say
) -> Sheet:
    """The heads are those that `score` and `link` read, in every language."""
    own, steps = found.items, range(1, found.items.intercepts.shape[1] + 1)
    named = [f"{STEPS}{step}" for step in steps]
    fit = np.full((3, len(answers.items)), np.nan)
    judged_at = [answers.items.index(name) for name in judged.names]
    fit[:, judged_at] = judged.fit.statistic, judged.fit.freedom, judged.fit.p
    remarks = (remark_on(found, item, fit[2, item], gettext) for item in range(len(answers.items)))
    keys = ["slope", "slope_error", *(f"b{step}" for step in steps), *named, *(f"{one}_error" for one in named)]
    columns = (
        Column("item", "item", None), Column("remark", gettext_noop("备注"), None), Column("model", "model", None),
        Column("kind", "kind", None), *(Column(key, key) for key in (*keys, "lower", "lower_error")),
        Column("s_x2", "S-X²"), Column("freedom", gettext_noop("自由度"), 0), Column("p", "p"),
    )  # fmt: skip
    rows = rows_of(
        answers.items, remarks, (model.value for model in found.models), (kind.value for kind in own.kinds),
        own.slopes, errors.slopes, *own.thresholds().T, *own.intercepts.T, *errors.intercepts.T, own.lower,
        errors.lower, *fit,
    )  # fmt: skip
    note = gettext("slope是斜率a，lower是下渐近线c，d是截距，b是难度；度量不含1.7。S-X²的p小于0.01的题目值得检查。")
    return Sheet("parameters", gettext("题目参数"), headed(columns, gettext), rows, note)


def remark_on(found: irt.Calibration, item: int, p: float, gettext: Say) -> str:
    slope = found.items.slopes[item]
    if np.isnan(slope):
        return gettext("没有估计：没有人作答，或所有人得到同一类别")
    said = [gettext("斜率为负，多半是答案有误")] if slope < 0 else []
    if found.models[item] is irt.Model.THREE and found.items.lower[item] == 0:
        said.append(gettext("下渐近线为0，已到下限"))
    if found.steep[item]:
        said.append(gettext("陡得无法估计，像是重复了另一题"))
    if p < DOUBTFUL:
        said.append(gettext("与模型不符"))
    return gettext("；").join(said)


def pair_sheet(judged: Judged, gettext: Say) -> Sheet:
    one, other = np.triu_indices(len(judged.names), 1)
    values = judged.dependence[one, other]
    strong = [at for at in np.argsort(-np.nan_to_num(values, nan=-2)) if values[at] > DEPENDENT][:MOST_PAIRS]
    rows = [[judged.names[one[at]], judged.names[other[at]], plain(values[at])] for at in strong]
    note = gettext("残差相关超过平均值0.20以上的题目对，最多30对：它们可能共用材料，或一题提示了另一题。")
    return Sheet("pairs", gettext("局部相依"), headed(PAIR, gettext), rows, note)


def information_sheet(judged: Judged, gettext: Say) -> Sheet:
    rows = rows_of(SHOWN, judged.information, error_of(judged))
    return Sheet("information", gettext("测验信息"), headed(INFORMATION, gettext), rows, on_page=False)


def population_sheet(answers: Answers, found: irt.Calibration, errors: irt.Errors, gettext: Say) -> Sheet:
    persons = np.bincount(answers.groups, answers.responses.weights, len(answers.group_names))
    figures = zip(found.means, errors.means, found.sds, errors.sds, strict=True)
    rows = [
        [name, cell, *([FEW] * 4 if cell == FEW else map(plain, own))]
        for name, cell, own in zip(answers.group_names, told_together(persons), figures, strict=True)
    ]
    note = gettext("第一个群体的均值0、标准差1是量尺，没有误差。")
    return Sheet("populations", gettext("群体"), headed(POPULATION, gettext), rows, note)


def ability_sheet(judged: Judged, gettext: Say) -> Sheet:
    edges, counts = abilities_in_steps(judged)
    rows = rows_of(edges[:-1], edges[1:], told_together(counts))
    return Sheet("abilities", gettext("能力分布"), headed(ABILITY, gettext), rows, on_page=False)


def school_sheet(answers: Answers, jackknifed: sampling.Estimate, gettext: Say) -> Sheet:
    """Errors of slopes, intercepts and asymptotes when schools are left out in turn."""
    errors = jackknifed.error.reshape(-1, len(answers.items))
    keys = ("slope", *(f"{STEPS}{step + 1}" for step in range(len(errors) - 2)), "lower")
    columns = (Column("item", gettext_noop("题目"), None), *(Column(f"{key}_error", f"{key}_error") for key in keys))
    note = gettext(
        "每次去掉一所学校、重新估计得到的标准误（刀切法），计入了学生按学校成群；"
        "与题目参数表中的标准误相差越大，学校差异越重要。"
    )
    return Sheet(
        "jackknife", gettext("按学校的标准误"), headed(columns, gettext), rows_of(answers.items, *errors), note
    )
