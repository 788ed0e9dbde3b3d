"""Builders of cycles, filings, meetings, decisions and documents, as in `tests.build`: rows past the actions."""

from dataclasses import asdict
from datetime import date
from hashlib import sha256
from itertools import count
from typing import Any

from tests.build import NOW, home
from tests.kit.form_files import simple_sheet
from xietong.areas.dispatch import documents, queries
from xietong.areas.dispatch.models import (
    SIGNED_STATES,
    AgendaItem,
    Attendance,
    Confirmation,
    Correction,
    Cycle,
    Decision,
    DecisionStep,
    Document,
    DocumentReceipt,
    DocumentSection,
    DocumentStep,
    Entry,
    Filing,
    FilingExtension,
    Frozen,
    Meeting,
    MinutesAddition,
    Naming,
    Template,
    UpwardForm,
    UpwardReport,
)
from xietong.areas.dispatch.rules.snapshots import Figure, Line, Listing, Section, Snapshot, Source, digest, packed
from xietong.areas.dispatch.rules.upward import Value, blanks_of, frozen
from xietong.areas.orgs.models import County, Organisation
from xietong.areas.plans.models import Task
from xietong.kit.approvals.models import Approval, Stage
from xietong.kit.blanks.reading import read

SERIAL = count(1001)


def cycle(
    *, county: County | None = None, month: date = date(2026, 9, 1), state: str = "open", **fields: Any
) -> Cycle:
    """The cycle of September 2026, open."""
    usual = {
        "label": f"{month.year}年{month.month}月",
        "span_from": date(2026, 8, 26),
        "span_to": date(2026, 9, 25),
        "due_on": date(2026, 9, 28),
        "opened_at": NOW,
    }
    return Cycle.objects.create(county=county or home(), month=month, state=state, **(usual | fields))


def filing(*, cycle: Cycle, unit: Organisation, **fields: Any) -> Filing:
    """A filing that is due; one in another state has its times."""
    if fields.get("state", "due") not in {"due", "excused"}:
        fields = {"first_at": NOW, "submitted_at": NOW, "author_name": "曾小雨"} | fields
    usual = {"due_on": cycle.due_on}
    return Filing.objects.create(county=cycle.county, cycle=cycle, unit=unit, **(usual | fields))


def under_review(*, cycle: Cycle, unit: Organisation, **fields: Any) -> Filing:
    """A filing whose first step nobody has answered."""
    row = filing(cycle=cycle, unit=unit, state="submitted", **fields)
    form = "dispatch.school_filing" if unit.is_school else "dispatch.unit_filing"
    usual = {"title": str(row), "url": "/", "starter": "曾小雨", "started_at": NOW}
    sent = Approval.objects.create(county_id=cycle.county_id, form=form, owner_id=row.pk, unit_id=unit.pk, **usual)
    step = {"order": 1, "title": "办公室审核", "role": "office", "state": "open", "opened_at": NOW}
    Stage.objects.create(county_id=cycle.county_id, approval=sent, **step)
    return row


def entry(*, filing: Filing, task: Task | None = None, decision: Decision | None = None, **fields: Any) -> Entry:
    kind = "decision" if decision else "red" if task else "topic"
    return Entry.objects.create(
        county=filing.county, filing=filing, task=task, decision=decision, **({"kind": kind} | fields)
    )


def filing_extension(*, filing: Filing, **fields: Any) -> FilingExtension:
    usual = {"until": date(2026, 10, 9), "reason": "学校正在军训。", "asked_by": "曾小雨", "at": NOW}
    return FilingExtension.objects.create(county=filing.county, filing=filing, **(usual | fields))


def correction(*, entry: Entry, **fields: Any) -> Correction:
    usual = {"text_before": entry.text, "text": "应为三次。", "reason": "统计错误。", "asked_by": "曾小雨", "at": NOW}
    return Correction.objects.create(county=entry.county, entry=entry, **(usual | fields))


