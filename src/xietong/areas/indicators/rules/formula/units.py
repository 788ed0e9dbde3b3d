"""Units: products of names to whole powers. Names of one kind differ by a power of ten, other names do not mix."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from xietong.areas.indicators.rules.formula.errors import BadUnit

# What stands for a power of ten of another name, or of a pure number ("").
MULTIPLES = {
    "1": ("", 0),
    "%": ("", -2),
    "‰": ("", -3),
    "百分点": ("", -2),
    "个百分点": ("", -2),
    "名": ("人", 0),
    "百人": ("人", 2),
    "千人": ("人", 3),
    "万人": ("人", 4),
    "万元": ("元", 4),
    "亿元": ("元", 8),
    "㎡": ("平方米", 0),
    "万平方米": ("平方米", 4),
}
_FOLD = str.maketrans("／％（）•", "/%()·")


@dataclass(frozen=True, slots=True)
class Unit:
    """Names with their powers, none of them zero: 万元/人 is {万元: 1, 人: -1}."""

    powers: tuple[tuple[str, int], ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Unit":
        """This function will read 人, 元/人, 元/人·年 or 1; nothing at all is 1. Raises BadUnit."""
        above, *below = "".join(text.split()).translate(_FOLD).split("/")
        powers = Counter((above or "1").split("·"))
        for part in below:
            inner = part[1:-1] if part.startswith("(") and part.endswith(")") else part
            powers.subtract(inner.split("·"))
        if not all(powers) or any(mark in name for name in powers for mark in "()"):
            raise BadUnit(unit=text)
        return cls.of(powers)

    @classmethod
    def of(cls, powers: Counter[str]) -> "Unit":
        return cls(tuple((name, power) for name, power in sorted(powers.items()) if power and name != "1"))

    def joined(self, sign: str, other: "Unit") -> "Unit":
        """The unit of a product or a quotient."""
        powers = Counter(dict(self.powers))
        for name, power in other.powers:
            powers[name] += power if sign == "*" else -power
        return self.of(powers)

    @property
    def dimension(self) -> tuple[tuple[str, int], ...]:
        """What can be added to it: the same names with multiples of a name put down to it."""
        powers: Counter[str] = Counter()
        for name, power in self.powers:
            powers[MULTIPLES.get(name, (name, 0))[0]] += power
        return tuple((name, power) for name, power in sorted(powers.items()) if name and power)

    @property
    def exponent(self) -> int:
        """The power of ten that it counts of its dimension: 4 for 万元, -2 for 人/百人."""
        return sum(MULTIPLES.get(name, (name, 0))[1] * power for name, power in self.powers)

    @property
    def label(self) -> str:
        """How it is written; empty for pure numbers."""
        above, below = "·".join(self.names(1)), "·".join(self.names(-1))
        return f"{above or '1'}/{below}" if below else above

    def names(self, side: int) -> Iterator[str]:
        for name, power in self.powers:
            yield from [name] * (power * side)


PURE = Unit()
