"""What places there are: usable classrooms times the pupils of a standard class, and what projects add."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import floor

from xietong.areas.places.rules.bands import Bands

SETTINGS = {"11": "city", "12": "town", "2": "village"}
"""城区, 镇区, 乡村 by the first digits of the class of JY/T 1001."""


@dataclass(frozen=True, slots=True)
class Standards:
    """The pupils of a standard class by stage, and the share of the classrooms that is used for teaching."""

    sizes: Mapping[str, int]
    usable: float

    def places(self, classrooms: float, stage: str) -> int:
        """Whole rooms only."""
        return floor(classrooms * self.usable + 1e-9) * self.sizes[stage]


@dataclass(frozen=True, slots=True)
class Line:
    """A stage of a school in a year. `township` is 0 for a school of none, `school` 0 for one that is being built.

    `places` is None where the number of classrooms is not known: pupils, but nothing they could be counted against.
    """

    school: int
    township: int
    stage: str
    ownership: str
    setting: str
    pupils: int
    places: int | None

    @property
    def free(self) -> int:
        """Places that nobody sits on; nobody is moved to another school for them."""
        return max(0, (self.places or 0) - self.pupils)

    @property
    def short(self) -> int:
        """Pupils beyond the places."""
        return 0 if self.places is None else max(0, self.pupils - self.places)

    def is_half_empty(self, bands: Bands) -> bool:
        return bool(self.places and self.pupils) and self.pupils < bands.half_empty * (self.places or 0)


@dataclass(frozen=True, slots=True)
class Sum:
    """Several lines together."""

    places: int = 0
    pupils: int = 0
    free: int = 0
    short: int = 0
    unknown: int = 0

    @property
    def per_hundred(self) -> float | None:
        """Places for a hundred pupils."""
        return 100 * self.places / self.pupils if self.pupils else None

    @property
    def share(self) -> float | None:
        """How full they are, in per cent."""
        return 100 * self.pupils / self.places if self.places else None


def added(lines: Iterable[Line]) -> Sum:
    found = list(lines)
    return Sum(
        sum(one.places or 0 for one in found),
        sum(one.pupils for one in found),
        sum(one.free for one in found),
        sum(one.short for one in found),
        sum(one.places is None for one in found),
    )


def summed(lines: Iterable[Line], key: Callable[[Line], object]) -> dict[object, Sum]:
    """Sums of the lines that have something in common."""
    parts: dict[object, list[Line]] = defaultdict(list)
    for one in lines:
        parts[key(one)].append(one)
    return {name: added(part) for name, part in parts.items()}


def setting_of(code: str) -> str:
    """城区, 镇区 or 乡村; empty where the class is not known."""
    return next((name for start, name in SETTINGS.items() if code.startswith(start)), "")
