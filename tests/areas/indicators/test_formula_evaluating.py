"""What a formula is worth: pooled over its scope, by the row inside aggregates, and what stands in the way."""

import sys
from decimal import Decimal

import pytest

from tests.areas.indicators.figures import (
    BEFORE,
    FIRST,
    INDICATORS,
    MEASURES,
    ROWS,
    THIS,
    A,
    B,
    C,
    D,
    Figures,
    county,
    outcome,
    value,
)
from xietong.areas.indicators.rules.formula import (
    IndicatorFacts,
    Input,
    Missing,
    Outcome,
    Reason,
    Stage,
    Tally,
    Undefined,
    check,
    evaluate,
    parse,
)

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("teachers / pupils", "人/百人", 7.8),
        ("teachers / pupils", "%", 7.8),
        ("teachers / pupils", "1", 0.078),
        ("pupils / teachers", "1", 1000 / 78),
        ("equipment_value / pupils", "元/人", 2005),
        ("equipment_value / pupils", "万元/百人", 20.05),
        ("pupils[primary]", "人", 300),
        ("pupils[middle, primary] - pupils[middle]", "人", 300),
        ("pupils[special] / pupils", "%", 0),
        ("teachers[middle] / pupils[middle]", "人/百人", 60 / 7),
        ("class_size", "人", 50),
        ("oldest_room[primary]", "年", 1998),
        ("revenue", "万元", 15_000),
        ("growth", "%", 4.5),
        ("revenue / pupils", "万元/人", 15),
        ("-pupils + 2 * teachers", "人", -844),
        ("abs(teachers - pupils)", "人", 922),
        ("min(teachers, pupils, 50)", "人", 50),
        ("max(0, teachers - pupils)", "人", 0),
        ("(pupils - previous(pupils)) / previous(pupils)", "%", 100),
        ("0.1 + 0.2 - 0.3", "1", 0),
        ("share(class_size <= 45)", "%", 50),
        ("share(class_size <= 45 or pupils = 300)", "%", 75),
        ("share(not class_size > 45 and pupils > 100)", "%", 25),
        ("share(class_size[middle] < 50)", "%", 50),
        ("count(class_size >= 46)", "所", 2),
        ("count(pupils[special] > 10)", "所", 0),
        ("sum(pupils[special])", "人", 0),
        ("sum(max(0, class_size - 45))", "人", 6),
        ("lowest(teachers / pupils)", "人/百人", 5),
        ("highest(teachers / pupils)", "人/百人", 9),
        ("lowest(rating)", "分", 70),
        ("share(pass_rate >= 85 %)", "%", 75),
        ("share(teachers / pupils >= 8 %)", "%", 75),
        ("count(equipment_value / pupils >= 0.15)", "所", 4),
        ("count(equipment_value / pupils >= fees * 200 / pupils)", "所", 2),
        ("@RATIO", "人/百人", 7.8),
        ("100 % - @SATISFIED", "%", 8.5),
        ("@SMALL - 10 %", "百分点", 40),
        ("share(@RATIO >= 8 %)", "%", 75),
        ("@RATIO / previous(@RATIO)", "1", 1),
        ("previous(share(class_size <= 23))", "%", 75),
        ("count(pupils > previous(pupils))", "1", 4),
    ],
)
def test_evaluate_gives_the_value_in_the_unit_of_the_indicator(text: str, unit: str, expected: float) -> None:
    found = outcome(text, unit)
    assert found.value == pytest.approx(expected, rel=1e-15)
    assert (found.missing, found.undefined) == ((), ())


def test_a_school_line_is_its_own_ratio_and_the_county_line_the_pooled_one() -> None:
    school = Figures({(name, THIS): {key: ROWS[name][key] for key in (B, C)} for name in ("pupils", "teachers")})
    assert value("teachers / pupils", "人/百人", school) == 6.8
    assert value("teachers / pupils", "人/百人") == 7.8


def test_limits_are_met_exactly() -> None:
    """In doubles 0.1 + 0.2 is above 0.3, and 0.07 of ten thousand above 700."""
    figures = county(
        teaching_area={A: 0.1}, fees={A: 700, B: 1, C: 1, D: 1}, equipment_value={A: 0.07, B: 1, C: 1, D: 1}
    )
    figures.wanted["teaching_area"] = []
    assert value("count(teaching_area + 0.2 <= 0.3)", "1", figures) == 1
    assert value("count(equipment_value <= fees)", "1", figures) == 1
    assert value("count(equipment_value <= 0.07)", "1", figures) == 1
    assert value("teaching_area + 0.2", "平方米", figures) == 0.3


