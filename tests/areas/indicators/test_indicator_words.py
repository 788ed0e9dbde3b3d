"""What pages say of a value: why it is short, where it is going, at which schools, and never what is private."""

from decimal import Decimal

import pytest

from tests import build, measuring, planning
from xietong.areas.indicators import queries
from xietong.areas.indicators.models import Indicator
from xietong.areas.indicators.rules.lights import Light
from xietong.areas.indicators.templatetags import indicators as tags
from xietong.areas.orgs.models import Organisation

pytestmark = pytest.mark.django_db
YEAR, TODAY = measuring.YEAR, build.TODAY


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def figures(school: Organisation, pupils: float, boarders: float, *, period: int = YEAR) -> None:
    for name, value in (("schools", 1), ("pupils", pupils), ("boarders", boarders)):
        measuring.measured(name, value, unit=school, period=period)


def page(cast: build.Cast, row: Indicator, period: int = YEAR) -> queries.IndicatorPage:
    return queries.indicator_page(cast.office, row, period, TODAY)


def share(**fields: object) -> Indicator:
    return measuring.indicator(name="寄宿率", formula="boarders / pupils", **fields)


def test_why_short_names_how_far_since_when_and_the_worst_schools(cast: build.Cast) -> None:
    row = share(standard=Decimal(50))
    schools = [cast.school, cast.other_school, *(build.organisation(name=f"第{n}校", order=n) for n in range(3, 6))]
    for school, boarders in zip(schools, (60, 40, 10, 20, 30), strict=True):
        figures(school, 100, boarders)
    measuring.reading(indicator=row, period=YEAR - 1, value=30)
    measuring.reading(indicator=row, value=32, missing=[["pupils", "2026", [9, "primary"]]])
    assert page(cast, row).why == (
        "2026—2027学年为 32.0，比目标 50.0 差 18.0 %。比上期好了 2.0。"
        "5 所学校中有 4 所没有达到，差得最多的是第3校 10.0、第4校 20.0、第5校 30.0。"
        "有 1 处缺数据，没有算进去。"
    )


def test_why_short_where_less_is_better(cast: build.Cast) -> None:
    row = share(direction="down")
    measuring.target(indicator=row, value=10)
    figures(cast.school, 100, 40)
    figures(cast.other_school, 100, 5)
    measuring.reading(indicator=row, period=YEAR - 1, value=20)
    measuring.reading(indicator=row, value=22.5)
    assert page(cast, row).why == (
        "2026—2027学年为 22.5，比目标 10.0 差 12.5 %。比上期差了 2.5。"
        "2 所学校中有 1 所没有达到，差得最多的是一小 40.0。"
    )


def test_why_short_of_a_reported_value_that_stood_still(cast: build.Cast) -> None:
    row = measuring.indicator(standard=Decimal(80))
    measuring.reading(indicator=row, period=YEAR - 1, value=78)
    measuring.reading(indicator=row, value=78)
    found = page(cast, row)
    assert (found.line.light, found.why) == (
        Light.YELLOW, "2026—2027学年为 78.0，比目标 80.0 差 2.0 %。与上期相同。",
    )  # fmt: skip


def test_nothing_is_short_where_nothing_is_asked_or_known(cast: build.Cast) -> None:
    asked, unasked = measuring.indicator(standard=Decimal(80)), measuring.indicator()
    measuring.reading(indicator=unasked)
    assert [page(cast, row).why for row in (asked, unasked)] == ["", ""]
    measuring.reading(indicator=asked, value=80)
    assert (page(cast, asked).why, page(cast, asked).line.light) == ("", Light.GREEN)


def test_schools_do_not_learn_which_others_are_short(cast: build.Cast) -> None:
    row = share(standard=Decimal(50))
    figures(cast.school, 100, 60)
    figures(cast.other_school, 100, 10)
    measuring.reading(indicator=row, value=35)
    assert "二小" in page(cast, row).why
    for actor in (cast.head, cast.coordinator):
        why = queries.indicator_page(actor, row, YEAR, TODAY).why
        assert why == "2026—2027学年为 35.0，比目标 50.0 差 15.0 %。"


def test_schools_beside_each_other_in_official_order(cast: build.Cast) -> None:
    row = share(standard=Decimal(50))
    figures(cast.school, 100, 60)
    figures(cast.other_school, 100, 10)
    lacking = build.organisation(name="缺数校", order=2000)
    measuring.measured("schools", 1, unit=lacking)
    found = [(str(one.school), one.value, one.is_met, one.missing) for one in queries.schools_beside(row, YEAR)]
    assert found == [("一小", 60, True, False), ("二小", 10, False, False), ("缺数校", None, None, True)]
    chart = queries.chart_of_schools(page(cast, row))
    assert [series.values for series in chart.series] == [[60.0, 10.0, None], [None] * 3, [50.0] * 3]
    assert "不是排名" in chart.summary
    assert queries.chart_of_schools(page(cast, measuring.indicator())) is None


