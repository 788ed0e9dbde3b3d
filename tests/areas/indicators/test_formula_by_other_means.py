"""Random formulas over random figures give what a slow evaluation in fractions gives."""

import re

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from tests.areas.indicators.figures import BEFORE, FIRST, MEASURES, THIS, Figures, fault
from tests.areas.indicators.plain_formulas import FACTORS, Plain, Unsure
from xietong.areas.indicators.rules.formula import IndicatorFacts, check, evaluate, parse, written

pytestmark = pytest.mark.once

KEYS = [(1, "primary"), (1, "middle"), (2, "primary"), (3, "middle"), (4, "special")]
NAMES = {"people": ["pupils", "teachers", "class_size"], "money": ["equipment_value", "fees"]}
UNITS = {"people": ["人"], "money": ["元", "万元"], "pure": ["1", "%", "人/百人"]}
INDICATORS = {
    "PER": IndicatorFacts("", "人/百人", parse("teachers / pupils")),
    "SPENT": IndicatorFacts("", "万元", parse("fees + previous(equipment_value[primary, middle])")),
    "ON": IndicatorFacts("", "%", parse("@PER * 2 - baseline(@PER)")),
}
LITERALS = ["0", "1", "2", "0.5", "3", "45"]
FORMS = [
    "({same} + {same})",
    "({same} - {same})",
    "({same} + {literal})",
    "({literal} - {same})",
    "-{same}",
    "({pure} * {same})",
    "({same} * {other} / {other})",
    "min({same}, abs({same}))",
    "max({same}, {same}, {literal})",
    "previous({same})",
    "baseline({same})",
]


@st.composite
def quantities(draw, kind, depth, *, is_inside):
    """The text of a number of a kind, in brackets where it is joined."""
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        return draw(leaves(kind))
    if not is_inside and draw(st.integers(0, 3)) == 0:
        return draw(aggregates(kind, depth - 1))
    kinds = {"same": kind, "pure": "pure", "other": draw(st.sampled_from(["people", "money"]))}

    def part(found):
        if found[1] == "literal":
            return "5 %" if kind == "pure" else draw(st.sampled_from(LITERALS))
        return draw(quantities(kinds[found[1]], depth - 1, is_inside=is_inside))

    forms = [*FORMS, "({other} / {other})"] if kind == "pure" else FORMS
    return re.sub(r"\{(\w+)\}", part, draw(st.sampled_from(forms)))


@st.composite
def leaves(draw, kind):
    if kind == "pure":
        return draw(st.sampled_from(["5 %", "150 %", "@PER", "@ON", "(pupils / teachers)"]))
    if kind == "money" and draw(st.booleans()):
        return draw(st.sampled_from(["@SPENT", "equipment_value"]))
    stages = draw(st.sampled_from(["", "", "", "[primary]", "[primary, middle]", "[high]"]))
    return draw(st.sampled_from(NAMES[kind])) + stages


@st.composite
def aggregates(draw, kind, depth):
    if kind != "pure":
        function = draw(st.sampled_from(["sum", "lowest", "highest"]))
        return f"{function}({draw(quantities(kind, depth, is_inside=True))})"
    way = draw(st.sampled_from(["share", "count", "cv"]))
    if way == "cv":
        of, by = (draw(quantities(*one, is_inside=True)) for one in (("money", depth), ("people", 0)))
        rows = f", {draw(conditions(depth))}" if draw(st.booleans()) else ""
        return f"cv({of}, {by}{rows})"
    held = draw(conditions(depth))
    return f"share({held})" if way == "share" else f"(count({held}) * 10 %)"


@st.composite
def conditions(draw, depth):
    if depth and draw(st.booleans()):
        left, right = draw(conditions(depth - 1)), draw(conditions(depth - 1))
        return draw(st.sampled_from(["({} and {})", "({} or {})", "not ({} or {})"])).format(left, right)
    kind = draw(st.sampled_from(["people", "money", "pure"]))
    sign = draw(st.sampled_from(["<=", ">=", "<", ">", "="]))
    left = draw(quantities(kind, depth, is_inside=True))
    bare = "120 %" if kind == "pure" else draw(st.sampled_from(LITERALS))
    right = draw(st.one_of(st.just(bare), quantities(kind, depth, is_inside=True)))
    return f"{left} {sign} {right}"


@st.composite
def figures(draw):
    amounts = st.one_of(st.integers(0, 60), st.integers(-2, 3), st.integers(0, 400).map(lambda tenths: tenths / 10))
    rows = st.one_of(
        st.fixed_dictionaries(dict.fromkeys(KEYS, amounts)),
        st.dictionaries(st.sampled_from(KEYS), amounts),
    )
    measures = [name for names in NAMES.values() for name in names]
    table = {(name, period): draw(rows) for name in measures for period in (THIS, BEFORE, FIRST)}
    wanted = {name: draw(st.lists(st.sampled_from(KEYS), unique=True)) for name in measures}
    return Figures(table, wanted, {}, {THIS: BEFORE}, draw(st.sampled_from([FIRST, FIRST, FIRST, None])))


@st.composite
def formulas(draw):
    kind = draw(st.sampled_from(list(UNITS)))
    return draw(quantities(kind, 3, is_inside=False)), draw(st.sampled_from(UNITS[kind]))


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large])
@given(formulas(), figures())
def test_a_formula_is_worth_what_fractions_say(formula, figures):
    text, unit = formula
    expression = parse(text)
    assert parse(written(expression)) == expression
    if error := fault(lambda: check(expression, MEASURES, INDICATORS, unit)):
        event(error.code)
        assert error.code in {"stages_apart", "divides_by_zero", "nothing_to_count", "ambiguous_number"}
        assume(False)
    checked = check(expression, MEASURES, INDICATORS, unit)

    plain = Plain(figures, MEASURES, INDICATORS)
    try:
        expected = plain.formula(expression, THIS).in_units_of(FACTORS[unit])
    except Unsure:
        event("unsure")
        assume(False)
    found = evaluate(checked, figures, THIS)

    event("a value" if found.value is not None else "no value")
    assert found.value == (None if expected is None else pytest.approx(float(expected), rel=1e-9, abs=1e-9))
    assert {(one.name, one.period, one.unit) for one in found.missing} == plain.missing
    assert found.value is not None or found.missing or found.undefined
