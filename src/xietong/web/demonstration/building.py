"""Fills an empty database: one county that is lived in, and for a province ninety-eight more."""

from random import Random

from django.db import connection, transaction

from xietong.areas.orgs.models import Role
from xietong.areas.people.models import RoleTerm
from xietong.areas.plans import actions
from xietong.areas.plans.models import Plan, Task
from xietong.areas.plans.rules.states import ReportState, TaskState
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.audit.record import record
from xietong.kit.clock.calendars import load_published
from xietong.kit.clock.models import FrozenClock, Holiday
from xietong.kit.notices.models import Notice
from xietong.kit.ruletable import table
from xietong.kit.ruletable.models import Rule
from xietong.web.demonstration import (
    aims,
    casting,
    channels,
    drafts,
    ground,
    measured,
    meetings,
    months,
    papers,
    parts,
    plan_work,
    registers,
    rulings,
    school_places,
    staffing,
)
from xietong.web.demonstration.cast import PREFIX
from xietong.web.demonstration.guard import must_be_empty
from xietong.web.demonstration.latest import Latest
from xietong.web.demonstration.moments import NOW, TODAY
from xietong.web.demonstration.progress import Progress
from xietong.web.demonstration.province import COUNTIES, lay_province
from xietong.web.demonstration.real_county import lay_anyi
from xietong.web.demonstration.strangers import lay_linjiang


@transaction.atomic
def build_county(*, seed: int) -> None:
    """This function will build 安义县 as published, 云岭县 with eighteen months of work, and 临江县 beside it.

    All of it or nothing: after an interruption the database is as empty as before, and the next run begins anew.
    Nobody waits for so long a transaction, because nobody works in an empty database.

    Raises
        RealData: the database is not empty; nothing was written.
    """
    must_be_empty()
    progress, rng = Progress(), Random(seed)  # noqa: S311  (it must come out the same each time)
    stop_the_clock()
    progress.say("安义县：按公开文本")
    lay_anyi()
    progress.say("云岭县：机构与人员")
    laid = ground.lay_yunling()
    casting.cast_yunling(laid, *ground.above_counties())
    staffing.staff_county(laid, rng)
    count_rows()
    progress.say("云岭县：三个学年的学校资料")
    registers.lay_registers(laid, rng)
    measured.lay_measured(laid.county, rng)
    school_places.lay_places(laid, rng)
    count_rows()
    progress.say("云岭县：方案与任务")
    plan = plan_work.issue_plan()
    plan_work.work(plan_work.give_tasks(plan, laid, rng), rng)
    parts.lay_parts(plan)
    aims.lay_aims(plan)
    count_rows()
    progress.say("云岭县：最近三天")
    Latest(plan, rng).happen()
    drafts.lay_drafts(plan, laid)
    rulings.lay_rulings(plan)
    progress.say("云岭县：十八个月的月调度")
    lay_dispatch(plan, rng)
    channels.lay_channels(plan.county)
    progress.say("临江县")
    finish(plan, lay_linjiang(rng))
    progress.say("完成")


def lay_dispatch(plan: Plan, rng: Random) -> None:
    """The past months, their meetings, and the present month, which asks about what was decided."""
    past = months.lay_months(plan, rng)
    present = months.begin_month(plan)
    meetings.lay_meetings(plan, [*past, present])
    papers.lay_papers(past)
    months.ask_for_month(present, rng)


@transaction.atomic
def build_province(*, seed: int, counties: int = COUNTIES) -> None:
    """This function will build the counties of `build_county` and a province around them, all of it or nothing.

    Raises
        RealData: the database is not empty; nothing was written.
    """
    build_county(seed=seed)
    progress = Progress()
    progress.say("全省：其余各县")
    lay_province(Plan.objects.get(county__code="999901", state=Plan.State.ISSUED), Random(seed), progress, counties)  # noqa: S311
    progress.say("全省：汇总")
    actions.refresh_all_standings(SYSTEM, now=NOW)
    progress.say("完成")


def count_rows() -> None:
    """PostgreSQL plans by what it last counted, and in an empty database that was nothing: minutes for a query."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def stop_the_clock() -> None:
    """Business time stands still from here on, and the rules and holidays that it is counted by are there."""
    FrozenClock.objects.create(business_now=NOW)
    if not Rule.objects.exists():
        table.load()
    if not Holiday.objects.exists():
        load_published(range(2023, TODAY.year + 2))


def finish(*plans: Plan) -> None:
    for plan in plans:
        actions.refresh_standing(SYSTEM, plan, now=NOW)
        record(SYSTEM, "demo.build", plan.county, now=NOW, reason="建立演示数据")
    give_the_teacher_a_task()
    # What is older than these days has been read.
    Notice.objects.filter(created_at__lt=NOW.replace(day=18, hour=0)).update(read_at=NOW)


def give_the_teacher_a_task() -> None:
    """The teacher of the cast is in charge of something that can be reported on now."""
    post = RoleTerm.objects.get(person__account__username=f"{PREFIX}teacher", role=Role.TEACHER)
    free = Task.objects.filter(lead_unit=post.organisation, state=TaskState.UNDER_WAY).exclude(
        reports__state=ReportState.SUBMITTED
    )
    task = free.order_by("due_on", "pk").first()
    if task is not None:
        Task.objects.filter(pk=task.pk).update(owner=post.person)
