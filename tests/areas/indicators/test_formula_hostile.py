"""Whatever is written and whatever the figures are: a value, a reason why not, or a fault with its place."""

from math import isfinite

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.areas.indicators.figures import INDICATORS, MEASURES, THIS, A, B, C, Figures, checked, fault
from xietong.areas.indicators.rules.formula import evaluate, explain, parse, written

pytestmark = pytest.mark.once

LEAVES = [
    "1",
    "0",
    "5%",
    "999999999999999",
    "pupils[primary]",
    "x",
    "@Y",
    *MEASURES,
    *(f"@{one}" for one in INDICATORS),
]
FORMULAS = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "/"]), inner),
        st.builds("{}({})".format, st.sampled_from(["abs", "previous", "baseline", "sum", "lowest", "-"]), inner),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "cv"]), inner, inner),
        st.builds("{}({} <= {})".format, st.sampled_from(["count", "share"]), inner, inner),
    ),
    max_leaves=8,
)
UNITS = st.sampled_from(["1", "%", "人", "元/人", "所", "//"])
ROWS = st.dictionaries(st.sampled_from([A, B, C, (9, "")]), st.one_of(st.floats(), st.integers(-2, 2)), max_size=4)


@given(FORMULAS, UNITS, st.dictionaries(st.sampled_from(list(MEASURES)), ROWS), st.one_of(st.none(), st.floats()))
@example("(pupils - pupils) / (pupils - pupils)", "1", {"pupils": {A: 1}}, None)
@example("cv(pupils, pupils)", "1", {"pupils": {A: 5e-324, B: 1e308}}, None)
def test_any_formula_has_a_value_or_says_why_not(text, unit, rows, entered):
    if error := fault(lambda: checked(text, unit)):
        assert 0 <= error.start <= error.end <= len(text)
        return
    formula = checked(text, unit)
    figures = Figures({(name, THIS): one for name, one in rows.items()}, {"pupils": [A, C]})
    figures.values["SATISFIED", THIS] = entered

    found = evaluate(formula, figures, THIS)

    assert parse(written(formula.expression)) == formula.expression
    assert explain(formula)
    assert isfinite(found.value) if found.value is not None else found.missing or found.undefined
