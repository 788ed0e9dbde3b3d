"""Formulas worked out once more, slowly and by other means: fractions, units as factors, rows picked one by one."""

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from xietong.areas.indicators.rules.formula import Combine, Function
from xietong.areas.indicators.rules.formula.nodes import AGGREGATES, Call, Chain, Indicator, Measure, Number, Prefix

FACTORS = {"人": 1, "元": 1, "万元": 10_000, "1": 1, "%": Fraction(1, 100), "人/百人": Fraction(1, 100)}
NEAR = Fraction(1, 10**12)
DIGITS = 34


class Unsure(Exception):
    """Two numbers are so near each other that rounding decides."""


@dataclass
class Quantity:
    """A number of units of a factor; None has no value. Exact if no rounding to 34 digits can have changed it."""

    number: Fraction | None
    factor: Fraction = Fraction(1)
    is_bare: bool = False
    is_exact: bool = True

    def in_units_of(self, factor):
        if self.number is None or self.is_bare:
            return self.number
        return self.number * self.factor / factor


def is_short(number):
    """Whether a fraction is a decimal of few digits."""
    rest, places = number.denominator, 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    while rest % 2 == 0 or rest % 5 == 0:
        rest, places = rest // (2 if rest % 2 == 0 else 5), places + 1
    return rest == 1 and abs(number) * 10**places < 10**DIGITS


