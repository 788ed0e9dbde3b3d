"""What a paper and its items did, counted without a model of ability (classical test theory).

Difficulty and discrimination, distractors, reliability, differential item functioning; rates and spread of the totals
of groups.
"""

from xietong.quant.classical.bands import DIFFICULTY_BANDS, DISCRIMINATION_BANDS, Bands
from xietong.quant.classical.distractors import Options, distractors
from xietong.quant.classical.distribution import ScoreBands, Spread, score_bands, spread
from xietong.quant.classical.functioning import Functioning, functioning
from xietong.quant.classical.items import Items, items
from xietong.quant.classical.odds import CommonOdds, mantel_haenszel
from xietong.quant.classical.ordinal import OrdinalDifference, mantel
from xietong.quant.classical.rates import CUSTOMARY, Cuts, Rates, rates
from xietong.quant.classical.reliability import Reliability, feldt, reliability, spearman_brown
from xietong.quant.classical.standing import Standing, standing

__all__ = [
    "CUSTOMARY",
    "DIFFICULTY_BANDS",
    "DISCRIMINATION_BANDS",
    "Bands",
    "CommonOdds",
    "Cuts",
    "Functioning",
    "Items",
    "Options",
    "OrdinalDifference",
    "Rates",
    "Reliability",
    "ScoreBands",
    "Spread",
    "Standing",
    "distractors",
    "feldt",
    "functioning",
    "items",
    "mantel",
    "mantel_haenszel",
    "rates",
    "reliability",
    "score_bands",
    "spearman_brown",
    "spread",
    "standing",
]
