"""The verdict of 优质均衡 as pages show it: where the county stands, coefficients, requirements in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from xietong.areas.indicators.models import BalanceEntry
from xietong.areas.indicators.queries.balance import (
    BASIC_YEAR,
    RECOGNITION,
    TOTAL,
    VETO,
    BalancePage,
    named,
    veto_codes,
)
from xietong.areas.indicators.queries.entries import GARDEN, MONITOR_CODES, EntryWords, entry_words
from xietong.areas.indicators.rules.balance import Balance, Check, Judgement, Part, Reason, State
from xietong.areas.orgs.models import Organisation, Stage
from xietong.kit.marking import gettext_noop
from xietong.kit.words import said

STATES = {
    State.MET: (gettext_noop("达到"), "green"),
    State.NOT_MET: (gettext_noop("未达到"), "red"),
    State.NOT_REPORTED: (gettext_noop("资料不全"), "orange"),
    State.EMPTY: (gettext_noop("不涉及"), "grey"),
}


REASONS = {
    Reason.SPECIAL: gettext_noop("特殊教育学校，不计入"),
    Reason.VOCATIONAL: gettext_noop("职业学校，不计入"),
    Reason.KINDERGARTEN: gettext_noop("学前，不计入"),
    Reason.SMALL_POINT: gettext_noop("不足 50 人的教学点，不计入"),
    Reason.HIGH_STAGE: gettext_noop("高中部，不计入"),
    Reason.NO_PUPILS: gettext_noop("没有学生，不计入"),
}


PARTS = {
    Part.GUARANTEES: gettext_noop("政府保障程度"),
    Part.QUALITY: gettext_noop("教育质量"),
    Part.RECOGNITION: gettext_noop("社会认可度"),
    Part.VETOES: gettext_noop("一票否决"),
    Part.ELIGIBILITY: gettext_noop("申报条件"),
}


OF_REQUIREMENT = {
    "G2": ("fund_primary", "fund_middle"),
    "G8": ("teacher_pay", "civil_pay"),
    "G9": ("trained",),
    "G11": ("eligible", "rotated", "rotated_backbone"),
    "G13": ("town_primary", "town_primary_near", "town_middle", "town_middle_near"),
    "G14": ("quota", "quota_allotted"),
    "G15": ("migrants_placed",),
    "Q1": ("cohort", "graduates", "moved_in", "moved_out", "died"),
    "Q2": ("disabled", "disabled_enrolled"),
}
"""Requirement → the totals that the office enters for it."""


OF_GARDENS = {
    "K1": ("age_group",),
    "K7": ("public_fund", "inclusive_subsidy"),
    "K9": ("contract_pay", "staff_pay"),
    "K17": ("recognition",),
}
"""The same of 普及普惠."""


SHOWN = 5


@dataclass(frozen=True, slots=True)
class Summary:
    """Where the county stands, in counts."""

    state: str
    tone: str
    failing: int
    units: int
    apart: int
    variations: int
    open_requirements: int
    requirements: int
    excluded: tuple[tuple[str, tuple[Organisation, ...]], ...]


def balance_summary(page: BalancePage) -> Summary:
    found = page.balance
    judged = [one for some in found.requirements.values() for one in some]
    name, tone = STATES[found.state]
    return Summary(
        said(name), tone,
        sum(not one.passes for one in found.units), len(found.units),
        sum(one.state is State.NOT_MET for one in found.variations), len(found.variations),
        sum(one.state in {State.NOT_MET, State.NOT_REPORTED} for one in judged), len(judged),
        excluded(page, found),
    )  # fmt: skip


def excluded(page: BalancePage, found: Balance) -> tuple[tuple[str, tuple[Organisation, ...]], ...]:
    """The schools that are not counted, by why; kindergartens and high schools go without saying."""
    silent = {Reason.KINDERGARTEN, Reason.HIGH_STAGE}
    why: dict[Reason, list[Organisation]] = {}
    for one in found.exclusions:
        if one.reason not in silent:
            why.setdefault(one.reason, []).append(page.schools[one.school])
    return tuple((said(REASONS[reason]), tuple(schools)) for reason, schools in why.items())


@dataclass(frozen=True, slots=True)
class VariationRow:
    """One coefficient: as printed, its limit, whether it holds, and whether rounding would change that."""

    item: str
    name: str
    stage: str
    stage_name: str
    shown: Decimal | None
    limit: float
    word: str
    tone: str
    is_borderline: bool
    missing: int


def variation_rows(page: BalancePage) -> list[VariationRow]:
    items = named("item")
    return [
        VariationRow(
            one.item, items[one.item]["name"], one.stage.value, str(Stage(one.stage.value).label), one.shown,
            float(one.limit), said(STATES[one.state][0]), STATES[one.state][1], one.is_borderline, len(one.missing),
        )
        for one in page.balance.variations
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class CheckLine:
    name: str
    text: str
    word: str
    tone: str
    is_borderline: bool


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """One requirement with its checks and what may be entered for it."""

    code: str
    name: str
    confidence: str
    word: str
    tone: str
    checks: tuple[CheckLine, ...]
    entries: tuple[tuple[EntryWords, BalanceEntry | None], ...]


def requirement_parts(
    page: BalancePage, entries: Mapping[str, BalanceEntry]
) -> list[tuple[str, list[RequirementRow]]]:
    """Guarantees, quality, recognition, vetoes, eligibility: the parts of the document in its order."""
    return [
        (said(PARTS[part]), [requirement_row(page.schools, one, entries) for one in judged])
        for part, judged in page.balance.requirements.items()
    ]


def requirement_row(
    schools: Mapping[str, Organisation], judged: Judgement, entries: Mapping[str, BalanceEntry]
) -> RequirementRow:
    row = named("requirement")[judged.code]
    word, tone = STATES[judged.state]
    return RequirementRow(
        judged.code,
        row["name"],
        row["confidence"],
        said(word),
        tone,
        tuple(check_line(schools, one, row.get("checks", {})) for one in judged.checks),
        tuple((one, entries.get(one.code)) for code in codes_for(judged) if (one := entry_words(code)) is not None),
    )


def codes_for(judged: Judgement) -> list[str]:
    """What the office may enter for a requirement."""
    if judged.code == "V":
        return [f"{VETO}{one}" for one in veto_codes()]
    if judged.code == "E":
        return [BASIC_YEAR, "E"]
    if judged.code == RECOGNITION:
        return [RECOGNITION]
    if judged.code == "Q9":
        return list(MONITOR_CODES)
    found = [f"{TOTAL}{name}" for name in OF_REQUIREMENT.get(judged.code, ())]
    found += [f"{GARDEN}{name}" for name in OF_GARDENS.get(judged.code, ())]
    return (
        [*found, judged.code]
        if any(one.code == judged.code and not one.comparator for one in judged.checks)
        else found
    )


def check_line(schools: Mapping[str, Organisation], check: Check, names: Mapping[str, str]) -> CheckLine:
    word, tone = STATES[check.state]
    return CheckLine(names.get(check.code, ""), check_in_words(schools, check), said(word), tone, check.is_borderline)


SIGNS = {">=": "≥", "<=": "≤", "<": "<", ">": ">"}


def check_in_words(schools: Mapping[str, Organisation], check: Check) -> str:
    """The figure beside its limit, and who is over it."""
    said_so = []
    if check.shown is not None and check.threshold is not None and check.comparator is not None:
        sign = SIGNS.get(check.comparator.value, check.comparator.value)
        said_so.append(f"{check.shown} {sign} {float(check.threshold):g}")
    if check.offenders:
        names = [f"{schools.get(one.where, one.where)}{one.detail}" for one in check.offenders[:SHOWN]]
        said_so.append(
            _("%(n)d 处不符：%(names)s") % {"n": len(check.offenders), "names": _("、").join(map(str, names))}
        )
    if check.missing:
        said_so.append(_("缺 %(n)d 处资料") % {"n": len(check.missing)})
    return _("；").join(said_so)
