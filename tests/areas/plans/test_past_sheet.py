"""历史补录 by Excel: past meetings, documents and progress, without lights or reminders."""

from datetime import date
from typing import Any

import pytest

from tests import build, planning, taking
from tests.kit.test_sheets_reading import workbook
from xietong.areas.plans import actions
from xietong.areas.plans.models import PastRecord, Plan
from xietong.areas.plans.sheets import PastBook
from xietong.kit.sheets.planning import Deed
from xietong.kit.sheets.taking import NotImported, undo

pytestmark = pytest.mark.django_db
BOOK = PastBook()
HEADERS = ["编号", "类别", "日期", "名称", "内容", "文号", "任务编号", "单位"]


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    row = planning.plan(county=cast.county)
    planning.task(plan=row, number="三-1", title="建平台", lead_unit=cast.school)
    return row


def take_in(cast: build.Cast, plan: Plan, *rows: list[Any]) -> Any:
    return taking.take_in(BOOK, cast.office, plan, workbook(HEADERS, *rows))


def test_past_records_are_entered_changed_and_taken_back(cast: build.Cast, plan: Plan) -> None:
    actions.add_past(
        cast.office,
        plan,
        code="1",
        kind="meeting",
        on=date(2024, 9, 12),
        title="筹备会",
        text="",
        document_no="",
        now=build.NOW,
    )
    before = list(PastRecord.objects.values())
    made = take_in(
        cast,
        plan,
        ["1", "会议", "2024-09-12", "领导小组筹备会", "定分工", None, None, None],
        ["2", "文件", "2024年10月8日", "成立领导小组", None, "云教字〔2024〕1号", "三-1", "一小"],
    )
    first, second = PastRecord.objects.order_by("code")
    assert (made.changed, made.added, first.title, first.version) == (1, 1, "领导小组筹备会", 2)
    assert (second.kind, second.on, second.unit, second.entered_by) == (
        "document",
        date(2024, 10, 8),
        cast.school,
        cast.office.label,
    )
    assert second.task == plan.tasks.get()
    same = taking.look(
        BOOK, cast.office, plan, workbook(HEADERS, ["1", "会议", "2024-9-12", "领导小组筹备会", "定分工"])
    )
    assert [one.deed for one in same.planned] == [Deed.SAME]
    undo(cast.office, BOOK, plan, made, now=build.NOW)
    assert list(PastRecord.objects.values()) == before


def test_what_has_not_happened_is_no_past(cast: build.Cast, plan: Plan) -> None:
    with pytest.raises(NotImported, match="第2行：日期还没有到"):
        take_in(cast, plan, ["1", "会议", "2030-01-01", "将来的会", None, None, None, None])
    assert not PastRecord.objects.exists()


def test_a_closed_plan_takes_no_more(cast: build.Cast, plan: Plan) -> None:
    Plan.objects.update(state="closed", closed_on=build.TODAY, closing_note="完")
    with pytest.raises(actions.WrongState):
        take_in(cast, plan, ["1", "会议", "2024-01-01", "会", None, None, None, None])
