"""Stored measures as formulas read them, for a county or for one school of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from xietong.areas.indicators.models import Indicator, Reading
from xietong.areas.indicators.rules.formula import (
    Checked,
    Combine,
    Expression,
    FormulaError,
    Grain,
    IndicatorFacts,
    MeasureFacts,
    Names,
    UnitKey,
    check,
    is_compared,
    looks_back,
    names,
    parse,
)
from xietong.areas.indicators.rules.periods import is_month, shifted
from xietong.kit.measures import declare
from xietong.kit.measures.values import Values, values

SCHOOLS = "schools"
"""The measure that says which schools and stages there are: what lacks a figure is told by it."""


def measure_facts() -> dict[str, MeasureFacts]:
    """Every published measure, as formulas are checked against it."""
    return {
        one.name: MeasureFacts(
            str(one.label),
            one.unit,
            Grain.SCHOOL if publication.grain is declare.Grain.SCHOOL_YEAR else Grain.COUNTY,
            Combine(one.combine.value),
        )
        for publication in declare.PUBLICATIONS
        for one in publication.measures
    }


@lru_cache(maxsize=2000)
def parsed(text: str) -> Expression:
    return parse(text)


def indicator_facts(rows: Iterable[Indicator]) -> dict[str, IndicatorFacts]:
    return {
        row.code: IndicatorFacts(row.name, row.unit, parsed(row.formula) if row.formula else None) for row in rows
    }


def checked(row: Indicator, all_rows: Iterable[Indicator]) -> Checked:
    """The formula of an indicator, made ready.

    Raises
        FormulaError: it does not hold among the measures and indicators that there are.
    """
    return check(parsed(row.formula), measure_facts(), indicator_facts(all_rows), row.unit, code=row.code)


@dataclass(frozen=True, slots=True)
class Needs:
    """What the value of an indicator stands on, through other indicators too.

    `is_compared` where it looks at other periods than its own; `back` is how many periods back at most.
    """

    measures: frozenset[str]
    indicators: frozenset[str]
    is_compared: bool
    back: int


def needs_of(rows: Iterable[Indicator]) -> dict[str, Needs]:
    """Of every indicator that is worked out."""
    formulas = {row.code: parsed(row.formula) for row in rows if row.formula}
    own: dict[str, Names] = {code: names(one) for code, one in formulas.items()}

    def below(code: str) -> list[str]:
        """An indicator and those that it refers to, each once, but for those that are reported."""
        found: dict[str, None] = {}
        pending = [code]
        while pending:
            one = pending.pop()
            if one in own and one not in found:
                found[one] = None
                pending.extend(own[one].indicators)
        return list(found)

    return {code: needs([own[one] for one in below(code)], [formulas[one] for one in below(code)]) for code in own}


def needs(named: Sequence[Names], formulas: Sequence[Expression]) -> Needs:
    return Needs(
        frozenset(name for one in named for name in one.measures),
        frozenset(code for one in named for code in one.indicators),
        any(map(is_compared, formulas)),
        sum(map(looks_back, formulas)),
    )


def measures_of(rows: Iterable[Indicator]) -> dict[str, frozenset[str]]:
    """Indicator → the measures that its value stands on, through other indicators too."""
    return {code: one.measures for code, one in needs_of(rows).items()}


@dataclass(frozen=True)
class Figures:
    """The `Data` of formulas: values of one county, narrowed to one school where `school` is given."""

    held: Values
    entered_values: Mapping[tuple[str, int], float] = field(default_factory=dict)
    baseline_period: int | None = None
    school: int | None = None

    def rows(self, measure: str, period: str) -> Mapping[UnitKey, float]:
        found = self.held.rows(measure, int(period))
        return found if self.school is None else {key: one for key, one in found.items() if key[0] == self.school}

    def expected(self, measure: str, period: str) -> Collection[UnitKey]:
        """Every school and stage of the period that the measure is about; of a month, the county."""
        if is_month(int(period)):
            return {(0, "")}
        stages = stages_of_measures().get(measure, ())
        return {key for key in self.rows(SCHOOLS, period) if not stages or key[1] in stages}

    def entered(self, code: str, period: str) -> float | None:
        return self.entered_values.get((code, int(period)))

    def before(self, period: str) -> str | None:
        return str(shifted(int(period), -1))

    def baseline(self) -> str | None:
        return str(self.baseline_period) if self.baseline_period else None


def based(data: Figures, period: int | None) -> Figures:
    """The same, compared with another baseline."""
    return replace(data, baseline_period=period)


def of_school(data: Figures, school: int) -> Figures:
    """The same, narrowed to one school."""
    return replace(data, school=school)


def stages_of_measures() -> dict[str, tuple[str, ...]]:
    return {one.name: one.stages for one in declare.measures()}


def figures(county_id: int, measures: Iterable[str], periods: Iterable[int], codes: Iterable[str] = ()) -> Figures:
    """What formulas need of a county, in two queries."""
    wanted = list(periods)
    held = values(county_id, {*measures, SCHOOLS}, wanted)
    rows = Reading.objects.filter(
        county_id=county_id, unit=None, period__in=wanted, indicator__code__in=list(codes), state__in=Reading.COUNTS
    ).values_list("indicator__code", "period", "value")
    entered = {(code, period): float(value) for code, period, value in rows if value is not None}
    return Figures(held, entered)


def problem_of(row: Indicator, others: Iterable[Indicator]) -> FormulaError | None:
    """What is wrong with a formula, if there is one and anything is."""
    try:
        if row.formula:
            checked(row, [*others, row])
    except FormulaError as error:
        return error
    return None