def test_a_formula_that_does_not_hold_or_is_private_has_no_schools(cast: build.Cast) -> None:
    figures(cast.school, 100, 60)
    measuring.measured("migrant_pupils", 40, unit=cast.school)
    assert queries.schools_beside(measuring.indicator(formula="nobody / pupils"), YEAR) == ()
    secret = measuring.indicator(code="M", formula="migrant_pupils / pupils", standard=Decimal(50))
    through = measuring.indicator(formula="@M * 2", standard=Decimal(90))
    for row in (secret, through):
        measuring.reading(indicator=row, value=40)
        assert queries.schools_beside(row, YEAR) == ()
        assert "一小" not in page(cast, row).why


def test_a_formula_that_looks_back_is_worked_out_for_each_school(cast: build.Cast) -> None:
    row = measuring.indicator(formula="pupils - previous(previous(pupils))", unit="人")
    for n in range(3):
        figures(cast.school, 100 + 10 * n, 0, period=YEAR - 2 + n)
    assert [one.value for one in queries.schools_beside(row, YEAR)] == [20]
    chart = queries.chart_of_schools(page(cast, row))
    assert [series.name for series in chart.series] == ["各校", "全县"]


def test_inputs_say_what_went_in_but_not_of_a_few_children(cast: build.Cast) -> None:
    inputs = [
        ["pupils", "2026", ["primary", "middle"], 90.0, 3], ["migrant_pupils", "2026", [], 9.0, 3],
        ["left_behind_pupils", "2026", [], 10.0, 2], ["disabled_pupils", "2026", [], 30.0, 1],
        ["migrant_pupils", "2025", [], None, 0], ["@R", "2026", [], 5.0, 0],
    ]  # fmt: skip
    reading = measuring.reading(indicator=share(), inputs=inputs)
    found = [(one.name, one.stages, one.total) for one in queries.inputs_of(reading)]
    assert found == [
        ("pupils", "小学、初中", 90), ("migrant_pupils", "", None), ("left_behind_pupils", "", 10),
        ("disabled_pupils", "", None), ("migrant_pupils", "", None),
    ]  # fmt: skip
    assert queries.inputs_of(None) == []


def test_an_input_school_by_school_down_to_the_rows(cast: build.Cast) -> None:
    row = share()
    figures(cast.school, 100, 60)
    figures(cast.other_school, 50, 10)
    measuring.measured("pupils", 30, unit=cast.school, stage="middle")
    measuring.measured("pupils", 5)

    def ask(**asked: str) -> queries.InputPage | None:
        usual = {"measure": "", "period": "", "school": "", "stage": ""}
        return queries.input_page(row, today=TODAY, **usual | asked)

    found = ask(measure="pupils")
    assert (found.label, found.total, found.period) == ("在校生数", 180, YEAR)
    assert [(str(one.school), one.stage_name, one.value) for one in found.parts] == [
        ("一小", "初中", 30), ("一小", "小学", 100), ("二小", "小学", 50),
    ]  # fmt: skip
    one = ask(measure="pupils", school=str(cast.school.pk), stage="primary", period="2026")
    assert (one.label, one.origins) == ("一小 在校生数", ())
    nobody = ask(measure="pupils", school="0", period="9" * 5000)
    assert (nobody.school, nobody.parts, nobody.origins) == (None, (), ())
    assert ask(measure="teachers") is None
    assert ask().measure.name in {"pupils", "boarders"}
    secret = measuring.indicator(formula="migrant_pupils / pupils")
    asked = {"period": "", "school": "", "stage": ""}
    assert queries.input_page(secret, today=TODAY, measure="migrant_pupils", **asked) is None
    assert queries.input_page(measuring.indicator(), today=TODAY, measure="", **asked) is None


def values(row: Indicator, **told: float) -> None:
    for name, value in told.items():
        measuring.reading(indicator=row, period=int(name.removeprefix("y")), value=value)


def ahead(cast: build.Cast, row: Indicator, period: int = YEAR) -> str:
    return queries.ahead_in_words(page(cast, row, period))


def test_one_value_tells_of_no_pace(cast: build.Cast) -> None:
    row = share()
    assert queries.chart_of(page(cast, row)) is None
    values(row, y2026=50)
    assert ahead(cast, row) == ""
    assert queries.summary_of(page(cast, row)) == "寄宿率：2026—2027学年为 50.0 %。"
    assert [series.name for series in queries.chart_of(page(cast, row)).series] == ["实测值"]


def test_two_values_tell_of_a_pace_and_what_would_be_needed(cast: build.Cast) -> None:
    row = share()
    values(row, y2025=50, y2026=52)
    assert ahead(cast, row) == "按现有进度，2027—2028学年约为 54.0。"
    measuring.target(indicator=row, period=2029, value=70)
    assert ahead(cast, row) == (
        "按现有进度，2029—2030学年约为 58.0；要达到目标，每期需要变动 +6.00，现在每期变动 +2.00。"
    )


