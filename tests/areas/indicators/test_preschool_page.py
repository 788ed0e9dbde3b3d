"""普及普惠 of a register: each kindergarten beside the others, the requirements, and what the office enters."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests import build, measuring, planning, registers
from xietong.areas.indicators import actions, queries
from xietong.areas.indicators.models import BalanceEntry
from xietong.areas.indicators.rules.balance import PRESCHOOL, State
from xietong.areas.orgs.models import RegisterYear

pytestmark = pytest.mark.django_db
YEAR = measuring.YEAR
FIGURES = {
    "age_group": 200, "public_fund": 500, "inclusive_subsidy": 500, "contract_pay": 54_000, "staff_pay": 72_000,
    "recognition": 85,
}  # fmt: skip


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def register(cast: build.Cast) -> RegisterYear:
    return registers.register_year()


def enter_everything() -> None:
    for name, value in FIGURES.items():
        measuring.entry(code=f"preschool.{name}", value=Decimal(value), is_met=None)
    for one in PRESCHOOL:
        if one.needs_material:
            measuring.entry(code=one.code, note="依据")


def states(register: RegisterYear) -> dict[str, State]:
    return {one.code: one.state for one in queries.preschool_page(register).reach.judgements}


def test_a_county_whose_kindergartens_lack_nothing_reaches_it(cast: build.Cast, register: RegisterYear) -> None:
    measuring.garden("甲幼儿园")
    measuring.garden("乙幼儿园", ownership="subsidised")
    enter_everything()
    page = queries.preschool_page(register)
    assert (page.state, page.open) == (("达到", "green"), 0)
    assert {one.state for one in page.reach.judgements} == {State.MET}
    found = {one.code: one.checks[0].value for one in page.reach.judgements if one.checks}
    assert (found["K1"], found["K2"], found["K3"], found["K14"]) == (90, 100, 50, 10)


def test_what_a_kindergarten_lacks_is_told_beside_it(cast: build.Cast, register: RegisterYear) -> None:
    short = measuring.garden("甲幼儿园", ownership="private", outdoor_area=350, certified_teachers=8)
    registers.school_class(record=short, grade=1, name="2班", pupils=26)
    unknown = measuring.garden("乙幼儿园", pupils=None, outdoor_area=None, opened_on=None)
    unknown.classes.all().delete()
    enter_everything()
    lacking, nothing = queries.preschool_page(register).gardens
    assert (lacking.school, lacking.ownership, lacking.per_teacher, lacking.over) == (
        short.school, "民办", Decimal("10.00"), 1,
    )  # fmt: skip
    assert [(one.shown, one.is_low, one.short) for one in lacking.areas] == [
        (Decimal("3.89"), True, Decimal("10.0")), (Decimal("8.44"), False, 0), (Decimal("10.67"), False, 0),
    ]  # fmt: skip
    assert (nothing.per_teacher, nothing.over, {one.shown for one in nothing.areas}) == (None, None, {None})
    told = states(register)
    assert (told["K1"], told["K13"], told["K14"]) == (State.NOT_REPORTED, State.NOT_REPORTED, State.NOT_REPORTED)
    page = build.client(cast.office).get(reverse("indicators:preschool")).content.decode()
    assert "差 10.0 ㎡" in page
    assert "缺 1 处资料" in page


def test_the_share_of_public_and_inclusive_places(cast: build.Cast, register: RegisterYear) -> None:
    measuring.garden("甲幼儿园", ownership="private")
    measuring.garden("乙幼儿园", ownership="subsidised")
    enter_everything()
    assert (states(register)["K2"], states(register)["K3"]) == (State.NOT_MET, State.NOT_MET)


def test_a_school_without_kindergarten_and_another_year_are_not_among_them(
    cast: build.Cast, register: RegisterYear
) -> None:
    registers.school_record(school=cast.school)
    earlier = registers.register_year(year=YEAR - 1)
    measuring.garden()
    assert len(queries.preschool_page(register).given.gardens) == 1
    assert queries.preschool_page(earlier).given.gardens == ()
    client = build.client(cast.office)
    assert "还没有幼儿园的资料" in client.get(reverse("indicators:preschool") + f"?year={YEAR - 1}").content.decode()


def test_the_page_says_so_without_a_register(cast: build.Cast) -> None:
    assert "还没有学年资料" in build.client(cast.office).get(reverse("indicators:preschool")).content.decode()


def test_what_is_entered_leads_back_to_the_page(cast: build.Cast, register: RegisterYear) -> None:
    measuring.garden()
    client = build.client(cast.office)
    assert "学前三年适龄儿童数" in client.get(reverse("indicators:preschool")).content.decode()
    back = f"{reverse('indicators:preschool')}?year={YEAR}"
    for code, sent in (("preschool.age_group", {"value": "100"}), ("K4", {"is_met": "1", "note": "县委文件"})):
        answer = client.post(reverse("indicators:balance_enter", args=[YEAR, code]), sent)
        assert (answer.status_code, answer["Location"]) == (302, back)
    assert states(register)["K1"] is State.MET
    assert states(register)["K4"] is State.MET
    assert client.get(reverse("indicators:balance_enter", args=[YEAR, "preschool.nothing"])).status_code == 404


@pytest.mark.parametrize(
    ("code", "value", "told"),
    [
        ("preschool.age_group", "99.5", "整数"),
        ("preschool.recognition", "100.5", "100"),
        ("preschool.public_fund", "-1", "负"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(
    cast: build.Cast, register: RegisterYear, code: str, value: str, told: str
) -> None:
    fields: dict[str, Any] = {"value": Decimal(value), "is_met": None, "note": "", "now": build.NOW}
    with pytest.raises(actions.BadValue, match=told):
        actions.enter_balance(cast.office, register, code=code, **fields)
    assert BalanceEntry.objects.count() == 0


def test_money_need_not_be_whole(cast: build.Cast, register: RegisterYear) -> None:
    fields: dict[str, Any] = {"value": Decimal("600.5"), "is_met": None, "note": "", "now": build.NOW}
    assert actions.enter_balance(cast.office, register, code="preschool.public_fund", **fields).value == Decimal(
        "600.5"
    )
