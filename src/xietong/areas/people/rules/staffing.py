"""How many staff so many pupils need."""

from collections.abc import Mapping
from fractions import Fraction

from xietong.areas.people.rules.table import number

STAFF = "people.staff."
# Stages in the words of the rule table and of the register.
STAFFED = ("kindergarten", "primary", "middle", "high")


def ratios_of(values: Mapping[str, str]) -> Mapping[str, Fraction]:
    """Pupils to one member of staff, by stage. Raises RuleFault."""
    return {stage: number(values, STAFF + stage) for stage in STAFFED}
