"""What a formula may say: names that are there, units that go together, rows where rows are asked for."""

from typing import Any

import pytest

from tests.areas.indicators.figures import MEASURES, checked, value
from xietong.areas.indicators.rules.formula import (
    FormulaError,
    IndicatorFacts,
    MeasureFacts,
    Unit,
    check,
    order,
    parse,
)

pytestmark = pytest.mark.once


def refused(text: str, unit: str = "1", **indicators: IndicatorFacts) -> tuple[str, str, dict[str, Any]]:
    with pytest.raises(FormulaError) as found:
        checked(text, unit, **indicators)
    error = found.value
    return error.code, text[error.start : error.end], error.values


@pytest.mark.parametrize(
    ("text", "dimension", "exponent", "label"),
    [
        ("人", (("人", 1),), 0, "人"),
        ("", (), 0, ""),
        ("1", (), 0, ""),
        ("%", (), -2, "%"),
        ("百分点", (), -2, "百分点"),
        ("人/百人", (), -2, "人/百人"),
        ("平方米/人", (("人", -1), ("平方米", 1)), 0, "平方米/人"),
        ("㎡／名", (("人", -1), ("平方米", 1)), 0, "㎡/名"),
        ("万元", (("元", 1),), 4, "万元"),
        ("万元/百人", (("人", -1), ("元", 1)), 2, "万元/百人"),
        ("元/人·年", (("人", -1), ("元", 1), ("年", -1)), 0, "元/人·年"),
        (" 元 /（人·年）", (("人", -1), ("元", 1), ("年", -1)), 0, "元/人·年"),
        ("元/人/年", (("人", -1), ("元", 1), ("年", -1)), 0, "元/人·年"),
        ("1/人", (("人", -1),), 0, "1/人"),
        ("人·人", (("人", 2),), 0, "人·人"),
        ("人/人", (), 0, ""),
        ("册", (("册", 1),), 0, "册"),
    ],
)
def test_units_have_a_dimension_and_a_power_of_ten(
    text: str, dimension: tuple[tuple[str, int], ...], exponent: int, label: str
) -> None:
    unit = Unit.parse(text)
    assert (unit.dimension, unit.exponent, unit.label) == (dimension, exponent, label)


def test_a_unit_divided_by_itself_is_a_pure_number() -> None:
    assert Unit.parse("人·元/元·人") == Unit.parse("1") == Unit()


@pytest.mark.parametrize("unit", ["元/", "元//人", "·元", "元/(人", "元/(人/年)", "元（年）"])
def test_a_unit_that_is_none_is_refused(unit: str) -> None:
    assert refused("pupils", unit) == ("bad_unit", "", {"unit": unit})


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("pupils + teachers", "人"),
        ("pupils", "百人"),
        ("teachers / pupils", "%"),
        ("teachers / pupils", "人/百人"),
        ("equipment_value / pupils", "元/人"),
        ("equipment_value - fees", "亿元"),
        ("max(equipment_value, fees)", "元"),
        ("pupils * pupils / teachers", "人"),
        ("pupils - 45", "人"),
        ("1 + 2 - 3", "所"),
        ("pupils - 2 * 45 / 3", "人"),
        ("count(pupils > 1) / count(pupils > 0)", "%"),
        ("-(1 + 2) + pupils", "人"),
        ("max(0, pupils - previous(pupils))", "人"),
        ("count(pupils > 100) - previous(count(pupils > 100))", "所"),
        ("count(class_size <= 45) + 1", "个"),
        ("share(pass_rate >= 85 % and pupils / teachers < 19)", "%"),
        ("share(pass_rate > 0)", "1"),
        ("100 % - @SATISFIED", "%"),
        ("@SATISFIED - previous(@SATISFIED)", "百分点"),
        ("cv(teaching_area, pupils)", "1"),
        ("cv(teaching_area, pupils, class_size <= 45)", "1"),
        ("sum(teaching_area)", "万平方米"),
        ("lowest(rating) - highest(rating)", "分"),
        ("revenue / pupils", "元/人"),
        ("growth", "%"),
        ("share(@RATIO >= 5 %)", "%"),
        ("sum(pupils) / pupils", "1"),
    ],
)
def test_check_lets_pass_what_means_something(text: str, unit: str) -> None:
    assert checked(text, unit).unit == unit


