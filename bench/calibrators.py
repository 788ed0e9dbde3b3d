"""The engines that `bench/irt.py` compares: how each is called, and its estimates in one form for all.

A peer is imported when it is prepared; one that is not installed raises ImportError there.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from bench.bare_irt import Bare
from bench.exams import Exam, Parameters
from bench.r_mirt import of_r_mirt, r_mirt
from xietong.quant.irt.calibration import Calibration, calibrate
from xietong.quant.responses import responses_of

Engine = Callable[[], Any]
OURS, FLOOR = "ours, as closely as the floor", "floor: the bare loop"
LARGEST_OF_GIRTH = 20_000
"""It needs more than half a minute for 50,000 persons."""


def ours(exam: Exam, tolerance: float) -> Engine:
    return lambda: calibrate(responses_of(exam.codes), exam.model, tolerance=tolerance)


def of_ours(exam: Exam, found: Calibration) -> Parameters:
    return Parameters(found.items.slopes, found.items.intercepts, found.items.lower)


def of_floor(exam: Exam, found: Any) -> Parameters:
    point = found[0]
    if exam.model == "3pl":
        return Parameters(point[:, 0], point[:, 1:2], 1 / (1 + np.exp(-point[:, 2])))
    return Parameters(point[:, 0], point[:, 1:], np.zeros(len(point)))


def theta_irt(exam: Exam) -> Engine:
    """61 nodes; without the prior of asymptotes that it has by itself."""
    import theta  # noqa: PLC0415

    table = exam.codes.astype(np.int64)
    priors = theta.priors.Priors(c_a=None, c_b=None)
    return lambda: theta.fit(table, exam.model.upper(), n_points=61, tol=1e-4, priors=priors)


def of_theta(exam: Exam, found: Any) -> Parameters:
    slopes = np.asarray(found.a, dtype=np.float64)
    lower = np.asarray(found.c, dtype=np.float64) if exam.model == "3pl" else np.zeros(len(slopes))
    return Parameters(slopes, (-slopes * np.asarray(found.b))[:, None], lower)


def py_mirt(exam: Exam) -> Engine:
    """61 nodes and SQUAREM, without standard errors."""
    import mirt  # noqa: PLC0415

    table = exam.codes.astype(np.int64)
    settings: dict[str, Any] = {"n_quadpts": 61, "tol": 1e-4, "max_iter": 2000, "accelerate": "squarem"}
    if exam.model in {"grm", "gpcm"}:
        settings["n_categories"] = int(table.max()) + 1
    return lambda: mirt.fit_mirt(table, model=exam.model.upper(), compute_standard_errors=False, **settings)


def of_mirt(exam: Exam, found: Any) -> Parameters:
    told = found.model.parameters
    slopes = np.asarray(told["discrimination"]).reshape(exam.codes.shape[1], -1)[:, 0]
    if "intercepts" in told:
        by_step = np.asarray(told["intercepts"])
    else:
        hardness = next(told[name] for name in ("difficulty", "thresholds", "steps") if name in told)
        by_step = -slopes[:, None] * np.asarray(hardness).reshape(len(slopes), -1)
    lower = np.asarray(told["guessing"]) if exam.model == "3pl" else np.zeros(len(slopes))
    return Parameters(slopes, np.cumsum(by_step, axis=1) if exam.model == "gpcm" else by_step, lower)


def girth(exam: Exam) -> Engine:
    import girth  # noqa: PLC0415

    table = exam.codes.T.astype(np.int64)
    if exam.model == "2pl":
        return lambda: girth.twopl_mml(table)
    fit = girth.grm_mml if exam.model == "grm" else girth.pcm_mml
    return lambda: fit(table + 1)


def of_girth(exam: Exam, found: Any) -> Parameters:
    slopes = found["Discrimination"]
    by_step = -slopes[:, None] * found["Difficulty"].reshape(len(slopes), -1)
    if exam.model == "gpcm":
        by_step = np.cumsum(by_step, axis=1)
    return Parameters(slopes, by_step, np.zeros(len(slopes)))


Way = tuple[Callable[[Exam], Engine], Callable[[Exam, Any], Parameters]]
WAYS: dict[str, Way] = {
    FLOOR: (lambda exam: Bare(exam.codes, exam.model).calibrate, of_floor),
    OURS: (lambda exam: ours(exam, 1e-6), of_ours),
    "ours, to 1e-8 as it is by itself": (lambda exam: ours(exam, 1e-8), of_ours),
    "theta-irt": (theta_irt, of_theta),
    "mirt of PyPI": (py_mirt, of_mirt),
    "girth": (girth, of_girth),
    "mirt for R": (r_mirt, of_r_mirt),
}


def can(name: str, exam: Exam) -> bool:
    if name == "theta-irt":
        return exam.model in {"2pl", "3pl"}
    return name != "girth" or (exam.model != "3pl" and len(exam.codes) <= LARGEST_OF_GIRTH)
