"""A formula as a tree. Where a part stands in its text is kept beside it and never compared."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum, StrEnum


class Stage(StrEnum):
    """The stages by which measures are counted."""

    KINDERGARTEN = "kindergarten"
    PRIMARY = "primary"
    MIDDLE = "middle"
    HIGH = "high"
    SPECIAL = "special"


class Function(StrEnum):
    MIN = "min"
    MAX = "max"
    ABS = "abs"
    PREVIOUS = "previous"
    BASELINE = "baseline"
    SHARE = "share"
    COUNT = "count"
    CV = "cv"
    SUM = "sum"
    LOWEST = "lowest"
    HIGHEST = "highest"


SHIFTS = frozenset({Function.PREVIOUS, Function.BASELINE})
CONDITIONAL = frozenset({Function.SHARE, Function.COUNT})
ROWS = 2
"""Where a coefficient of variation has the condition for its rows."""
AGGREGATES = CONDITIONAL | {Function.CV, Function.SUM, Function.LOWEST, Function.HIGHEST}


class Level(IntEnum):
    """How loosely signs bind, the loosest first."""

    OR = 0
    AND = 1
    COMPARISON = 2
    SUM = 3
    PRODUCT = 4


SIGNS = {
    Level.OR: ("or",),
    Level.AND: ("and",),
    Level.COMPARISON: ("<=", ">=", "<", ">", "="),
    Level.SUM: ("+", "-"),
    Level.PRODUCT: ("*", "/"),
}
LEVELS = {sign: level for level, signs in SIGNS.items() for sign in signs}
# A prefix stands before an operand of its level.
PREFIXES = {"not": Level.AND, "-": Level.PRODUCT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spanned:
    start: int = field(default=0, compare=False, repr=False)
    end: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number(Spanned):
    """A literal as it was written. `unit` is the one that a bare number takes from what it stands beside."""

    value: Decimal
    is_percent: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Measure(Spanned):
    """A measure, of all stages if none is named."""

    name: str
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator(Spanned):
    """Another indicator by its code."""

    code: str


@dataclass(frozen=True, slots=True)
class Prefix(Spanned):
    """Minus, or not."""

    sign: str
    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Chain(Spanned):
    """Parts joined by signs of one level, counted from the left; there is one part more than signs."""

    signs: tuple[str, ...]
    parts: "tuple[Expression, ...]"

    @property
    def level(self) -> Level:
        return LEVELS[self.signs[0]]


@dataclass(frozen=True, slots=True)
class Call(Spanned):
    """A function of its parts. `unit` is the one in which a checked aggregate counts a row."""

    function: Function
    parts: "tuple[Expression, ...]"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Scaled(Spanned):
    """A part times a power of ten: put in by the check where units meet, never written."""

    parts: "tuple[Expression, ...]"
    exponent: int


Composite = Prefix | Chain | Call | Scaled
Expression = Number | Measure | Indicator | Composite


def is_condition(node: Expression) -> bool:
    if isinstance(node, Prefix):
        return node.sign == "not"
    return isinstance(node, Chain) and node.level <= Level.COMPARISON


def walk(node: Expression) -> Iterator[Expression]:
    """A node and all below it, in the order of the text."""
    pending = [node]
    while pending:
        found = pending.pop()
        yield found
        if isinstance(found, Composite):
            pending.extend(reversed(found.parts))
