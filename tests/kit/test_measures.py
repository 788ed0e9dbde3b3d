"""Measures: a name is published once; stored values follow the rows and say so only when they move."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests import build
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.events.bus import SUBSCRIPTIONS, Subscription
from xietong.kit.measures import values
from xietong.kit.measures.declare import (
    PUBLICATIONS,
    Combine,
    Grain,
    Measure,
    Origin,
    Publication,
    Row,
    measures,
    publication_of,
    publish,
)
from xietong.kit.measures.events import MeasuresChanged
from xietong.kit.measures.models import Value

COUNTY, MONTH = 7, 202611


@dataclass
class Source:
    """Rows that a test may change, published as an area does."""

    rows: list[Row] = field(default_factory=list)

    def counted(self, county_id: int, period: int) -> list[Row]:
        return self.rows if (county_id, period) == (COUNTY, MONTH) else []

    def origins(self, measure: str, _county: int, _period: int, _unit: int, _stage: str) -> list[Origin]:
        return [Origin(measure, "3", "试验", date(2026, 11, 1))]


@pytest.fixture
def source() -> Iterator[Source]:
    """An area that publishes two measures by month."""
    made = Source()
    published = (
        Measure("tests_walks", "散步", "次"),
        Measure("tests_longest", "最长", "米", Combine.MAX, is_private=True),
    )
    publication = Publication("tests", Grain.COUNTY_MONTH, published, made.counted, made.origins)
    publish(publication)
    yield made
    PUBLICATIONS.remove(publication)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[MeasuresChanged]:
    """What is announced while a test runs, to nobody else."""
    found: list[MeasuresChanged] = []
    hear = Subscription("orgs", lambda _actor, event, _now: found.append(event))
    monkeypatch.setitem(SUBSCRIPTIONS, MeasuresChanged, [hear])
    return found


def row(value: Any, *, measure: str = "tests_walks", unit: int = 1, stage: str = "") -> Row:
    return Row(measure, unit, stage, Decimal(value))


def refresh() -> None:
    values.refresh(SYSTEM, COUNTY, MONTH, Grain.COUNTY_MONTH, now=build.NOW)


def stored() -> dict[tuple[str, int, str], Decimal]:
    return {(one.measure, one.unit_id, one.stage): one.value for one in Value.objects.filter(county_id=COUNTY)}


def test_publish_refuses_a_name_that_another_area_has(source: Source) -> None:
    before = list(PUBLICATIONS)
    taken = (Measure("tests_walks", "走", "次"),)
    other = Publication("others", Grain.SCHOOL_YEAR, taken, source.counted, source.origins)
    with pytest.raises(ValueError, match="measures published twice: tests_walks"):
        publish(other)
    assert before == PUBLICATIONS


def test_publish_takes_the_same_publication_again_for_what_it_is(source: Source) -> None:
    before = list(PUBLICATIONS)
    publish(publication_of("tests_walks"))
    assert before == PUBLICATIONS


def test_publication_of_finds_the_area_of_a_name(source: Source) -> None:
    assert publication_of("tests_longest").area == "tests"
    assert [one.label for one in publication_of("tests_walks").origins("散步", 1, 1, 1, "")] == ["散步"]
    with pytest.raises(KeyError):
        publication_of("tests_nothing")


def test_measures_say_what_is_private_and_how_schools_combine(source: Source) -> None:
    found = {one.name: one for one in measures()}
    assert (found["tests_walks"].is_private, found["tests_walks"].combine) == (False, Combine.SUM)
    assert (found["tests_longest"].is_private, found["tests_longest"].combine) == (True, Combine.MAX)
    private = {one.name for one in measures() if one.is_private} - {"tests_longest"}
    assert {"migrant_pupils", "left_behind_pupils", "disabled_pupils"} <= private


@pytest.mark.django_db
def test_refresh_adds_changes_and_removes_and_announces_what_moved(
    source: Source, heard: list[MeasuresChanged]
) -> None:
    source.rows = [row(3), row(4, unit=2), row("5.00009", measure="tests_longest", stage="primary")]
    refresh()
    assert stored() == {
        ("tests_walks", 1, ""): 3,
        ("tests_walks", 2, ""): 4,
        ("tests_longest", 1, "primary"): Decimal("5.0001"),
    }
    assert heard == [MeasuresChanged(COUNTY, MONTH, Grain.COUNTY_MONTH, frozenset({"tests_walks", "tests_longest"}))]
    source.rows = [row(9), row("5.00009", measure="tests_longest", stage="primary")]
    refresh()
    assert stored() == {("tests_walks", 1, ""): 9, ("tests_longest", 1, "primary"): Decimal("5.0001")}
    assert heard[1:] == [MeasuresChanged(COUNTY, MONTH, Grain.COUNTY_MONTH, frozenset({"tests_walks"}))]
    source.rows = []
    refresh()
    assert (stored(), len(heard)) == ({}, 3)


@pytest.mark.django_db
def test_refresh_that_moves_nothing_is_not_announced(source: Source, heard: list[MeasuresChanged]) -> None:
    source.rows = [row(3)]
    refresh()
    before = list(Value.objects.values())
    refresh()
    assert (len(heard), list(Value.objects.values())) == (1, before)


@pytest.mark.django_db
def test_refresh_leaves_other_counties_periods_and_grains_alone(source: Source) -> None:
    for fields in ({"county_id": 8}, {"period": 202610}, {"measure": "pupils"}):
        usual = {"county_id": COUNTY, "period": MONTH, "measure": "tests_walks", "value": 1}
        Value.objects.create(**usual | fields)
    refresh()
    assert Value.objects.count() == 3


@pytest.mark.django_db
def test_values_are_read_by_measure_and_period_in_one_query(source: Source, django_assert_num_queries: Any) -> None:
    source.rows = [row(3), row("4.5", unit=2, stage="middle")]
    refresh()
    with django_assert_num_queries(1):
        found = values.values(COUNTY, ["tests_walks", "tests_longest"], [MONTH, 202610])
    assert found.rows("tests_walks", MONTH) == {(1, ""): 3.0, (2, "middle"): 4.5}
    assert found.rows("tests_walks", 202610) == found.rows("tests_longest", MONTH) == {}
