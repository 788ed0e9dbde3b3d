"""The dictionary: the start set, indicators of the county's own, formulas with faults, targets."""

from decimal import Decimal
from typing import Any

import pytest

from tests import build, measuring, planning
from xietong.areas.indicators import actions, queries
from xietong.areas.indicators.models import Indicator, Reading, Section, Target
from xietong.areas.indicators.rules.formula import parse
from xietong.areas.indicators.rules.formula.errors import FormulaError
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused, Stale
from xietong.kit.measures.declare import measures
from xietong.kit.ruletable.models import Confidence

pytestmark = pytest.mark.django_db
NOW, YEAR = build.NOW, measuring.YEAR
TASKS = {"keyschools", "teachers", "consortia", "practicum", "courses"}


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def own(cast: build.Cast, formula: str = "", **fields: Any) -> Indicator:
    usual = {"code": "OWN-1", "name": "自有指标", "definition": "定义", "section": "teachers", "unit": "%"}
    reported = {} if formula else {"reported_by": "county"}
    return actions.add_indicator(cast.office, now=NOW, formula=formula, **usual | reported | fields)


def test_the_start_set_covers_the_plan_and_every_formula_holds(cast: build.Cast) -> None:
    # Whoever read it first may not have been measured.
    actions.start_set.cache_clear()
    assert actions.adopt_start_set(cast.office, now=NOW) == len(actions.start_set()) == 64
    rows = queries.county_indicators(cast.county.pk)
    broken = {row.code: queries.problem_of(row, [one for one in rows if one != row]) for row in rows}
    assert {code: fault for code, fault in broken.items() if fault} == {}
    assert {row.section for row in rows} == set(Section.values) > TASKS
    assert all(row.document and row.clause and row.definition and row.confidence in Confidence.values for row in rows)
    assert all(row.document_no for row in rows if row.confidence in {"B2", "B"})
    assert [row.order for row in rows] == list(range(64))
    assert sum(row.section in TASKS for row in rows) >= 25
    for row in rows:
        row.full_clean()


def test_the_start_set_leaves_what_the_county_has(cast: build.Cast) -> None:
    measuring.indicator(code="BAL-P01", name="本县的叫法")
    measuring.indicator(county=cast.next_county, code="BAL-P02")
    assert actions.adopt_start_set(cast.office, now=NOW) == 63
    assert actions.adopt_start_set(cast.office, now=NOW) == 0
    assert Indicator.objects.get(county=cast.county, code="BAL-P01").name == "本县的叫法"
    assert Indicator.objects.filter(county=cast.next_county).count() == 1
    assert Entry.objects.filter(action="indicators.adopt_start_set").count() == 2


def test_the_start_set_is_worked_out_for_every_year_with_measures(cast: build.Cast) -> None:
    for year in (YEAR - 1, YEAR):
        measuring.measured("schools", 1, unit=cast.school, period=year)
        measuring.measured("pupils", 200, unit=cast.school, period=year)
    measuring.measured("higher_qualified_teachers", 10, unit=cast.school)
    actions.adopt_start_set(cast.office, now=NOW)
    values = Reading.objects.filter(indicator__code="BAL-P01").values_list("period", "value")
    assert dict(values) == {YEAR - 1: None, YEAR: 5}


def test_add_indicator_works_it_out_at_once(cast: build.Cast) -> None:
    measuring.measured("pupils", 90, unit=cast.school)
    measuring.measured("boarders", 30, unit=cast.school)
    row = own(cast, "boarders / pupils", baseline_period=2023, baseline=Decimal(12))
    assert Reading.objects.get(indicator=row).value == Decimal("33.333333")
    assert Entry.objects.get(action="indicators.add_indicator").target_id == str(row.pk)
    with measuring.nothing_changes(), pytest.raises(Refused, match="这个编码已经有了"):
        own(cast, "boarders / pupils")


