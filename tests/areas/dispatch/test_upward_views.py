"""The pages of 上报: the office from a form to what it handed in, an observer who reads it."""

from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import build, dispatching, planning
from tests.kit.form_files import paper, saved, simple_paper, simple_sheet
from xietong.areas.dispatch.models import Cycle, UpwardForm, UpwardReport
from xietong.areas.dispatch.rules.snapshots import Source
from xietong.areas.orgs.models import Role
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import SHANGHAI

pytestmark = pytest.mark.django_db

AFTER = datetime(2026, 9, 30, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock(now=AFTER)
    return build.cast()


@pytest.fixture
def cycle(cast: build.Cast) -> Cycle:
    made = dispatching.cycle()
    dispatching.filing(cycle=made, unit=cast.school, state="accepted")
    dispatching.filing(cycle=made, unit=cast.other_school)
    return made


@pytest.fixture
def observer(cast: build.Cast) -> Actor:
    province = build.organisation(kind="province", name="云江省")
    return build.player("省级观察员", Role.PROVINCE_OBSERVER, province)


def url(name: str, *args: Any) -> str:
    return reverse(f"dispatch:{name}", args=args)


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


def signed_in(actor: Actor) -> Client:
    return build.client(actor, now=AFTER)


def file(content: bytes, name: str = "月报表.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_the_office_keeps_a_form_and_maps_it(cast: build.Cast, cycle: Cycle) -> None:
    office = signed_in(cast.office)
    assert "还没有上报记录" in text(office.get(url("upward")))
    assert "上传上报表" in text(office.get(url("upward_forms")))
    typed = {"name": "演示月报表", "to_whom": "演示市教育局"}
    refused = text(office.post(url("upward_form_add"), {**typed, "file": file(b"%PDF-1.4")}), 422)
    assert ("这不是 .docx 或 .xlsx" in refused, UpwardForm.objects.exists()) == (True, False)
    sent = office.post(url("upward_form_add"), {**typed, "file": file(simple_sheet())})
    row = UpwardForm.objects.get()
    assert sent.headers["Location"] == url("upward_map", row.pk)
    page = text(office.get(url("upward_form", row.pk)))
    assert ("请先设置对应" in page, url("upward_fill", row.pk) in page) == (True, False)
    assert office.get(url("upward_fill", row.pk)).status_code == 403

    page = text(office.get(url("upward_map", row.pk)))
    assert ("已按表头选好 2 格" in page, "应报单位 · 数量" in page) == (True, True)
    assert page.count('<option selected value="应报单位"') == 2
    chosen = {"figure_表1!B3": "应报单位", "figure_表1!C3": "=", "version": row.version}
    assert "请填写固定文字" in text(office.post(url("upward_map", row.pk), chosen), 422)
    wrong = text(office.post(url("upward_map", row.pk), {**chosen, "figure_表1!C3": "没有的数"}), 422)
    assert ("“表1!C3”对应的“没有的数”不是系统数据" in wrong, '<option selected value="没有的数"' in wrong) == (
        True,
        True,
    )
    chosen["words_表1!C3"] = "云岭县（演示）"
    assert office.post(url("upward_map", row.pk), chosen).status_code == 302
    assert office.post(url("upward_map", row.pk), chosen).status_code == 409
    page = text(office.get(url("upward_map", row.pk)))
    assert ("已按表头选好" in page, 'value="云岭县（演示）"' in page) == (False, True)


def test_the_office_fills_in_a_month(cast: build.Cast, cycle: Cycle) -> None:
    office = signed_in(cast.office)
    row = dispatching.upward_form(constants={"表1!C3": "云岭县（演示）"})
    assert "2026年9月" in text(office.get(url("upward_fill", row.pk)))
    page = text(office.get(url("upward_form", row.pk)))
    assert f'name="cycle" value="{cycle.pk}"' in page
    assert office.post(url("upward_fill", row.pk), {"cycle": cycle.pk}).status_code == 302
    report = UpwardReport.objects.get()
    page = text(office.get(url("upward_report", report.pk)))
    shown = [url("upward_figure", report.pk, 0) in page, "云岭县（演示）" in page, "已填未报" in page]
    assert (shown, url("upward_hand_in", report.pk) in page) == ([True, True, True], True)
    figure = text(office.get(url("upward_figure", report.pk, 0)))
    filing = cycle.filings.get(unit=cast.school)
    assert ("应报单位：2个" in figure, url("filing", filing.pk) in figure) == (True, True)
    assert url("upward_report", report.pk) in figure
    assert office.get(url("upward_figure", report.pk, 1)).status_code == 404
    first, second = (b"".join(office.get(url("upward_report_file", report.pk))) for _n in range(2))
    assert first == second
    assert openpyxl.load_workbook(BytesIO(first))["表1"]["B3"].value == 2
    assert url("upward_report", report.pk) in text(office.get(url("upward_form", row.pk)))


def test_what_is_handed_in_is_seen_by_observers(cast: build.Cast, cycle: Cycle, observer: Actor) -> None:
    office, watching = signed_in(cast.office), signed_in(observer)
    row = dispatching.upward_form(name="演示月报表", constants={"表1!C3": "云岭县（演示）"})
    office.post(url("upward_fill", row.pk), {"cycle": cycle.pk})
    report = UpwardReport.objects.get()
    assert watching.get(url("upward_report", report.pk)).status_code == 404
    assert "不能修改" in text(office.get(url("upward_hand_in", report.pk)))
    typed = {"note": "已交市局", "version": report.version}
    assert office.post(url("upward_hand_in", report.pk), typed).status_code == 302
    assert office.post(url("upward_hand_in", report.pk), typed).status_code == 403
    assert office.post(url("upward_drop", report.pk)).status_code == 403
    refused = text(office.post(url("upward_fill", row.pk), {"cycle": cycle.pk}), 422)
    assert "已经上报的记录不能再改" in refused
    page = text(office.get(url("upward_report", report.pk)))
    assert ("已交市局" in page, url("upward_hand_in", report.pk) in page) == (True, False)

    assert "演示月报表" in text(watching.get(url("upward")))
    page = text(watching.get(url("upward_report", report.pk)))
    shown = ["云岭县（演示）" in page, "应报单位" in page, "upward-figure" in page, "下载" in page]
    assert shown == [True, True, False, False]
    for name, args in (("upward_report_file", ()), ("upward_figure", (0,)), ("upward_hand_in", ())):
        assert watching.get(url(name, report.pk, *args)).status_code == 404
    assert watching.get(url("upward_forms")).status_code == 404


def test_a_report_that_was_not_handed_in_is_taken_away(cast: build.Cast, cycle: Cycle) -> None:
    form = dispatching.upward_form()
    row = dispatching.upward_report(form=form, cycle=cycle)
    office = signed_in(cast.office)
    assert office.get(url("upward_drop", row.pk)).status_code == 405
    assert office.post(url("upward_drop", row.pk)).headers["Location"] == url("upward_form", form.pk)
    assert not UpwardReport.objects.exists()


def test_a_new_edition_says_what_was_lost(cast: build.Cast) -> None:
    form = dispatching.upward_form(constants={"表1!C3": "演示"})
    office = signed_in(cast.office)
    assert "对应自动保留" in text(office.get(url("upward_replace", form.pk)))
    refused = text(office.post(url("upward_replace", form.pk), {"file": file(b"x")}), 422)
    assert "这不是" in refused
    same = office.post(url("upward_replace", form.pk), {"file": file(simple_sheet(title="演示新版"))}, follow=True)
    assert ("没有保留" in text(same), "已换成新版" in text(same)) == (False, True)
    made = paper(2, 2, {(0, 1): "数量", (1, 0): "应报单位"})
    sent = {"file": file(saved(made), "新.docx")}
    page = text(office.post(url("upward_replace", form.pk), sent, follow=True))
    assert "请重新设置：表1!B3 应报单位 · 数量、表1!C3 应报单位 · 备注" in page
    form.refresh_from_db()
    assert (form.kind, form.mapping, form.constants) == ("docx", {}, {})


def test_a_word_form_keeps_its_kind_whatever_comes_after(cast: build.Cast, cycle: Cycle) -> None:
    office = signed_in(cast.office)
    typed = {"name": "演示季报表", "to_whom": "演示省教育厅"}
    office.post(url("upward_form_add"), {**typed, "file": file(simple_paper(), "季报.docx")})
    form = UpwardForm.objects.get()
    office.post(url("upward_map", form.pk), {"figure_表格1 R2C2": "报送率", "version": form.version})
    office.post(url("upward_fill", form.pk), {"cycle": cycle.pk})
    office.post(url("upward_replace", form.pk), {"file": file(simple_sheet())})
    report = UpwardReport.objects.get()
    assert "wordprocessingml" in office.get(url("upward_report_file", report.pk)).headers["Content-Type"]
    assert b"".join(office.get(url("upward_form_file", form.pk))) == simple_sheet()
    assert "50.0%" in text(office.get(url("upward_report", report.pk)))


def test_a_form_is_called_otherwise(cast: build.Cast) -> None:
    form = dispatching.upward_form()
    office = signed_in(cast.office)
    assert form.name in text(office.get(url("upward_form_change", form.pk)))
    typed = {"name": "演示年报表", "to_whom": "演示省教育厅", "version": form.version}
    office.post(url("upward_form_change", form.pk), typed)
    page = text(office.get(url("upward_form", form.pk)))
    assert ("演示年报表" in page, "还没有开启过月调度" in page) == (True, True)


def test_words_without_rows_lead_nowhere(cast: build.Cast, cycle: Cycle) -> None:
    form = dispatching.upward_form(mapping={"表1!B3": "县名", "表1!C3": "逾期报送"})
    office = signed_in(cast.office)
    office.post(url("upward_fill", form.pk), {"cycle": cycle.pk})
    page = text(office.get(url("upward_report", UpwardReport.objects.get().pk)))
    assert page.count("upward-figure") == 1  # the zero, which says that there are no rows


def test_a_tampered_report_says_so(cast: build.Cast, cycle: Cycle) -> None:
    row = dispatching.upward_report(form=dispatching.upward_form(), cycle=cycle)
    office = signed_in(cast.office)
    assert "有人改动过数据库" not in text(office.get(url("upward_report", row.pk)))
    row.content["values"][0]["value"] = "999"
    row.save()
    assert "有人改动过数据库" in text(office.get(url("upward_report", row.pk)))


def test_reports_are_filtered_by_form_and_year(cast: build.Cast, cycle: Cycle, observer: Actor) -> None:
    forms = [dispatching.upward_form(name=name) for name in ("演示月报表", "演示季报表")]
    for form in forms:
        dispatching.upward_report(form=form, cycle=cycle, reported_at=AFTER)
    for actor in (cast.office, observer):
        client = signed_in(actor)
        address = url("upward")
        assert text(client.get(f"{address}?form={forms[0].pk}&year=2026")).count('data-label="期次"') == 1
        assert "data-label" not in text(client.get(f"{address}?year=2025"))
    assert f"{cast.county.name} 演示月报表" in text(signed_in(observer).get(url("upward")))
    assert f"{cast.county.name} 演示月报表" not in text(signed_in(cast.office).get(url("upward")))


@pytest.mark.parametrize("n", [1, 3])
def test_lists_ask_the_same_for_one_and_three(
    cast: build.Cast, cycle: Cycle, django_assert_num_queries: Any, n: int
) -> None:
    office = signed_in(cast.office)
    for _n in range(n):
        dispatching.upward_report(form=dispatching.upward_form(), cycle=cycle, reported_at=AFTER)
    for name, queries in (("upward", 12), ("upward_forms", 10)):
        office.get(url(name))
        with django_assert_num_queries(queries):
            office.get(url(name))


@pytest.mark.parametrize("n", [1, 3])
def test_pages_ask_the_same_for_one_and_three(
    cast: build.Cast, cycle: Cycle, django_assert_num_queries: Any, n: int
) -> None:
    office = signed_in(cast.office)
    form = dispatching.upward_form()
    filings = list(cycle.filings.all())
    months = [cycle, *(dispatching.cycle(month=datetime(2026, month, 1).date()) for month in (8, 7))][:n]
    rows = [
        dispatching.upward_report(form=form, cycle=one, source=Source("filing", filings[0].pk, "一小"))
        for one in months
    ]
    pages = (
        (url("upward_form", form.pk), 11),
        (url("upward_map", form.pk), 9),
        (url("upward_report", rows[0].pk), 10),
        (url("upward_figure", rows[0].pk, 0), 9),
    )
    for address, queries in pages:
        office.get(address)
        with django_assert_num_queries(queries):
            office.get(address)
