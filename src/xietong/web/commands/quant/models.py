"""Items by item response theory, with all that tells how far they can be believed; and the abilities of persons."""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xietong.quant import irt, sampling
from xietong.quant.items import Items
from xietong.quant.responses import Responses
from xietong.web.commands.quant import model_pictures, model_sheets
from xietong.web.commands.quant.answers import Answers, answers_of
from xietong.web.commands.quant.checking import refuse_apart, remarks_on
from xietong.web.commands.quant.findings import Fact, Findings, rows_of
from xietong.web.commands.quant.judging import Judged, judged_of
from xietong.web.commands.quant.tables import in_names_of_file, parameters_of, written
from xietong.web.commands.quant.telling import timed
from xietong.web.commands.quant.words import Say

Floats = NDArray[np.float64]

DRAWS, SEED = 5, 1
PLACES = 6
ROUGH = 1e-5
"""How closely a replicate is estimated: its deviation from the whole is a hundred times as large."""


def theory(args: argparse.Namespace, gettext: Say) -> Findings:
    """Parameters of items and populations with their errors, and how well they describe the answers."""
    with timed("read"):
        answers = answers_of(args, args.group)
    if not args.equivalent:
        refuse_apart(answers)
    refuse_one_school(answers)
    how = estimation_of(args, answers)
    with timed("estimated"), in_names_of_file(answers.items):
        found = irt.calibrate(answers.responses, **how)
    errors = irt.standard_errors(found, answers.responses, groups=answers.groups, lower_prior=how["lower_prior"])
    with timed("judged"):
        judged = judged_of(answers, found)
    facts = facts_of(answers, found, judged, gettext)
    sheets = [
        model_sheets.parameter_sheet(answers, found, errors, judged, gettext),
        model_sheets.pair_sheet(judged, gettext),
        model_sheets.information_sheet(judged, gettext),
        model_sheets.ability_sheet(judged, gettext),
    ]
    if len(answers.group_names) > 1:
        sheets.append(model_sheets.population_sheet(answers, found, errors, gettext))
    if answers.schools is not None:
        facts += school_facts(answers, answers.schools, found, judged, gettext)
        with timed(f"estimated again without each of {len(answers.school_names)} schools"):
            jackknifed = without_each_school(answers, answers.schools, found, how)
        sheets.append(model_sheets.school_sheet(answers, jackknifed, gettext))
    drawn = [
        picture(judged, gettext)
        for picture in (
            model_pictures.map_picture, model_pictures.information_picture, model_pictures.fit_picture,
            model_pictures.pair_picture,
        )
    ]  # fmt: skip
    remarks = remarks_of(answers, found, judged, gettext, is_sample=args.sampled)
    return Findings(gettext("项目反应理论分析"), facts, remarks, sheets, drawn, found.converged)


def estimation_of(args: argparse.Namespace, answers: Answers) -> dict[str, Any]:
    """How the items are estimated: whole, and again without each school."""
    fixed = None if args.fixed is None else fixed_of(args.fixed, answers)
    return {
        "models": models_of(args.model, answers), "groups": answers.groups, "n_groups": len(answers.group_names),
        "lower_prior": None if args.prior is None else irt.Beta(*args.prior), "fixed": fixed,
        "free_first": fixed is not None,
    }  # fmt: skip


def models_of(asked: str, answers: Answers) -> str | list[str]:
    """The models that were asked for; "auto" takes those of the table about the items, else 2PL and graded."""
    if asked != "auto":
        models = asked.split(",")
        return models[0] if len(models) == 1 else models
    counts = answers.responses.categories.tolist()
    usual = ("2pl" if count == 2 else "grm" for count in counts)  # noqa: PLR2004
    return [known or other for known, other in zip(answers.models, usual, strict=True)]


def fixed_of(path: Path, answers: Answers) -> Items:
    """The parameters of a file for the items that it names, and nothing for the others."""
    names, given = parameters_of(path)
    at = [names.index(name) if name in names else -1 for name in answers.items]
    known = np.array(at) >= 0
    if not known.any():
        raise ValueError(f"{path}: it has no item of {answers.path}")
    found = given.take(at)
    found.slopes[~known], found.intercepts[~known], found.lower[~known] = np.nan, np.nan, 0
    return found


