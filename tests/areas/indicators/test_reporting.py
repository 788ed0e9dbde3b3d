"""Values that people report: with evidence, verified or sent back, summed over schools, locked, corrected, upward."""

from dataclasses import replace
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.urls import reverse

from tests import build, measuring, planning
from xietong.areas.indicators import access, actions, queries
from xietong.areas.indicators.models import Indicator, Lock, Reading, ReadingChange, Reported, ReportedTotal
from xietong.areas.indicators.rules.bands import Band
from xietong.areas.orgs.models import OrgKind, Role
from xietong.kit.access.permissions import fetch
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Denied, Refused, Stale
from xietong.kit.pages.panels import todos_of

pytestmark = pytest.mark.django_db
NOW, YEAR = build.NOW, measuring.YEAR
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def section(cast: build.Cast) -> Actor:
    return build.player("罗安", Role.SECTION_HEAD, build.organisation(kind=OrgKind.SECTION, name="基教股"))


def report(actor: Actor, row: Indicator, value: float, *, unit: int | None = None, **fields: Any) -> Reading:
    told = {"period": YEAR, "note": "见附件", "now": NOW} | fields
    return actions.report_value(actor, row, unit_id=unit, value=Decimal(str(value)), **told)


def judge(actor: Actor, reading: Reading, *, is_right: bool = True, opinion: str = "") -> Reading:
    held = Reading.objects.get(pk=reading.pk)
    return actions.verify_value(actor, held, is_right=is_right, opinion=opinion, version=held.version, now=NOW)


def labels(actor: Actor) -> list[str]:
    return [todo.label for _actor, todo in todos_of([actor], build.TODAY)]


def test_report_return_report_again_and_verify(cast: build.Cast, section: Actor) -> None:
    row = measuring.indicator(reporter_id=section.org_id)
    first = report(section, row, 61)
    assert (first.state, labels(cast.office)) == ("submitted", ["待核验指标"])
    back = judge(cast.office, first, is_right=False, opinion="佐证不全")
    assert (back.state, back.opinion, labels(section), labels(cast.office)) == (
        "returned", "佐证不全", ["指标退回"], [],
    )  # fmt: skip
    again = report(section, row, 62)
    assert (again.pk, again.state, again.opinion) == (first.pk, "submitted", "")
    right = judge(cast.office, again)
    assert (right.state, right.value, right.verified_by) == ("verified", 62, cast.office.label)
    assert Entry.objects.filter(action="indicators.report_value").count() == 2
    assert Entry.objects.filter(action="indicators.verify_value").count() == 2
    with measuring.nothing_changes(), pytest.raises(actions.NotReported, match="已经核验的数值不能再填"):
        report(section, row, 63)


def test_what_waits_or_was_returned_does_not_count(cast: build.Cast) -> None:
    row, twice = measuring.indicator(code="R"), measuring.indicator(code="TWICE", formula="@R * 2")
    reading = report(cast.office, row, 30)
    lines = queries.scorecard(cast.office, cast.county.pk, YEAR, build.TODAY).lines
    assert [line.value for line in lines] == [None, None]
    judge(cast.office, reading)
    lines = queries.scorecard(cast.office, cast.county.pk, YEAR, build.TODAY).lines
    assert [line.value for line in lines] == [30, 60]
    assert Reading.objects.get(indicator=twice).inputs == [["@R", "2026", [], 30.0, 0]]
    measuring.reading(indicator=row, period=YEAR - 1, value=10, state="returned")
    assert queries.scorecard(cast.office, cast.county.pk, YEAR, build.TODAY).lines[0].before is None


def test_a_value_of_the_year_before_moves_what_looks_back_at_it(cast: build.Cast) -> None:
    row, growth = measuring.indicator(code="R"), measuring.indicator(code="G", formula="@R - previous(@R)")
    judge(cast.office, report(cast.office, row, 30))
    assert Reading.objects.get(indicator=growth, period=YEAR).value is None
    earlier = judge(cast.office, report(cast.office, row, 20, period=YEAR - 1))
    assert Reading.objects.get(indicator=growth, period=YEAR).value == 10
    actions.correct_value(cast.office, earlier, value=Decimal(25), reason="误填", now=NOW)
    assert Reading.objects.get(indicator=growth, period=YEAR).value == 5


