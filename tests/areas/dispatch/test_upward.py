"""A form of a higher bureau: kept, mapped, filled for a month, handed in; and every refusal."""

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from tests import build, dispatching, measuring, planning
from tests.kit.form_files import book, saved, simple_paper, simple_sheet, with_parts
from xietong.areas.dispatch import access, actions, documents, queries
from xietong.areas.dispatch.models import Cycle, Filing, Template, UpwardForm, UpwardReport
from xietong.areas.dispatch.rules.snapshots import digest
from xietong.areas.orgs.models import Role
from xietong.kit.access.permissions import may, visible
from xietong.kit.audit.models import Entry as AuditEntry
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.errors import Refused, Stale

pytestmark = pytest.mark.django_db

AFTER = datetime(2026, 9, 30, 9, 0, tzinfo=SHANGHAI)
LATER = AFTER + timedelta(days=1)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def cycle(cast: build.Cast) -> Cycle:
    """One school filed in time, the other has not filed."""
    made = dispatching.cycle()
    dispatching.filing(cycle=made, unit=cast.school, state="accepted")
    dispatching.filing(cycle=made, unit=cast.other_school)
    return made


def added(cast: build.Cast, content: bytes | None = None, **fields: Any) -> UpwardForm:
    usual = {"name": "演示月报表", "to_whom": "演示市教育局", "file_name": "月报表.xlsx"}
    content = simple_sheet() if content is None else content
    return actions.add_upward_form(cast.office, content=content, now=AFTER, **(usual | fields))


def mapped(cast: build.Cast, form: UpwardForm, mapping: dict[str, str], **constants: str) -> UpwardForm:
    words = {f"表1!{place}": text for place, text in constants.items()}
    return actions.map_upward_form(
        cast.office, form, mapping=mapping, constants=words, version=form.version, now=AFTER
    )


def ready(cast: build.Cast) -> UpwardForm:
    return mapped(cast, added(cast), {"表1!B3": "应报单位"}, C3="云岭县")


def state(row: Any) -> dict[str, Any]:
    row.refresh_from_db()
    return {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_form_is_kept_with_how_it_reads(cast: build.Cast) -> None:
    row = added(cast, name=" 演示月报表 ")
    row.refresh_from_db()
    assert (row.name, row.kind, row.blanks, row.mapping) == ("演示月报表", "xlsx", 2, {})
    assert bytes(row.template.content) == simple_sheet()
    assert row.layout[0]["rows"][2][1]["label"] == "应报单位 · 数量"
    assert "layout" not in AuditEntry.objects.get(action="dispatch.add_upward_form").changes
    assert added(cast, simple_paper(), name="另一份").kind == "docx"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "这不是 .docx 或 .xlsx"),
        (b"\0" * (2 * 1024 * 1024 + 1), "不能超过 2 MB"),
        (with_parts(simple_sheet(), {"xl/vbaProject.bin": b"x"}), "含有宏"),
        (saved(book(("表1", {"A1": "项目"}, ""))), "没有可填的空格"),
    ],
    ids=["other", "big", "macros", "full"],
)
def test_a_file_that_cannot_be_filled_is_refused(cast: build.Cast, content: bytes, said: str) -> None:
    with pytest.raises(actions.BadForm, match=said):
        added(cast, content)
    assert (UpwardForm.objects.count(), Template.objects.count()) == (0, 0)
    row = added(cast)
    before = state(row)
    with pytest.raises(actions.BadForm, match=said):
        actions.replace_upward_file(cast.office, row, file_name="新.xlsx", content=content, now=AFTER)
    assert state(row) == before


def test_two_forms_have_two_names(cast: build.Cast) -> None:
    row = added(cast)
    with pytest.raises(Refused, match="同名"):
        added(cast)
    with pytest.raises(Refused):
        added(cast, name=" ")
    other = added(cast, name="另一份")
    with pytest.raises(Refused, match="同名"):
        actions.change_upward_form(
            cast.office, other, name=row.name, to_whom="演示省教育厅", version=other.version, now=AFTER
        )
    assert sorted(UpwardForm.objects.values_list("name", flat=True)) == ["另一份", "演示月报表"]


