"""What docs/reference/formulas.md says is so, word for word."""

import re
from pathlib import Path

import pytest

from tests.areas.indicators.figures import INDICATORS, MEASURES, ROWS, A, B, C, D, outcome
from xietong.areas.indicators.rules import formula
from xietong.areas.indicators.rules.formula import Combine, FormulaError, Function, MeasureFacts, Stage, parse

pytestmark = pytest.mark.once

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "reference" / "formulas.md").read_text("utf-8")


def table(head: str) -> list[list[str]]:
    """The cells of the rows of a table of the page, without marks of code."""
    _, _, rest = PAGE.partition(f"\n| {head} |")
    rows = re.split(r"\n(?!\|)", rest)[0].split("\n")[2:]
    return [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in rows]


EXAMPLES = [(text, unit, float(value)) for text, unit, value, _ in table("formula")]


def test_figures_of_the_page_are_those_of_the_tests() -> None:
    for name, *amounts, unit, combine in table("figures"):
        assert ROWS[name] == dict(zip((A, B, C, D), map(float, amounts), strict=True))
        assert MEASURES[name] == MeasureFacts(MEASURES[name].label, unit, combine=Combine(combine))
    assert (INDICATORS["RATIO"].formula, INDICATORS["RATIO"].unit) == (parse("teachers / pupils"), "人/百人")


@pytest.mark.parametrize(("text", "unit", "value"), EXAMPLES)
def test_examples_of_the_page_have_the_values_it_says(text: str, unit: str, value: float) -> None:
    assert outcome(text, unit).value == pytest.approx(value, rel=1e-12)


def test_the_page_names_every_function_and_stage() -> None:
    assert [one for one in Function if f"`{one}(" not in PAGE] == []
    assert [one for one in Stage if f"`{one}`" not in PAGE] == []


def test_the_page_names_every_fault() -> None:
    faults = [one for one in vars(formula).values() if isinstance(one, type) and issubclass(one, FormulaError)]
    assert sorted(code for code, *_ in table("code")) == sorted(one.code for one in faults if one is not FormulaError)
