"""What a county hands in about its kindergartens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from xietong.areas.indicators.rules.balance.checks import Finding
from xietong.areas.indicators.rules.balance.figures import Number

GRADES = ("small", "middle", "big", "mixed")
AREAS = ("outdoor_area", "activity_area", "building_area")


@dataclass(frozen=True, slots=True)
class GardenClass:
    """A class of a kindergarten; `grade` is one of GRADES."""

    grade: str
    children: int | None


@dataclass(frozen=True, slots=True)
class Garden:
    """A kindergarten, or classes attached to a school. `is_inclusive`: private, at an agreed fee (普惠性民办).

    `certified` are those of its `certifiable` heads and teachers who hold a certificate; `designed` is a year.
    """

    code: str
    is_public: bool = False
    is_inclusive: bool = False
    children: int | None = None
    teachers: int | None = None
    certifiable: int | None = None
    certified: int | None = None
    classes: tuple[GardenClass, ...] | None = None
    designed: int | None = None
    outdoor_area: Number | None = None
    activity_area: Number | None = None
    building_area: Number | None = None

    def is_rolled(self) -> bool:
        """Whether its roll is there and complete."""
        return bool(self.classes) and all(one.children is not None for one in self.classes or ())


@dataclass(frozen=True, slots=True)
class Preschool:
    """What a county hands in; `age_group` are all children of the three years, the rest yuan a year and percent."""

    gardens: tuple[Garden, ...] = ()
    age_group: int | None = None
    public_fund: Number | None = None
    inclusive_subsidy: Number | None = None
    contract_pay: Number | None = None
    staff_pay: Number | None = None
    recognition: Number | None = None
    materials: Mapping[str, Finding] = field(default_factory=dict)


def attended(given: Preschool) -> tuple[Garden, ...]:
    """The kindergartens that have children, or did not say."""
    return tuple(one for one in given.gardens if one.children != 0)


def split(gardens: Iterable[Garden], *names: str) -> tuple[list[Garden], tuple[str, ...]]:
    """The kindergartens that reported some facts, and the codes of those that did not."""
    given = list(gardens)
    told = [one for one in given if all(getattr(one, name) is not None for name in names)]
    return told, tuple(one.code for one in given if one not in told)


def added(gardens: Iterable[Garden], name: str) -> Fraction:
    return sum((Fraction(getattr(one, name)) for one in gardens), Fraction(0))
