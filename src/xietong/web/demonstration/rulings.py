"""The rules that the plan of 云岭县 asks for: most in force, one open for opinions, one waiting to be enacted."""

from dataclasses import dataclass
from datetime import date, timedelta

from xietong.areas.mechanisms.models import Edition, Mechanism, Opinion, Receipt
from xietong.areas.mechanisms.rules import EditionState
from xietong.areas.orgs.models import Organisation, OrgKind, Role
from xietong.areas.plans import actions
from xietong.areas.plans.models import Plan, Task
from xietong.web.demonstration.moments import NOW, TODAY
from xietong.web.demonstration.plan_work import actor_of

TEXT = """第一条 为落实《云岭县高校与基础教育协同提质行动方案》，制定本{kind}（演示）。
第二条 领导小组办公室统筹，{lead}具体负责。
第三条 {rule}
第四条 已有数据的不再要求学校填报，不搞排名，不要求上传照片。
第五条 本{kind}自印发之日起施行。"""
NUMBER = "演示字〔{}〕{}号"


@dataclass(frozen=True, slots=True)
class Text:
    """What a text says, and since when each of its editions is in force; None for one that is not enacted."""

    lead: str
    rule: str
    since: tuple[date | None, ...]


TEXTS = {
    "联盟协同运行机制": Text(
        "教师发展中心", "每月召开一次联席会议，议定事项列入下月任务。", (date(2024, 12, 16), date(2025, 9, 15))
    ),
    "专家干部教师挂职轮岗交流机制": Text("人事股", "挂职、支教每学年安排一次，期满考核。", (date(2025, 3, 3),)),
    "经费保障机制": Text("计财股", "专项经费纳入年度预算，按季度通报执行进度。", (date(2025, 1, 20),)),
    "学校与教师激励机制": Text("人事股", "在评优、职称中同等条件下优先考虑参与协同行动的教师。", (None,)),
    "专家进校服务机制": Text("教师发展中心", "专家每学期进校不少于四次，需求由学校提出。", (date(2025, 3, 17),)),
    "监测和督导与考核评价机制": Text("督导室", "每学期督导一次，结果书面反馈学校，不公布排名。", (None,)),
    "音体美等专任教师考核评价管理办法": Text(
        "体卫艺股", "以课堂教学和学生活动为主考核，不以获奖多少评定。", (date(2025, 9, 1),)
    ),
}
OPINIONS = ("建议写明绩效工资的来源（演示）。", "")
SAME_RULE = "成员校统一教学管理制度"


def lay_rulings(plan: Plan) -> None:
    """This function will put the rules on the list, with editions, opinions and receipts, and link some tasks."""
    actions.list_mechanisms(actor_of("office", Role.OFFICE), plan, now=NOW)
    order = Mechanism.objects.filter(county=plan.county).count() + 1
    basis = "教研联合体成员校共同职责：建立科学统一的教育教学管理制度"
    Mechanism.objects.create(county=plan.county, title=SAME_RULE, kind="unified", basis=basis, order=order)
    schools = Organisation.objects.filter(county=plan.county, kind__in=[OrgKind.PRIMARY, OrgKind.MIDDLE])
    asked = list(schools.order_by("order", "pk")[:12])
    for place, (title, said) in enumerate(TEXTS.items(), start=1):
        row = Mechanism.objects.get(county=plan.county, title=title)
        for number, since in enumerate(said.since, start=1):
            edition = lay_edition(row, said, number, since, place)
            if since:
                sign_for(edition, asked, missing=place if number == len(said.since) else 0)
    ask_for_opinions(Mechanism.objects.get(county=plan.county, title="学校与教师激励机制"), asked)
    link_tasks(plan)


def lay_edition(row: Mechanism, said: Text, number: int, since: date | None, place: int) -> Edition:
    """One edition; the one before it ends on the day before."""
    kind = "办法" if row.title.endswith("办法") else "机制"
    rule = said.rule if number == len(said.since) else said.rule.replace("每月", "每季度")
    fields = {"text": TEXT.format(kind=kind, lead=said.lead, rule=rule)}
    if number > 1 and since:
        row.editions.filter(number=number - 1).update(in_force_to=since - timedelta(days=1))
        fields |= {"change_note": "会议由每季度一次改为每月一次。"}
    if since:
        state, no = EditionState.ENACTED, NUMBER.format(since.year, place + 10 * number)
        return Edition.objects.create(
            county=row.county,
            mechanism=row,
            number=number,
            state=state.value,
            in_force_from=since,
            document_no=no,
            **fields,
        )
    state = EditionState.CONSULTING if "激励" in row.title else EditionState.APPROVED
    due = TODAY + timedelta(days=8) if state is EditionState.CONSULTING else None
    return Edition.objects.create(
        county=row.county, mechanism=row, number=number, state=state.value, comment_by=due, round=1, **fields
    )


def sign_for(edition: Edition, units: list[Organisation], *, missing: int) -> None:
    """Everybody has taken note but the last few."""
    at = NOW - timedelta(days=3)
    Receipt.objects.bulk_create(
        Receipt(
            county=edition.county,
            edition=edition,
            unit=unit,
            at=None if n < missing else at,
            by="" if n < missing else f"{unit} 联络员（演示）",
        )
        for n, unit in enumerate(reversed(units))
    )


def ask_for_opinions(row: Mechanism, units: list[Organisation]) -> None:
    edition = row.editions.get(state=EditionState.CONSULTING.value)
    Opinion.objects.bulk_create(
        Opinion(
            county=row.county,
            edition=edition,
            unit=unit,
            text=OPINIONS[n] if n < len(OPINIONS) else "",
            answered_at=NOW - timedelta(days=1) if n < len(OPINIONS) else None,
            answered_by=f"{unit} 校长（演示）" if n < len(OPINIONS) else "",
        )
        for n, unit in enumerate(units)
    )


def link_tasks(plan: Plan) -> None:
    """The visits of experts apply the rules made for them."""
    row = Mechanism.objects.get(county=plan.county, title="专家进校服务机制")
    tasks: list[Task] = list(plan.tasks.filter(title__contains="专家引领").order_by("pk")[:5])
    for task in tasks:
        actions.apply_mechanisms(actor_of("office", Role.OFFICE), task, mechanisms=[row], now=NOW)