def test_a_return_without_a_word_and_a_verdict_on_an_old_version_are_refused(cast: build.Cast) -> None:
    reading = report(cast.office, measuring.indicator(), 61)
    with measuring.nothing_changes(), pytest.raises(actions.NotReported, match="退回请写明原因"):
        judge(cast.office, reading, is_right=False)
    with measuring.nothing_changes(), pytest.raises(Stale):
        actions.verify_value(cast.office, reading, is_right=True, opinion="", version=9, now=NOW)


def test_who_does_not_report_is_refused(cast: build.Cast) -> None:
    computed = measuring.indicator(formula="boarders / pupils")
    county, school = measuring.indicator(), measuring.indicator(reported_by="school")
    for row, unit in ((computed, None), (county, cast.school.pk), (school, None)):
        with measuring.nothing_changes(), pytest.raises(actions.NotReported, match="不由这里填报"):
            report(cast.office, row, 5, unit=unit)


@pytest.mark.parametrize("value", [-0.01, 100.01, 1e9])
def test_a_share_is_between_nought_and_a_hundred(cast: build.Cast, value: float) -> None:
    row, held = measuring.indicator(code="R"), measuring.reading(indicator=measuring.indicator(code="S"))
    with measuring.nothing_changes(), pytest.raises(actions.BadValue):
        report(cast.office, row, value)
    with measuring.nothing_changes(), pytest.raises(actions.BadValue):
        actions.correct_value(cast.office, held, value=Decimal(str(value)), reason="误填", now=NOW)


def test_what_is_no_share_may_be_large_but_not_negative(cast: build.Cast) -> None:
    row = measuring.indicator(unit="人次")
    assert report(cast.office, row, 5000).value == 5000
    with measuring.nothing_changes(), pytest.raises(actions.BadValue, match="不能为负"):
        report(cast.office, row, -1)


@pytest.mark.parametrize("period", [202609, 5, 99999])
def test_a_value_of_no_such_period_is_refused(cast: build.Cast, period: int) -> None:
    row = measuring.indicator()
    with measuring.nothing_changes(), pytest.raises(actions.BadPeriod):
        report(cast.office, row, 5, period=period)
    page = build.client(cast.office).post(reverse("indicators:report", args=[row.pk, period]), {"value": "5"})
    assert page.status_code == 422


def test_values_of_schools_add_up_once_they_are_verified(cast: build.Cast) -> None:
    row = measuring.indicator(reported_by="school", unit="次")
    one = report(cast.head, row, 3, unit=cast.school.pk)
    two = report(cast.office, row, 4, unit=cast.other_school.pk)
    assert not Reading.objects.filter(unit=None).exists()
    judge(cast.office, one)
    assert (total(row).value, total(row).state) == (3, "computed")
    judge(cast.office, two)
    assert total(row).value == 7
    assert [str(one.school) for one in queries.schools_beside(row, YEAR)] == ["一小", "二小"]
    judge(
        cast.office, report(cast.head, row, 9, unit=cast.school.pk, period=YEAR - 1), is_right=False, opinion="不实"
    )
    assert total(row, YEAR - 1).value is None


def total(row: Indicator, period: int = YEAR) -> Reading:
    return Reading.objects.get(indicator=row, unit=None, period=period)


def test_a_correction_of_a_school_in_a_locked_period_is_kept_beside_the_sum_too(cast: build.Cast) -> None:
    row = measuring.indicator(reported_by="school", unit="次")
    one = judge(cast.office, report(cast.head, row, 3, unit=cast.school.pk))
    actions.lock_period(cast.office, period=YEAR, now=NOW)
    actions.correct_value(cast.office, one, value=Decimal(5), reason="漏报", now=NOW)
    kept = ReadingChange.objects.order_by("pk").values_list("reading__unit", "before", "after", "reason")
    assert list(kept) == [(cast.school.pk, 3, 5, "漏报"), (None, 3, 5, "来源数据更正")]
    assert total(row).value == 5


