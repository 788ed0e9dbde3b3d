"""The documents of 云岭县: bulletins and minutes that went out, a circular in hand, the city's form."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from io import BytesIO

import xlsxwriter

from xietong.areas.dispatch import actions, queries
from xietong.areas.dispatch.models import Cycle, Document, Meeting
from xietong.areas.dispatch.rules.states import MeetingState
from xietong.areas.orgs.models import Role
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals import actions as approvals
from xietong.kit.approvals.models import Stage
from xietong.kit.clock.time import SHANGHAI
from xietong.web.demonstration.moments import NOW
from xietong.web.demonstration.plan_work import actor_of

SIGNERS = {
    "office": ("office", Role.OFFICE),
    "bureau_leader": ("bureau_leader", Role.BUREAU_LEADER),
    "group_head": ("group_head", Role.GROUP_HEAD),
}
TEN, PRINTED_AFTER = time(10), timedelta(days=8)
EXPLAINED = "网络检修，已于次日补报。（演示）"


def lay_papers(months: Sequence[Cycle]) -> None:
    """This function will make a bulletin of each month that is over, and other papers, as the office would have."""
    office = actor_of("office", Role.OFFICE)
    last_but_one, last = months[-2:]
    for cycle in months:
        at = datetime.combine(cycle.due_on + PRINTED_AFTER, TEN, SHANGHAI)
        send(office, number(office, signed(office, "bulletin", at, cycle=cycle), at), at)
    meeting = Meeting.objects.filter(cycle__in=months, state=MeetingState.FIXED.value).order_by("-starts_at")[0]
    at = NOW - timedelta(days=5)
    row = signed(office, "minutes", at, meeting=meeting)
    send(office, number(office, row, at, document_no=f"演示字〔{at.year}〕6号"), at)
    ask_units(office, last)
    report_upward(office, last_but_one, last)


def signed(
    office: Actor, kind: str, at: datetime, *, cycle: Cycle | None = None, meeting: Meeting | None = None
) -> Document:
    row = actions.draft_document(office, kind=kind, cycle=cycle, meeting=meeting, now=at)
    actions.submit_document(office, row, now=at)
    while stage := Stage.objects.filter(
        approval__owner_id=row.pk, approval__form=f"dispatch.{kind}", state="open"
    ).first():
        approvals.agree(actor_of(*SIGNERS[stage.role]), stage, now=at)
    row.refresh_from_db()
    return row


def number(office: Actor, row: Document, at: datetime, *, document_no: str = "") -> Document:
    return actions.number_document(office, row, document_no=document_no, now=at)


def send(office: Actor, row: Document, at: datetime) -> None:
    """Most units have taken note of it."""
    wanted = queries.units_to_send(row)
    offered = queries.units_offered(row.county_id, at.date()).values()
    units = [unit for rows in offered for pk, unit in rows.items() if pk in wanted]
    row = actions.send_document(office, row, units=units, now=at)
    taken = [one for n, one in enumerate(row.receipts.order_by("pk")) if n % 5]
    for one in taken:
        one.at, one.by = at + timedelta(hours=3), "演示签收人"
        one.save(update_fields=["at", "by"])


def ask_units(office: Actor, cycle: Cycle) -> None:
    """A circular that would name who filed late; one unit has explained."""
    at = NOW - timedelta(days=2)
    row = actions.draft_document(office, kind="circular", cycle=cycle, now=at)
    if not row.namings.exists():
        return
    actions.ask_namings(office, row, reply_by=NOW.date() + timedelta(days=1), now=at)
    first = row.namings.order_by("pk")[0]
    first.text, first.answered_at, first.answered_by = EXPLAINED, NOW - timedelta(days=1), "演示联络员"
    first.save(update_fields=["text", "answered_at", "answered_by"])


def report_upward(office: Actor, handed_in: Cycle, filled: Cycle) -> None:
    """The city's form, mapped once: one month was handed in, the next is filled."""
    at = NOW - timedelta(days=40)
    row = actions.add_upward_form(
        office, name=CITY_FORM, to_whom="云州市教育局", file_name=f"{CITY_FORM}.xlsx", content=city_form(), now=at
    )
    mapping = {f"月报表!B{line}": name for line, name in enumerate(CITY_ASKS, FIRST_LINE)}
    row = actions.map_upward_form(office, row, mapping=mapping, constants={}, version=row.version, now=at)
    report = actions.fill_upward_form(office, row, cycle=handed_in, now=at + timedelta(days=7))
    actions.hand_in_report(office, report, version=report.version, note="经市局平台交出", now=at + timedelta(days=7))
    actions.fill_upward_form(office, row, cycle=filled, now=NOW - timedelta(days=4))


CITY_FORM = "县域协同提质工作月报表（演示）"
FIRST_LINE = 3
CITY_ASKS = (
    "期次",
    "应报单位",
    "按时报送",
    "报送率",
    "任务总数",
    "已完成任务",
    "任务完成率",
    "需协调事项",
    "逾期任务",
)


def city_form() -> bytes:
    """As a city hands it out: a title, a head, a line for each question."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("月报表")
        title = book.add_format({"bold": True, "align": "center", "font_size": 16})
        cell = book.add_format({"border": 1})
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 2, 18)
        sheet.merge_range("A1:C1", CITY_FORM, title)
        for place, head in enumerate(("项目", "数量", "备注")):
            sheet.write(FIRST_LINE - 2, place, head, cell)
        for line, name in enumerate(CITY_ASKS, FIRST_LINE - 1):
            sheet.write(line, 0, name, cell)
            sheet.write_blank(line, 1, None, cell)
            sheet.write(line, 2, "—", cell)
    return made.getvalue()