def test_three_values_tell_how_sure_it_is(cast: build.Cast) -> None:
    row = share(direction="down")
    values(row, y2024=60, y2025=55, y2026=52)
    found = page(cast, row).ahead
    words = f"八成把握在 {found.low:.1f} 到 {found.high:.1f} 之间"
    assert words in ahead(cast, row)
    assert found.low < found.value < found.high


def test_the_baseline_is_a_point_where_no_value_is(cast: build.Cast) -> None:
    row = share(baseline_period=2022, baseline=Decimal(44), standard=Decimal(60))
    values(row, y2026=52)
    found = page(cast, row)
    assert found.series == ((2022, 44.0, None), (2026, 52.0, None))
    assert found.ahead.pace == pytest.approx(2)
    chart = queries.chart_of(found)
    assert chart.places == ["2022—2023学年", "2026—2027学年", "2027—2028学年"]
    assert {series.name: series.values for series in chart.series} == {
        "实测值": [44.0, 52.0, None], "标准": [60.0] * 3, "按现有进度": [None, 52.0, 54.0],
    }  # fmt: skip


def test_how_sure_the_line_ahead_is_opens_from_the_last_value(cast: build.Cast) -> None:
    row = share()
    values(row, y2024=40, y2025=44, y2026=46)
    found = page(cast, row)
    chart = queries.chart_of(found)
    (area,) = chart.areas
    assert (area.low, area.high) == (
        [None, None, 46.0, round(found.ahead.low, 4)], [None, None, 46.0, round(found.ahead.high, 4)],
    )  # fmt: skip
    assert area.low[-1] < found.ahead.value < area.high[-1]


def test_a_chart_begins_where_something_is_known(cast: build.Cast) -> None:
    row = share()
    measuring.reading(indicator=row, period=2020, value=None, undefined="missing")
    values(row, y2025=44, y2026=46)
    assert queries.chart_of(page(cast, row)).places[0] == "2025—2026学年"


def test_a_pure_number_stands_without_a_unit(cast: build.Cast) -> None:
    row = share(unit="1", decimals=3)
    values(row, y2026=0.405)
    assert queries.summary_of(page(cast, row)) == "寄宿率：2026—2027学年为 0.405。"


def test_the_line_ahead_of_a_past_period_begins_at_it(cast: build.Cast) -> None:
    row = share()
    values(row, y2023=40, y2024=42, y2025=60, y2026=70)
    measuring.target(indicator=row, period=2024, value=45)
    chart = queries.chart_of(page(cast, row, 2024))
    assert {series.name: series.values for series in chart.series} == {
        "实测值": [40.0, 42.0, 60.0, 70.0], "目标": [None, 45.0, None, None], "按现有进度": [None, 42.0, 44.0, None],
    }  # fmt: skip


def test_goals_are_those_of_the_last_year_with_values_that_are_held_against_something(cast: build.Cast) -> None:
    assert queries.goals(cast.county.pk, TODAY) is None
    met, short, unasked = (share(standard=aim) for aim in (Decimal(40), Decimal(90), None))
    for row in (met, short, unasked):
        values(row, y2025=10, y2026=50)
    values(share(retired_on=TODAY, standard=Decimal(1)), y2027=50)
    found = queries.goals(cast.county.pk, TODAY)
    assert (found.period, found.lights) == (YEAR, (Light.GREEN, Light.RED))


def test_small_lines_and_bands() -> None:
    assert tags.spark([None, 3.0]) == ""
    assert 'points="2.0,18.0 70.0,2.0"' in tags.spark([1.0, None, 3.0])
    assert 'points="2.0,18.0 70.0,18.0"' in tags.spark([2.0, 2.0])
    assert tags.state_light("none") == ""
    assert "达到" in tags.state_light("green")


def test_periods_by_name_and_as_asked(cast: build.Cast) -> None:
    assert (queries.period_name(202609), queries.period_name(2026)) == ("2026年9月", "2026—2027学年")
    asked = ("2026", "202609", "202613", "999999", "5", "", "２０２６", "²", "-1", "9" * 5000)
    assert list(map(queries.period_asked, asked)) == [2026, 202609, *[None] * 4, 2026, *[None] * 3]
    assert (queries.period_shown(None), queries.period_shown(2026)) == ("", "2026—2027学年")
    assert queries.period_now(cast.county.pk, "school_year", TODAY) == YEAR
    assert queries.period_now(cast.county.pk, "county_month", TODAY) == 202609
    measuring.measured("pupils", 1, unit=cast.school, period=2024)
    values(share(), y2023=5)
    assert queries.period_now(cast.county.pk, "school_year", TODAY) == 2024
    assert [one for one, _name in queries.periods_of_grain(cast.county.pk, "school_year")] == [2024, 2023]
