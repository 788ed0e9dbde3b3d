"""Item response theory: items and populations from incomplete answers, abilities of persons, and whether items fit.

docs/methods/calibration.md and scoring.md tell the methods; `xietong.quant.linking` brings calibrations together.
"""

from xietong.quant.irt.ability import Estimates, eap, wle
from xietong.quant.irt.calibration import Calibration, calibrate
from xietong.quant.irt.dependence import Dependence, q3
from xietong.quant.irt.errors import Errors, standard_errors
from xietong.quant.irt.fit import Fit, booklet_fit, item_fit
from xietong.quant.irt.information import booklet_information, item_information, standard_error
from xietong.quant.irt.maximisation import Beta
from xietong.quant.irt.models import Model
from xietong.quant.irt.plausible import plausible_values
from xietong.quant.irt.population import Population, nodes_for, population_of
from xietong.quant.irt.posterior import marginal_log_likelihood, posteriors_of
from xietong.quant.irt.recursion import score_distribution
from xietong.quant.irt.reliability import marginal_reliability, separation_reliability

__all__ = [
    "Beta",
    "Calibration",
    "Dependence",
    "Errors",
    "Estimates",
    "Fit",
    "Model",
    "Population",
    "booklet_fit",
    "booklet_information",
    "calibrate",
    "eap",
    "item_fit",
    "item_information",
    "marginal_log_likelihood",
    "marginal_reliability",
    "nodes_for",
    "plausible_values",
    "population_of",
    "posteriors_of",
    "q3",
    "score_distribution",
    "separation_reliability",
    "standard_error",
    "standard_errors",
    "wle",
]
