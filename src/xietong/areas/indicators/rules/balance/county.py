"""What a county hands in to be judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from xietong.areas.indicators.rules.balance.checks import Finding
from xietong.areas.indicators.rules.balance.figures import Number
from xietong.areas.indicators.rules.balance.units import School


@dataclass(frozen=True, slots=True)
class Totals:
    """Figures of the county; None was not reported. Of pay, yuan a year; of the rest, people or places.

    `fund_primary` and `fund_middle` are the county's yuan a pupil; those of `town_…` are new pupils of public day
    schools in city and town, and how many of them by neighbourhood; `quota` are places of good senior high schools;
    `cohort` is the first year of middle school three years before.
    """

    fund_primary: Number | None = None
    fund_middle: Number | None = None
    teacher_pay: Number | None = None
    civil_pay: Number | None = None
    teachers: int | None = None
    trained: int | None = None
    certified: int | None = None
    eligible: int | None = None
    rotated: int | None = None
    rotated_backbone: int | None = None
    town_primary: int | None = None
    town_primary_near: int | None = None
    town_middle: int | None = None
    town_middle_near: int | None = None
    quota: int | None = None
    quota_allotted: int | None = None
    migrants: int | None = None
    migrants_placed: int | None = None
    cohort: int | None = None
    graduates: int | None = None
    moved_in: int | None = None
    moved_out: int | None = None
    died: int | None = None
    disabled: int | None = None
    disabled_enrolled: int | None = None


@dataclass(frozen=True, slots=True)
class Monitored:
    """A subject of the national monitoring: the level reached (1 to 4), and the share of variance between schools."""

    subject: str
    level: int | None = None
    difference: Number | None = None


@dataclass(frozen=True, slots=True)
class County:
    """`materials` are findings by the code of the requirement; of `vetoes`, whether each of them has happened."""

    schools: tuple[School, ...] = ()
    totals: Totals = Totals()
    monitored: tuple[Monitored, ...] = ()
    recognition: Number | None = None
    materials: Mapping[str, Finding] = field(default_factory=dict)
    vetoes: Mapping[str, bool | None] = field(default_factory=dict)
    basic_since: date | None = None
    judged_on: date | None = None
