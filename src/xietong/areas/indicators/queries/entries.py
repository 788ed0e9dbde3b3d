"""What the office enters for 优质均衡: figures, verdicts and what their fields are called."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from xietong.areas.indicators.models import BalanceEntry
from xietong.areas.indicators.queries.balance import (
    BASIC_YEAR,
    MONEY,
    MONITOR,
    MONITORED,
    RECOGNITION,
    TOTAL,
    VETO,
    named,
    veto_codes,
    words,
)
from xietong.kit.marking import gettext_noop
from xietong.kit.words import said

TOTALS = {
    "fund_primary": gettext_noop("小学生均公用经费基准定额（元）"),
    "fund_middle": gettext_noop("初中生均公用经费基准定额（元）"),
    "teacher_pay": gettext_noop("教师平均工资收入（元/年）"),
    "civil_pay": gettext_noop("当地公务员平均工资收入（元/年）"),
    "trained": gettext_noop("近 5 年满 360 学时的专任教师数"),
    "eligible": gettext_noop("符合交流条件的教师数"),
    "rotated": gettext_noop("当年交流轮岗的教师数"),
    "rotated_backbone": gettext_noop("其中：骨干教师数"),
    "town_primary": gettext_noop("城区、镇区公办小学新生数（不含寄宿制）"),
    "town_primary_near": gettext_noop("其中：就近划片入学"),
    "town_middle": gettext_noop("城区、镇区公办初中新生数（不含寄宿制）"),
    "town_middle_near": gettext_noop("其中：就近划片入学"),
    "quota": gettext_noop("优质高中招生计划数"),
    "quota_allotted": gettext_noop("其中：分配到初中的名额"),
    "migrants_placed": gettext_noop("在公办和政府购买服务的民办学校就读的随迁子女数"),
    "cohort": gettext_noop("三年前初一在校生数"),
    "graduates": gettext_noop("本届初中毕业生数"),
    "moved_in": gettext_noop("三年内转入"),
    "moved_out": gettext_noop("三年内转出"),
    "died": gettext_noop("三年内死亡"),
    "disabled": gettext_noop("适龄残疾儿童少年数"),
    "disabled_enrolled": gettext_noop("其中：入学人数"),
}


MONITOR_NAMES = {
    "chinese": gettext_noop("语文"),
    "maths": gettext_noop("数学"),
    "english": gettext_noop("英语"),
    "science": gettext_noop("科学"),
}


MONITOR_WORDS = {
    "level": gettext_noop("%(subject)s学业水平等级（1—4）"),
    "difference": gettext_noop("%(subject)s校际差异率"),
}


MONITOR_CODES = tuple(f"{MONITOR}{subject}.{what}" for subject in MONITORED for what in MONITOR_WORDS)


GARDEN = "preschool."
GARDENS = {
    "age_group": gettext_noop("学前三年适龄儿童数"),
    "public_fund": gettext_noop("公办园生均公用经费财政拨款标准（元/年）"),
    "inclusive_subsidy": gettext_noop("普惠性民办园生均财政补助标准（元/年）"),
    "contract_pay": gettext_noop("公办园非在编教师平均工资收入（元/年）"),
    "staff_pay": gettext_noop("公办园在编教师平均工资收入（元/年）"),
    "recognition": gettext_noop("学前教育社会认可度（%）"),
}
"""What the office enters for 普及普惠."""

SHARES = {RECOGNITION, f"{GARDEN}recognition"}
"""Entries that are percentages."""

MEASURED_CODES = {*SHARES, *(f"{TOTAL}{name}" for name in MONEY), *(f"{GARDEN}{name}" for name in GARDENS)} - {
    f"{GARDEN}age_group"
}
"""Entries that need not be whole numbers."""


@dataclass(frozen=True, slots=True)
class EntryWords:
    """Something that the office enters: a figure or a verdict; `label` is what its field is called."""

    code: str
    name: str
    is_figure: bool
    label: str


def entry_words(code: str) -> EntryWords | None:
    """None for what there is no entry of."""
    for prefix, names in ((TOTAL, TOTALS), (GARDEN, GARDENS)):
        if code.startswith(prefix):
            name = names.get(code.removeprefix(prefix))
            return EntryWords(code, said(name), is_figure=True, label=said(name)) if name else None
    if code.startswith(VETO):
        found = next((one for one in words()["veto"] if one["code"] == code.removeprefix(VETO)), None)
        return EntryWords(code, found["name"], is_figure=False, label=found["name"]) if found else None
    if code.startswith(MONITOR):
        subject, _dot, what = code.removeprefix(MONITOR).partition(".")
        if subject not in MONITORED or what not in MONITOR_WORDS:
            return None
        name = said(MONITOR_WORDS[what], {"subject": said(MONITOR_NAMES[subject])})
        return EntryWords(code, name, is_figure=True, label=name)
    if code in {RECOGNITION, BASIC_YEAR}:
        name = _("社会认可度（%）") if code == RECOGNITION else _("通过基本均衡认定的年份")
        return EntryWords(code, name, is_figure=True, label=name)
    row = named("requirement").get(code)
    return EntryWords(code, row["name"], is_figure=False, label=_("是否达到")) if row else None


def entry_codes() -> set[str]:
    """Everything that may be entered."""
    return {*named("requirement"), *(f"{VETO}{one}" for one in veto_codes()), *figure_codes()}


def figure_codes() -> set[str]:
    """What is entered as a figure; the other entries are verdicts."""
    named_codes = (*(f"{TOTAL}{name}" for name in TOTALS), *(f"{GARDEN}{name}" for name in GARDENS))
    return {RECOGNITION, BASIC_YEAR, *named_codes, *MONITOR_CODES}


def is_of_preschool(code: str) -> bool:
    """Whether something is entered for 普及普惠."""
    return code.startswith((GARDEN, "K"))


def entry_initial(held: BalanceEntry | None) -> dict[str, Any]:
    if held is None:
        return {}
    return {"value": held.value, "is_met": {True: "1", False: "0", None: ""}[held.is_met], "note": held.note}
