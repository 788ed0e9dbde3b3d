"""What is announced when stored measures change."""

from dataclasses import dataclass

from xietong.kit.measures.declare import Grain


@dataclass(frozen=True, slots=True)
class MeasuresChanged:
    """Stored values of a county and period are no longer what they were: these measures moved."""

    county_id: int
    period: int
    grain: Grain
    measures: frozenset[str]
