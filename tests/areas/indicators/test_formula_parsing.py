"""Reading formulas: what is understood, in one form, and where something is wrong."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.areas.indicators.figures import fault
from xietong.areas.indicators.rules.formula import FormulaError, names, parse, written
from xietong.areas.indicators.rules.formula.nodes import walk

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("teachers/pupils", "teachers / pupils"),
        ("  ( pupils ) ", "pupils"),
        ("1+2*3-4/5", "1 + 2 * 3 - 4 / 5"),
        ("(1+2)*3", "(1 + 2) * 3"),
        ("a-(b-c)", "a - (b - c)"),
        ("(a-b)-c", "(a - b) - c"),
        ("a/(b*c)", "a / (b * c)"),
        ("a*(b/c)", "a * (b / c)"),
        ("-a*b", "-a * b"),
        ("-(a*b)", "-(a * b)"),
        ("a--b", "a - -b"),
        ("--1", "--1"),
        ("15 %", "15%"),
        ("0.850", "0.850"),
        ("0.0000001", "0.0000001"),
        ("007", "7"),
        ("pupils[middle,primary,middle]", "pupils[primary, middle]"),
        ("@G11.2-A / @b", "@G11.2-A / @b"),
        ("@A - 1", "@A - 1"),
        ("min(a,b,1)", "min(a, b, 1)"),
        ("previous(baseline(abs(a)))", "previous(baseline(abs(a)))"),
        ("share(a<=1 or b>=2 and not c<3)", "share(a <= 1 or b >= 2 and not c < 3)"),
        ("count((a<1 or b>2) and not (c=3 and d<1))", "count((a < 1 or b > 2) and not (c = 3 and d < 1))"),
        ("count(not not a<1)", "count(not not a < 1)"),
        ("cv(a,b)+sum(c)-lowest(d)*highest(e)", "cv(a, b) + sum(c) - lowest(d) * highest(e)"),
        ("sum", "sum"),
        ("（ａ＋ｂ）×１００％÷２－３", "(a + b) * 100% / 2 - 3"),
        ("share（a≤１）", "share(a <= 1)"),
        ("pupils【primary、middle】", "pupils[primary, middle]"),
        ("count(a≥1)−count(a＜1)　＋　max(1，2)", "count(a >= 1) - count(a < 1) + max(1, 2)"),
        ("在校生", "在校生"),
    ],
)
def test_parse_reads_what_is_typed_and_writes_it_in_one_form(typed: str, form: str) -> None:
    assert written(parse(typed)) == form
    assert parse(form) == parse(typed)


def test_signs_bind_as_in_arithmetic() -> None:
    assert parse("a - b - c") != parse("a - (b - c)")
    assert parse("a + b * c") == parse("a + (b * c)")
    assert parse("count(not a < 1 and b < 1)") == parse("count((not (a < 1)) and (b < 1))")
    assert parse("count(a < 1 or b < 1 and c < 1)") == parse("count(a < 1 or (b < 1 and c < 1))")


def test_every_part_knows_where_it_stands() -> None:
    text = "（previous(pupils【primary】) − 2.5 %）×min(@A-1, -b)"
    assert [text[node.start : node.end] for node in walk(parse(text))] == [
        text,
        "previous(pupils【primary】) − 2.5 %",
        "previous(pupils【primary】)",
        "pupils【primary】",
        "2.5 %",
        "min(@A-1, -b)",
        "@A-1",
        "-b",
        "b",
    ]


def test_names_are_told_once_in_the_order_of_the_text() -> None:
    found = names(parse("b[primary] / a + @Y * previous(b) - share(c > @X and a < @Y)"))
    assert (found.measures, found.indicators) == (("b", "a", "c"), ("Y", "X"))


@pytest.mark.parametrize(
    ("text", "code", "wrong", "values"),
    [
        ("", "unexpected", "", {"found": "", "expected": "operand"}),
        ("1 +", "unexpected", "", {"found": "", "expected": "operand"}),
        ("a + * b", "unexpected", "*", {"found": "*", "expected": "operand"}),
        ("(a", "unexpected", "", {"found": "", "expected": ")"}),
        ("a)", "unexpected", ")", {"found": ")", "expected": "operator"}),
        ("a b", "unexpected", "b", {"found": "b", "expected": "operator"}),
        ("1e5", "unexpected", "e5", {"found": "e5", "expected": "operator"}),
        ("2,000", "unexpected", ",", {"found": ",", "expected": "operator"}),
        ("a %", "unexpected", "%", {"found": "%", "expected": "operator"}),
        ("min()", "unexpected", ")", {"found": ")", "expected": "operand"}),
        ("min(a, b", "unexpected", "", {"found": "", "expected": ")"}),
        ("a[]", "unexpected", "]", {"found": "]", "expected": "stage"}),
        ("a[primary", "unexpected", "", {"found": "", "expected": "]"}),
        ("count(a < b < c)", "unexpected", "<", {"found": "<", "expected": ")"}),
        ("and", "unexpected", "and", {"found": "and", "expected": "operand"}),
        ("a.primary", "bad_character", ".", {"character": "."}),
        ("@校-1", "bad_character", "@", {"character": "@"}),
        ("a ； b", "bad_character", "；", {"character": "；"}),
        ("a == b", "unexpected", "=", {"found": "=", "expected": "operand"}),
        ("1 + 1234567890.123456", "bad_number", "1234567890.123456", {"most": 15}),
        ("pupils[primry]", "unknown_stage", "primry", {"name": "primry", "likely": ("primary",)}),
        ("pupils[初中]", "unknown_stage", "初中", {"name": "初中", "likely": ("middle",)}),
        ("2 * shar(a > 1)", "unknown_function", "shar", {"name": "shar", "likely": ("share",)}),
        ("eval(a)", "unknown_function", "eval", {"name": "eval", "likely": ()}),
        ("1 + abs(a, b)", "wrong_arguments", "abs(a, b)", {"function": "abs", "least": 1, "most": 1, "given": 2}),
        ("cv(a)", "wrong_arguments", "cv(a)", {"function": "cv", "least": 2, "most": 3, "given": 1}),
        ("max(a)", "wrong_arguments", "max(a)", {"function": "max", "least": 2, "most": None, "given": 1}),
        ("a < b", "number_expected", "a < b", {}),
        ("(a < b) + 1", "number_expected", "a < b", {}),
        ("-(not a < b)", "number_expected", "not a < b", {}),
        ("sum(a < b)", "number_expected", "a < b", {}),
        ("count((a < b) = c)", "number_expected", "a < b", {}),
        ("share(a)", "condition_expected", "a", {}),
        ("share(a < 1 and b + 1)", "condition_expected", "b + 1", {}),
        ("share(not -a)", "condition_expected", "-a", {}),
    ],
)
def test_parse_says_what_is_wrong_and_where(text: str, code: str, wrong: str, values: dict[str, object]) -> None:
    with pytest.raises(FormulaError) as refused:
        parse(text)

    error = refused.value
    assert (error.code, text[error.start : error.end], error.values) == (code, wrong, values)


def test_parse_refuses_long_texts_and_deep_brackets() -> None:
    assert written(parse("1+" * 999 + "11")).count("+") == 999
    with pytest.raises(FormulaError) as refused:
        parse("1+" * 999 + "111")
    assert (refused.value.code, refused.value.values) == ("too_long", {"most": 2000})

    for opening, closing in (("(", ")"), ("abs(", ")"), ("-", ""), ("count(a > ", ")")):
        assert parse(opening * 20 + "1" + closing * 20)
        with pytest.raises(FormulaError) as refused:
            parse(opening * 21 + "1" + closing * 21)
        assert (refused.value.code, refused.value.values) == ("too_deep", {"most": 20})


WORDS = [
    "pupils",
    "[primary",
    "]",
    "(",
    ")",
    ",",
    "+",
    "-",
    "*",
    "/",
    "<=",
    "and",
    "or",
    "not",
    "share(",
    "min(",
    "@A",
]
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from([*WORDS, "count(", "previous(", "1", "%", "0.5", "a", " ", "，"]), max_size=40).map(
        "".join
    ),
    st.lists(st.sampled_from([*WORDS, "1", "a", "cv("]), max_size=30).map(" ".join),
)


@given(TEXTS)
@example("(" * 2000)
@example("not " * 500)
@example("²" * 9)
@example("\ud800")
def test_any_text_is_a_formula_or_refused_with_a_place(text: str) -> None:
    if error := fault(lambda: parse(text)):
        assert 0 <= error.start <= error.end <= len(text)
        return
    found = parse(text)
    assert parse(written(found)) == found