def test_a_correction_keeps_both_versions(cast: build.Cast) -> None:
    row = measuring.indicator(name="覆盖率")
    reading = judge(cast.office, report(cast.office, row, 61))
    corrected = actions.correct_value(cast.office, reading, value=Decimal(66), reason="误填", now=NOW)
    change = ReadingChange.objects.get()
    assert (corrected.value, change.before, change.after, change.by) == (66, 61, 66, cast.office.label)
    assert str(change) == "覆盖率 2026: 61.000000 → 66.000000"
    assert Entry.objects.get(action="indicators.correct_value").reason == "误填"
    with measuring.nothing_changes(), pytest.raises(actions.NotReported, match="与原来相同"):
        actions.correct_value(cast.office, corrected, value=Decimal(66), reason="误填", now=NOW)


def test_what_is_worked_out_or_waits_is_not_corrected(cast: build.Cast) -> None:
    computed = measuring.reading(indicator=measuring.indicator(formula="boarders / pupils"))
    waiting = report(cast.office, measuring.indicator(), 61)
    for reading in (computed, waiting):
        with measuring.nothing_changes(), pytest.raises(actions.NotReported):
            actions.correct_value(cast.office, reading, value=Decimal(5), reason="误填", now=NOW)


def test_the_cause_of_a_red_light_is_kept_and_shown(cast: build.Cast) -> None:
    row = measuring.indicator(formula="boarders / pupils", standard=Decimal(60))
    reading = measuring.reading(indicator=row)
    office = build.client(cast.office)
    url = reverse("indicators:cause", args=[reading.pk])
    assert office.get(url).status_code == 200
    assert office.post(url, {"cause": "新建宿舍未完工", "version": 1}).status_code == 302
    assert Reading.objects.get().cause == "新建宿舍未完工"
    assert "新建宿舍未完工" in office.get(reverse("indicators:indicator", args=[row.pk])).content.decode()
    with measuring.nothing_changes(), pytest.raises(Stale):
        actions.give_cause(cast.office, reading, cause="别的", version=1, now=NOW)


def test_a_lock_waits_for_what_is_not_verified_and_then_holds(cast: build.Cast) -> None:
    row = measuring.indicator()
    reading = report(cast.office, row, 61)
    monthly = measuring.indicator(grain="county_month")
    report(cast.office, monthly, 61, period=202608)
    with measuring.nothing_changes(), pytest.raises(actions.PeriodLocked, match="还有 1 个填报的数值没有核验"):
        actions.lock_period(cast.office, period=YEAR, now=NOW)
    judge(cast.office, reading, is_right=False, opinion="不实")
    lock = actions.lock_period(cast.office, period=YEAR, now=NOW)
    assert (lock.grain, str(lock), queries.is_locked(cast.county.pk, YEAR)) == ("school_year", "云岭县 2026", True)
    with measuring.nothing_changes(), pytest.raises(actions.PeriodLocked, match="只能由办公室更正"):
        report(cast.office, row, 61)
    with measuring.nothing_changes(), pytest.raises(Refused, match="已经锁定"):
        actions.lock_period(cast.office, period=YEAR, now=NOW)
    with measuring.nothing_changes(), pytest.raises(actions.BadPeriod):
        actions.lock_period(cast.office, period=202613, now=NOW)


def test_a_verdict_on_a_locked_period_is_refused(cast: build.Cast) -> None:
    reading = report(cast.office, measuring.indicator(), 61)
    Lock.objects.create(county=cast.county, grain="school_year", period=YEAR, by="办公室", at=NOW)
    with measuring.nothing_changes(), pytest.raises(actions.PeriodLocked):
        judge(cast.office, reading)


def test_evidence_hangs_on_the_value_and_follows_its_access(cast: build.Cast) -> None:
    row = measuring.indicator(reported_by="school", unit="次")
    file = SimpleUploadedFile("签到表.pdf", PDF)
    reading = report(cast.head, row, 3, unit=cast.school.pk, plain=[file])
    (held,) = queries.evidence_of(reading)
    url = reverse("file", args=[held.pk])
    there = build.player("田野", Role.SCHOOL_HEAD, cast.other_school)
    answers = {}
    for actor in (cast.office, cast.head, there, cast.stranger):
        response = build.client(actor).get(url)
        answers[actor.name] = response.status_code
        assert not response.streaming or response.getvalue() == PDF
    assert answers == {cast.office.name: 200, cast.head.name: 200, "田野": 404, cast.stranger.name: 404}
    assert queries.reading(cast.head, reading.pk) == reading
    with pytest.raises(Http404):
        queries.reading(there, reading.pk)
    with measuring.nothing_changes(), pytest.raises(Refused):
        report(cast.head, row, 5, unit=cast.school.pk, uploads=["nobody-has-it"])


