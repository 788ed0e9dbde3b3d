"""The pages of documents: the office from a draft to the archive, a unit that explains and takes note, a signer."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import build, dispatching, planning
from xietong.areas.dispatch import documents
from xietong.areas.dispatch.models import Cycle, Document, Letterhead
from xietong.areas.dispatch.rules.snapshots import Source
from xietong.areas.dispatch.views import documents as views
from xietong.areas.orgs.models import Role
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals.models import Stage
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.pages.panels import todos_of

pytestmark = pytest.mark.django_db

AFTER = datetime(2026, 9, 30, 9, 0, tzinfo=SHANGHAI)
TODAY = AFTER.date()


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock(now=AFTER)
    return build.cast()


@pytest.fixture
def leader(cast: build.Cast) -> Actor:
    group = build.organisation(kind="leading_group", name="云岭县领导小组")
    return build.player("周组长", Role.GROUP_HEAD, group)


@pytest.fixture
def cycle(cast: build.Cast) -> Cycle:
    made = dispatching.cycle()
    plan = planning.plan(county=cast.county)
    task = planning.task(plan=plan, lead_unit=cast.school, title="修订办学章程", due_on=date(2026, 9, 1))
    filed = dispatching.filing(cycle=made, unit=cast.school, state="accepted", highlight="每周一次教研沙龙。")
    dispatching.entry(filing=filed, task=task, kind="milestone", text="已完成初稿。")
    dispatching.filing(cycle=made, unit=cast.other_school)
    return made


def url(name: str, *args: Any) -> str:
    return reverse(f"dispatch:{name}", args=args)


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


def signed_in(actor: Actor) -> Client:
    return build.client(actor, now=AFTER)


def labels(actor: Actor) -> list[str]:
    return [todo.label for _actor, todo in todos_of([actor], TODAY)]


def agree(client: Client, row: Document) -> None:
    stage = Stage.objects.get(approval__owner_id=row.pk, state="open")
    assert client.post(reverse("stage_agree", args=[stage.pk])).status_code == 302


def test_the_office_makes_a_bulletin(cast: build.Cast, cycle: Cycle, leader: Actor) -> None:
    office, signer, liaison = signed_in(cast.office), signed_in(leader), signed_in(cast.liaison)
    assert "还没有公文" in text(office.get(url("documents")))
    assert url("document_add") in text(office.get(url("cycle", cycle.pk)))
    assert "请选择" in text(office.post(url("document_add"), {"kind": "minutes", "cycle": cycle.pk}), 422)
    office.post(url("document_add"), {"kind": "bulletin", "cycle": cycle.pk})
    row = Document.objects.get()
    assert "已经有一份" in text(office.post(url("document_add"), {"kind": "bulletin", "cycle": cycle.pk}), 422)
    page = text(office.get(url("document", row.pk)))
    assert ("应报送月报的单位" in page, "1 条月报来源" in page, "修改文稿" in page) == (True, True, True)
    assert "一小" in text(office.get(url("cycle", cycle.pk)))

    form = text(office.get(url("document_change", row.pk)))
    assert "{应报单位}" in form
    first = row.sections.order_by("order")[0]
    typed = {"title": "九月情况", "version": row.version}
    for one in row.sections.all():
        typed |= {f"heading_{one.pk}": one.heading, f"text_{one.pk}": one.text, f"has_listing_{one.pk}": "on"}
    wrong = typed | {f"text_{first.pk}": "{应报的单位}个"}
    assert "是不是{应报单位}" in text(office.post(url("document_change", row.pk), wrong), 422)
    right = typed | {"heading_new": "下步安排", "text_new": "抓紧{逾期任务}项。"}
    assert office.post(url("document_change", row.pk), right).status_code == 302
    assert office.post(url("document_change", row.pk), right).status_code == 409
    office.post(url("document_rebuild", row.pk))
    row.refresh_from_db()
    assert row.title == "2026年9月工作调度情况"

    assert office.post(url("document_submit", row.pk)).status_code == 302
    assert "去审批" in text(office.get(url("document", row.pk)))
    agree(office, row)
    assert "去审批" in text(signer.get(url("document", row.pk)))
    agree(signer, row)
    assert "已签发，待办理" in labels(cast.office)
    assert "编下一期号" in text(office.get(url("document_number", row.pk)))
    office.post(url("document_number", row.pk))
    sending = text(office.get(url("document_send", row.pk)))
    assert sending.count("checked") == 2
    office.post(url("document_send", row.pk), {"schools": [cast.school.pk, cast.other_school.pk]})
    assert "公文待签收" in labels(cast.liaison)
    shown = text(liaison.get(url("document", row.pk)))
    assert ("签收（一小）" in shown, "月报来源" in shown, "figure-link" in shown) == (True, False, False)
    assert ("审批过程" in shown, "办理过程" in shown) == (False, False)
    liaison.post(url("document_receive", row.receipts.get(unit=cast.school).pk))
    assert "公文待签收" not in labels(cast.liaison)
    assert "1/2" in text(office.get(url("document", row.pk)))
    office.post(url("document_press", row.pk))
    office.post(url("document_file", row.pk), {"archive_no": "2026-12"})
    row.refresh_from_db()
    assert (row.state, row.issue, row.archive_no) == ("filed", 1, "2026-12")
    assert "第1期" in text(office.get(url("documents")))


def test_a_figure_opens_its_rows(cast: build.Cast, cycle: Cycle, leader: Actor) -> None:
    filing = cycle.filings.get(unit=cast.school)
    row = dispatching.document(
        cycle=cycle, state="sent", snapshot=dispatching.snapshot(source=Source("filing", filing.pk, "一小　已通过"))
    )
    dispatching.document_receipt(document=row, unit=cast.school)
    office = signed_in(cast.office)
    shown = text(office.get(url("document_figure", row.pk, 0)))
    assert ("应报单位：1个" in shown, url("filing", filing.pk) in shown, "要求报送的单位" in shown) == (True,) * 3
    opener = text(office.get(url("document", row.pk)))
    for name in ("document_figure", "document_sources"):
        assert f'hx-get="{url(name, row.pk, 0)}" hx-target="#drawer-body"' in opener
    drawer = office.get(url("document_figure", row.pk, 0), headers={"HX-Request": "true", "HX-Target": "drawer-body"})
    assert "drawer-head" in text(drawer)
    assert "一小　已通过" in text(office.get(url("document_sources", row.pk, 0)))
    for name in ("document_figure", "document_sources"):
        assert office.get(url(name, row.pk, 7)).status_code == 404
        assert signed_in(cast.liaison).get(url(name, row.pk, 0)).status_code == 404


@pytest.mark.parametrize("kind", ["entry", "task", "decision", "place", "clause"])
def test_every_sort_of_row_is_found_where_it_is_read(cast: build.Cast, cycle: Cycle, kind: str) -> None:
    filing = cycle.filings.get(unit=cast.school)
    entry = filing.entries.get()
    meeting = dispatching.meeting()
    decision = dispatching.decision(unit=cast.school)
    expected = {
        "entry": (entry.pk, f"{url('filing', filing.pk)}#entry-{entry.pk}"),
        "task": (entry.task_id, reverse("plans:task", args=[entry.task_id])),
        "decision": (decision.pk, url("decision", decision.pk)),
        "place": (meeting.pk, url("meeting", meeting.pk)),
        "clause": (1, ""),
    }
    pk, address = expected[kind]
    row = dispatching.document(
        cycle=cycle, state="sent", snapshot=dispatching.snapshot(source=Source(kind, pk, "来源"))
    )
    shown = text(signed_in(cast.office).get(url("document_figure", row.pk, 0)))
    assert "来源" in shown
    assert (f'<a href="{address}">来源' in shown) == bool(address)


def test_documents_are_downloaded(cast: build.Cast, cycle: Cycle, monkeypatch: pytest.MonkeyPatch) -> None:
    row = dispatching.document(cycle=cycle, state="sent", snapshot=dispatching.snapshot())
    office = signed_in(cast.office)
    first, second = (b"".join(office.get(url("document_docx", row.pk))) for _n in range(2))
    assert first == second
    assert any("应报1个" in one.text for one in docx.Document(BytesIO(first)).paragraphs)
    monkeypatch.setattr(views, "may_make_pdf", lambda: False)
    assert "没有安装 LibreOffice" in text(office.get(url("document", row.pk)))
    monkeypatch.setattr(views, "pdf", lambda content: b"%PDF" + content[:4])
    assert b"".join(office.get(url("document_pdf", row.pk))) == b"%PDFPK\x03\x04"
    monkeypatch.setattr(views, "may_make_pdf", lambda: True)
    assert url("document_pdf", row.pk) in text(office.get(url("document", row.pk)))


def test_a_code_on_paper_leads_to_its_document(cast: build.Cast, cycle: Cycle) -> None:
    row = dispatching.document(cycle=cycle, state="sent", snapshot=dispatching.snapshot())
    office = signed_in(cast.office)
    assert "核对结果" not in text(office.get(url("document_check")))
    assert row.title in text(office.get(f"{url('document_check')}?code={row.check_code.lower()}"))
    assert "没有签发过" in text(office.get(f"{url('document_check')}?code=00000000"))


def test_a_tampered_document_says_so(cast: build.Cast, cycle: Cycle) -> None:
    row = dispatching.document(cycle=cycle, state="sent", snapshot=dispatching.snapshot())
    office = signed_in(cast.office)
    assert "与签发时不一致" not in text(office.get(url("document", row.pk)))
    kept = row.frozen.get()
    kept.content["title"] = "另一个题目"
    kept.save()
    assert "与签发时不一致" in text(office.get(url("document", row.pk)))
    assert office.post(url("document_file", row.pk)).status_code == 422
    row.refresh_from_db()
    assert row.state == "sent"


def test_a_circular_names_whom_the_signer_ticks(
    cast: build.Cast, cycle: Cycle, leader: Actor, settings: Any, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    bureau = build.organisation(kind="bureau", name="云岭县教体局")
    deputy = signed_in(build.player("方局长", Role.BUREAU_LEADER, bureau))
    head = build.player("李校长", Role.SCHOOL_HEAD, cast.other_school)
    office, signer, school = signed_in(cast.office), signed_in(leader), signed_in(head)
    office.post(url("document_add"), {"kind": "circular", "cycle": cycle.pk})
    row = Document.objects.get()
    assert office.post(url("document_submit", row.pk)).status_code == 422
    page = text(office.get(url("document", row.pk)))
    assert ("点名名单" in page, "还没有征求说明" in page) == (True, True)
    assert 'value="2026-' in text(office.get(url("namings_ask", row.pk)))
    office.post(url("namings_ask", row.pk), {"reply_by": TODAY.isoformat()})
    assert "拟通报事项待说明" in labels(head)
    naming = row.namings.get()
    assert "待说明" in text(school.get(url("namings")))
    assert school.get(url("document", row.pk)).status_code == 404
    assert "必填" in text(school.post(url("naming_explain", naming.pk), {"text": ""}), 422)
    school.post(url("naming_explain", naming.pk), {"text": "网络故障。"})
    assert "拟通报事项待说明" not in labels(head)
    office.post(url("naming_add", row.pk), {"unit": cast.school.pk, "matter": "做得好", "is_praise": "on"})
    office.post(url("naming_drop", row.pk, row.namings.get(unit=cast.school).pk))
    assert office.post(url("naming_drop", row.pk, 0)).status_code == 404
    office.post(url("document_submit", row.pk))
    agree(office, row)
    assert deputy.get(url("names_tick", row.pk)).status_code == 404
    agree(deputy, row)
    ticking = text(signer.get(url("names_tick", row.pk)))
    assert ("网络故障。" in ticking, "checked" in ticking) == (True, False)
    assert "核定点名单位" in text(signer.get(url("document", row.pk)))
    signer.post(url("names_tick", row.pk), {"named": [naming.pk]})
    agree(signer, row)
    assert "同意点名" in text(office.get(url("document", row.pk)))
    assert "机关代字" in text(office.post(url("document_number", row.pk), {"document_no": "8号"}), 422)
    office.post(url("document_number", row.pk), {"document_no": "演示字〔2026〕8号"})
    assert "请上传" in text(office.post(url("document_seal", row.pk)), 422)
    scan = SimpleUploadedFile("盖章件.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
    assert office.post(url("document_seal", row.pk), {"files": scan}).status_code == 302
    page = text(office.get(url("document", row.pk)))
    assert ("以此为准" in page, "盖章件.pdf" in page, "演示字〔2026〕8号" in page) == (True, True, True)


def test_a_draft_is_given_up(cast: build.Cast, cycle: Cycle) -> None:
    office = signed_in(cast.office)
    office.post(url("document_add"), {"kind": "bulletin", "cycle": cycle.pk})
    row = Document.objects.get()
    office.post(url("document_drop", row.pk), {"reason": "重拟"})
    assert "已作废：重拟" in text(office.get(url("document", row.pk)))


def test_minutes_are_offered_once(cast: build.Cast) -> None:
    office = signed_in(cast.office)
    meeting = dispatching.meeting(state="fixed", minutes="会议要求抓紧。")
    dispatching.attendance(meeting=meeting, unit=cast.school, state="present")
    address = f"{url('document_add')}?kind=minutes&amp;meeting={meeting.pk}"
    assert address in text(office.get(url("meeting", meeting.pk)))
    office.post(url("document_add"), {"kind": "minutes", "meeting": meeting.pk})
    page = text(office.get(url("meeting", meeting.pk)))
    assert (address in page, Document.objects.get().title in page) == (False, True)
    shown = text(office.get(url("document", Document.objects.get().pk)))
    assert ("会议要求抓紧。" in shown, "出席：云岭县第一小学" in shown) == (True, True)


def test_the_office_sets_heads_and_templates(cast: build.Cast) -> None:
    office = signed_in(cast.office)
    assert text(office.get(url("letterheads"))).count("按标准文头") == 3
    assert "工作调度简报" in text(office.get(url("letterhead_change", "bulletin")))
    places = documents.default_head("bulletin", cast.county)
    office.post(url("letterhead_change", "bulletin"), {**places, "mark": "提质快讯", "version": 0})
    assert "提质快讯" in text(office.get(url("letterheads")))
    assert Letterhead.objects.get().mark == "提质快讯"
    standard = b"".join(office.get(url("template_download", "bulletin")))
    assert standard == documents.standard("bulletin")
    made = docx.Document(BytesIO(standard))
    made.add_paragraph("{{ 期好 }}")
    wrong, right = BytesIO(), BytesIO()
    made.save(wrong)
    sent = {"file": SimpleUploadedFile("坏.docx", wrong.getvalue())}
    refused = text(office.post(url("template_change", "bulletin"), sent), 422)
    assert ("要改的地方" in refused, "期好" in refused) == (True, True)
    made = docx.Document(BytesIO(standard))
    made.paragraphs[0].insert_paragraph_before("内部资料")
    made.save(right)
    office.post(url("template_change", "bulletin"), {"file": SimpleUploadedFile("我的.docx", right.getvalue())})
    assert "自己的模板：我的.docx" in text(office.get(url("letterheads")))
    assert b"".join(office.get(url("template_download", "bulletin"))) == right.getvalue()
    assert b"".join(office.get(url("template_download", "bulletin") + "?standard=1")) == standard
    office.post(url("template_clear", "bulletin"))
    assert "自己的模板" not in text(office.get(url("letterheads")))
    for name in ("letterhead_change", "template_change", "template_download"):
        assert office.get(url(name, "order")).status_code == 404


def test_observers_read_what_went_out_and_nothing_behind_it(cast: build.Cast, cycle: Cycle) -> None:
    province = build.organisation(kind="province", name="云江省")
    observer = signed_in(build.player("省级观察员", Role.PROVINCE_OBSERVER, province))
    out = dispatching.document(cycle=cycle, state="sent", snapshot=dispatching.snapshot())
    inside = dispatching.document(cycle=cycle, state="signed", snapshot=dispatching.snapshot(title="没有发出"))
    dispatching.document_step(document=out, note="内部办理")
    shown = text(observer.get(url("document", out.pk)))
    assert ("总体情况" in shown, "figure-link" in shown, "内部办理" in shown) == (True, False, False)
    assert observer.get(url("document", inside.pk)).status_code == 404
    assert observer.get(url("document_figure", out.pk, 0)).status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_the_same_for_one_and_three(
    cast: build.Cast, cycle: Cycle, django_assert_num_queries: Any, n: int
) -> None:
    office = signed_in(cast.office)
    for _n in range(n):
        row = dispatching.document(cycle=cycle, state="sent", snapshot=dispatching.snapshot())
        dispatching.document_receipt(document=row, unit=cast.school)
    office.get(url("documents"))
    with django_assert_num_queries(11):
        office.get(url("documents"))


@pytest.mark.parametrize(("state", "queries"), [("draft", 30), ("sent", 17)])
@pytest.mark.parametrize("n", [1, 3])
def test_a_document_asks_the_same_for_one_and_three(
    cast: build.Cast, cycle: Cycle, django_assert_num_queries: Any, state: str, queries: int, n: int
) -> None:
    office = signed_in(cast.office)
    dispatching.document(cycle=cycle, state="sent", snapshot=dispatching.snapshot())
    filings = list(cycle.filings.all())
    said = dispatching.snapshot(source=Source("filing", filings[0].pk, "来源")) if state == "sent" else None
    row = dispatching.document(cycle=cycle, state=state, kind="bulletin", snapshot=said)
    units = [cast.school, cast.other_school, cast.university][:n]
    for unit in units:
        dispatching.section(document=row)
        dispatching.naming(document=row, unit=unit)
        dispatching.document_receipt(document=row, unit=unit)
        dispatching.document_step(document=row)
        task = planning.task(plan=planning.plan(county=cast.county), lead_unit=unit)
        dispatching.entry(filing=filings[0], task=task, text="有进展")
    office.get(url("document", row.pk))
    with django_assert_num_queries(queries):
        office.get(url("document", row.pk))


@pytest.mark.parametrize("n", [1, 3])
def test_what_is_to_be_explained_asks_the_same_for_one_and_three(
    cast: build.Cast, cycle: Cycle, django_assert_num_queries: Any, n: int
) -> None:
    liaison = signed_in(cast.liaison)
    for _n in range(n):
        dispatching.naming(document=dispatching.document(cycle=cycle, kind="circular"), unit=cast.school)
    liaison.get(url("namings"))
    with django_assert_num_queries(10):
        liaison.get(url("namings"))
