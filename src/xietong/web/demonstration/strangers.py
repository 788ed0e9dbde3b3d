"""临江县: the county next door, small, so that the walls between counties can be seen."""

from datetime import date, datetime, time, timedelta
from random import Random

from xietong.areas.orgs.models import County, Organisation, OrgKind, Role
from xietong.areas.plans.models import Plan, Task
from xietong.areas.plans.rules.states import TaskState
from xietong.kit.clock.time import SHANGHAI
from xietong.web.demonstration import places
from xietong.web.demonstration.casting import Part, hashed_password, play
from xietong.web.demonstration.histories import Hand, History, keep_histories
from xietong.web.demonstration.moments import ISSUED_ON
from xietong.web.demonstration.rows import keep

CODE, NAME = "999902", "临江县"
TITLES = ("组建教研联合体", "开展学校诊断", "教师专项培训", "实习基地建设", "精品课申报")
FIRST_DUE, APART = date(2025, 6, 30), timedelta(days=91)
STATES = (TaskState.VERIFIED, TaskState.VERIFIED, TaskState.CLAIMED, TaskState.UNDER_WAY, TaskState.ISSUED)


def lay_linjiang(rng: Random) -> Plan:
    """This function will set up an office, a school with two people, and a plan of five tasks."""
    county = County.objects.create(
        code=CODE,
        name=NAME,
        short_name="临江",
        city_name=places.CITY,
        province_name=places.PROVINCE,
        is_fictional=True,
    )
    office, school = keep(
        Organisation(county=county, kind=kind, name=name, short_name=short, order=10 * n)
        for n, (kind, name, short) in enumerate(
            (
                (OrgKind.GROUP_OFFICE, "临江县协同提质行动领导小组办公室", "领导小组办公室"),
                (OrgKind.PRIMARY, "临江县第一小学", "临江一小"),
            )
        )
    )
    hashed = hashed_password()
    clerk = play(Part("linjiang.office", "吴江", "", "办公室主任", (Role.OFFICE,)), office, hashed)
    liaison = Part("linjiang.school_liaison", "方晓波", "", "办公室主任", (Role.SCHOOL_LIAISON,), "数学")
    doer = play(liaison, school, hashed)
    play(Part("linjiang.teacher", "白雪梅", "", "教师", (Role.TEACHER,), "语文"), school, hashed)
    plan = issued_plan(county, f"{NAME}高校与基础教育协同提质行动方案")
    tasks = keep(
        Task(
            county=county,
            plan=plan,
            number=str(n + 1),
            title=title,
            lead_unit=school,
            due_on=FIRST_DUE + n * APART,
            state=STATES[n].value,
            issued_at=datetime.combine(ISSUED_ON, time(9), SHANGHAI),
        )
        for n, title in enumerate(TITLES)
    )
    hands = Hand.of(clerk, str(office)), Hand.of(doer, str(school))
    histories = [History(task, *hands, rng).run() for task in tasks]
    Task.objects.bulk_update(tasks, ["moved_at"])
    keep_histories(histories)
    return plan


def issued_plan(county: County, title: str) -> Plan:
    return Plan.objects.create(
        county=county,
        title=title,
        document_no="演示字〔2024〕3号",
        state=Plan.State.ISSUED,
        issued_on=ISSUED_ON,
        source_name=f"{title}.txt",
        source_text=title,
        read_at=datetime.combine(ISSUED_ON, time(9), SHANGHAI),
    )
