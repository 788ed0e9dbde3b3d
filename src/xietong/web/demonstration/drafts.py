"""What 云岭县 has in hand beside its plan in force: one draft out for comment, one on its way to be signed.

Also what became of each sentence of the plan in force, and what was entered of the time before.
"""

from datetime import date, datetime, timedelta

from xietong.areas.orgs.models import Organisation, Role
from xietong.areas.plans import actions
from xietong.areas.plans.models import Clause, Consulted, Plan, Sentence, Task, TaskSource
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.time import day_of
from xietong.web.demonstration.ground import Ground
from xietong.web.demonstration.moments import NOW
from xietong.web.demonstration.plan_work import actor_of, fictional_text
from xietong.web.demonstration.rows import keep

READING = """云岭县中小学教师读书行动方案（征求意见稿）
为提升教师专业素养，营造书香校园，结合我县实际，制定本方案。
一、工作目标
到2028年，全县中小学教师人均每年精读不少于4本专业书籍，建成8个教师读书共同体。
二、工作任务
（一）建好读书阵地。各学校设立教师阅读角，教师发展中心每学期推荐书目1次。责任单位：县教师发展中心。
（二）开展共读活动。依托教研联合体每月开展一次线上共读，云岭师范学院选派专家领读。牵头单位：云岭师范学院。
（三）展示读书成果。每年12月底前举办全县教师读书分享会，形成读书案例集。责任单位：县教师发展中心。
三、组织保障
（一）落实经费。将教师读书经费纳入年度预算。责任单位：县财政局。
（二）减轻负担。不检查读书笔记，不要求上传照片，不搞排名。责任单位：县教体局。
"""
SAFETY = """云岭县校园食品安全提升行动方案
为保障师生饮食安全，制定本方案。
一、工作任务
（一）规范食堂管理。各学校食堂落实陪餐制度，每学期开展一次自查。责任单位：县教体局。
（二）开展联合检查。每学期开学前后开展校园食品安全联合检查，形成检查报告。责任单位：县教体局。
二、组织保障
（一）强化督导。定期开展督导，发现问题限期整改。责任单位：县教体局。
"""
# The plan in force as it might be drawn up anew: what each passage became.
REVISED = (
    ("提质行动方案\n", "提质行动方案（2027年修订稿）\n"),
    ("等4所学校", "、云岭二小等5所学校"),
    (
        "三是建立统一的质量诊断监控机制。",
        "三是建立统一的质量诊断监控机制。四是每学期联合举办一次教学开放日。",
    ),
    ("到2026年,", "到2029年,"),
    ("(一)启动阶段(2023年11月)。", "(一)启动阶段(2027年1月)。"),
    ("(二)实施阶段(2023年12月—2026年8月)。", "(二)实施阶段(2027年2月—2029年8月)。"),
    ("(三)总结阶段(2026年9月)。", "(三)总结阶段(2029年9月)。"),
    ("统筹本级教师培训和学校生均拨款5%", "统筹本级教师培训和学校生均拨款8%"),
)
PAST = (
    ("1", "meeting", date(2024, 9, 12), "协同提质行动筹备会", "县教体局与高校商定方案起草分工。", ""),
    ("2", "document", date(2024, 10, 8), "关于成立领导小组的通知", "明确领导小组和办公室组成。", "演示字〔2024〕0号"),
    ("3", "activity", date(2024, 10, 25), "高校专家首次进校", "专家组走访四所学校，形成诊断记录。", ""),
)
TERM = timedelta(days=220)


def lay_drafts(plan: Plan, ground: Ground) -> None:
    """This function will add to the plan in force what its office has done beside it."""
    office = actor_of("office", Role.OFFICE)
    account_for(plan, office)
    for code, kind, on, title, text, number in PAST:
        actions.add_past(
            office, plan, code=code, kind=kind, on=on, title=title, text=text, document_no=number, now=NOW
        )
    out_for_comment(office, ground)
    on_its_way(office, ground)
    drawn_up_anew(office, plan)


def account_for(plan: Plan, office: Actor) -> None:
    """Tasks that were added hang on the first sentence of their clause; of the rest all but two are context."""
    firsts: dict[int | None, Sentence] = {}
    for sentence in plan.sentences.filter(is_heading=False).order_by("-start"):
        firsts[sentence.clause_id] = sentence
    loose = Task.objects.filter(plan=plan, sources=None, clause__in=[key for key in firsts if key])
    keep(TaskSource(county_id=plan.county_id, task=task, sentence=firsts[task.clause_id]) for task in loose)
    issued = datetime.combine(plan.issued_on or day_of(NOW), NOW.timetz())
    free = list(plan.sentences.filter(is_heading=False, sources=None).order_by("start").values_list("pk", flat=True))
    actions.say_context(office, plan, free[:-2], reason="总体表述", now=issued)


def out_for_comment(office: Actor, ground: Ground) -> Plan:
    """A draft on which three units were asked; one has answered with a comment, one has none."""
    opened = NOW - timedelta(days=2)
    plan = actions.import_plan(
        office, data=READING.encode(), name="教师读书行动方案.txt", now=opened - timedelta(days=1)
    )
    complete(plan, ground["教师发展中心"])
    centre, school = ground["教师发展中心"], actor_of("school_head", Role.SCHOOL_HEAD)
    units = [centre, Organisation.objects.get(pk=school.org_id or 0), ground.university]
    actions.open_consultation(
        office, plan, units=units, due_on=day_of(NOW) + timedelta(days=6), note="请重点看任务分工和期限。", now=opened
    )
    asked = Consulted.objects.select_related("consultation__plan", "unit")
    clause = Clause.objects.get(plan=plan, heading="展示读书成果")
    comment = actions.say_comment(
        school,
        asked.get(unit=school.org_id),
        text="12月底临近期末，建议分享会改在11月。",
        clause=clause,
        now=opened + timedelta(hours=5),
    )
    actions.answer_comment(
        office,
        comment,
        version=1,
        verdict="partly",
        answer="改为12月上旬，与教研联合体活动合并。",
        now=NOW - timedelta(hours=3),
    )
    coordinator = actor_of("university_coordinator", Role.UNIVERSITY_COORDINATOR)
    actions.say_no_comment(coordinator, asked.get(unit=ground.university), now=NOW - timedelta(hours=20))
    return plan


def on_its_way(office: Actor, ground: Ground) -> Plan:
    """A draft that waits for the section head to sign."""
    read = NOW - timedelta(days=1)
    plan = actions.import_plan(office, data=SAFETY.encode(), name="校园食品安全提升行动方案.txt", now=read)
    complete(plan, ground["教师发展中心"])
    actions.submit_plan(office, plan, now=NOW - timedelta(hours=4))
    return plan


def drawn_up_anew(office: Actor, plan: Plan) -> Plan:
    """A draft that would replace the plan in force: read, and waiting to take its open tasks over."""
    text = fictional_text()
    for passage, revised in REVISED:
        text = text.replace(passage, revised)
    read = NOW - timedelta(hours=2)
    return actions.import_plan(office, data=text.encode(), name="提质行动方案修订稿.txt", replaces=plan, now=read)


def complete(plan: Plan, fallback: Organisation) -> None:
    """The gaps that an office fills: who leads where the text does not say, and by when."""
    plan.tasks.filter(lead_unit=None).update(lead_unit=fallback)
    plan.tasks.filter(due_on=None).update(due_on=day_of(NOW) + TERM)
