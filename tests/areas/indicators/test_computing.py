"""Values follow the figures of the register: at once, in every period that looks at them, with both versions kept."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import build, measuring, planning, registers
from xietong.areas.indicators import actions, queries
from xietong.areas.indicators.models import Indicator, Lock, Reading, ReadingChange
from xietong.areas.orgs.actions import fill_figures
from xietong.areas.orgs.models import Organisation, SchoolRecord
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.measures.declare import Grain
from xietong.kit.measures.models import Value
from xietong.kit.measures.values import counted, refresh

pytestmark = pytest.mark.django_db
NOW, YEAR = build.NOW, measuring.YEAR


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def record(cast: build.Cast) -> SchoolRecord:
    return registers.school_record(school=cast.school)


def fill(record: SchoolRecord, stage: str = "primary", **values: int | None) -> None:
    """The school enters these figures."""
    told = {(stage, 0, name): None if one is None else Decimal(one) for name, one in values.items()}
    fill_figures(SYSTEM, record, values=told, now=NOW)


def value(row: Indicator, period: int = YEAR) -> Decimal | None:
    return Reading.objects.get(indicator=row, period=period, unit=None).value


def light(cast: build.Cast) -> str:
    (line,) = queries.scorecard(cast.office, cast.county.pk, YEAR, build.TODAY).lines
    return line.light


def lock(cast: build.Cast, period: int) -> None:
    Lock.objects.create(county=cast.county, grain="school_year", period=period, by="办公室", at=NOW)


def test_a_figure_moves_the_value_the_light_and_the_page(cast: build.Cast, record: SchoolRecord) -> None:
    row = measuring.indicator(
        name="每个学位的经费", formula="public_funds / posts", unit="元/人", standard=Decimal(100)
    )
    office = build.client(cast.office)
    page = reverse("indicators:indicator", args=[row.pk])
    fill(record, public_funds=900, posts=10)
    assert (value(row), light(cast)) == (90, "red")
    assert "90.0" in office.get(page).content.decode()
    fill(record, public_funds=1200)
    assert (value(row), light(cast)) == (120, "green")
    assert "120.0" in office.get(page).content.decode()
    reading = Reading.objects.get()
    assert reading.inputs == [["public_funds", "2026", [], 1200.0, 1], ["posts", "2026", [], 10.0, 1]]
    assert (reading.missing, reading.version) == ([], 2)


def test_what_is_refused_moves_nothing(cast: build.Cast, record: SchoolRecord) -> None:
    measuring.indicator(formula="public_funds / posts", unit="元/人")
    fill(record, public_funds=900, posts=10)
    before = list(Value.objects.order_by("pk").values())
    with measuring.nothing_changes(), pytest.raises(Exception, match="不能为负"):
        fill(record, public_funds=800, posts=-1)
    assert list(Value.objects.order_by("pk").values()) == before


def test_what_lacks_a_figure_is_named_and_not_counted_as_nought(cast: build.Cast, record: SchoolRecord) -> None:
    row = measuring.indicator(formula="public_funds / posts", unit="元/人")
    other = registers.school_record(school=cast.other_school)
    fill(record, public_funds=900, posts=10)
    fill(other, public_funds=700)
    reading = Reading.objects.get(indicator=row)
    assert (reading.value, reading.missing) == (90, [["posts", "2026", [cast.other_school.pk, "primary"]]])
    fill(other, posts=0)
    assert (value(row), Reading.objects.get().missing) == (160, [])


def test_a_zero_denominator_gives_no_value_and_says_so(cast: build.Cast, record: SchoolRecord) -> None:
    row = measuring.indicator(formula="public_funds / posts", unit="元/人")
    fill(record, public_funds=900, posts=0)
    reading = Reading.objects.get(indicator=row)
    assert (reading.value, reading.undefined) == (None, "“posts”为零，不能做分母")


def test_a_result_that_no_column_holds_gives_no_value(cast: build.Cast, record: SchoolRecord) -> None:
    huge = measuring.indicator(formula="posts * 99999999999999 * 99999999999999", unit="人")
    fill(record, posts=1000)
    reading = Reading.objects.get(indicator=huge)
    assert (reading.value, reading.undefined) == (None, "得数太大，请核对公式。")


def test_only_what_stands_on_the_figure_is_written(cast: build.Cast, record: SchoolRecord) -> None:
    first = measuring.indicator(code="A", formula="public_funds / posts", unit="元/人")
    second = measuring.indicator(code="B", formula="posts", unit="人")
    through = measuring.indicator(code="C", formula="@A * 2", unit="元/人")
    fill(record, public_funds=900, posts=10)
    fill(record, public_funds=1000)
    versions = dict(Reading.objects.values_list("indicator__code", "version"))
    assert (value(first), value(second), value(through)) == (100, 10, 200)
    assert (versions["A"], versions["B"], versions["C"]) == (2, 1, 2)


def test_a_locked_period_keeps_both_versions(cast: build.Cast, record: SchoolRecord) -> None:
    row = measuring.indicator(formula="public_funds / posts", unit="元/人")
    fill(record, public_funds=900, posts=10)
    lock(cast, YEAR)
    fill(record, public_funds=1000)
    change = ReadingChange.objects.get()
    assert (change.before, change.after, change.reason) == (90, 100, "来源数据更正")
    assert (value(row), change.reading.indicator_id) == (100, row.pk)
    fill(record, public_funds=2000, posts=20)
    assert ReadingChange.objects.count() == 1


def figures_of(cast: build.Cast, years: range) -> dict[int, SchoolRecord]:
    made = {}
    for year in years:
        register = registers.register_year(year=year, due_on=registers.DUE_ON.replace(year=year))
        made[year] = registers.school_record(school=cast.school, register=register)
        fill(made[year], posts=10 * (year - 2020))
    return made


def test_a_figure_moves_the_periods_that_look_back_at_it(cast: build.Cast) -> None:
    growth = measuring.indicator(code="G", formula="posts - previous(posts)", unit="人")
    farther = measuring.indicator(code="F", formula="posts - previous(previous(posts))", unit="人")
    through = measuring.indicator(code="T", formula="previous(@G)", unit="人")
    since = measuring.indicator(code="S", formula="posts - baseline(posts)", unit="人", baseline_period=2022)
    records = figures_of(cast, range(2022, 2027))
    assert [value(growth, year) for year in range(2022, 2027)] == [None, 10, 10, 10, 10]
    lock(cast, 2025)
    fill(records[2024], posts=45)
    assert (value(growth, 2024), value(growth, 2025)) == (15, 5)
    assert (value(farther, 2026), value(farther, 2025)) == (15, 20)
    assert (value(through, 2025), value(through, 2026)) == (15, 5)
    assert set(ReadingChange.objects.values_list("reading__indicator__code", "before", "after")) == {
        ("G", 10, 5), ("T", 10, 15),
    }  # fmt: skip
    fill(records[2022], posts=0)
    assert [value(since, year) for year in range(2022, 2027)] == [0, 30, 45, 50, 60]


def test_without_a_baseline_there_is_nothing_to_compare_with(cast: build.Cast, record: SchoolRecord) -> None:
    row = measuring.indicator(formula="posts - baseline(previous(posts))", unit="人")
    fill(record, posts=10)
    reading = Reading.objects.get(indicator=row)
    assert (reading.value, reading.undefined) == (None, "“baseline(previous(posts))”没有上一周期或基线")


def test_months_stand_apart_from_school_years(cast: build.Cast) -> None:
    monthly = measuring.indicator(
        formula="filings_on_time / filings_due", grain="county_month", baseline_period=202601
    )
    yearly = measuring.indicator(formula="posts", unit="人")
    measuring.measured("filings_due", 8, period=202608)
    measuring.measured("filings_on_time", 6, period=202608)
    actions.recompute(SYSTEM, cast.county.pk, 202608, {"filings_due"}, now=NOW)
    assert (value(monthly, 202608), Reading.objects.filter(indicator=yearly).exists()) == (75, False)
    measuring.measured("filings_due", 8, period=202609)
    actions.recompute_all(SYSTEM, cast.county.pk, now=NOW)
    reading = Reading.objects.get(indicator=monthly, period=202609)
    assert (reading.value, reading.missing) == (None, [["filings_on_time", "202609", [0, ""]]])


def test_a_county_without_indicators_has_nothing_to_work_out(cast: build.Cast) -> None:
    with measuring.nothing_changes():
        actions.recompute(SYSTEM, cast.county.pk, YEAR, {"posts"}, now=NOW)
        actions.recompute_all(SYSTEM, cast.county.pk, now=NOW)


FORMULAS = {
    "RATIO": ("public_funds / posts", "元/人"),
    "GROWTH": ("posts - previous(posts)", "人"),
    "SINCE": ("public_funds - baseline(public_funds)", "元"),
    "TWICE": ("previous(@RATIO) * 2", "元/人"),
    "APART": ("cv(public_funds, posts)", "1"),
    "POOR": ("share(public_funds / posts < 100)", "%"),
}
Filling = tuple[int, int, str, int | None]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 1), st.integers(2025, 2026), st.sampled_from(["posts", "public_funds"]),
            st.none() | st.integers(0, 400),
        ),
        min_size=1, max_size=6,
    )
)  # fmt: skip
def test_values_equal_those_worked_out_from_nothing(cast: build.Cast, fillings: list[Filling]) -> None:
    """Whatever the order of the changes, stored measures are those of the rows, and values those of the measures."""
    forget(cast)
    for code, (formula, unit) in FORMULAS.items():
        fields = {"baseline_period": 2025} if code == "SINCE" else {}
        measuring.indicator(code=code, formula=formula, unit=unit, **fields)
    records = records_of([cast.school, cast.other_school])
    for place, year, name, amount in fillings:
        fill(records[place, year], **{name: amount})
    for year in (2025, 2026):
        stored = {
            (row.measure, row.unit_id, row.stage): row.value
            for row in Value.objects.filter(county_id=cast.county.pk, period=year)
        }
        assert stored == counted(cast.county.pk, year, Grain.SCHOOL_YEAR)
    kept = told()
    Reading.objects.all().delete()
    actions.recompute_all(SYSTEM, cast.county.pk, now=NOW)
    assert told() == kept


def records_of(schools: list[Organisation]) -> dict[tuple[int, int], SchoolRecord]:
    made: dict[tuple[int, int], SchoolRecord] = {}
    for year in (2025, 2026):
        register = registers.register_year(year=year, due_on=registers.DUE_ON.replace(year=year))
        for place, school in enumerate(schools):
            made[place, year] = registers.school_record(school=school, register=register)
        refresh(SYSTEM, register.county_id, year, Grain.SCHOOL_YEAR, now=NOW)
    return made


def forget(cast: build.Cast) -> None:
    """Hypothesis keeps the rows of one example for the next."""
    for model in (Reading, Indicator, Value):
        model._default_manager.all().delete()
    for record in SchoolRecord.objects.filter(county=cast.county):
        record.figures.all().delete()
        record.delete()


def told() -> dict[tuple[str, int], Any]:
    """Indicator and period → its value, where it has one."""
    rows = Reading.objects.filter(value__isnull=False).values_list("indicator__code", "period", "value")
    return {(code, period): found for code, period, found in rows}