def meeting(*, county: County | None = None, **fields: Any) -> Meeting:
    serial = next(SERIAL)
    usual = {
        "year": 2026,
        "number": serial,
        "title": f"第{serial}次月调度会",
        "starts_at": NOW,
        "code": f"{serial:024}",
    }
    if fields.get("state") == "fixed":
        usual["fixed_at"] = NOW
    return Meeting.objects.create(county=county or home(), **(usual | fields))


def attendance(*, meeting: Meeting, unit: Organisation, **fields: Any) -> Attendance:
    return Attendance.objects.create(county=meeting.county, meeting=meeting, unit=unit, **fields)


def agenda_item(*, meeting: Meeting, title: str = "听取进展汇报", **fields: Any) -> AgendaItem:
    usual = {"order": next(SERIAL)}
    return AgendaItem.objects.create(county=meeting.county, meeting=meeting, title=title, **(usual | fields))


def confirmation(*, meeting: Meeting, unit: Organisation, **fields: Any) -> Confirmation:
    return Confirmation.objects.create(county=meeting.county, meeting=meeting, unit=unit, **fields)


def decision(*, unit: Organisation, meeting: Meeting | None = None, **fields: Any) -> Decision:
    """A decision of a meeting; without one a targeted opinion."""
    county = meeting.county if meeting else home()
    usual = {
        "kind": "decision" if meeting else "opinion",
        "year": 2026,
        "number": next(SERIAL),
        "text": "十月底前落实专任教师。",
        "due_on": date(2026, 10, 31),
        "made_by": "陈启明",
        "made_at": NOW,
    }
    if fields.get("state") in {"closed", "cancelled"}:
        usual["closed_at"] = NOW
    return Decision.objects.create(county=county, unit=unit, meeting=meeting, **(usual | fields))


def decision_step(*, decision: Decision, action: str = "make", **fields: Any) -> DecisionStep:
    usual = {"at": NOW, "who": "陈启明", "org_name": "云岭县领导小组办公室"}
    return DecisionStep.objects.create(county=decision.county, decision=decision, action=action, **(usual | fields))


def addition(*, meeting: Meeting, text: str = "第三项应为十月底。", **fields: Any) -> MinutesAddition:
    return MinutesAddition.objects.create(
        county=meeting.county, meeting=meeting, text=text, **({"by": "陈启明", "at": NOW} | fields)
    )


def document(*, cycle: Cycle | None = None, meeting: Meeting | None = None, **fields: Any) -> Document:
    """A draft of a bulletin, or of minutes; one that was signed is frozen as `snapshot` says."""
    about = cycle or meeting
    if about is None:
        about = cycle = dispatching_cycle()
    serial = next(SERIAL)
    usual = {
        "kind": "minutes" if meeting else "bulletin",
        "year": 2026,
        "title": f"第{serial}份简报",
        "drafted_by": "陈启明",
        "drafted_at": NOW,
    }
    said = fields.pop("snapshot", None)
    if fields.get("state") in SIGNED_STATES:
        usual |= {"signed_by": "周组长", "signed_at": NOW, "digest": "0" * 64, "check_code": f"{serial:08}"}
    row = Document.objects.create(county=about.county, cycle=cycle, meeting=meeting, **(usual | fields))
    if said:
        froze(row, said)
    return row


def dispatching_cycle() -> Cycle:
    return Cycle.objects.filter(county=home()).first() or cycle()


def froze(document: Document, snapshot: Snapshot) -> Frozen:
    """What a document said, in the template that is shipped."""
    content = packed(snapshot)
    kept, _is_new = Template.objects.get_or_create(
        county=document.county, sha256="0" * 64, defaults={"content": documents.standard(document.kind)}
    )
    row = Frozen.objects.create(
        county=document.county, document=document, at=NOW, content=content, digest=digest(content), template=kept
    )
    code = queries.code_of(row.digest)
    Document.objects.filter(pk=document.pk).update(digest=row.digest, check_code=code)
    document.refresh_from_db()
    return row


