"""How unequally something is spread over units of different size: schools by pupils, within counties.

Coefficient of variation, Gini, Theil and Lorenz, weighted, for several indicators and groups at once; and what
each school has to do with the coefficient of its county.
"""

from xietong.quant.inequality.attribution import Contributions, contributions
from xietong.quant.inequality.concentration import Lorenz, gini, lorenz
from xietong.quant.inequality.entropy import Decomposition, mean_log_deviation, theil
from xietong.quant.inequality.moments import Moments, weighted

__all__ = [
    "Contributions",
    "Decomposition",
    "Lorenz",
    "Moments",
    "contributions",
    "gini",
    "lorenz",
    "mean_log_deviation",
    "theil",
    "weighted",
]
