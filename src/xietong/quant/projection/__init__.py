"""How many pupils there will be: cohort survival from births and enrolment, its bands, its errors in the past.

Arrays are areas × years × grades; an area is a township or a school, the grades are one chain of cohorts with one
entry. Nothing is rounded. docs/methods/projection.md tells the method.
"""

from xietong.quant.projection.backtest import BackTest, Errors, back_test
from xietong.quant.projection.bands import Band, band
from xietong.quant.projection.capacity import classes_needed, gap, teachers_needed, utilisation
from xietong.quant.projection.forecasting import Forecast, forecast
from xietong.quant.projection.ratios import Ratios, entry, progression
from xietong.quant.projection.scenarios import Factors, Variants, variants
from xietong.quant.projection.survival import Path, survive

__all__ = [
    "BackTest",
    "Band",
    "Errors",
    "Factors",
    "Forecast",
    "Path",
    "Ratios",
    "Variants",
    "back_test",
    "band",
    "classes_needed",
    "entry",
    "forecast",
    "gap",
    "progression",
    "survive",
    "teachers_needed",
    "utilisation",
    "variants",
]
