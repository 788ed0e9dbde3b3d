"""A school's seven indicators: as printed, how they stand, what is missing."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from xietong.areas.indicators.queries.balance import BalancePage, named
from xietong.areas.indicators.queries.verdicts import STATES
from xietong.areas.indicators.rules.balance import Gap, ItemState, ItemVerdict, UnitVerdict
from xietong.areas.orgs.models import Organisation, RegisterYear, Stage
from xietong.kit.marking import gettext_noop
from xietong.kit.words import said


@dataclass(frozen=True, slots=True)
class Cell:
    """One item of one school: as printed, how it stands, and what is missing."""

    code: str
    name: str
    shown: Decimal | None
    threshold: float
    floor: float
    tone: str
    word: str
    is_borderline: bool
    short: str
    missing: tuple[str, ...]


CELLS = {
    ItemState.MET: (gettext_noop("达标"), "green"),
    ItemState.ABOVE_FLOOR: (gettext_noop("不低于 85%"), "yellow"),
    ItemState.BELOW: (gettext_noop("低于 85%"), "red"),
    ItemState.MISSING: (gettext_noop("缺数据"), "grey"),
}


def cell(one: ItemVerdict) -> Cell:
    row, (word, tone) = named("item")[one.item], CELLS[one.state]
    return Cell(
        one.item, row["name"], one.shown, float(one.threshold), float(one.floor), tone, said(word), one.is_borderline,
        gap_in_words(one.to_threshold, unit_of(one.item)) if one.state is not ItemState.MET else "", one.missing,
    )  # fmt: skip


def gap_in_words(gap: Gap | None, unit: str) -> str:
    """2.3 人，即 3 人; 410.0 ㎡; empty where nothing is missing."""
    if gap is None or gap.exact <= 0:
        return ""
    if gap.whole is None:
        return f"{float(gap.exact):.1f} {unit}"
    return _("%(exact).1f %(unit)s，即 %(whole)d %(unit)s") % {
        "exact": float(gap.exact), "unit": unit, "whole": gap.whole,
    }  # fmt: skip


def unit_of(item: str) -> str:
    """What is added for an item: people, square metres, yuan, rooms."""
    return str(named("item")[item]["unit"])


@dataclass(frozen=True, slots=True)
class UnitRow:
    verdict: UnitVerdict
    school: Organisation
    word: str
    tone: str
    cells: tuple[Cell, ...]


def unit_rows(page: BalancePage, stage: str) -> list[UnitRow]:
    return [unit_row(page, one) for one in page.verdicts(stage)]


def unit_row(page: BalancePage, verdict: UnitVerdict) -> UnitRow:
    word, tone = STATES[verdict.state]
    return UnitRow(
        verdict, page.schools[verdict.unit.school], said(word), tone, tuple(cell(one) for one in verdict.items)
    )


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Why one school passes or fails."""

    register: RegisterYear
    row: UnitRow
    stage: str
    stage_name: str
    raises: tuple[tuple[str, str], ...]
    record_url: str

    @property
    def school(self) -> Organisation:
        return self.row.school


def unit_page(page: BalancePage, school: str, stage: str) -> UnitPage | None:
    found = next((one for one in page.balance.units if one.unit.school == school and one.unit.stage == stage), None)
    if found is None:
        return None
    names = named("item")
    raises = tuple((names[one.item]["name"], gap_in_words(one.gap, unit_of(one.item))) for one in found.raises)
    row = page.register.records.filter(school_id=int(school)).values_list("pk", flat=True).first()
    url = reverse("orgs:record", args=[row]) if row else ""
    return UnitPage(page.register, unit_row(page, found), stage, str(Stage(stage).label), raises, url)