def test_what_a_county_handed_in_with_evidence_is_not_for_schools(cast: build.Cast) -> None:
    row = measuring.indicator()
    report(cast.office, row, 61, plain=[SimpleUploadedFile("佐证材料.pdf", PDF)])
    url = reverse("indicators:indicator", args=[row.pk])
    assert "佐证材料" in build.client(cast.office).get(url).content.decode()
    seen = build.client(cast.head).get(url).content.decode()
    assert "佐证材料" not in seen
    assert cast.office.label not in seen


def test_report_upward_and_what_an_observer_reads(cast: build.Cast) -> None:
    province = build.organisation(kind=OrgKind.PROVINCE, name="云江省教育厅", aliases=["云江省"])
    observer = build.player("省观察员", Role.PROVINCE_OBSERVER, province)
    row = measuring.indicator(code="R", section="balance", name="第一项")
    gone = measuring.indicator(code="S", section="balance", name="第二项", standard=Decimal(100))
    measuring.target(indicator=row, value=60)
    measuring.reading(indicator=row, value=57)
    second = measuring.reading(indicator=gone, value=60)
    measuring.reading(indicator=measuring.indicator(retired_on=build.TODAY))
    waiting = measuring.indicator(code="W", section="balance", name="未核验")
    measuring.reading(indicator=waiting, state="submitted")
    with measuring.nothing_changes(), pytest.raises(actions.NothingToReport):
        actions.report_upward(cast.office, period=YEAR - 1, now=NOW)
    assert queries.reported_page(observer, {}, build.TODAY).periods == ()
    assert actions.report_upward(cast.office, period=YEAR, now=NOW) == 2
    page = queries.reported_page(observer, {}, build.TODAY)
    assert [head.name for head in page.heads] == ["第一项", "第二项"]
    assert page.rows[0] == (cast.county, (Band.B, Band.D))
    assert page.rows[1] == (cast.next_county, (None, None))
    assert [head.sums for head in page.heads] == [{Band.B: 1}, {Band.D: 1}]
    second.state = "returned"
    second.save()
    assert actions.report_upward(cast.office, period=YEAR, now=NOW) == 1
    assert list(Reported.objects.values_list("code", flat=True)) == ["R"]
    assert str(Reported.objects.get()) == "云岭县 第一项 2026"
    text = build.client(observer).get(reverse("indicators:reported")).content.decode()
    assert "第一项" in text
    assert ">57" not in text


def test_totals_follow_what_the_counties_of_a_region_report(cast: build.Cast) -> None:
    """A province sums all its counties, a city its own; a county sees none; a new report moves the sums."""
    elsewhere = build.county(code="999903", name="远山县", city_name="远州市")
    province = build.organisation(kind=OrgKind.PROVINCE, name="云江省教育厅", aliases=["云江省"])
    city = build.organisation(kind=OrgKind.CITY, name="远州市教育局", aliases=["远州市"])
    of_province = build.player("省观察员", Role.PROVINCE_OBSERVER, province)
    of_city = build.player("市观察员", Role.CITY_OBSERVER, city)
    measuring.reported(county=cast.next_county, code="R", band="A")
    measuring.reported(county=elsewhere, code="R", band="A")
    measuring.reported(county=elsewhere, code="Z", band="D")
    row = measuring.indicator(code="R", section="balance")
    measuring.target(indicator=row, value=60)
    reading = measuring.reading(indicator=row, value=57)
    for value, band in ((57, Band.B), (60, Band.A)):
        reading.value = Decimal(value)
        reading.save()
        actions.report_upward(cast.office, period=YEAR, now=NOW)
        sums = [head.sums for head in queries.reported_page(of_province, {}, build.TODAY).heads]
        assert sums == [{Band.A: 2, Band.B: 1} if band == Band.B else {Band.A: 3}, {Band.D: 1}]
    page = queries.reported_page(of_city, {}, build.TODAY)
    assert [head.sums for head in page.heads] == [{Band.A: 1}, {Band.D: 1}]
    assert page.rows == ((elsewhere, (Band.A, Band.D)),)
    own = queries.reported_page(cast.office, {}, build.TODAY)
    assert own.rows == ((cast.county, (Band.A,)),)
    assert not own.has_totals
    assert str(ReportedTotal.objects.get(level="city", band="D")) == "远州市 指标Z 2026 D"


