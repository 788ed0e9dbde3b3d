"""The numbers that are shipped: they are all there, fit the rule table, and say so where they do not."""

import re
import tomllib
from fractions import Fraction

import pytest

from tests.areas.indicators import balancing
from tests.areas.indicators.balancing import DATA, M, P
from xietong.areas.indicators.rules.balance import (
    ELIGIBILITY,
    GUARANTEES,
    ITEMS,
    PRESCHOOL,
    QUALITY,
    RECOGNITION,
    VETOES,
    County,
    Preschool,
    judge_requirement,
    preschool,
    preschool_standards_of,
    standards,
    standards_of,
)
from xietong.areas.people.rules.table import RuleFault
from xietong.kit.ruletable.models import Confidence, Rule

pytestmark = pytest.mark.once

RULES = tomllib.loads((DATA / "rules.toml").read_text("utf-8"))["rule"]
PARTS = tomllib.loads((DATA / "balance.toml").read_text("utf-8"))


def test_standards_are_those_of_the_document() -> None:
    given = balancing.STANDARDS
    found = {
        stage: [given.threshold(stage, item.code) for item in ITEMS] + [given.cv_limit(stage)] for stage in (P, M)
    }
    assert found == {
        P: [Fraction(text) for text in ("4.2", "1", "0.9", "4.5", "7.5", "2000", "2.3", "0.5")],
        M: [Fraction(text) for text in ("5.3", "1", "0.9", "5.8", "10.2", "2500", "2.4", "0.45")],
    }
    floors = [[given.floor(stage, item.code) for item in ITEMS] for stage in (P, M)]
    assert floors == [
        [Fraction(text) for text in ("3.57", "0.85", "0.765", "3.825", "6.375", "1700", "1.955")],
        [Fraction(text) for text in ("4.505", "0.85", "0.765", "4.93", "8.67", "2125", "2.04")],
    ]


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("primary.L1", ""),
        ("primary.L1", "四"),
        ("primary.L1", "NaN"),
        ("primary.L1", "Infinity"),
        ("primary.L1", "0"),
        ("floor_ratio", "-0.85"),
        ("Q1.formula", "3"),
        ("places.cv", "1.5"),
        ("places.cv", "²"),
        ("min_items_met", "8"),
        ("min_items_met", ""),
    ],
)
def test_standards_of_names_the_rule_that_says_nothing(code: str, value: str) -> None:
    named = f"indicators.balance.{code}"
    with pytest.raises(RuleFault, match=re.escape(named)) as fault:
        standards_of(balancing.shipped() | {named: value})
    assert (fault.value.code, fault.value.value) == (named, value)


@pytest.mark.parametrize("code", [*standards.NUMBERS, *standards.CHOICES])
def test_standards_of_names_the_rule_that_is_missing(code: str) -> None:
    values, place = balancing.shipped(), balancing.place_of(code)
    del values[place]
    with pytest.raises(RuleFault) as fault:
        standards_of(values)
    assert (fault.value.code, fault.value.value) == (place, None)


def test_nothing_is_shipped_that_nobody_reads() -> None:
    read = {balancing.place_of(code) for code in (*standards.NUMBERS, *standards.CHOICES)}
    read -= set(standards.ELSEWHERE.values())
    read |= {f"indicators.preschool.{code}" for code in (*preschool.NUMBERS, *preschool.CHOICES)}
    ours = {
        code
        for code in balancing.shipped("indicators")
        if code.startswith(("indicators.balance.", "indicators.preschool."))
    }
    assert {code for code in ours if ".cost." not in code} == read
    preschool_standards_of(balancing.shipped())


@pytest.mark.parametrize("area", ["indicators", "people"])
def test_rows_fit_the_rule_table(area: str) -> None:
    rows = tomllib.loads((DATA.parents[1] / area / "data" / "rules.toml").read_text("utf-8"))["rule"]
    long = [
        (row["code"], name)
        for row in rows
        for name in row
        if (most := Rule._meta.get_field(name).max_length) and len(str(row[name])) > most
    ]
    assert long == []
    assert {tuple(row) for row in rows} == {
        ("code", "name", "value", "unit", "comparator", "scope", "document", "document_no", "effective_from",
         "confidence", "note")
    }  # fmt: skip
    defaults = {row["document"] for row in rows if row["confidence"] in {Confidence.C, Confidence.D}}
    national = {row["document"] for row in rows if row["confidence"] not in {Confidence.C, Confidence.D}}
    assert defaults == {"县级可配置默认值"}
    assert not defaults & national


def test_what_has_no_national_origin_says_so() -> None:
    loose = [
        row for row in RULES if "relaxed" in row["code"] or row["code"].endswith(("small_classes", "migrant_share"))
    ]
    assert {(row["confidence"], "来源为国家还是地方未核实" in row["note"]) for row in loose} == {("B", True)}
    assert len(loose) == 8


def test_every_requirement_has_its_name_in_the_order_of_the_document() -> None:
    declared = (*GUARANTEES, *QUALITY, RECOGNITION, VETOES, ELIGIBILITY)
    checks = {
        one.code: [check.code for check in judge_requirement(one, County(), balancing.STANDARDS).checks]
        for one in declared
    }
    limits = preschool_standards_of(balancing.shipped())
    checks |= {
        one.code: [check.code for check in judge_requirement(one, Preschool(), limits).checks] for one in PRESCHOOL
    }
    material = {one.code for one in (*declared, *PRESCHOOL) if one.needs_material}
    named = {row["code"]: list(row.get("checks", ())) for row in PARTS["requirement"]}
    assert list(named) == list(checks)
    assert named == {code: found[:-1] if code in material else found for code, found in checks.items()}
    assert [row["code"] for row in PARTS["item"]] == [item.code for item in ITEMS]
    assert [row["code"] for row in PARTS["veto"]] == [
        "examination",
        "choice",
        "key_school",
        "posts",
        "accident",
        "fraud",
    ]
    assert {row["confidence"] for row in (*PARTS["requirement"], *PARTS["veto"])} <= set(Confidence.values)