FAULTS = {
    "pupils / 0": "分母恒为零",
    "pupels / pupils": "没有名为“pupels”的数据项。是不是：pupils？",
    "@NOPE": "没有编码为“NOPE”的指标",
    "@OWN-1": "互相引用成了一个圈：OWN-1 → OWN-1",
    "pupils +": "“公式结尾”这里应当是数据项、数字或括号",
    "pupils pupils": "第 8 个字起：pupils",
    "pupils[primry]": "没有学段“primry”。是不是：primary？",
    "sun(pupils)": "没有函数“sun”",
    "cv(pupils)": "参数个数不对，写了 1 个",
    "pupils ¥ 2": "公式里不能有“¥”",
    "12345678901234567890": "数字太长",
    "pupils > 5": "这里应当是一个数，而不是条件",
    "share(pupils)": "这里应当是一个条件，例如 a / b >= 5%",
    "pupils / teaching_area": "单位不一致",
    "85": "请写明是百分数",
    "pupils[1]": "“1”这里应当是学段",
    "(pupils": "“公式结尾”这里应当是“)”",
    "sum(sum(pupils)) / pupils": "不能放在另一个汇总函数里",
    "sum(1)": "没有按学校统计的数据项",
    "tasks_due[primary] / tasks_due": "没有分学段",
    "sum(tasks_due / pupils)": "没有分学校的数值",
    "(" * 21 + "pupils" + ")" * 21: "层数太多",
    "pupils" * 400: "公式太长",
}


@pytest.mark.parametrize(("formula", "words"), FAULTS.items(), ids=range(len(FAULTS)))
def test_a_formula_with_a_fault_is_refused_in_words(cast: build.Cast, formula: str, words: str) -> None:
    with measuring.nothing_changes(), pytest.raises(actions.BadFormula) as refusal:
        own(cast, formula)
    assert words in str(refusal.value)
    assert "%(" not in str(refusal.value)


def test_what_is_wrong_with_a_unit_or_an_indicator_referred_to_is_said(cast: build.Cast) -> None:
    with pytest.raises(actions.BadFormula, match="不是计量单位"):
        own(cast, "boarders / pupils", unit="头/头/头//")
    measuring.indicator(code="BAD", formula="nobody / pupils")
    with pytest.raises(actions.BadFormula, match=r"引用的指标 BAD 的公式有问题：没有名为“nobody”的数据项"):
        own(cast, "@BAD")
    assert own(cast, "boarders / pupils").pk


def test_every_fault_of_a_formula_has_a_sentence() -> None:
    codes = {one.code for one in FormulaError.__subclasses__()}
    assert codes == set(queries.SENTENCES)


def test_change_indicator_works_it_out_anew(cast: build.Cast) -> None:
    measuring.measured("pupils", 90, unit=cast.school)
    measuring.measured("boarders", 30, unit=cast.school)
    row = own(cast, "boarders / pupils")
    changed = actions.change_indicator(
        cast.office, row, version=1, now=NOW, formula="1 - boarders / pupils", reporter=None
    )
    reading = Reading.objects.get(indicator=row)
    assert (changed.version, reading.value, reading.version) == (2, Decimal("66.666667"), 2)
    with measuring.nothing_changes(), pytest.raises(Stale):
        actions.change_indicator(cast.office, row, version=1, now=NOW, name="别的")
    with measuring.nothing_changes(), pytest.raises(actions.BadFormula, match="没有名为"):
        actions.change_indicator(cast.office, row, version=2, now=NOW, formula="bord / pupils")


def test_a_change_that_would_break_another_or_close_a_circle_is_refused(cast: build.Cast) -> None:
    first = own(cast, "boarders / pupils")
    second = own(cast, "@OWN-1 * 2", code="OWN-2")
    with measuring.nothing_changes(), pytest.raises(actions.BadFormula, match=r"圈：OWN-1 → OWN-2 → OWN-1"):
        actions.change_indicator(cast.office, first, version=1, now=NOW, formula="@OWN-2")
    with measuring.nothing_changes(), pytest.raises(actions.BadFormula, match=r"指标 OWN-2 引用了它，会算不出来"):
        actions.change_indicator(cast.office, first, version=1, now=NOW, formula="boarders", unit="人")
    actions.retire_indicator(cast.office, second, reason="不再统计", now=NOW)
    assert (
        actions.change_indicator(cast.office, first, version=1, now=NOW, formula="boarders", unit="人").unit == "人"
    )


def test_one_that_is_broken_already_is_in_nobodys_way(cast: build.Cast) -> None:
    measuring.indicator(code="OLD", formula="gone / pupils")
    measuring.measured("pupils", 90, unit=cast.school)
    assert own(cast, "boarders / pupils").pk
    broken = Reading.objects.get(indicator__code="OLD")
    assert (broken.value, broken.inputs) == (None, [])
    assert "没有名为“gone”的数据项" in broken.undefined