def test_decimals_are_taken_as_they_are() -> None:
    figures = county(fees={A: Decimal("0.10"), B: Decimal("0.2")})
    figures.wanted["fees"] = []
    assert value("fees", "元", figures) == 0.3


def test_variation_is_weighted_by_pupils() -> None:
    """The worked example of the county balance rules (B2): X̄ 6.3344, S 3.2639, CV 0.51526."""
    keys = [(number, "primary") for number in range(5)]
    pupils = dict(zip(keys, (45, 37, 89, 76, 55), strict=True))
    books = dict(zip(keys, (279, 137, 935, 160, 402), strict=True))
    figures = Figures({("pupils", THIS): pupils, ("fees", THIS): books})

    found = outcome("cv(fees, pupils)", "1", figures)

    assert found.value == pytest.approx(0.5152566, abs=5e-8)
    assert found.tallies[0].unit == "元/人"
    assert found.tallies[0].values[0] == ((0, "primary"), 6.2)


def test_variation_without_weights_counts_schools() -> None:
    figures = Figures({("fees", THIS): {A: 1, B: 3}})
    assert value("cv(fees, 1)", "1", figures) == 0.5


def test_variation_goes_through_the_rows_of_which_a_condition_holds() -> None:
    figures = Figures({("fees", THIS): {A: 1, B: 3, C: 500}, ("pupils", THIS): {A: 50, B: 50, C: 49}})
    found = outcome("cv(fees, 1, pupils >= 50)", "1", figures)
    assert (found.value, found.undefined, found.missing) == (0.5, (), ())
    assert [key for key, _value in found.tallies[0].values] == [A, B]
    assert value("cv(fees, 1, pupils > 500)", "1", figures) is None


def test_variation_leaves_out_rows_that_weigh_nothing_and_has_no_value_about_nought() -> None:
    figures = Figures({("fees", THIS): {A: 1, B: 3, C: 5}, ("pupils", THIS): {A: 1, B: 1, C: 0}})
    assert outcome("cv(fees, pupils)", "1", figures).undefined == (Undefined(Reason.ZERO, "pupils", THIS, C),)
    assert value("cv(fees, pupils)", "1", figures) == 0.5

    nought = Figures({("fees", THIS): {A: 0, B: 0}})
    found = outcome("cv(fees, 1)", "1", nought)
    assert (found.value, found.undefined) == (None, (Undefined(Reason.ZERO, "fees", THIS, None),))


def test_previous_and_baseline_change_the_period_of_all_that_is_in_them() -> None:
    figures = county()
    figures.table["pupils", FIRST] = {A: 1, B: 2, C: 3, D: 4}
    figures.earlier[FIRST] = "2019-2020"
    figures.table["pupils", "2019-2020"] = {A: 7, B: 7, C: 7, D: 7}

    assert value("pupils - baseline(pupils)", "人", figures) == 990
    assert value("baseline(previous(pupils))", "人", figures) == 28
    assert value("previous(baseline(pupils))", "人", figures) == 10
    assert value("sum(baseline(pupils) + previous(pupils))", "人", figures) == 510


def test_without_an_earlier_period_there_is_no_value() -> None:
    figures = county()
    figures.first = None
    for text, part in (
        ("pupils + baseline(pupils)", "baseline(pupils)"),
        ("pupils + previous(previous(pupils))", "previous(pupils)"),
        ("sum(pupils + previous(previous(pupils)))", "sum(pupils + previous(previous(pupils)))"),
    ):
        found = outcome(text, "人", figures)
        assert found.value is None
        assert [(one.reason, one.part) for one in found.undefined] == [(Reason.NO_PERIOD, part)]


def test_inputs_name_each_use_down_to_its_rows() -> None:
    assert outcome("pupils[primary] / pupils + 0 * previous(class_size) / class_size").inputs == (
        Input("pupils", THIS, (Stage.PRIMARY,), 300, (A, B)),
        Input("pupils", THIS, (), 1000, (A, B, C, D)),
        Input("class_size", BEFORE, (), 25, (A, B, C, D)),
        Input("class_size", THIS, (), 50, (A, B, C, D)),
    )
    assert outcome("@SATISFIED", "%").inputs == (Input("@SATISFIED", THIS, total=91.5),)


def test_tallies_tell_how_each_row_fared() -> None:
    found = outcome("share(class_size <= 45) * lowest(equipment_value / pupils)", "元/人")
    assert found.tallies == (
        Tally("share(class_size <= 45)", THIS, "", ((A, 1), (B, 1), (C, 0), (D, 0))),
        Tally("lowest(equipment_value / pupils)", THIS, "万元/人", ((A, 0.2), (B, 0.1525), (C, 0.3), (D, 0.15))),
    )
    assert [(one.name, one.total) for one in found.inputs] == [
        ("class_size", 50),
        ("equipment_value", 200.5),
        ("pupils", 1000),
    ]
    assert outcome("lowest(rating)", "分").inputs == (Input("rating", THIS, (), None, (A, B, C, D)),)