@pytest.mark.parametrize(
    ("text", "unit", "code", "wrong", "values"),
    [
        ("pupls", "人", "unknown_measure", "pupls", {"name": "pupls", "likely": ("pupils",)}),
        ("2 * 专任老师", "人", "unknown_measure", "专任老师", {"name": "专任老师", "likely": ("teachers",)}),
        ("@RATE", "%", "unknown_indicator", "@RATE", {"name": "RATE", "likely": ("RATIO",)}),
        ("pupils", "平方米", "unit_mismatch", "pupils", {"found": "人", "wanted": "平方米"}),
        ("pupils / fees", "1", "unit_mismatch", "pupils / fees", {"found": "人/元", "wanted": ""}),
        ("pupils + fees", "人", "unit_mismatch", "fees", {"found": "元", "wanted": "人"}),
        ("1 + pupils - fees", "人", "unit_mismatch", "fees", {"found": "元", "wanted": "人"}),
        ("2 * 5 % + pupils", "人", "unit_mismatch", "pupils", {"found": "人", "wanted": ""}),
        ("pupils + 5 %", "人", "unit_mismatch", "5 %", {"found": "", "wanted": "人"}),
        ("min(pupils, fees)", "人", "unit_mismatch", "fees", {"found": "元", "wanted": "人"}),
        ("count(pupils > fees)", "1", "unit_mismatch", "fees", {"found": "元", "wanted": "人"}),
        ("share(pass_rate >= 85)", "%", "ambiguous_number", "85", {"unit": "%"}),
        ("1 - @SATISFIED", "%", "ambiguous_number", "1", {"unit": "%"}),
        ("85", "%", "ambiguous_number", "85", {"unit": "%"}),
        ("count(pupils > 1)", "%", "ambiguous_number", "count(pupils > 1)", {"unit": "%"}),
        ("pupils / 0", "人", "divides_by_zero", "0", {}),
        ("pupils * 2 / (1 - 0.5 * 2)", "人", "divides_by_zero", "1 - 0.5 * 2", {}),
        ("count(pupils / min(0, 1) > 1)", "1", "divides_by_zero", "min(0, 1)", {}),
        ("share(count(pupils > 1) > 2)", "1", "nested_aggregate", "count(pupils > 1)", {"function": "count"}),
        ("count(1 > 0)", "1", "nothing_to_count", "count(1 > 0)", {"function": "count"}),
        (
            "count(pupils[primary] > 1 or pupils[middle] > 2)",
            "1",
            "stages_apart",
            "count(pupils[primary] > 1 or pupils[middle] > 2)",
            {"function": "count"},
        ),
        ("count(revenue > 1)", "1", "not_by_row", "revenue", {"name": "revenue"}),
        ("count(@SATISFIED > 1 %)", "1", "not_by_row", "@SATISFIED", {"name": "@SATISFIED"}),
        ("rating", "分", "not_additive", "rating", {"name": "rating"}),
        ("revenue[primary]", "元", "no_stages", "revenue[primary]", {"name": "revenue"}),
    ],
)
def test_check_says_what_is_wrong_and_where(
    text: str, unit: str, code: str, wrong: str, values: dict[str, object]
) -> None:
    assert refused(text, unit) == (code, wrong, values)


def test_a_bare_number_takes_the_unit_of_what_it_stands_beside() -> None:
    assert value("equipment_value - 0.5", "元") == 2_000_000
    assert value("pupils - 1", "百人") == 9.99
    assert value("count(equipment_value >= 30.5)") == 3


def test_an_indicator_with_a_fault_is_named_with_its_own_error() -> None:
    broken = IndicatorFacts("", "人", parse("pupils + fees"))
    code, wrong, values = refused("1 + @BROKEN", BROKEN=broken)
    assert (code, wrong, values["indicator"]) == ("broken_indicator", "@BROKEN", "BROKEN")
    assert (values["why"].code, values["why"].start, values["why"].end) == ("unit_mismatch", 9, 13)

    above = IndicatorFacts("", "人", parse("2 * @BROKEN"))
    code, wrong, values = refused("1 + @ABOVE", ABOVE=above, BROKEN=broken)
    assert (code, wrong, values["indicator"]) == ("broken_indicator", "@ABOVE", "BROKEN")


def test_an_indicator_may_be_right_by_itself_and_wrong_inside_an_aggregate() -> None:
    assert checked("100 % - @SMALL", "%")
    code, wrong, values = refused("count(@SMALL > 50 %)")
    assert (code, wrong, values["indicator"], values["why"].code) == (
        "broken_indicator",
        "@SMALL",
        "SMALL",
        "nested_aggregate",
    )


