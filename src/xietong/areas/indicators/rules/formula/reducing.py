"""From the rows of an aggregate to its value. A row is the values of its parts, a condition 1 or 0."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from xietong.areas.indicators.rules.formula.facts import Combine
from xietong.areas.indicators.rules.formula.nodes import Function

Row = tuple[Decimal, ...]


def total(rows: Sequence[Row]) -> Decimal:
    return sum((row[0] for row in rows), Decimal(0))


def share(rows: Sequence[Row]) -> Decimal:
    return total(rows) / len(rows)


def lowest(rows: Sequence[Row]) -> Decimal:
    return min(row[0] for row in rows)


def highest(rows: Sequence[Row]) -> Decimal:
    return max(row[0] for row in rows)


def variation(rows: Sequence[Row]) -> Decimal:
    """差异系数 S / X̄ with S² = Σ Pᵢ (Rᵢ / Pᵢ - X̄)² / Σ Pᵢ and X̄ = Σ Rᵢ / Σ Pᵢ; a row is (R, P), P above zero (B2).

    The mean, not zero, is that of all pupils together and not of the schools.
    """
    weight = sum((p for _, p in rows), Decimal(0))
    mean = total(rows) / weight
    squares = sum((p * (r / p - mean) ** 2 for r, p in rows), Decimal(0))
    return (squares / weight).sqrt() / mean


REDUCE: Mapping[Function, Callable[[Sequence[Row]], Decimal]] = {
    Function.SHARE: share,
    Function.COUNT: total,
    Function.SUM: total,
    Function.LOWEST: lowest,
    Function.HIGHEST: highest,
    Function.CV: variation,
}
COMBINE: Mapping[Combine, Callable[[Sequence[Decimal]], Decimal]] = {
    Combine.SUM: lambda values: sum(values, Decimal(0)),
    Combine.MAX: max,
    Combine.MIN: min,
}
