"""The numbers of the rule table that places are counted by."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from xietong.areas.orgs import queries as orgs
from xietong.areas.people.rules.staffing import STAFF, ratios_of
from xietong.areas.places.rules.bands import Bands
from xietong.areas.places.rules.stages import STAGES, EntryAges
from xietong.areas.places.rules.supply import Standards
from xietong.kit.ruletable.models import Rule
from xietong.kit.ruletable.table import in_force, value_of

RULES = "places."


def rules(county_id: int, on: date) -> Mapping[str, Rule]:
    return in_force(county_id, on, prefix=RULES)


def standards(county_id: int, on: date) -> Standards:
    """Standard classes of the register; in a kindergarten the mean over the ages, as its rooms serve any."""
    found = rules(county_id, on)
    sizes = orgs.class_sizes(county_id, on).standard
    garden = int(value_of(found, "places.kindergarten_class"))
    return Standards(
        {stage: garden if stage == "kindergarten" else sizes[stage] for stage in STAGES},
        float(value_of(found, "places.usable_rooms")) / 100,
    )


def bands(county_id: int, on: date) -> Bands:
    found = rules(county_id, on)
    return Bands(
        *(float(value_of(found, f"places.utilisation.{name}")) / 100 for name in ("half_empty", "tight", "full"))
    )


def entry_ages(county_id: int, on: date) -> EntryAges:
    found = rules(county_id, on)
    return EntryAges(*(int(value_of(found, f"places.entry_age.{stage}")) for stage in ("kindergarten", "primary")))


def baseline_year(county_id: int, on: date) -> int:
    return int(value_of(rules(county_id, on), "places.baseline_year"))


def teacher_ratios(county_id: int, on: date) -> dict[str, Fraction]:
    """Pupils to one member of staff."""
    found = in_force(county_id, on, prefix=STAFF)
    return dict(ratios_of({code: rule.value for code, rule in found.items()}))