def test_stages_of_an_indicator_count_inside_an_aggregate() -> None:
    primary = IndicatorFacts("", "人", parse("pupils[primary]"))
    assert checked("count(@P > 1 and teachers[primary] > 1)", P=primary)
    assert refused("count(@P > 1 and teachers[middle] > 1)", P=primary)[0] == "stages_apart"


def test_order_puts_each_behind_what_it_refers_to() -> None:
    formulas = {code: parse(text) for code, text in {"C": "@B + @A", "B": "@A + @E", "A": "1", "D": "2"}.items()}
    found = order(formulas)
    assert sorted(found) == ["A", "B", "C", "D"]
    assert found.index("A") < found.index("B") < found.index("C")


@pytest.mark.parametrize(
    ("formulas", "codes"),
    [
        ({"A": "@A"}, ["A", "A"]),
        ({"A": "1 + @B", "B": "previous(@A)"}, ["A", "B", "A"]),
        ({"A": "@B", "B": "@C + @D", "C": "@D", "D": "@B"}, ["B", "C", "D", "B"]),
    ],
)
def test_order_names_the_circle_in_its_order(formulas: dict[str, str], codes: list[str]) -> None:
    with pytest.raises(FormulaError) as found:
        order({code: parse(text) for code, text in formulas.items()})
    *circle, again = found.value.values["codes"]
    assert (found.value.code, again) == ("cycle", circle[0])
    assert all(f"@{after}" in formulas[before] for before, after in zip(circle, [*circle[1:], again], strict=True))
    assert set(circle) <= set(codes)


def test_check_refuses_an_indicator_that_comes_back_to_itself() -> None:
    indicators = {
        "A": IndicatorFacts("", "1", parse("1")),
        "B": IndicatorFacts("", "1", parse("@C")),
        "C": IndicatorFacts("", "1", parse("2 + @A")),
    }
    assert check(parse("1 + @B"), MEASURES, indicators, "1", code="D")
    with pytest.raises(FormulaError) as found:
        check(parse("1 + @B"), MEASURES, indicators, "1", code="A")
    assert (found.value.start, found.value.end, found.value.values) == (4, 6, {"codes": ("A", "B", "C", "A")})


@pytest.mark.parametrize("code", ["A", "B", "C"])
def test_check_names_a_circle_from_the_indicator_itself_on(code: str) -> None:
    needs = {"A": "B", "B": "C", "C": "A"}
    indicators = {one: IndicatorFacts("", "1", parse(f"@{other}")) for one, other in needs.items()}
    with pytest.raises(FormulaError) as found:
        check(parse(f"@{needs[code]}"), MEASURES, indicators, "1", code=code)
    assert found.value.values == {"codes": (code, needs[code], needs[needs[code]], code)}


def test_check_names_a_circle_that_others_make() -> None:
    indicators = {
        "A": IndicatorFacts("", "1", parse("@B")),
        "B": IndicatorFacts("", "1", parse("@A")),
        "C": IndicatorFacts("", "1", parse("@B")),
    }
    for text, place in (("3 + @C", (0, 6)), ("3 + @A", (4, 6))):
        with pytest.raises(FormulaError) as found:
            check(parse(text), MEASURES, indicators, "1", code="D")
        assert (found.value.code, found.value.start, found.value.end) == ("cycle", *place)
        assert set(found.value.values["codes"]) == {"A", "B"}


def test_check_bears_indicators_that_rest_on_each_other_a_thousand_times() -> None:
    chain = {f"I{n}": IndicatorFacts("", "1", parse(f"@I{n + 1} + @I{n + 1}")) for n in range(1000)}
    chain["I1000"] = IndicatorFacts("", "1", parse("teachers / pupils"))
    assert checked("@I980", **chain)
    code, wrong, values = refused("1 - @I0", **chain)
    assert (code, wrong, values["why"].code) == ("broken_indicator", "@I0", "too_deep")
    assert refused("1 - (1 - (1 - (1 - (1 - @I972))))", **chain)[0] == "too_deep"


def test_facts_of_all_that_is_used_are_kept() -> None:
    found = checked("@WORTH / fees * pupils[primary]")
    assert set(found.measures) == {"fees", "pupils", "equipment_value"}
    assert set(found.indicators) == {"WORTH"}


def test_a_measure_with_an_impossible_unit_is_refused() -> None:
    with pytest.raises(FormulaError) as found:
        check(parse("odd"), {"odd": MeasureFacts("怪", "元//")}, {}, "元")
    assert (found.value.code, found.value.values) == ("bad_unit", {"unit": "元//"})
