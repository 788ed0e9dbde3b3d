"""假设: what a forecast takes for granted about what nobody knows yet."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from gettext import NullTranslations
from typing import Any, Self

# Marks a sentence for the catalogue; whoever knows the reader's language says it.
gettext_noop = NullTranslations().gettext

LONGEST = 10  # years that a forecast may reach
LARGEST = 100  # pupils of a class that somebody may assume
NOT_ASCENDING = gettext_noop("低、中、高三个数要从小到大。")
TOO_LOW = gettext_noop("出生人数一年不可能减少 100% 以上，入住比例不能为负。")
BAD_HORIZON = gettext_noop("预测年限应为 1 至 10 年。")
BAD_USE = gettext_noop("教室可用比例应在 0 以上、100% 以内。")
BAD_SIZE = gettext_noop("班额应为 1 至 100 人。")

OWN, POOLED = "own", "pooled"


@dataclass(frozen=True, slots=True)
class Trio:
    """One assumption three times, in per cent."""

    low: float
    middle: float
    high: float

    @property
    def ascends(self) -> bool:
        return self.low <= self.middle <= self.high


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What is assumed.

    `births`: by how many per cent the births of a cohort that is not known differ from those of the year before.
    `migration`: how many per cent of the pupils expected in new housing come. `entry`: whether each township
    enters with its own ratio, drawn towards the county's, or all with the county's. `usable`: how many per cent
    of the classrooms are used for teaching.
    """

    births: Trio
    migration: Trio
    entry: str
    sizes: Mapping[str, int]
    usable: float
    horizon: int
    seed: int

    def faults(self) -> Iterator[str]:
        """Marked sentences that say what cannot be."""
        if not (self.births.ascends and self.migration.ascends):
            yield NOT_ASCENDING
        if self.births.low <= -100 or self.migration.low < 0:  # noqa: PLR2004  (all of it)
            yield TOO_LOW
        if not 1 <= self.horizon <= LONGEST:
            yield BAD_HORIZON
        if not 0 < self.usable <= 100:  # noqa: PLR2004  (per cent)
            yield BAD_USE
        if not all(1 <= size <= LARGEST for size in self.sizes.values()):
            yield BAD_SIZE

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"sizes": dict(self.sizes)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """What a row keeps."""
        return cls(**{**kept, "births": Trio(**kept["births"]), "migration": Trio(**kept["migration"])})