def test_a_unit_that_lacks_a_measure_is_left_out_of_the_whole_formula_and_named() -> None:
    figures = county(teachers={A: 8, B: 10, D: float("nan")})
    found = outcome("teachers / pupils", "%", figures)
    assert found == Outcome(
        6.0,
        (Missing("teachers", THIS, C), Missing("teachers", THIS, D)),
        (),
        (Input("teachers", THIS, (), 18, (A, B), (C, D)), Input("pupils", THIS, (), 300, (A, B))),
    )


def test_each_indicator_leaves_out_what_it_lacks_itself() -> None:
    figures = county(teachers={A: 8, B: 10, C: 24})
    assert value("@RATIO", "%", figures) == 7.0
    assert value("pupils * @RATIO", "人", figures) == 70
    assert value("@SMALL + teachers / pupils", "%", figures) == 57


def test_a_row_that_lacks_a_measure_is_left_out_of_the_aggregate_and_named() -> None:
    figures = county(class_size={A: 30, B: 45, C: 46})
    found = outcome("share(class_size <= 45 and pupils > 0)", "%", figures)
    assert found.value == pytest.approx(200 / 3)
    assert found.missing == (Missing("class_size", THIS, D),)
    assert [(one.name, one.rows, one.missing) for one in found.inputs] == [
        ("class_size", (A, B, C), (D,)),
        ("pupils", (A, B, C), ()),
    ]


def test_rows_that_a_measure_does_not_ask_for_are_no_gap() -> None:
    figures = county(class_size={A: 30})
    figures.wanted["class_size"] = [A]
    found = outcome("share(class_size <= 45 and pupils > 0)", "%", figures)
    assert (found.value, found.missing) == (100, ())


def test_what_is_missing_never_counts_as_nought() -> None:
    figures = county(pupils={}, class_size={})
    for text, unit in (
        ("pupils", "人"),
        ("pupils + teachers", "人"),
        ("-pupils", "人"),
        ("2 * pupils", "百人"),
        ("max(pupils, 1)", "人"),
        ("class_size", "人"),
        ("count(pupils > 0)", "1"),
        ("count(not (pupils > 0 or pupils < 0))", "1"),
        ("sum(pupils)", "人"),
        ("share(pupils > 0)", "1"),
        ("cv(fees, pupils)", "1"),
        ("lowest(pupils)", "人"),
    ):
        found = outcome(text, unit, figures)
        assert (found.value, found.undefined) == (None, ())
        assert {one.unit for one in found.missing} == {A, B, C, D}


def test_an_entered_value_may_be_missing() -> None:
    figures = county()
    figures.values = {("SATISFIED", THIS): float("inf")}
    for text in ("@SATISFIED", "previous(@SATISFIED)"):
        found = outcome(text, "%", figures)
        period = BEFORE if "previous" in text else THIS
        assert (found.value, found.missing) == (None, (Missing("@SATISFIED", period, None),))


def test_what_nobody_knows_of_is_empty() -> None:
    figures = Figures({("class_size", THIS): {A: 30}})
    for text, unit, part in (
        ("pupils", "人", "pupils"),
        ("class_size[middle]", "人", "class_size[middle]"),
        ("1 + 2 * pupils", "人", "pupils"),
        ("count(pupils > 1)", "1", "count(pupils > 1)"),
        ("share(class_size[middle] > 1)", "1", "share(class_size[middle] > 1)"),
    ):
        found = outcome(text, unit, figures)
        assert (found.value, found.undefined) == (None, (Undefined(Reason.EMPTY, part, THIS, None),))


def test_a_county_measure_that_does_not_add_up_needs_one_row() -> None:
    figures = county(growth={(8, ""): 4, (9, ""): 5})
    found = outcome("growth", "%", figures)
    assert (found.value, found.undefined) == (None, (Undefined(Reason.SEVERAL, "growth", THIS, None),))


def test_division_by_zero_names_the_denominator() -> None:
    found = outcome("teachers / (pupils - 1000) + fees / (fees - 10000)", "1")
    assert found.value is None
    assert found.undefined == (
        Undefined(Reason.ZERO, "pupils - 1000", THIS, None),
        Undefined(Reason.ZERO, "fees - 10000", THIS, None),
    )
    assert [one.name for one in found.inputs] == ["teachers", "pupils", "fees"]