def test_what_was_reported_and_is_worked_out_now_counts_as_worked_out(cast: build.Cast) -> None:
    row = own(cast)
    measuring.reading(indicator=row, value=7, state="submitted")
    for name, value in (("pupils", 90), ("boarders", 45)):
        measuring.measured(name, value, unit=cast.school)
    actions.change_indicator(cast.office, row, version=1, now=NOW, formula="boarders / pupils", reported_by="")
    found = Reading.objects.get()
    assert (found.value, found.state) == (50, "computed")


def test_retire_indicator_keeps_its_values(cast: build.Cast) -> None:
    measuring.measured("pupils", 90, unit=cast.school)
    row = own(cast, "boarders / pupils")
    held = Reading.objects.count()
    retired = actions.retire_indicator(cast.office, row, reason="不再统计", now=NOW)
    actions.recompute(cast.office, cast.county.pk, YEAR + 1, {"pupils"}, now=NOW)
    assert (retired.retired_on, Reading.objects.count()) == (build.TODAY, held)
    assert Entry.objects.get(action="indicators.retire_indicator").reason == "不再统计"


def test_targets_are_set_changed_and_taken_away(cast: build.Cast) -> None:
    row = own(cast)
    for value in (Decimal(80), Decimal(85)):
        actions.set_target(cast.office, row, period=YEAR, value=value, now=NOW)
        assert Target.objects.get().value == value
    assert queries.targets_of(cast.county.pk, YEAR + 1) == {row.pk: Decimal(85)}
    assert queries.targets_of(cast.county.pk, YEAR - 1) == {}
    actions.set_target(cast.office, row, period=YEAR, value=None, now=NOW)
    assert not Target.objects.exists()
    with measuring.nothing_changes():
        actions.set_target(cast.office, row, period=YEAR, value=None, now=NOW)
    assert Entry.objects.filter(action__contains="target").count() == 3


@pytest.mark.parametrize("period", [202609, 1999, 0, 99999])
def test_a_target_or_baseline_of_no_such_period_is_refused(cast: build.Cast, period: int) -> None:
    row = own(cast)
    with measuring.nothing_changes(), pytest.raises(actions.BadPeriod, match="周期不对"):
        actions.set_target(cast.office, row, period=period, value=Decimal(1), now=NOW)
    with measuring.nothing_changes(), pytest.raises(actions.BadPeriod):
        own(cast, code="OWN-2", baseline_period=period, baseline=Decimal(1))
    monthly = own(cast, code="OWN-3", grain="county_month")
    actions.set_target(cast.office, monthly, period=202609, value=Decimal(1), now=NOW)


def test_formulas_in_words_and_measures_offered(cast: build.Cast) -> None:
    row, reported = own(cast, "boarders / pupils"), own(cast, code="OWN-2")
    broken = measuring.indicator(code="BAD", formula="nobody / pupils")
    rows = queries.county_indicators(cast.county.pk)
    assert "".join(one.text for one in queries.formula_in_words(row, rows)).startswith("寄宿生数")
    assert queries.formula_in_words(reported, rows) == []
    assert [one.text for one in queries.formula_in_words(broken, rows)] == ["nobody / pupils"]
    assert queries.measures_offered() == measures()


def test_needs_go_through_indicators_and_end_at_a_circle(cast: build.Cast) -> None:
    first = measuring.indicator(code="A", formula="@B + previous(@B)")
    second = measuring.indicator(code="B", formula="boarders / pupils - baseline(@C)")
    third = measuring.indicator(code="C")
    needs = queries.needs_of([first, second, third])
    assert needs["A"] == queries.Needs(
        frozenset({"boarders", "pupils"}), frozenset({"B", "C"}), is_compared=True, back=1
    )
    assert needs["B"].indicators == {"C"}
    assert set(needs) == {"A", "B"}
    circle = [Indicator(code="X", formula="@Y"), Indicator(code="Y", formula="@X + pupils")]
    assert queries.measures_of(circle) == {"X": {"pupils"}, "Y": {"pupils"}}
    assert parse("previous(previous(pupils))") == queries.parsed("previous(previous(pupils))")
