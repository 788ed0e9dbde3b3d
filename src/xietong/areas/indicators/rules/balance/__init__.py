"""优质均衡: how a county stands to high-quality balanced compulsory education, and its kindergartens to 普及普惠.

    judging ─ verdicts, variation ─ resources ─ units ─ standards ─ figures
            ─ requirements ─ guarantees, quality ─ county, checks
    preschool ─ requirements, gardens

Numbers are exact fractions all through; what was not reported is None and is never taken for 0.
"""

from xietong.areas.indicators.rules.balance.checks import Case, Check, Excuse, Finding
from xietong.areas.indicators.rules.balance.county import County, Monitored, Totals
from xietong.areas.indicators.rules.balance.figures import Comparator, Number, State, quotient, rounded
from xietong.areas.indicators.rules.balance.gardens import Garden, GardenClass, Preschool
from xietong.areas.indicators.rules.balance.guarantees import funded
from xietong.areas.indicators.rules.balance.judging import Balance, Lack, Part, judge_county
from xietong.areas.indicators.rules.balance.preschool import (
    PRESCHOOL,
    Reach,
    judge_preschool,
    preschool_standards_of,
)
from xietong.areas.indicators.rules.balance.requirements import (
    ELIGIBILITY,
    GUARANTEES,
    QUALITY,
    RECOGNITION,
    VETOES,
    Judgement,
    Kind,
    Requirement,
    judge_requirement,
)
from xietong.areas.indicators.rules.balance.resources import ITEMS, Item
from xietong.areas.indicators.rules.balance.standards import Stage, Standards, standards_of
from xietong.areas.indicators.rules.balance.units import (
    Conditions,
    Counted,
    Exclusion,
    Facts,
    Reason,
    School,
    SchoolClass,
    Unit,
    counted,
)
from xietong.areas.indicators.rules.balance.variation import (
    Spread,
    Variation,
    judge_variation,
    judge_variations,
    spread,
)
from xietong.areas.indicators.rules.balance.verdicts import (
    Gap,
    ItemState,
    ItemVerdict,
    Raise,
    UnitVerdict,
    judge_item,
    judge_unit,
)