def test_what_was_reported_before_totals_were_kept_is_counted_by_the_migration(cast: build.Cast) -> None:
    measuring.reported(county=cast.county, code="R", band="A")
    measuring.reported(county=cast.next_county, code="R", band="A")
    measuring.reported(county=build.county(code="999903", name="远山县", city_name="远州市"), code="R", period=2024)
    fields = [field.name for field in ReportedTotal._meta.fields if field.name != "id"]
    kept = sorted(ReportedTotal.objects.values_list(*fields))
    ReportedTotal.objects.all().delete()
    import_module("xietong.areas.indicators.migrations.0002_reported_totals").count_what_was_reported(apps, None)
    assert sorted(ReportedTotal.objects.values_list(*fields)) == kept
    assert len(kept) == 4


def test_reported_pages_take_what_is_asked_for(cast: build.Cast) -> None:
    measuring.reported(county=cast.county, code="A", period=2024)
    measuring.reported(county=cast.county, code="B", section="teachers", target=None, band="-")
    measuring.reported(county=cast.next_county, code="C")
    office = cast.office
    assert [one for one, _name in queries.reported_page(office, {}, build.TODAY).periods] == [YEAR, 2024]
    assert queries.reported_page(office, {}, build.TODAY).heads == ()
    assert queries.reported_page(office, {"period": "2024", "section": "nothing"}, build.TODAY).heads[0].code == "A"
    teachers = queries.reported_page(office, {"period": "9" * 5000, "section": "teachers", "page": "x"}, build.TODAY)
    assert teachers.rows == ((cast.county, (Band.UNMEASURED,)),)


def test_duties_are_those_of_the_unit_and_of_the_kind_of_period(cast: build.Cast, section: Actor) -> None:
    own = measuring.indicator(reporter_id=section.org_id)
    measuring.indicator(grain="county_month", reporter_id=section.org_id)
    measuring.indicator(retired_on=build.TODAY, reporter_id=section.org_id)
    nobodys = measuring.indicator()
    of_school = measuring.indicator(reported_by="school")
    assert [duty.row for duty in queries.duties(section, YEAR)] == [own]
    assert [duty.row for duty in queries.duties(cast.office, YEAR)] == [own, nobodys]
    assert [duty.row for duty in queries.duties(cast.head, YEAR)] == [of_school]
    report(cast.head, of_school, 3, unit=cast.school.pk)
    (duty,) = queries.duties(cast.head, YEAR)
    assert (duty.is_open, duty.reading.value) == (False, 3)
    with pytest.raises(Http404):
        queries.indicator_to_report(section, nobodys.pk)


def test_what_is_retired_is_not_reported_and_what_is_judged_not_judged_again(cast: build.Cast) -> None:
    retired = measuring.indicator(retired_on=build.TODAY)
    judged = measuring.reading(indicator=measuring.indicator())
    with pytest.raises(Denied, match="已停用"):
        queries.indicator_to_report(cast.office, retired.pk)
    with pytest.raises(Denied, match="不在待核验的状态"):
        queries.reading_to_verify(cast.office, judged.pk)


def test_a_verifier_verifies_what_is_his_and_the_office_everything(cast: build.Cast, section: Actor) -> None:
    mine = measuring.reading(indicator=measuring.indicator(verifier_id=section.org_id), state="submitted")
    other = measuring.reading(indicator=measuring.indicator(), state="submitted")
    assert list(queries.readings_to_verify(section)) == [mine]
    assert set(queries.readings_to_verify(cast.office)) == {mine, other}
    assert not queries.readings_to_verify(cast.head)
    assert not queries.readings_to_verify(cast.stranger)
    assert fetch(section, access.VERIFY_VALUE, mine.pk) == mine


def test_a_role_without_a_county_sees_no_values(cast: build.Cast) -> None:
    row = measuring.indicator()
    nowhere = replace(cast.office, county_id=None)
    assert not queries.indicators(nowhere)
    with pytest.raises(Http404):
        queries.indicator(nowhere, row.pk)
    assert list(queries.indicators(cast.coordinator)) == [row]
