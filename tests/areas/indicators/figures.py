"""A small county for formulas: four schools, and a table of figures to be changed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from xietong.areas.indicators.rules.formula import (
    Checked,
    Combine,
    FormulaError,
    Grain,
    IndicatorFacts,
    MeasureFacts,
    Outcome,
    check,
    evaluate,
    parse,
)

A, B, C, D = (1, "primary"), (2, "primary"), (3, "middle"), (4, "middle")
THIS, BEFORE, FIRST = "2025-2026", "2024-2025", "2020-2021"

MEASURES = {
    "pupils": MeasureFacts("在校生", "人"),
    "teachers": MeasureFacts("专任教师", "人"),
    "teaching_area": MeasureFacts("教学及辅助用房面积", "平方米"),
    "equipment_value": MeasureFacts("教学仪器设备值", "万元"),
    "fees": MeasureFacts("公用经费", "元"),
    "class_size": MeasureFacts("最大班额", "人", combine=Combine.MAX),
    "oldest_room": MeasureFacts("最早建成年", "年", combine=Combine.MIN),
    "rating": MeasureFacts("办学评分", "分", combine=Combine.NONE),
    "pass_rate": MeasureFacts("合格率", "%", combine=Combine.NONE),
    "revenue": MeasureFacts("一般公共预算教育经费", "亿元", Grain.COUNTY),
    "growth": MeasureFacts("经济增长率", "%", Grain.COUNTY, Combine.NONE),
}
INDICATORS = {
    "RATIO": IndicatorFacts("师生比", "人/百人", parse("teachers / pupils")),
    "WORTH": IndicatorFacts("生均设备值", "元/人", parse("equipment_value / pupils")),
    "SMALL": IndicatorFacts("小班学校占比", "%", parse("share(class_size <= 45)")),
    "SATISFIED": IndicatorFacts("满意度", "%"),
}
ROWS = {
    "pupils": {A: 100, B: 200, C: 300, D: 400},
    "teachers": {A: 8, B: 10, C: 24, D: 36},
    "teaching_area": {A: 450, B: 800.5, C: 1200, D: 2300.25},
    "equipment_value": {A: 20, B: 30.5, C: 90, D: 60},
    "fees": {A: 1000, B: 2000, C: 3000, D: 4000},
    "class_size": {A: 30, B: 45, C: 46, D: 50},
    "oldest_room": {A: 1998, B: 2005, C: 1987, D: 2012},
    "rating": {A: 80, B: 85, C: 90, D: 70},
    "pass_rate": {A: 90, B: 84.9, C: 85, D: 99},
    "revenue": {(9, ""): 1.5},
    "growth": {(9, ""): 4.5},
}


@dataclass
class Figures:
    """Rows by measure and period; without another word every row of the first year is expected in each."""

    table: dict[tuple[str, str], dict[tuple[int, str], float]] = field(default_factory=dict)
    wanted: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    values: dict[tuple[str, str], float] = field(default_factory=dict)
    earlier: dict[str, str] = field(default_factory=lambda: {THIS: BEFORE})
    first: str | None = FIRST

    def rows(self, measure, period):
        return self.table.get((measure, period), {})

    def expected(self, measure, period):
        return self.wanted.get(measure, [])

    def entered(self, code, period):
        return self.values.get((code, period))

    def before(self, period):
        return self.earlier.get(period)

    def baseline(self):
        return self.first


def county(**changes):
    """The county this year, the same the year before with half of everything; `changes` replace rows of this year."""
    now = {measure: dict(changes.get(measure, rows)) for measure, rows in ROWS.items()}
    table = {(measure, THIS): rows for measure, rows in now.items()}
    table |= {(name, BEFORE): {key: value / 2 for key, value in rows.items()} for name, rows in ROWS.items()}
    return Figures(table, {measure: list(rows) for measure, rows in ROWS.items()}, {("SATISFIED", THIS): 91.5})


def checked(text: str, unit: str = "1", **indicators) -> Checked:
    return check(parse(text), MEASURES, {**INDICATORS, **indicators}, unit)


def outcome(text: str, unit: str = "1", figures: Figures | None = None) -> Outcome:
    return evaluate(checked(text, unit), figures or county(), THIS)


def value(text: str, unit: str = "1", figures: Figures | None = None) -> float | None:
    return outcome(text, unit, figures).value


def fault(work: Callable[[], object]) -> FormulaError | None:
    """What is wrong with a formula, if anything."""
    try:
        work()
    except FormulaError as error:
        return error
    return None
