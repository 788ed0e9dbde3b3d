"""A bulletin, a circular, minutes: from draft over approval, number, seal and dispatch to the archive."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import build, dispatching, planning
from xietong.areas.dispatch import actions, documents, queries
from xietong.areas.dispatch.models import Cycle, Document, DocumentReceipt, Frozen, Letterhead, Template
from xietong.areas.dispatch.rules.snapshots import digest, unpacked
from xietong.areas.orgs.models import Role
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals import actions as approvals
from xietong.kit.approvals.models import Stage
from xietong.kit.audit.models import Entry as AuditEntry
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.errors import Refused, Stale
from xietong.kit.events.bus import SubscriberFailed
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db

NOW, TODAY = build.NOW, build.TODAY
AFTER = datetime(2026, 9, 30, 9, 0, tzinfo=SHANGHAI)
NEXT_DAY = AFTER + timedelta(days=1)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def leader(cast: build.Cast) -> Actor:
    group = build.organisation(kind="leading_group", name="云岭县领导小组")
    return build.player("周组长", Role.GROUP_HEAD, group)


@pytest.fixture
def deputy(cast: build.Cast) -> Actor:
    bureau = build.organisation(kind="bureau", name="云岭县教体局")
    return build.player("方局长", Role.BUREAU_LEADER, bureau)


@pytest.fixture
def cycle(cast: build.Cast) -> Cycle:
    """One school filed in time, the other has not filed."""
    made = dispatching.cycle()
    plan = planning.plan(county=cast.county)
    chapter = planning.clause(plan=plan, heading="工作任务", level=1, number="三")
    part = planning.clause(plan=plan, heading="学校发展", level=2, number="三（一）", parent=chapter)
    task = planning.task(plan=plan, lead_unit=cast.school, clause=part, title="修订办学章程", due_on=date(2026, 9, 1))
    other = planning.task(plan=plan, lead_unit=cast.other_school, clause=part, title="校园改造")
    filed = dispatching.filing(cycle=made, unit=cast.school, state="accepted", highlight="每周一次教研沙龙。")
    dispatching.entry(filing=filed, task=task, kind="red", text="已完成初稿{修订}。", problem="缺少专家指导。")
    missing = dispatching.filing(cycle=made, unit=cast.other_school)
    dispatching.entry(filing=missing, task=other, kind="milestone")
    return made


def signed_off(document: Document, *signers: Actor, now: datetime = AFTER) -> Document:
    """Every step of the route agreed to, each by its own."""
    for one in signers:
        stage = Stage.objects.get(approval__owner_id=document.pk, state="open")
        approvals.agree(one, stage, now=now)
    document.refresh_from_db()
    return document


def bulletin(cast: build.Cast, cycle: Cycle, leader: Actor, *, now: datetime = AFTER) -> Document:
    """A signed bulletin."""
    row = actions.draft_document(cast.office, kind="bulletin", cycle=cycle, now=now)
    actions.submit_document(cast.office, row, now=now)
    return signed_off(row, cast.office, leader, now=now)


def figure(row: Document, name: str) -> Any:
    found = documents.read(row, AFTER.date()).snapshot.figure(name)
    assert found is not None
    return found


def words(content: bytes) -> str:
    made = docx.Document(BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    footers = [one.text for section in made.sections for one in section.footer.paragraphs]
    return "\n".join([*(one.text for one in made.paragraphs), *cells, *footers])


def told(actor: Actor) -> list[str]:
    return list(Notice.objects.filter(account_id=actor.account_id).order_by("pk").values_list("title", flat=True))


def test_a_draft_begins_with_what_was_counted(cast: build.Cast, cycle: Cycle) -> None:
    row = actions.draft_document(cast.office, kind="bulletin", cycle=cycle, now=AFTER)
    assert (row.state, row.title, row.year) == ("draft", "2026年9月工作调度情况", 2026)
    headings = [one.heading for one in row.sections.order_by("order")]
    assert headings == ["总体情况", "特色做法", "需要协调的事项", "逾期任务"]
    counted = {name: figure(row, name).value for name in ("应报单位", "按时报送", "未报单位", "报送率", "逾期任务")}
    assert counted == {"应报单位": "2", "按时报送": "1", "未报单位": "1", "报送率": "50.0%", "逾期任务": "1"}
    assert [one.words for one in figure(row, "未报单位").sources] == ["云岭县第二小学　待填报"]
    said = words(documents.written(row, AFTER.date()))
    assert "应报送月报的单位2个" in said
    assert "缺少专家指导" in said


def test_a_month_has_one_bulletin_and_may_have_several_circulars(cast: build.Cast, cycle: Cycle) -> None:
    actions.draft_document(cast.office, kind="bulletin", cycle=cycle, now=AFTER)
    with pytest.raises(actions.AlreadyDrafted, match="2026年9月工作调度情况"):
        actions.draft_document(cast.office, kind="bulletin", cycle=cycle, now=AFTER)
    for _n in range(2):
        actions.draft_document(cast.office, kind="circular", cycle=cycle, now=AFTER)
    assert Document.objects.filter(kind="circular").count() == 2
    assert Document.objects.filter(kind="bulletin").count() == 1


def test_nothing_is_drafted_about_what_is_not_there_yet(cast: build.Cast) -> None:
    opening = dispatching.cycle(state="opening")
    held = dispatching.meeting(state="held")
    with pytest.raises(actions.NothingToSay):
        actions.draft_document(cast.office, kind="bulletin", cycle=opening, now=AFTER)
    with pytest.raises(actions.NothingToSay):
        actions.draft_document(cast.office, kind="minutes", meeting=held, now=AFTER)
    assert not Document.objects.exists()


def test_a_dropped_draft_makes_room_for_another(cast: build.Cast, cycle: Cycle, leader: Actor) -> None:
    row = actions.draft_document(cast.office, kind="bulletin", cycle=cycle, now=AFTER)
    row = actions.drop_document(cast.office, row, reason=" 重拟 ", now=AFTER)
    assert (row.state, row.drop_reason) == ("dropped", "重拟")
    with pytest.raises(actions.MovedOn):
        actions.drop_document(cast.office, row, reason="再", now=AFTER)
    again = bulletin(cast, cycle, leader)
    with pytest.raises(actions.MovedOn, match="另发更正"):
        actions.drop_document(cast.office, again, reason="不要了", now=AFTER)
    assert again.state == "signed"


def test_words_are_edited_and_figures_stay_the_systems(cast: build.Cast, cycle: Cycle) -> None:
    row = actions.draft_document(cast.office, kind="bulletin", cycle=cycle, now=AFTER)
    first, second, *_rest = row.sections.order_by("order")
    typed = {
        first.pk: {
            "heading": "基本情况",
            "text": "应报{应报单位}个。\n（一）其中\n按时{按时报送}个。",
            "has_graph": False,
        },
        second.pk: {"heading": "", "text": "", "has_listing": False},
    }
    row = actions.change_draft(
        cast.office,
        row,
        version=row.version,
        title=" 九月情况 ",
        sections=typed,
        added={"heading": "下步", "text": "抓紧。"},
        now=AFTER,
    )
    assert row.title == "九月情况"
    assert [one.heading for one in row.sections.order_by("order")] == [
        "基本情况",
        "需要协调的事项",
        "逾期任务",
        "下步",
    ]
    said = words(documents.written(row, AFTER.date()))
    assert "应报2个。" in said
    assert "\n（一）其中\n" in said
    assert "各部分调度任务" not in said
    with pytest.raises(actions.UnknownFigure, match="应报单位"):
        actions.change_draft(
            cast.office,
            row,
            version=row.version,
            title="九月",
            sections={first.pk: {"text": "{应报的单位}"}},
            now=AFTER,
        )
    with pytest.raises(actions.UnknownFigure, match="成对"):
        actions.change_draft(
            cast.office, row, version=row.version, title="九月", sections={first.pk: {"text": "应报{单位"}}, now=AFTER
        )
    with pytest.raises(Stale):
        actions.change_draft(cast.office, row, version=1, title="旧", sections={}, now=AFTER)
    row.refresh_from_db()
    first.refresh_from_db()
    assert (row.title, first.text.splitlines()[0]) == ("九月情况", "应报{应报单位}个。")
    row = actions.rebuild_draft(cast.office, row, now=AFTER)
    assert row.title == "2026年9月工作调度情况"
    assert row.sections.count() == 4


def test_an_empty_document_is_not_sent(cast: build.Cast, cycle: Cycle) -> None:
    row = actions.draft_document(cast.office, kind="bulletin", cycle=cycle, now=AFTER)
    row.sections.all().delete()
    with pytest.raises(actions.NoWords):
        actions.submit_document(cast.office, row, now=AFTER)
    assert not Frozen.objects.exists()


def test_a_document_goes_all_the_way(cast: build.Cast, cycle: Cycle, leader: Actor) -> None:
    row = actions.draft_document(cast.office, kind="bulletin", cycle=cycle, now=AFTER)
    with pytest.raises(actions.MovedOn):
        actions.number_document(cast.office, row, now=AFTER)
    actions.submit_document(cast.office, row, now=AFTER)
    row.refresh_from_db()
    with pytest.raises(actions.MovedOn):
        actions.submit_document(cast.office, row, now=AFTER)
    with pytest.raises(actions.MovedOn):
        actions.drop_document(cast.office, row, reason="不要了", now=AFTER)
    row = signed_off(row, cast.office, leader)
    assert (row.state, row.signed_by, len(row.check_code), len(row.digest)) == ("signed", "周组长", 8, 64)
    with pytest.raises(actions.MovedOn):
        actions.send_document(cast.office, row, units=[cast.school], now=AFTER)
    row = actions.number_document(cast.office, row, now=AFTER)
    assert (row.state, row.issue, queries.number_said(row)) == ("numbered", 1, "第1期")
    with pytest.raises(actions.NobodyToSend):
        actions.send_document(cast.office, row, units=[], now=AFTER)
    row = actions.send_document(cast.office, row, units=[cast.school, cast.other_school], now=AFTER)
    assert (row.state, row.receipts.count(), told(cast.liaison)[-1]) == ("sent", 2, "有新的公文，请签收")
    mine = row.receipts.get(unit=cast.school)
    mine = actions.receive_document(cast.liaison, mine, now=NEXT_DAY)
    assert (mine.at, mine.by) == (NEXT_DAY, cast.liaison.acting_name)
    with pytest.raises(actions.MovedOn, match="签收过"):
        actions.receive_document(cast.liaison, mine, now=NEXT_DAY)
    assert actions.press_receipts(cast.office, row, now=NEXT_DAY) == 1
    row = actions.file_document(cast.office, row, archive_no=" 2026-12 ", now=NEXT_DAY)
    assert (row.state, row.archive_no) == ("filed", "2026-12")
    with pytest.raises(actions.MovedOn):
        actions.press_receipts(cast.office, row, now=NEXT_DAY)
    with pytest.raises(actions.MovedOn):
        actions.file_document(cast.office, row, now=NEXT_DAY)
    course = list(row.steps.order_by("pk").values_list("action", flat=True))
    assert course == ["draft", "submit", "sign", "number", "send", "file"]
    signed = AuditEntry.objects.get(action="dispatch.sign_document")
    assert signed.changes["digest"] == ["", row.digest]


def test_what_was_sent_back_is_a_draft_again(cast: build.Cast, cycle: Cycle, leader: Actor) -> None:
    row = actions.draft_document(cast.office, kind="bulletin", cycle=cycle, now=AFTER)
    approval = actions.submit_document(cast.office, row, now=AFTER)
    approvals.send_back(cast.office, approval.stages.get(state="open"), opinion="补充数据", now=AFTER)
    row.refresh_from_db()
    assert (row.state, row.digest, row.signed_at) == ("draft", "", None)
    assert documents.read(row, AFTER.date()).frozen is None


def test_figures_are_those_of_the_day_that_it_was_sent(cast: build.Cast, cycle: Cycle, leader: Actor) -> None:
    row = actions.draft_document(cast.office, kind="bulletin", cycle=cycle, now=AFTER)
    actions.submit_document(cast.office, row, now=AFTER)
    late = cycle.filings.get(unit=cast.other_school)
    late.state, late.first_at, late.submitted_at = "submitted", AFTER, AFTER
    late.save()
    row.refresh_from_db()
    moved = {one.name: (one.before, one.after, one.change) for one in documents.read(row, AFTER.date()).moved}
    assert moved["未报单位"] == ("1", "0", "-1")
    assert moved["逾期报送"] == ("0", "1", "+1")
    assert moved["报送率"] == ("50.0%", "100.0%", "+50")
    row = signed_off(row, cast.office, leader)
    assert figure(row, "未报单位").value == "1"
    assert documents.read(row, AFTER.date()).moved == ()
    before = documents.written(row, AFTER.date())
    dispatching.filing(cycle=cycle, unit=cast.university)
    assert documents.written(row, date(2031, 1, 1)) == before


def test_a_new_number_does_not_touch_what_is_frozen(cast: build.Cast, cycle: Cycle, leader: Actor) -> None:
    row = bulletin(cast, cycle, leader)
    digest, code = row.digest, row.check_code
    row = actions.number_document(cast.office, row, now=AFTER)
    assert (row.digest, row.check_code) == (digest, code)
    said = words(documents.written(row, AFTER.date()))
    assert "第1期" in said
    assert code in said


def test_bulletins_are_numbered_in_their_year_without_a_gap(cast: build.Cast, cycle: Cycle, leader: Actor) -> None:
    first = actions.number_document(cast.office, bulletin(cast, cycle, leader), now=AFTER)
    october = dispatching.cycle(month=date(2026, 10, 1))
    dispatching.filing(cycle=october, unit=cast.school)
    second = actions.number_document(cast.office, bulletin(cast, october, leader), now=AFTER)
    year_end = datetime(2027, 1, 4, 9, 0, tzinfo=SHANGHAI)
    december = dispatching.cycle(month=date(2026, 12, 1))
    dispatching.filing(cycle=december, unit=cast.school)
    third = actions.number_document(cast.office, bulletin(cast, december, leader, now=year_end), now=year_end)
    assert [(one.year, one.issue) for one in (first, second, third)] == [(2026, 1), (2026, 2), (2027, 1)]


def test_one_bulletin_is_told_from_the_next(cast: build.Cast, cycle: Cycle, leader: Actor) -> None:
    bulletin(cast, cycle, leader)
    october = dispatching.cycle(month=date(2026, 10, 1), due_on=date(2026, 9, 29))
    for unit in (cast.school, cast.other_school, cast.university):
        dispatching.filing(cycle=october, unit=unit, state="accepted")
    row = actions.draft_document(cast.office, kind="bulletin", cycle=october, now=NEXT_DAY)
    reading = documents.read(row, NEXT_DAY.date())
    changed = {one.name: (one.before, one.after) for one in reading.figures}
    assert reading.before is not None
    assert changed["应报单位"] == ("2", "3")
    assert changed["未报单位"] == ("1", "0")
    assert "任务总数" not in changed


def test_a_changed_snapshot_is_found(cast: build.Cast, cycle: Cycle, leader: Actor) -> None:
    row = actions.number_document(cast.office, bulletin(cast, cycle, leader), now=AFTER)
    kept = row.frozen.order_by("-pk").first()
    assert kept is not None
    assert documents.read(row, TODAY).intact
    kept.content["figures"][0]["value"] = "99"
    kept.save()
    assert not documents.read(row, TODAY).intact
    with pytest.raises(actions.Tampered):
        actions.send_document(cast.office, row, units=[cast.school], now=AFTER)
    # Whoever mends the digests too does not have the key of the code.
    kept.digest = digest(kept.content)
    kept.save()
    Document.objects.filter(pk=row.pk).update(digest=kept.digest)
    row.refresh_from_db()
    assert not documents.read(row, TODAY).intact
    row.frozen.all().delete()
    with pytest.raises(actions.Tampered):
        actions.send_document(cast.office, row, units=[cast.school], now=AFTER)
    assert not DocumentReceipt.objects.exists()


def test_what_was_sent_for_approval_must_still_be_there(cast: build.Cast, cycle: Cycle, leader: Actor) -> None:
    row = actions.draft_document(cast.office, kind="bulletin", cycle=cycle, now=AFTER)
    actions.submit_document(cast.office, row, now=AFTER)
    row.frozen.all().delete()
    with pytest.raises(Refused, match="不见了"):
        signed_off(row, cast.office, leader)
    row.refresh_from_db()
    assert row.state == "approving"


def test_a_number_is_written_as_official_documents_write_it(
    cast: build.Cast, cycle: Cycle, leader: Actor, deputy: Actor
) -> None:
    row = circular(cast, cycle)
    actions.submit_document(cast.office, row, now=AFTER)
    row = signed_off(row, cast.office, deputy, leader)
    with pytest.raises(actions.BadNumber):
        actions.number_document(cast.office, row, document_no="演示字〔2026〕第8号", now=AFTER)
    row.refresh_from_db()
    assert row.state == "signed"
    assert actions.number_document(cast.office, row, document_no="演示字[2026]8号", now=AFTER).document_no == (
        "演示字〔2026〕8号"
    )


def circular(cast: build.Cast, cycle: Cycle) -> Document:
    """A circular whose unit was asked and has explained."""
    row = actions.draft_document(cast.office, kind="circular", cycle=cycle, now=AFTER)
    actions.ask_namings(cast.office, row, reply_by=AFTER.date(), now=AFTER)
    for one in row.namings.all():
        actions.explain(cast.liaison, one, text="网络故障，已补报。", now=AFTER)
    return row


def test_a_circular_goes_out_under_its_seal(cast: build.Cast, cycle: Cycle, leader: Actor, deputy: Actor) -> None:
    row = circular(cast, cycle)
    actions.submit_document(cast.office, row, now=AFTER)
    row = signed_off(row, cast.office, deputy, leader)
    row = actions.number_document(cast.office, row, document_no="演示字〔2026〕8号", now=AFTER)
    with pytest.raises(actions.MovedOn, match="用印"):
        actions.send_document(cast.office, row, units=[cast.school], now=AFTER)
    with pytest.raises(actions.NoScan):
        actions.seal_document(cast.office, row, now=AFTER)
    scan = SimpleUploadedFile("盖章件.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
    row = actions.seal_document(cast.office, row, plain=[scan], now=AFTER)
    assert row.state == "sealed"
    row = actions.send_document(cast.office, row, units=[cast.school], now=AFTER)
    assert row.state == "sent"
    twin = circular(cast, cycle)
    actions.submit_document(cast.office, twin, now=AFTER)
    twin = signed_off(twin, cast.office, deputy, leader)
    with pytest.raises(Refused, match="文号"):
        actions.number_document(cast.office, twin, document_no="演示字〔2026〕8号", now=AFTER)
    twin.refresh_from_db()
    assert (twin.state, twin.document_no) == ("signed", "")


def test_nobody_is_named_before_being_heard_and_ticked(
    cast: build.Cast, cycle: Cycle, leader: Actor, deputy: Actor
) -> None:
    row = actions.draft_document(cast.office, kind="circular", cycle=cycle, now=AFTER)
    naming = row.namings.get()
    assert (naming.unit, naming.matter) == (cast.other_school, "2026年9月月报逾期没有报送")
    with pytest.raises(actions.NotHeard, match="还没有征求"):
        actions.submit_document(cast.office, row, now=AFTER)
    with pytest.raises(actions.BadDay):
        actions.ask_namings(cast.office, row, reply_by=TODAY, now=AFTER)
    assert actions.ask_namings(cast.office, row, reply_by=AFTER.date(), now=AFTER) == 1
    with pytest.raises(actions.NotHeard):
        actions.ask_namings(cast.office, row, reply_by=AFTER.date(), now=AFTER)
    with pytest.raises(actions.NotHeard, match="说明期限内"):
        actions.submit_document(cast.office, row, now=AFTER)
    actions.submit_document(cast.office, row, now=NEXT_DAY)
    row.refresh_from_db()
    naming.refresh_from_db()
    with pytest.raises(actions.MovedOn):
        actions.explain(cast.liaison, naming, text="晚了", now=NEXT_DAY)
    signed_off(row, cast.office, deputy, now=NEXT_DAY)
    assert actions.tick_names(leader, row, named={naming.pk}, now=NEXT_DAY) == 1
    row = signed_off(row, leader, now=NEXT_DAY)
    said = words(documents.written(row, TODAY))
    assert "云岭县第二小学" in said
    assert "到期没有说明" in said
    with pytest.raises(actions.MovedOn):
        actions.tick_names(leader, row, named=set(), now=NEXT_DAY)


def test_who_is_not_ticked_is_not_named(cast: build.Cast, cycle: Cycle, leader: Actor, deputy: Actor) -> None:
    row = circular(cast, cycle)
    actions.submit_document(cast.office, row, now=AFTER)
    naming = row.namings.get()
    actions.tick_names(leader, row, named={naming.pk}, now=AFTER)
    actions.tick_names(leader, row, named=set(), now=AFTER)
    naming.refresh_from_db()
    assert (naming.is_named, naming.ticked_by) == (False, "")
    row = signed_off(row, cast.office, deputy, leader)
    said = words(documents.written(row, TODAY))
    assert "云岭县第二小学" not in said
    assert "点名单位" not in said


def test_sent_back_ticks_are_gone(cast: build.Cast, cycle: Cycle, leader: Actor, deputy: Actor) -> None:
    row = circular(cast, cycle)
    approval = actions.submit_document(cast.office, row, now=AFTER)
    actions.tick_names(leader, row, named={row.namings.get().pk}, now=AFTER)
    approvals.send_back(cast.office, approval.stages.get(state="open"), opinion="再核", now=AFTER)
    assert not row.namings.filter(is_named=True).exists()


def test_words_do_not_name_whom_the_list_does_not(
    cast: build.Cast, cycle: Cycle, leader: Actor, deputy: Actor
) -> None:
    row = circular(cast, cycle)
    first = row.sections.order_by("order")[0]
    text = f"{first.text}云岭县第一小学做得好，云岭县第二小学没有报送。"
    row = actions.change_draft(
        cast.office, row, version=row.version, title=row.title, sections={first.pk: {"text": text}}, now=AFTER
    )
    with pytest.raises(actions.NotListed, match="云岭县第一小学"):
        actions.submit_document(cast.office, row, now=AFTER)
    with pytest.raises(actions.NoMatter):
        actions.add_naming(cast.office, row, unit=cast.school, matter=" ", now=AFTER)
    praise = actions.add_naming(cast.office, row, unit=cast.school, matter="表扬", is_praise=True, now=AFTER)
    with pytest.raises(Refused, match="已经在名单上"):
        actions.add_naming(cast.office, row, unit=cast.school, matter="表扬", now=AFTER)
    actions.submit_document(cast.office, row, now=AFTER)
    signed_off(row, cast.office, deputy)
    actions.tick_names(leader, row, named={praise.pk}, now=AFTER)
    with pytest.raises(SubscriberFailed, match="没有勾选"):
        signed_off(row, leader)
    row.refresh_from_db()
    assert row.state == "approving"
    actions.tick_names(leader, row, named=set(row.namings.values_list("pk", flat=True)), now=AFTER)
    row = signed_off(row, leader)
    listed = unpacked(row.frozen.latest("pk").content).listing("点名单位")
    assert listed is not None
    assert [line.cells for line in listed.lines] == [
        ("云岭县第二小学", "2026年9月月报逾期没有报送", "网络故障，已补报。")
    ]


def test_a_unit_explains_and_may_be_taken_off(cast: build.Cast, cycle: Cycle) -> None:
    row = actions.draft_document(cast.office, kind="circular", cycle=cycle, now=AFTER)
    naming = row.namings.get()
    with pytest.raises(actions.MovedOn, match="还没有征求"):
        actions.explain(cast.liaison, naming, text="早", now=AFTER)
    actions.ask_namings(cast.office, row, reply_by=AFTER.date(), now=AFTER)
    naming.refresh_from_db()
    with pytest.raises(actions.NoMatter):
        actions.explain(cast.liaison, naming, text=" ", now=AFTER)
    naming = actions.explain(cast.liaison, naming, text=" 已补报 ", now=AFTER)
    assert (naming.text, naming.answered_by) == ("已补报", cast.liaison.acting_name)
    assert told(cast.office)[-1] == "单位对拟通报事项作了说明"
    actions.drop_naming(cast.office, row, naming, now=AFTER)
    assert not row.namings.exists()
    unasked = actions.add_naming(cast.office, row, unit=cast.school, matter="没有开展", now=AFTER)
    actions.drop_naming(cast.office, row, unasked, now=AFTER)
    assert not row.namings.exists()


def test_minutes_become_a_document(cast: build.Cast, leader: Actor) -> None:
    meeting = dispatching.meeting(
        state="fixed",
        minutes="会议听取了汇报。\n会议要求抓紧。",
        chair="周组长",
        place="一楼会议室",
        title="第九次月调度会",
    )
    dispatching.attendance(meeting=meeting, unit=cast.school, state="present", name="李校长")
    dispatching.attendance(meeting=meeting, unit=cast.other_school, state="excused")
    dispatching.attendance(meeting=meeting, unit=cast.university, state="present", part="guest")
    dispatching.decision(unit=cast.school, meeting=meeting, text="十月底前落实教师。", number=3)
    dispatching.addition(meeting=meeting)
    assert list(queries.meetings_for_minutes(cast.office)) == [meeting.pk]
    row = actions.draft_document(cast.office, kind="minutes", meeting=meeting, now=AFTER)
    assert not queries.meetings_for_minutes(cast.office)
    with pytest.raises(actions.AlreadyDrafted):
        actions.draft_document(cast.office, kind="minutes", meeting=meeting, now=AFTER)
    actions.submit_document(cast.office, row, now=AFTER)
    row = signed_off(row, cast.office, leader)
    row = actions.number_document(cast.office, row, document_no="〔2026〕9号", now=AFTER)
    said = words(documents.written(row, AFTER.date()))
    for part in (
        "周组长在一楼会议室主持召开第九次月调度会",
        "会议要求抓紧",
        "（更正）第三项应为十月底",
        "2026-3",
        "李校长",
    ):
        assert part in said
    assert queries.units_to_send(row) == {cast.school.pk, cast.other_school.pk, cast.university.pk}


def test_a_leader_who_signs_on_paper_is_the_signer(cast: build.Cast, cycle: Cycle, leader: Actor) -> None:
    row = actions.draft_document(cast.office, kind="bulletin", cycle=cycle, now=AFTER)
    actions.submit_document(cast.office, row, now=AFTER)
    signed_off(row, cast.office)
    stage = Stage.objects.get(approval__owner_id=row.pk, state="open")
    approvals.agree(cast.office, stage, signer="周组长（书面）", now=AFTER)
    row.refresh_from_db()
    assert row.signed_by == "周组长（书面）"


def test_heads_are_the_countys_own_and_frozen_with_the_document(
    cast: build.Cast, cycle: Cycle, leader: Actor
) -> None:
    old = bulletin(cast, cycle, leader)
    row = actions.set_letterhead(
        cast.office, kind="bulletin", version=0, mark="教育提质快讯", unit="云岭县办公室", now=AFTER
    )
    assert (row.mark, row.sent_to[:3]) == ("教育提质快讯", "云岭县")
    with pytest.raises(Stale):
        actions.set_letterhead(cast.office, kind="bulletin", version=0, mark="另一个", now=AFTER)
    row = actions.set_letterhead(cast.office, kind="bulletin", version=row.version, mark="提质快讯", now=AFTER)
    october = dispatching.cycle(month=date(2026, 10, 1))
    new = actions.draft_document(cast.office, kind="bulletin", cycle=october, now=AFTER)
    assert "提质快讯" in words(documents.written(new, TODAY))
    assert "提质快讯" not in words(documents.written(old, TODAY))
    assert Letterhead.objects.count() == 1


def test_a_template_of_ones_own(cast: build.Cast, cycle: Cycle, leader: Actor) -> None:
    old = bulletin(cast, cycle, leader)
    before = documents.written(old, TODAY)
    made = docx.Document(BytesIO(documents.standard("bulletin")))
    made.paragraphs[0].insert_paragraph_before("内部资料")
    kept = BytesIO()
    made.save(kept)
    row = actions.set_template(cast.office, kind="bulletin", name="简报模板.docx", content=kept.getvalue(), now=AFTER)
    assert row.template_name == "简报模板.docx"
    october = dispatching.cycle(month=date(2026, 10, 1))
    new = actions.draft_document(cast.office, kind="bulletin", cycle=october, now=AFTER)
    assert "内部资料" in words(documents.written(new, TODAY))
    assert documents.written(old, TODAY) == before
    row = actions.clear_template(cast.office, kind="bulletin", now=AFTER)
    assert (row.template, row.template_name) == (None, "")
    assert "内部资料" not in words(documents.written(new, TODAY))


def test_a_document_keeps_the_template_of_the_day_that_it_was_sent(
    cast: build.Cast, cycle: Cycle, leader: Actor
) -> None:
    row = actions.draft_document(cast.office, kind="bulletin", cycle=cycle, now=AFTER)
    actions.submit_document(cast.office, row, now=AFTER)
    made = docx.Document(BytesIO(documents.standard("bulletin")))
    made.paragraphs[0].insert_paragraph_before("内部资料")
    kept = BytesIO()
    made.save(kept)
    actions.set_template(cast.office, kind="bulletin", name="新模板.docx", content=kept.getvalue(), now=AFTER)
    row = signed_off(row, cast.office, leader)
    assert "内部资料" not in words(documents.written(row, TODAY))


def test_a_heading_without_anything_below_it_goes_away_with_the_names(
    cast: build.Cast, cycle: Cycle, leader: Actor, deputy: Actor
) -> None:
    row = circular(cast, cycle)
    problems = row.sections.get(listing="点名单位")
    row = actions.change_draft(
        cast.office, row, version=row.version, title=row.title, sections={problems.pk: {"text": ""}}, now=AFTER
    )
    actions.submit_document(cast.office, row, now=AFTER)
    row = signed_off(row, cast.office, deputy, leader)
    said = words(documents.written(row, TODAY))
    assert "存在问题" not in said
    assert "下步要求" in said


def test_a_broken_template_is_not_kept(cast: build.Cast) -> None:
    for content, said in ((b"PK broken", "docx"), (b"x" * (2 * 1024 * 1024 + 1), "2 MB")):
        with pytest.raises(actions.BadTemplate, match=said):
            actions.set_template(cast.office, kind="bulletin", name="坏.docx", content=content, now=AFTER)
    made = docx.Document(BytesIO(documents.standard("bulletin")))
    made.add_paragraph("{{ 期好 }}")
    kept = BytesIO()
    made.save(kept)
    with pytest.raises(actions.BadTemplate) as caught:
        actions.set_template(cast.office, kind="bulletin", name="坏.docx", content=kept.getvalue(), now=AFTER)
    assert any("期好" in str(one) and "期号" in str(one) for one in caught.value.faults)
    assert not Letterhead.objects.exists()
    assert not Template.objects.exists()