def test_a_row_that_is_divided_by_zero_is_left_out_and_named() -> None:
    figures = county(pupils={A: 0, B: 200, C: 300, D: 400})
    found = outcome("share(teachers / pupils >= 8 % or pupils > 1000)", "%", figures)
    assert found.value == pytest.approx(200 / 3)
    assert found.undefined == (Undefined(Reason.ZERO, "pupils", THIS, A),)
    assert found.missing == ()


def test_a_condition_may_guard_what_stands_behind_it() -> None:
    figures = county(pupils={A: 0, B: 200, C: 300, D: 400})
    for text, expected in (("pupils > 0 and teachers / pupils >= 8 %", 2), ("pupils = 0 or pupils / pupils = 1", 4)):
        found = outcome(f"count({text})", "所", figures)
        assert (found.value, found.undefined) == (expected, ())


def test_an_aggregate_of_which_no_row_is_defined_has_no_value() -> None:
    found = outcome("count(teachers / (pupils - pupils) > 1)", "1")
    assert found.value is None
    assert [one.unit for one in found.undefined] == [A, B, C, D]


@pytest.mark.parametrize(
    "text",
    [
        "pupils * pupils * pupils / pupils / pupils",
        "pupils * pupils - pupils * pupils",
        "abs(pupils * pupils)",
        "sum(pupils * pupils)",
        "cv(fees, pupils * pupils)",
        "cv(pupils, fees)",
        "count(pupils * pupils > 1)",
    ],
)
def test_values_beyond_all_reason_are_none(text: str) -> None:
    figures = Figures({("pupils", THIS): {A: 1e250, B: 1e250}, ("fees", THIS): {A: 1e-250, B: 2e-250}})
    unit = "人·人" if text.count("*") == 1 or " - " in text else "人"
    found = outcome(text, "1" if text[0] == "c" else unit, figures)
    assert found.value is None
    assert {one.reason for one in found.undefined} == {Reason.TOO_LARGE}


def test_numbers_beyond_all_reason_are_none() -> None:
    found = outcome("pupils * (1" + " * 999999999999999" * 21 + ")", "人")
    assert (found.value, {one.reason for one in found.undefined}) == (None, {Reason.TOO_LARGE})


def test_units_to_a_great_power_do_not_break_it() -> None:
    text = "equipment_value" + " * equipment_value" * 100
    found = evaluate(check(parse(text), MEASURES, {}, "·".join(["元"] * 101)), county(), THIS)
    assert found.undefined[-1].reason is Reason.TOO_LARGE


def test_rows_too_large_to_be_true_are_missing() -> None:
    found = outcome("fees", "元", Figures({("fees", THIS): {A: Decimal("1e400"), B: 1}}))
    assert (found.value, found.missing) == (1, (Missing("fees", THIS, A),))


def test_indicators_that_double_each_other_take_no_longer() -> None:
    indicators = {f"I{n}": IndicatorFacts("", "%", parse(f"@I{n + 1} + previous(@I{n + 1})")) for n in range(18)}
    indicators["I18"] = INDICATORS["RATIO"]
    figures = county()
    figures.earlier = {THIS: BEFORE, BEFORE: BEFORE}
    indicators |= {f"J{n}": IndicatorFacts("", "%", parse(f"@J{n + 1} + @J{n + 1}")) for n in range(26)}
    indicators["J26"] = INDICATORS["RATIO"]
    formula = check(parse("lowest(@J0)"), MEASURES, indicators, "%")
    assert evaluate(formula, figures, THIS).value == pytest.approx(5 * 2**26)
    formula = check(parse("@I0"), MEASURES, indicators, "%")
    assert evaluate(formula, figures, THIS).value == pytest.approx(7.8 * 2**18)
    # Eight in a hundred, times 2 ** 18, is 2097152 %.
    formula = check(parse("share(@I0 > 1835000 %)"), MEASURES, indicators, "%")
    assert evaluate(formula, figures, THIS).value == pytest.approx(75)


def test_the_deepest_formula_needs_few_frames() -> None:
    """A request is some hundred frames deep itself."""
    indicators = {f"I{n}": IndicatorFacts("", "%", parse(f"@I{n + 1} + 100 %")) for n in range(200)}
    indicators["I200"] = INDICATORS["RATIO"]
    formula = check(parse("@I172"), MEASURES, indicators, "%")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(frames() + 350)
    try:
        assert evaluate(formula, county(), THIS).value == pytest.approx(2807.8)
        assert parse("count(" + "not (" * 9 + "a < 1" + ")" * 9 + ")")
    finally:
        sys.setrecursionlimit(limit)


def frames() -> int:
    frame, count = sys._getframe(), 0
    while frame := frame.f_back:
        count += 1
    return count