def test_a_form_is_called_otherwise(cast: build.Cast) -> None:
    row = added(cast)
    said = {"name": " 季报表 ", "to_whom": " 演示省教育厅 ", "version": row.version}
    row = actions.change_upward_form(cast.office, row, now=AFTER, **said)
    assert (row.name, row.to_whom) == ("季报表", "演示省教育厅")
    with pytest.raises(Stale):
        actions.change_upward_form(cast.office, row, now=AFTER, **said)


def test_blanks_are_mapped(cast: build.Cast) -> None:
    row = mapped(cast, added(cast), {"表1!B3": "应报单位"}, B3="不用", C3="  云岭县\n填报 ")
    assert (row.mapping, row.constants) == ({"表1!B3": "应报单位"}, {"表1!C3": "云岭县 填报"})


@pytest.mark.parametrize(
    ("mapping", "constants", "refusal", "said"),
    [
        ({"表1!A3": "应报单位"}, {}, actions.NotBlank, "“表1!A3”不是这张表的空格"),
        ({}, {"Z9": "云岭县"}, actions.NotBlank, "“表1!Z9”不是"),
        ({"表1!B3": "应报的单位"}, {}, actions.UnknownFigure, "“表1!B3”对应的“应报的单位”不是系统数据"),
        ({"表1!B3": "到会单位"}, {}, actions.UnknownFigure, "到会单位"),
        ({}, {"C3": "  "}, actions.BadWords, "“表1!C3”的固定文字"),
        ({}, {"C3": "长" * 201}, actions.BadWords, "200 字"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(
    cast: build.Cast, mapping: dict[str, str], constants: dict[str, str], refusal: type[Refused], said: str
) -> None:
    row = ready(cast)
    before = state(row)
    with pytest.raises(refusal, match=said):
        mapped(cast, row, mapping, **constants)
    assert state(row) == before


def test_a_formula_is_no_blank(cast: build.Cast) -> None:
    row = added(cast, saved(book(("表1", {"A3": "应报单位", "B3": "=1+1", "C1": "数量"}, "A1:C3"))))
    with pytest.raises(actions.NotBlank, match="表1!B3"):
        mapped(cast, row, {"表1!B3": "应报单位"})
    row.refresh_from_db()
    assert row.mapping == {}


def test_a_mapping_over_somebody_elses_is_stale(cast: build.Cast) -> None:
    row = added(cast)
    mapped(cast, row, {"表1!B3": "应报单位"})
    with pytest.raises(Stale):
        mapped(cast, row, {"表1!B3": "按时报送"})
    row.refresh_from_db()
    assert row.mapping == {"表1!B3": "应报单位"}


def test_every_name_that_is_offered_is_counted_for_a_month(cast: build.Cast, cycle: Cycle) -> None:
    measuring.indicator(name="差异系数")
    measuring.indicator(name="应报单位")
    measuring.indicator(name="停用的", retired_on=AFTER.date())
    measuring.indicator(name="邻县的", county=cast.next_county)
    names = [one.name for one in documents.upward_figures(cycle, AFTER.date())]
    assert sorted(names) == sorted(documents.upward_names(cast.county.pk))
    assert [name for name in names if name in {"差异系数", "应报单位", "停用的", "邻县的"}] == [
        "应报单位",
        "差异系数",
    ]


def test_an_indicator_stands_in_a_form_with_its_last_value(cast: build.Cast, cycle: Cycle) -> None:
    row = measuring.indicator(name="应报单位比例")
    reading = measuring.reading(indicator=row, period=2025, value=81.25)
    measuring.reading(indicator=row, period=2026, value=99, state="submitted")
    form = added(cast)
    mapped(cast, form, {"表1!B3": "应报单位比例"})
    report = actions.fill_upward_form(cast.office, form, cycle=cycle, now=AFTER)
    (value,) = report.content["values"]
    assert (value["value"], value["unit"]) == ("81.2%", "")
    (figure,) = report.content["figures"]
    assert figure["sources"] == [{"kind": "indicator", "pk": row.pk, "words": "应报单位比例　2025—2026学年　81.2%"}]
    reading.value = Decimal(85)
    reading.save()
    report.refresh_from_db()
    assert report.content["values"][0]["value"] == "81.2%"
    again = actions.fill_upward_form(cast.office, form, cycle=cycle, now=AFTER)
    assert again.content["values"][0]["value"] == "85.0%"


def test_an_indicator_without_a_value_that_counts_is_a_dash(cast: build.Cast, cycle: Cycle) -> None:
    measuring.indicator(name="实习基地数", unit="个")
    found = {one.name: (one.value, one.unit, one.sources) for one in documents.upward_figures(cycle, AFTER.date())}
    assert found["实习基地数"] == ("—", "个", ())


def test_a_month_is_filled_in_and_frozen(cast: build.Cast, cycle: Cycle) -> None:
    row = actions.fill_upward_form(cast.office, ready(cast), cycle=cycle, now=AFTER)
    row.refresh_from_db()
    assert row.content["values"] == [
        {"address": "表1!B3", "label": "应报单位 · 数量", "name": "应报单位", "value": "2", "unit": "个"},
        {"address": "表1!C3", "label": "应报单位 · 备注", "name": "", "value": "云岭县", "unit": ""},
    ]
    (figure,) = row.content["figures"]
    assert [one["kind"] for one in figure["sources"]] == ["filing", "filing"]
    assert (row.content["month"], row.content["day"], row.year) == ("2026年9月", "2026-09-30", 2026)
    assert (row.digest, row.by, row.reported_at) == (digest(row.content), cast.office.acting_name, None)
    kept = AuditEntry.objects.get(action="dispatch.fill_upward_form")
    assert ("content" in kept.changes, kept.changes["digest"][1]) == (False, row.digest)
    page = openpyxl.load_workbook(BytesIO(documents.upward_file(row)))["表1"]
    assert (page["B3"].value, page["C3"].value) == (2, "云岭县")


def test_words_of_the_month_are_filled_in_too(cast: build.Cast, cycle: Cycle) -> None:
    form = mapped(cast, added(cast), {"表1!B3": "县名", "表1!C3": "填表日期"})
    row = actions.fill_upward_form(cast.office, form, cycle=cycle, now=AFTER)
    assert [one["value"] for one in row.content["values"]] == [cast.county.name, "2026年9月30日"]


def test_a_report_stays_as_it_is_whatever_becomes_of_the_rows(cast: build.Cast, cycle: Cycle) -> None:
    form = ready(cast)
    row = actions.fill_upward_form(cast.office, form, cycle=cycle, now=AFTER)
    first, content = documents.upward_file(row), row.content
    Filing.objects.filter(cycle=cycle, unit=cast.other_school).update(state="excused")
    cast.school.name = "改名小学"
    cast.school.save()
    other = simple_sheet(title="演示新版")
    actions.replace_upward_file(cast.office, form, file_name="新.xlsx", content=other, now=LATER)
    row = UpwardReport.objects.select_related("template").get()
    assert (row.content, digest(row.content)) == (content, row.digest)
    assert documents.upward_file(row) == documents.upward_file(row) == first


def test_made_again_it_takes_the_place_of_what_was_not_handed_in(cast: build.Cast, cycle: Cycle) -> None:
    form = ready(cast)
    first = actions.fill_upward_form(cast.office, form, cycle=cycle, now=AFTER)
    dispatching.filing(cycle=cycle, unit=cast.university)
    again = actions.fill_upward_form(cast.office, form, cycle=cycle, now=LATER)
    row = UpwardReport.objects.get()
    assert (row.pk, row.version, row.at) == (first.pk, 2, LATER)
    assert (row.content["values"][0]["value"], row.digest) == ("3", digest(again.content))
    assert first.digest != row.digest


def test_a_month_that_is_not_there_yet_is_not_filled_in(cast: build.Cast) -> None:
    opening = dispatching.cycle(state="opening")
    form = ready(cast)
    with pytest.raises(actions.NothingToSay, match="正在开启"):
        actions.fill_upward_form(cast.office, form, cycle=opening, now=AFTER)
    assert queries.cycles_to_fill(cast.county.pk) == {}
    assert not UpwardReport.objects.exists()


def test_a_form_without_a_mapping_is_not_filled_in(cast: build.Cast, cycle: Cycle) -> None:
    form = added(cast)
    with pytest.raises(actions.MovedOn, match="请先设置对应"):
        actions.fill_upward_form(cast.office, form, cycle=cycle, now=AFTER)
    assert not UpwardReport.objects.exists()
    assert not may(cast.office, access.FILL_UPWARD_FORM, form)
    assert may(cast.office, access.FILL_UPWARD_FORM, mapped(cast, form, {}, C3="云岭县"))


def test_a_figure_that_is_no_more_is_named(cast: build.Cast, cycle: Cycle) -> None:
    form = dispatching.upward_form(mapping={"表1!B3": "从前的数"})
    with pytest.raises(actions.UnknownFigure, match="“表1!B3”对应的“从前的数”"):
        actions.fill_upward_form(cast.office, form, cycle=cycle, now=AFTER)
    assert not UpwardReport.objects.exists()


def test_what_was_handed_in_is_never_changed(cast: build.Cast, cycle: Cycle) -> None:
    form = ready(cast)
    row = actions.fill_upward_form(cast.office, form, cycle=cycle, now=AFTER)
    row = actions.hand_in_report(cast.office, row, version=row.version, note=" 已交市局 ", now=LATER)
    assert (row.reported_at, row.reported_by, row.note) == (LATER, cast.office.acting_name, "已交市局")
    before = state(row)
    with pytest.raises(actions.MovedOn, match="不能再改"):
        actions.fill_upward_form(cast.office, form, cycle=cycle, now=LATER)
    with pytest.raises(actions.MovedOn):
        actions.hand_in_report(cast.office, row, version=row.version, now=LATER)
    with pytest.raises(actions.MovedOn):
        actions.drop_report(cast.office, row, now=LATER)
    assert state(row) == before


def test_only_what_was_looked_at_is_handed_in(cast: build.Cast, cycle: Cycle) -> None:
    form = ready(cast)
    seen = actions.fill_upward_form(cast.office, form, cycle=cycle, now=AFTER)
    actions.fill_upward_form(cast.office, form, cycle=cycle, now=LATER)
    before = state(seen)
    with pytest.raises(Stale):
        actions.hand_in_report(cast.office, seen, version=1, now=LATER)
    assert state(seen) == before


def test_what_somebody_changed_in_the_database_is_not_handed_in(cast: build.Cast, cycle: Cycle) -> None:
    row = actions.fill_upward_form(cast.office, ready(cast), cycle=cycle, now=AFTER)
    row.content["values"][0]["value"] = "999"
    row.save()
    before = state(row)
    with pytest.raises(actions.Tampered, match="不能上报"):
        actions.hand_in_report(cast.office, row, version=row.version, now=LATER)
    assert state(row) == before


def test_a_report_that_was_not_handed_in_is_taken_away(cast: build.Cast, cycle: Cycle) -> None:
    row = actions.fill_upward_form(cast.office, ready(cast), cycle=cycle, now=AFTER)
    actions.drop_report(cast.office, row, now=LATER)
    assert not UpwardReport.objects.exists()
    assert AuditEntry.objects.filter(action="dispatch.drop_report").count() == 1


def test_a_new_edition_keeps_the_mapping_where_it_can(cast: build.Cast) -> None:
    row = ready(cast)
    content = saved(book(("表1", {"A1": "演示新版", "A2": "项目", "B2": "数量", "A3": "应报单位"}, "A2:C3")))
    replaced = actions.replace_upward_file(cast.office, row, file_name="新.xlsx", content=content, now=LATER)
    row.refresh_from_db()
    assert replaced.lost == ("表1!C3 应报单位 · 备注",)
    assert (row.mapping, row.constants, row.file_name) == ({"表1!B3": "应报单位"}, {}, "新.xlsx")
    assert (bytes(row.template.content), row.blanks) == (content, 5)
    assert Template.objects.count() == 2


def test_who_reaches_what(cast: build.Cast, cycle: Cycle) -> None:
    form = ready(cast)
    row = actions.fill_upward_form(cast.office, form, cycle=cycle, now=AFTER)
    province = build.organisation(kind="province", name="云江省")
    city = build.organisation(kind="city", name="云州市")
    observers = [
        build.player("省级观察员", Role.PROVINCE_OBSERVER, province),
        build.player("市级观察员", Role.CITY_OBSERVER, city),
    ]

    def seen(*actors: Any) -> list[int]:
        return [visible(one, access.VIEW_UPWARD_REPORT).count() for one in actors]

    assert seen(cast.office, cast.liaison, cast.stranger, *observers) == [1, 0, 0, 0, 0]
    actions.hand_in_report(cast.office, row, version=row.version, now=LATER)
    assert seen(cast.office, cast.liaison, cast.stranger, *observers) == [1, 0, 0, 1, 1]
    for one in observers:
        assert not access.OPEN_UPWARD_REPORT.held_by(one)
        assert not access.SET_UPWARD_FORM.held_by(one)
