"""What each task of the plan of 云岭县 becomes: lead unit and due day, then the concrete tasks beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xietong.areas.plans.rules.states import TaskState
from xietong.web.demonstration import places

CENTRE, OFFICE, PARTNER = "教师发展中心", "基教股", places.UNIVERSITY
STAFF, MONEY, INSPECTION, ARTS = "人事股", "计财股", "督导室", "体卫艺股"
FOUR = ("云岭中学", "云溪中学", places.SCHOOL, "云岭县幼儿园")
# The lead schools of the eight consortia.
LEADS = (
    places.LEAD,
    "云岭县第二小学",
    "云岭县第四小学",
    "云岭县第三中学",
    "云岭县第二中学",
    "石桥镇中心小学",
    "青湖镇中心小学",
    "白沙中学",
)
# What the last three days are played on stands where the play begins.
CHECK, HALF_YEAR = "实习基地后勤保障检查", "2026年上半年经费执行情况报告"
LEADERS, MINDS, CHOICE = "“三名”领军人物高级研修", "心理健康教师持证培训", "2026年县级精品课遴选"
TOGETHER = "第一教研联合体：2026年春季联合教研活动"
PINNED = {
    **dict.fromkeys((CHECK, LEADERS, MINDS, CHOICE), TaskState.UNDER_WAY.value),
    **dict.fromkeys((HALF_YEAR, TOGETHER), TaskState.ISSUED.value),
}
ROUNDS = ("一", "二", "三", "四", "五", "六", "七", "八")


@dataclass(frozen=True, slots=True)
class Duty:
    """A task before it is a row: the section of the plan, what, who, by when, with whom."""

    section: str
    title: str
    lead: str
    due_on: date
    supports: tuple[str, ...] = ()


# Number of the proposal that the reader found → lead unit, due day.
PROPOSALS: dict[str, tuple[str, date]] = {
    "三(一)-1": (PARTNER, date(2025, 6, 30)),
    "三(一)-2": (PARTNER, date(2025, 12, 31)),
    "三(一)-3": (PARTNER, date(2026, 6, 30)),
    "三(一)-4": (PARTNER, date(2026, 7, 10)),
    "三(一)-5": (PARTNER, date(2026, 6, 30)),
    "三(一)-6": (PARTNER, date(2026, 8, 31)),
    "三(一)-7": (CENTRE, date(2025, 7, 4)),
    "三(一)-8": (CENTRE, date(2025, 12, 31)),
    "三(一)-9": (OFFICE, date(2026, 7, 10)),
    "三(一)-10": (STAFF, date(2025, 9, 30)),
    "三(一)-11": (CENTRE, date(2026, 8, 31)),
    "三(二)-1": (CENTRE, date(2026, 8, 31)),
    "三(二)-2": (CENTRE, date(2026, 7, 10)),
    "三(二)-3": (CENTRE, date(2026, 8, 31)),
    "三(二)-4": (STAFF, date(2025, 10, 31)),
    "三(二)-5": (ARTS, date(2025, 6, 30)),
    "三(三)-1": (places.LEAD, date(2025, 4, 30)),
    "三(三)-2": (CENTRE, date(2025, 9, 30)),
    "三(三)-3": (CENTRE, date(2026, 5, 29)),
    "三(四)-1": (PARTNER, date(2025, 12, 31)),
    "三(五)-1": (CENTRE, date(2026, 8, 31)),
    "五(一)-1": (OFFICE, date(2024, 12, 20)),
    "五(一)-2": (OFFICE, date(2024, 12, 31)),
    "五(一)-3": (OFFICE, date(2026, 8, 31)),
    "五(二)-1": (OFFICE, date(2024, 12, 31)),
    "五(二)-2": (CENTRE, date(2025, 3, 31)),
    "五(二)-3": (STAFF, date(2025, 3, 31)),
    "五(二)-4": ("云岭县财政局", date(2025, 3, 31)),
    "五(二)-5": (STAFF, date(2025, 5, 30)),
    "五(二)-6": (OFFICE, date(2025, 2, 28)),
    "五(二)-7": (INSPECTION, date(2025, 5, 30)),
    "五(三)-1": ("云岭县财政局", date(2025, 1, 24)),
    "五(三)-2": (MONEY, date(2025, 12, 31)),
    "五(四)-1": (INSPECTION, date(2025, 3, 31)),
    "五(四)-2": (INSPECTION, date(2026, 7, 31)),
    "五(四)-3": (INSPECTION, date(2025, 6, 30)),
    "五(四)-4": (STAFF, date(2026, 5, 15)),
}


def concrete() -> list[Duty]:
    """The concrete tasks, in the order of the plan."""
    return [*school_duties(), *training(), *consortia(), *practice(), *lessons(), *guarantees()]


def school_duties() -> Iterator[Duty]:
    for name in FOUR:
        yield Duty("三(一)", f"{name}：开展学校诊断并形成诊断报告", name, date(2025, 3, 28), (PARTNER,))
        yield Duty("三(一)", f"{name}：制定优质学校建设方案", name, date(2025, 5, 30), (PARTNER, OFFICE))
        yield Duty("三(一)", f"{name}：校园文化建设年度总结", name, date(2025, 12, 26), (PARTNER,))
        yield Duty("三(一)", f"{name}：专家进校服务（2026年春季）", name, date(2026, 6, 26), (PARTNER,))
    clusters = (places.CENTRAL, "青湖镇中心小学", "长岭镇中心小学", "竹山学校", "黄田镇中心小学")
    for name in clusters:
        yield Duty("三(一)", f"{name}：落实学校发展共同体结对帮扶计划", name, date(2026, 5, 22), (places.LEAD,))


def training() -> Iterator[Duty]:
    shortage = (date(2025, 1, 17), date(2025, 4, 25), date(2025, 7, 18), date(2025, 11, 28), date(2026, 7, 17))
    for n, due in enumerate(shortage, start=1):
        yield Duty("三(二)", f"音体美转岗教师专项培训（第{n}期）", CENTRE, due, (PARTNER,))
    for n, due in enumerate((date(2025, 5, 30), date(2025, 11, 14), date(2026, 4, 30)), start=1):
        yield Duty("三(二)", f"课后服务指导教师培训（第{n}期）", CENTRE, due, (PARTNER, ARTS))
    yield Duty("三(二)", "2025年新入职教师岗前培训", CENTRE, date(2025, 8, 29), (STAFF,))
    yield Duty("三(二)", "2026年新入职教师岗前培训", CENTRE, date(2026, 8, 28), (STAFF,))
    yield Duty("三(二)", "优秀青年骨干教师研修班", PARTNER, date(2025, 10, 31), (CENTRE,))
    yield Duty("三(二)", LEADERS, PARTNER, date(2026, 7, 24), (CENTRE,))
    yield Duty("三(二)", MINDS, CENTRE, date(2026, 6, 12), (PARTNER,))
    yield Duty("三(二)", "选派高校教师到县挂职、支教（2025—2026学年）", PARTNER, date(2025, 9, 12), (STAFF,))


def consortia() -> Iterator[Duty]:
    for n, name in enumerate(LEADS):
        yield Duty(
            "三(三)", f"第{ROUNDS[n]}教研联合体：2025年秋季联合教研活动", name, date(2025, 12, 19), (CENTRE, PARTNER)
        )
    for n, name in enumerate(LEADS):
        yield Duty(
            "三(三)", f"第{ROUNDS[n]}教研联合体：2026年春季联合教研活动", name, date(2026, 6, 19), (CENTRE, PARTNER)
        )
    yield Duty("三(三)", "2025年秋季学期质量诊断分析", CENTRE, date(2026, 2, 6), (OFFICE,))
    yield Duty("三(三)", "2026年春季学期质量诊断方案", CENTRE, date(2026, 5, 25), (OFFICE,))


def practice() -> Iterator[Duty]:
    yield Duty("三(四)", "2025年春季师范生实习安置", PARTNER, date(2025, 3, 14), (STAFF, *FOUR))
    yield Duty("三(四)", "2025年秋季师范生实习安置", PARTNER, date(2025, 9, 26), (STAFF, *FOUR))
    yield Duty("三(四)", "2026年春季师范生实习鉴定", PARTNER, date(2026, 7, 3), (STAFF, *FOUR))
    yield Duty("三(四)", "聘任实习指导教师（双导师）", STAFF, date(2025, 3, 7), (PARTNER,))
    yield Duty("三(四)", CHECK, places.SCHOOL, date(2026, 5, 28), ("安全股",))


def lessons() -> Iterator[Duty]:
    yield Duty("三(五)", "2025年县级精品课遴选", CENTRE, date(2025, 6, 27), (OFFICE,))
    yield Duty("三(五)", CHOICE, CENTRE, date(2026, 6, 26), (OFFICE,))
    yield Duty("三(五)", "推荐2025年省级精品课", CENTRE, date(2025, 9, 19), (OFFICE,))
    for name in (places.LEAD, "云岭县第五小学", "云溪中学"):
        yield Duty("三(五)", f"{name}：校级精品课申报（2026年）", name, date(2026, 5, 27), (CENTRE,))


def guarantees() -> Iterator[Duty]:
    yield Duty("五(一)", "2025年度工作总结", OFFICE, date(2025, 12, 31))
    yield Duty("五(二)", "教师考核评价管理办法修订", STAFF, date(2025, 8, 29), (ARTS,))
    yield Duty("五(二)", "核定教师发展中心人员编制", "编办", date(2025, 4, 30), (STAFF,))
    yield Duty("五(二)", "骨干教师交流轮岗方案（2026—2027学年）", STAFF, date(2026, 7, 31), ("人社局",))
    yield Duty("五(三)", "2026年专项经费预算编制", "云岭县财政局", date(2025, 12, 12), (MONEY,))
    yield Duty("五(三)", HALF_YEAR, "云岭县财政局", date(2026, 7, 15), (MONEY,))
    yield Duty("五(三)", "幼儿园改扩建项目纳入年度计划", "发改委", date(2026, 6, 30), (MONEY,))
    yield Duty("五(四)", "2025年秋季专项督导", INSPECTION, date(2025, 11, 21), (OFFICE,))
    yield Duty("五(四)", "2026年春季专项督导", INSPECTION, date(2026, 5, 29), (OFFICE,))
    yield Duty("五(四)", "督导问题整改销号（2025年秋季）", INSPECTION, date(2026, 3, 31), (OFFICE,))