class Plain:
    """One evaluation; `missing` gathers what it would have needed."""

    def __init__(self, figures, measures, indicators):
        self.figures, self.measures, self.indicators = figures, measures, indicators
        self.missing = set()

    def formula(self, node, period):
        lacking = {key for use in self.needs(node, period, through=False) for key in self.lacks(*use)}
        return self.quantity(node, period, None, lacking)

    def rows(self, name, stages, period):
        rows = self.figures.rows(name, period)
        return {key: Fraction(str(rows[key])) for key in rows if not stages or key[1] in stages}

    def lacks(self, name, stages, period):
        there = self.figures.rows(name, period)
        wanted = [key for key in self.figures.expected(name, period) if not stages or key[1] in stages]
        return {key for key in wanted if key not in there}

    def period(self, function, period):
        return self.figures.before(period) if function == "previous" else self.figures.baseline()

    def needs(self, node, period, *, through):
        """Every (measure, stages, period), without aggregates; through indicators if asked to."""
        if isinstance(node, Measure):
            return [(node.name, node.stages, period)]
        if isinstance(node, Indicator):
            return self.needs(self.indicators[node.code].formula, period, through=True) if through else []
        if isinstance(node, Number) or (isinstance(node, Call) and node.function in AGGREGATES):
            return []
        if isinstance(node, Call) and node.function in {"previous", "baseline"}:
            period = self.period(node.function, period)
            return self.needs(node.parts[0], period, through=through) if period else [("", (), None)] * through
        return [use for part in node.parts for use in self.needs(part, period, through=through)]

    def quantity(self, node, period, key, lacking):
        found = self.worked_out(node, period, key, lacking)
        if found.number is not None:
            found.is_exact = found.is_exact and is_short(found.number)
        return found

    def worked_out(self, node, period, key, lacking):
        if isinstance(node, Number):
            share = Fraction(1, 100) if node.is_percent else 1
            return Quantity(Fraction(node.value) * share, is_bare=not node.is_percent)
        if isinstance(node, Measure):
            return self.measure(node, period, key, lacking)
        if isinstance(node, Indicator):
            facts = self.indicators[node.code]
            found = (
                self.formula(facts.formula, period)
                if key is None
                else self.quantity(facts.formula, period, key, lacking)
            )
            factor = Fraction(FACTORS[facts.unit])
            return Quantity(found.in_units_of(factor), factor, is_exact=found.is_exact)
        if isinstance(node, Call) and node.function in AGGREGATES:
            return self.aggregate(node, period)
        if isinstance(node, Call) and node.function in {"previous", "baseline"}:
            shifted = self.period(node.function, period)
            return self.quantity(node.parts[0], shifted, key, lacking) if shifted else self.unit_of(node)
        parts = [self.quantity(part, period, key, lacking) for part in node.parts]
        if isinstance(node, Prefix):
            return Quantity(None if parts[0].number is None else -parts[0].number, *self.rest(parts[0]))
        if isinstance(node, Chain) and node.signs[0] in "*/":
            return self.product(node, parts)
        return self.joined(node, parts)

    def rest(self, quantity):
        return quantity.factor, quantity.is_bare, quantity.is_exact

    def unit_of(self, node):
        """No value, in the unit that there would be: worked out on the period itself, what is missing forgotten."""
        kept = set(self.missing)
        found = self.quantity(node.parts[0], self.figures.baseline(), None, set())
        self.missing = kept
        return Quantity(None, found.factor, found.is_bare)

    def measure(self, node, period, key, lacking):
        facts = self.measures[node.name]
        factor = Fraction(FACTORS[facts.unit])
        rows = self.rows(node.name, node.stages, period)
        if key is not None:
            return Quantity(rows[key], factor)
        lost = self.lacks(node.name, node.stages, period)
        self.missing |= {(node.name, period, one) for one in lost}
        values = [value for one, value in rows.items() if one not in lacking]
        if values:
            return Quantity(max(values) if facts.combine is Combine.MAX else sum(values), factor)
        known = self.rows(node.name, (), period) or self.lacks(node.name, (), period)
        is_nought = not rows and not lost and known and facts.combine is Combine.SUM
        return Quantity(Fraction(0) if is_nought else None, factor)

    def product(self, node, parts):
        number, factor = parts[0].number, parts[0].factor
        is_exact = all(part.is_exact for part in parts)
        for sign, part in zip(node.signs, parts[1:], strict=True):
            if sign == "/" and part.number is not None and self.is_zero(part):
                number = None
            factor = factor * part.factor if sign == "*" else factor / part.factor
            if number is not None and part.number is not None:
                number = number * part.number if sign == "*" else number / part.number
                is_exact = is_exact and is_short(number)
            else:
                number = None
        return Quantity(number, factor, all(isinstance(part, Number) for part in node.parts), is_exact)

    def is_zero(self, quantity):
        if not quantity.is_exact and abs(quantity.number) < NEAR:
            raise Unsure
        return quantity.number == 0

    def joined(self, node, parts):
        factor = next((part.factor for part in parts if not part.is_bare), Fraction(1))
        numbers = [part.in_units_of(factor) for part in parts]
        rest = factor, all(part.is_bare for part in parts), all(part.is_exact for part in parts)
        if None in numbers:
            return Quantity(None, *rest)
        if isinstance(node, Call):
            return Quantity({"min": min, "max": max, "abs": lambda one: abs(one[0])}[node.function](numbers), *rest)
        signs = zip(("+", *node.signs), numbers, strict=True)
        return Quantity(sum(number if sign == "+" else -number for sign, number in signs), *rest)

    def holds(self, node, period, key):
        if isinstance(node, Prefix):
            held = self.holds(node.parts[0], period, key)
            return None if held is None else not held
        if node.signs[0] in {"and", "or"}:
            decisive = node.signs[0] == "or"
            for part in node.parts:
                held = self.holds(part, period, key)
                if held is None or held == decisive:
                    return held
            return not decisive
        left, right = (self.quantity(part, period, key, set()) for part in node.parts)
        factor = right.factor if left.is_bare else left.factor
        a, b = left.in_units_of(factor), right.in_units_of(factor)
        if a is None or b is None:
            return None
        if not (left.is_exact and right.is_exact) and abs(a - b) <= NEAR * max(1, abs(a), abs(b)):
            raise Unsure
        return {"<=": a <= b, ">=": a >= b, "<": a < b, ">": a > b, "=": a == b}[node.signs[0]]

    def aggregate(self, node, period):
        uses = [use for part in node.parts for use in self.needs(part, period, through=True)]
        factor = Fraction(1)
        if node.function in {Function.SUM, Function.LOWEST, Function.HIGHEST}:
            factor = self.factor(node.parts[0])
        is_bare = node.function is Function.COUNT
        if any(period is None for *_, period in uses):
            return Quantity(None, factor, is_bare)
        concerned = [{*self.rows(*use), *self.lacks(*use)} for use in uses]
        keys = sorted(set.intersection(*concerned))
        lost = {(name, at, key) for name, stages, at in uses for key in keys if key in self.lacks(name, stages, at)}
        self.missing |= lost
        gone = {key for *_, key in lost}
        rows = [row for key in keys if key not in gone and (row := self.row(node, period, key)) is not None]
        if not rows:
            known = all(self.rows(name, (), at) or self.lacks(name, (), at) for name, _, at in uses)
            is_nought = not keys and known and node.function in {Function.COUNT, Function.SUM}
            return Quantity(Fraction(0) if is_nought else None, factor, is_bare)
        return self.reduced(node, rows, factor, is_bare=is_bare)

    def factor(self, node):
        """The factor of a part, from a row that there need not be."""
        if isinstance(node, Measure):
            return Fraction(FACTORS[self.measures[node.name].unit])
        if isinstance(node, Indicator):
            return Fraction(FACTORS[self.indicators[node.code].unit])
        if isinstance(node, Number):
            return None if not node.is_percent else Fraction(1)
        factors = [self.factor(part) for part in node.parts]
        if isinstance(node, Chain) and node.signs[0] in "*/":
            found = factors[0] or Fraction(1)
            for sign, factor in zip(node.signs, factors[1:], strict=True):
                found = found * (factor or 1) if sign == "*" else found / (factor or 1)
            return None if all(isinstance(part, Number) for part in node.parts) and set(factors) == {None} else found
        return next((factor for factor in factors if factor is not None), None)

    def row(self, node, period, key):
        if node.function in {Function.SHARE, Function.COUNT}:
            held = self.holds(node.parts[0], period, key)
            return None if held is None else [Quantity(Fraction(int(held)))]
        if len(node.parts) > 2 and not self.holds(node.parts[2], period, key):
            return None
        row = [self.quantity(part, period, key, set()) for part in node.parts[:2]]
        if any(one.number is None for one in row):
            return None
        if node.function is Function.CV and (self.is_zero(row[1]) or row[1].number < 0):
            return None
        return row

    def reduced(self, node, rows, factor, *, is_bare):
        first = [row[0].number for row in rows]
        is_exact = all(one.is_exact for row in rows for one in row)
        if node.function is Function.CV:
            return self.variation(rows)
        number = {
            Function.SHARE: lambda: sum(first) / len(first),
            Function.COUNT: lambda: sum(first),
            Function.SUM: lambda: sum(first),
            Function.LOWEST: lambda: min(first),
            Function.HIGHEST: lambda: max(first),
        }[node.function]()
        return Quantity(number, factor, is_bare, is_exact)

    def variation(self, rows):
        weight, whole = sum(row[1].number for row in rows), sum(row[0].number for row in rows)
        is_exact = all(one.is_exact for row in rows for one in row)
        if self.is_zero(Quantity(whole, is_exact=is_exact)):
            return Quantity(None)
        mean = whole / weight
        squares = sum(row[1].number * (row[0].number / row[1].number - mean) ** 2 for row in rows) / weight
        root = Fraction(isqrt(int(squares * 10**80)), 10**40)
        return Quantity(root / mean, is_exact=False)
