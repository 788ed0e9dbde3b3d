"""What-if: additions as a grid, what they come to, and what the search for the cheapest found."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from xietong.areas.indicators.models import WhatIf
from xietong.areas.indicators.queries.balance import (
    ADDS_TO,
    COMPULSORY,
    Additions,
    BalancePage,
    balance_page,
    named,
    words,
)
from xietong.areas.indicators.queries.units import UnitRow, unit_of, unit_row
from xietong.areas.indicators.queries.verdicts import VariationRow, variation_rows
from xietong.areas.indicators.rules.balance import ITEMS, State, UnitVerdict
from xietong.areas.orgs.models import RegisterYear, Stage
from xietong.kit.marking import gettext_noop
from xietong.kit.ruletable.table import in_force
from xietong.kit.words import said


def items_to_add() -> list[tuple[str, Mapping[str, Any]]]:
    return [(one["code"], {**one, "of": unit_of(one["code"])}) for one in words()["item"]]


def usual_terms(row: WhatIf) -> dict[str, str]:
    """The costs that the rule table has for the county; they are its own to change."""
    register = RegisterYear.objects.get(county_id=row.county_id, year=row.year)
    rules = in_force(row.county_id, register.as_of, prefix="indicators.balance.cost.")
    return {f"cost_{code.rpartition('.')[2]}": rule.value for code, rule in rules.items()}


SEARCHED = {
    "solved": gettext_noop("已找到最省的方案，费用 %(cost)s 万元，已证明没有更省的。"),
    "within_gap": gettext_noop("已找到费用 %(cost)s 万元的方案；任何方案都不会低于 %(bound)s 万元。"),
    "round_limit": gettext_noop("找到的方案费用 %(cost)s 万元；任何方案都不会低于 %(bound)s 万元。"),
    "time_limit": gettext_noop("时间内找到的方案费用 %(cost)s 万元；任何方案都不会低于 %(bound)s 万元。"),
    "infeasible": gettext_noop("在这些上限和预算之内，没有能让全县通过的方案；请放宽上限。"),
    "failed": gettext_noop("测算没有完成，请核对费用和上限后重试。"),
}


BLOCKED = {
    "unit": gettext_noop("%(where)s：在上限之内最多 %(allowed)s 项达标，需要 %(needed)s 项"),
    "floor": gettext_noop("%(where)s的%(item)s：最多能增加 %(allowed)s，至少需要 %(needed)s"),
    "limit": gettext_noop("%(where)s的%(item)s差异系数：限值 %(allowed)s，最好只能到 %(needed)s"),
    "cap": gettext_noop("%(item)s：全县最多增加 %(allowed)s，至少需要 %(needed)s"),
    "budget": gettext_noop("总预算 %(allowed)s 万元，至少需要 %(needed)s 万元"),
}


@dataclass
class WhatIfPage:
    """What additions come to: the county before and after, the failing schools as a grid to type into.

    The county is judged when somebody asks what became of it: not while a page waits for a search.
    """

    row: WhatIf
    additions: Additions

    @cached_property
    def before(self) -> BalancePage:
        return balance_page(RegisterYear.objects.get(county_id=self.row.county_id, year=self.row.year))

    @cached_property
    def after(self) -> BalancePage:
        return self.before.tried(self.additions)

    @property
    def grid(self) -> list[tuple[str, list[tuple[UnitRow, list[tuple[str, str, str, Any]]]]]]:
        """Stage → the schools that fail or get something, with a field for each item."""
        failing = {(one.unit.school, one.unit.stage) for one in self.before.failing}
        found = []
        for stage in COMPULSORY:
            rows = [
                (unit_row(self.after, one), self.fields(one, stage.value))
                for one in self.after.verdicts(stage.value)
                if (one.unit.school, one.unit.stage) in failing
                or self.additions.get(one.unit.school, {}).get(stage.value)
            ]
            found.append((str(Stage(stage.value).label), rows))
        return [one for one in found if one[1]]

    def fields(self, verdict: UnitVerdict, stage: str) -> list[tuple[str, str, str, Any]]:
        held = self.additions.get(verdict.unit.school, {}).get(stage, {})
        return [
            (
                f"a:{verdict.unit.school}:{stage}:{item.code}",
                item.code,
                unit_of(item.code),
                typed(held.get(item.code)),
            )
            for item in ITEMS
        ]

    @property
    def variations(self) -> list[tuple[VariationRow, VariationRow]]:
        """Each coefficient before and after."""
        return list(zip(variation_rows(self.before), variation_rows(self.after), strict=True))

    @property
    def resources_pass(self) -> bool:
        """Whether every school and every coefficient holds; the other parts are not a matter of additions."""
        found = self.after.balance
        holds = {State.MET, State.EMPTY}
        return all(one.passes for one in found.units) and all(one.state in holds for one in found.variations)

    @property
    def found_words(self) -> str:
        """What the search for the cheapest additions came to."""
        found = self.row.found
        words_of = SEARCHED.get(str(found.get("state")), SEARCHED["failed"])
        return said(words_of, {name: f"{found.get(name) or 0:.2f}" for name in ("cost", "bound")})

    @property
    def blocked(self) -> list[str]:
        """What stands in the way of every plan of additions, in words."""
        return [self.blocked_words(one) for one in self.row.found.get("blocked", ())]

    def blocked_words(self, one: Mapping[str, Any]) -> str:
        what = one["what"]
        school = self.before.schools.get(what.get("school", ""))
        told = {
            "where": f"{school or ''}{Stage(what['stage']).label if what.get('stage') else ''}",
            "item": named("item")[what["item"]]["name"] if what.get("item") else "",
            "allowed": f"{one['allowed']:.2f}",
            "needed": f"{one['needed']:.2f}",
        }
        return said(BLOCKED[one["kind"]], told)

    @property
    def still_failing(self) -> int:
        return sum(not one.passes for one in self.after.balance.units)

    @property
    def totals(self) -> list[tuple[str, str, float]]:
        """What is added of each item over all schools."""
        sums: dict[str, float] = {}
        for stages in self.additions.values():
            for items in stages.values():
                for item, amount in items.items():
                    sums[item] = sums.get(item, 0.0) + float(amount)
        return [(named("item")[code]["name"], unit_of(code), sums[code]) for code in ADDS_TO if sums.get(code)]


def typed(amount: float | None) -> str:
    """An amount as one would type it: 4, not 4.0."""
    return "" if amount is None else f"{amount:.6f}".rstrip("0").rstrip(".")


def what_if_page(row: WhatIf, additions: Additions | None = None) -> WhatIfPage:
    """Two verdicts: of the register as it is, and with the additions, those that are kept unless told."""
    return WhatIfPage(row, row.additions if additions is None else additions)


def additions_of(posted: Mapping[str, str]) -> dict[str, dict[str, dict[str, float]]]:
    """The fields of the grid that hold a number above nought."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for name, text in posted.items():
        parts = name.split(":")
        if len(parts) == 4 and parts[0] == "a" and parts[3] in ADDS_TO and amount_of(text) > 0:  # noqa: PLR2004
            found.setdefault(parts[1], {}).setdefault(parts[2], {})[parts[3]] = amount_of(text)
    return found


MOST_ADDED = 1e9


def amount_of(text: str) -> float:
    """A number that somebody typed; nothing for what is none."""
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0 <= value < MOST_ADDED else 0.0