def facts_of(answers: Answers, found: irt.Calibration, judged: Judged, gettext: Say) -> list[Fact]:
    facts = [
        Fact("persons", gettext("受测人数"), f"{found.persons:g}"),
        Fact("items", gettext("题目数"), str(len(answers.items))),
        Fact("parameters", gettext("参数"), str(found.n_parameters)),
        Fact("log_likelihood", gettext("对数似然"), f"{found.log_likelihood:.4f}"),
        Fact("cycles", gettext("迭代次数"), str(found.cycles)),
        Fact("gradient", gettext("最大梯度（每人）"), f"{found.gradient:.1e}"),
        Fact("converged", gettext("是否收敛"), gettext("是") if found.converged else gettext("否")),
    ]  # fmt: skip
    if len(answers.group_names) == 1:
        reliability = irt.marginal_reliability(judged.abilities, answers.responses.weights)
        facts.append(Fact("reliability", gettext("边际信度"), f"{reliability:.3f}"))
    return facts


def remarks_of(
    answers: Answers, found: irt.Calibration, judged: Judged, gettext: Say, *, is_sample: bool
) -> list[str]:
    remarks = remarks_on(answers, gettext, is_sample=is_sample)
    rows = int((judged.responses.codes >= 0).any(axis=1).sum())
    if judged.fit.complete < rows:
        what = {"judged": judged.fit.complete, "all": rows}
        remarks.append(gettext("S-X²按题册计算：%(all)s行中有%(judged)s行属于不少于50人的题册。") % what)
    empty = [name for name, mean in zip(answers.group_names, found.means, strict=True) if np.isnan(mean)]
    remarks += [gettext("群体%(name)s没有人作答，没有估计。") % {"name": name} for name in empty]
    return remarks


def refuse_one_school(answers: Answers) -> None:
    if len(answers.school_names) == 1:
        raise ValueError(
            f"{answers.path}: all {len(answers.persons)} persons are of the school {answers.school_names[0]}; "
            "errors that count schools need at least two"
        )


def school_facts(
    answers: Answers, schools: NDArray[np.int64], found: irt.Calibration, judged: Judged, gettext: Say
) -> list[Fact]:
    """How much of what differs lies between schools, over five plausible values of each pupil with an answer."""
    population = irt.Population(found.means, found.sds, answers.groups)
    drawn = irt.plausible_values(judged.responses, judged.items, population, count=DRAWS, seed=SEED)
    sat = (judged.responses.codes >= 0).any(axis=1)
    names, school = np.unique(schools[sat], return_inverse=True)
    fitted = [sampling.multilevel(values, school) for values in drawn[sat].T]
    reliable = np.median([one.reliability for one in fitted])
    return [
        Fact("schools", gettext("学校"), str(len(names))),
        Fact("between_share", gettext("校际差异率"), f"{np.mean([one.share for one in fitted]):.3f}"),
        Fact("school_reliability", gettext("学校均值的信度（中位数）"), f"{reliable:.3f}"),
    ]


def without_each_school(
    answers: Answers, schools: NDArray[np.int64], found: irt.Calibration, how: dict[str, Any]
) -> sampling.Estimate:
    """Slopes, intercepts and asymptotes, estimated anew without each school in turn."""
    own, guessed = answers.responses, np.array([model is irt.Model.THREE for model in found.models])

    def again(weights: Floats) -> Floats:
        part = Responses(own.codes, own.categories, weights)
        items = irt.calibrate(part, **how, begin=found, tolerance=ROUGH).items
        return np.concatenate([items.slopes, items.intercepts.T.ravel(), np.where(guessed, items.lower, np.nan)])

    return sampling.jackknife(again, sampling.jk1(own.weights, schools))


def scores(args: argparse.Namespace) -> str:
    """The ability of each person with its error, as a table."""
    answers = answers_of(args)
    names, items = parameters_of(args.parameters, answers.items)
    own = answers.of_items(names)
    with in_names_of_file(own.items):
        found = (irt.eap if args.method == "eap" else irt.wle)(own.responses, items)
    rows = rows_of(own.persons, found.value.round(PLACES), found.error.round(PLACES))
    return written(("person", "ability", "error"), rows)
