"""Numbers that are rules: shipped once, a county's own value wins, each holds from a day to a day."""

from datetime import date
from typing import Any

import pytest

from tests import build
from xietong.kit.ruletable.models import Rule
from xietong.kit.ruletable.table import in_force, load, shipped

pytestmark = pytest.mark.django_db
HERE, THERE = 1, 2


def rule(value: str, *, code: str = "test.days", county_id: int | None = None, **fields: Any) -> Rule:
    fields = {"effective_from": date(2026, 1, 1), "confidence": "D", "name": code} | fields
    return Rule.objects.create(code=code, county_id=county_id, value=value, **fields)


def value(county_id: int | None, on: date) -> str | None:
    found = in_force(county_id, on, prefix="test.").get("test.days")
    return found.value if found else None


def test_load_adds_what_areas_ship_and_keeps_a_countys_own() -> None:
    own = rule("9", code="plans.light.yellow_working_days", county_id=HERE)
    first, second = load(), load()
    assert first == second == len(shipped())
    assert Rule.objects.filter(county_id=None).count() == first
    assert Rule.objects.get(pk=own.pk).value == "9"


def test_in_force_takes_the_latest_that_has_begun() -> None:
    rule("3")
    rule("5", effective_from=date(2026, 9, 1))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 8, 31), date(2026, 9, 1)]
    assert [value(HERE, day) for day in days] == [None, "3", "3", "5"]


def test_in_force_ends_after_its_last_day() -> None:
    rule("3", effective_to=date(2026, 6, 30))
    assert [value(HERE, day) for day in (date(2026, 6, 30), date(2026, 7, 1))] == ["3", None]


def test_in_force_prefers_the_countys_own_even_if_older() -> None:
    rule("3", effective_from=date(2026, 9, 1))
    rule("7", county_id=HERE)
    assert [value(county, build.TODAY) for county in (HERE, THERE, None)] == ["7", "3", "3"]


def test_in_force_reads_only_its_prefix() -> None:
    rule("3")
    rule("4", code="other.days")
    assert set(in_force(HERE, build.TODAY, prefix="test.")) == {"test.days"}


def test_is_national_is_never_said_of_a_county_default() -> None:
    grades = ("A", "B2", "B", "C", "D")
    assert [rule("1", code=f"test.{grade}", confidence=grade).is_national for grade in grades] == [
        True, True, True, False, False
    ]  # fmt: skip
    assert not rule("1", code="test.own", county_id=HERE, confidence="A").is_national
