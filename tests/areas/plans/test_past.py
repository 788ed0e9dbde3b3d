"""历史补录: what happened before is entered as such, with its scan, and asks nobody for anything."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import build, planning
from xietong.areas.plans import actions
from xietong.areas.plans.models import PastRecord, Plan
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused
from xietong.kit.files.models import Attachment
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
ON = date(2025, 11, 3)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    return planning.plan(county=cast.county)


def enter(cast: build.Cast, plan: Plan, code: str = "补录-1", on: date = ON) -> PastRecord:
    return actions.add_past(
        cast.office, plan, code=code, kind="meeting", on=on, title="启动会", text="到会60人。", now=build.NOW
    )


def test_add_past_keeps_who_entered_it_and_tells_nobody(cast: build.Cast, plan: Plan) -> None:
    scan = SimpleUploadedFile("纪要.txt", "会议纪要".encode())
    row = actions.add_past(
        cast.office, plan, code="1", kind="meeting", on=ON, title="启动会", plain=[scan], now=build.NOW
    )
    assert (row.on, row.entered_by, row.entered_at) == (ON, cast.office.label, build.NOW)
    assert Attachment.objects.get().owner_id == row.pk
    assert Notice.objects.count() == 0


def test_add_past_refuses_what_is_to_come_and_a_number_twice(cast: build.Cast, plan: Plan) -> None:
    with pytest.raises(actions.NotPast):
        enter(cast, plan, on=date(2026, 9, 9))
    assert PastRecord.objects.count() == 0
    enter(cast, plan)
    with pytest.raises(Refused, match="这个编号的补录已经有了"):
        enter(cast, plan)
    assert PastRecord.objects.count() == 1


def test_past_of_a_closed_plan_stands(cast: build.Cast, plan: Plan) -> None:
    row = enter(cast, plan)
    actions.close_plan(cast.office, plan, note="", now=build.NOW)
    for deed in (
        lambda: enter(cast, plan, code="2"),
        lambda: actions.drop_past(cast.office, row, reason="", now=build.NOW),
    ):
        with pytest.raises(actions.WrongState, match="方案已经归档"):
            deed()
    assert PastRecord.objects.count() == 1


def test_drop_past_leaves_a_trace(cast: build.Cast, plan: Plan) -> None:
    actions.drop_past(cast.office, enter(cast, plan), reason="录错了", now=build.NOW)
    assert PastRecord.objects.count() == 0
    assert (Entry.objects.latest("pk").action, Entry.objects.latest("pk").reason) == ("plans.drop_past", "录错了")


def test_pages_enter_show_and_take_back(cast: build.Cast, plan: Plan) -> None:
    office, liaison = build.client(cast.office), build.client(cast.liaison)
    listed = reverse("plans:past", args=[plan.pk])
    assert "没有补录" in office.get(listed).content.decode()
    new = reverse("plans:past_add", args=[plan.pk])
    assert 'value="1"' in office.get(new).content.decode()
    fields = {"code": "补录-1", "kind": "document", "on": "2025-11-03", "title": "实施通知", "document_no": "1号"}
    assert office.post(new, fields | {"on": "2027-01-01"}).status_code == 422
    scan = SimpleUploadedFile("通知.txt", "通知全文".encode())
    assert office.post(new, fields | {"files": scan}).status_code == 302
    assert liaison.get(new).status_code == 404
    row = PastRecord.objects.get()
    page = reverse("plans:past_record", args=[row.pk])
    assert "通知.txt" in liaison.get(page).content.decode()
    assert "撤销补录" not in liaison.get(page).content.decode()
    assert "实施通知" in liaison.get(listed, {"kind": "document"}).content.decode()
    assert build.client(cast.stranger).get(page).status_code == 404
    drop = reverse("plans:past_drop", args=[row.pk])
    assert liaison.post(drop).status_code == 404
    assert office.post(drop).status_code == 302
    assert not PastRecord.objects.exists()