def snapshot(
    *, title: str = "九月工作调度情况", words: str = "应报{应报单位}个。", source: Source | None = None
) -> Snapshot:
    """One section with one figure, one list of one line, and one row behind each."""
    rows = (source,) if source else ()
    return Snapshot(
        title=title,
        day="2026-09-30",
        head=documents.default_head("bulletin", home()),
        sections=(Section("总体情况", words, "各部分进展", sources=rows),),
        figures=(Figure("应报单位", "1", "个", "要求报送的单位", rows),),
        listings=(Listing("各部分进展", ("部分", "任务"), (2, 1), (Line((title, "1"), source),)),),
    )


def section(*, document: Document, **fields: Any) -> DocumentSection:
    usual = {"order": next(SERIAL), "heading": "总体情况", "text": "应报{应报单位}个。"}
    return DocumentSection.objects.create(county=document.county, document=document, **(usual | fields))


def naming(*, document: Document, unit: Organisation, **fields: Any) -> Naming:
    """A unit that was asked for its explanation."""
    usual = {"matter": "月报没有报送", "asked_at": NOW, "reply_by": NOW.date()}
    return Naming.objects.create(county=document.county, document=document, unit=unit, **(usual | fields))


def document_receipt(*, document: Document, unit: Organisation, **fields: Any) -> DocumentReceipt:
    return DocumentReceipt.objects.create(county=document.county, document=document, unit=unit, **fields)


def document_step(*, document: Document, action: str = "draft", **fields: Any) -> DocumentStep:
    usual = {"at": NOW, "who": "陈启明", "org_name": "云岭县领导小组办公室"}
    return DocumentStep.objects.create(county=document.county, document=document, action=action, **(usual | fields))


def approving(*, document: Document, role: str) -> Stage:
    """The last step of a document's approval waits for a role."""
    usual = {"title": document.title, "url": "/", "starter": "陈启明", "started_at": NOW}
    form = f"dispatch.{document.kind}"
    sent = Approval.objects.create(county_id=document.county_id, form=form, owner_id=document.pk, **usual)
    step = {"order": 1, "title": "签发", "role": role, "state": "open", "opened_at": NOW}
    return Stage.objects.create(county_id=document.county_id, approval=sent, **step)


def upward_form(*, county: County | None = None, mark: str = "演示", **fields: Any) -> UpwardForm:
    """A form of the city with two blanks, one of which is mapped."""
    county = county or home()
    content = simple_sheet(title=f"{mark}月报表")
    kept, _is_new = Template.objects.get_or_create(
        county=county, sha256=sha256(content).hexdigest(), defaults={"content": content}
    )
    layout = [asdict(one) for one in read(content).grids]
    usual = {
        "name": f"{mark}月报表{next(SERIAL)}",
        "to_whom": f"{mark}市教育局",
        "kind": "xlsx",
        "template": kept,
        "file_name": f"{mark}月报表.xlsx",
        "layout": layout,
        "blanks": len(blanks_of(layout)),
        "mapping": {"表1!B3": "应报单位"},
    }
    return UpwardForm.objects.create(county=county, **(usual | fields))


def upward_report(
    *, form: UpwardForm, cycle: Cycle, value: str = "2", source: Source | None = None, **fields: Any
) -> UpwardReport:
    """A month with one figure; one that was handed in has its time."""
    content = frozen(
        title=form.name,
        to_whom=form.to_whom,
        month=cycle.label,
        day="2026-09-30",
        kind=form.kind,
        layout=form.layout,
        values=[Value("表1!B3", "应报单位 · 数量", "应报单位", value, "个")],
        figures=[Figure("应报单位", value, "个", "要求报送的单位", (source,) if source else ())],
    )
    if fields.get("reported_at"):
        fields = {"reported_by": "陈启明"} | fields
    usual = {
        "year": cycle.month.year,
        "at": NOW,
        "by": "陈启明",
        "content": content,
        "digest": digest(content),
        "template": form.template,
    }
    return UpwardReport.objects.create(county=form.county, form=form, cycle=cycle, **(usual | fields))
