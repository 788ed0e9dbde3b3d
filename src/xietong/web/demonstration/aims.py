"""What the objectives of 云岭县 have reached: figures of nobody, with their day and a source marked 演示."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xietong.areas.indicators.models import Indicator
from xietong.areas.plans.models import Objective, ObjectiveTask, Plan, Task

DUE = date(2026, 12, 31)
SOURCE = "{}（演示）"


@dataclass(frozen=True, slots=True)
class Figure:
    """From where, to where, in what, how far on which day, and who says so."""

    baseline: str
    target: str
    unit: str
    reached: str
    on: date
    source: str


# The beginning of the title → its figure.
FIGURES = {
    "打造一批优质学校": Figure("0", "4", "所", "2", date(2026, 4, 30), "县教体局复评结果"),
    "建设一支高素质教师队伍": Figure("0", "600", "人次", "412", date(2026, 5, 15), "教师发展中心培训台账"),
    "建立一批教研联合体": Figure("0", "8", "个", "8", date(2025, 4, 30), "县教体局批复文件"),
    "建设一批师范生教育实习实践基地": Figure("3", "12", "个", "9", date(2026, 3, 31), "云岭师范学院教务处"),
    "推出一批基础教育精品课": Figure("0", "60", "节", "37", date(2026, 5, 15), "县级遴选结果"),
    "学位供给总量进一步扩大": Figure("44800", "46200", "个", "45600", date(2025, 9, 30), "2025年教育事业统计报表"),
}
# The beginning of the title → the code of the indicator that tells it.
INDICATORS = {"均等化水平明显提高": "BAL-P12", "基础教育相关指标": "TEA-07"}
# The beginning of the title → the clause whose tasks it is reached by.
WAYS = {
    "云岭县中小学": "三(一)",
    "基础教育相关指标": "三(二)",
    "供给结构进一步优化": "五(三)",
    "优质均衡的基本公共教育": "三(三)",
    "协同提质行动高校": "三(四)",
    "人才培养模式": "三(四)",
    "人才培养质量": "三(四)",
}


def lay_aims(plan: Plan) -> None:
    """This function will fill in the objectives of the plan, by figures or by the tasks that lead to them."""
    rows = list(plan.objectives.order_by("order"))
    indicators = {one.code: one for one in Indicator.objects.filter(county_id=plan.county_id)}
    for row in rows:
        figure = next((one for start, one in FIGURES.items() if row.title.startswith(start)), None)
        if figure:
            fill(row, figure)
        code = next((one for start, one in INDICATORS.items() if row.title.startswith(start)), "")
        row.indicator = indicators.get(code)
    Objective.objects.bulk_update(
        rows, ["baseline", "target", "unit", "reached", "reached_on", "source", "comparison", "due_on", "indicator"]
    )
    ObjectiveTask.objects.bulk_create(
        ObjectiveTask(county_id=plan.county_id, objective=row, task=task)
        for row in rows
        for start, clause in WAYS.items()
        if row.title.startswith(start)
        for task in ways(plan, clause)
    )


def fill(row: Objective, figure: Figure) -> None:
    row.baseline, row.target, row.reached = map(Decimal, (figure.baseline, figure.target, figure.reached))
    row.unit, row.reached_on, row.source = figure.unit, figure.on, SOURCE.format(figure.source)
    falling = row.target < row.baseline
    row.comparison = Objective.Comparison.AT_MOST if falling else Objective.Comparison.AT_LEAST
    row.due_on = row.due_on or DUE


def ways(plan: Plan, clause: str) -> list[Task]:
    """The first few tasks of a clause, in the order of the plan."""
    return list(plan.tasks.filter(number__startswith=f"{clause}-").order_by("pk")[:6])
