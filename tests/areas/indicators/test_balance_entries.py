"""优质均衡 of a register: what the office enters, the rules of its day, what is tried out, and the search for it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import build, measuring, planning, registers, staffing
from xietong.areas.indicators import actions, queries
from xietong.areas.indicators.models import BalanceEntry, WhatIf
from xietong.areas.indicators.rules.balance import Gap, Stage, State
from xietong.areas.orgs.models import Organisation, RegisterYear, Role
from xietong.areas.people.models import RoleTerm
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused, Stale
from xietong.kit.jobs.models import Job
from xietong.kit.jobs.performing import perform
from xietong.kit.ruletable.models import Rule

pytestmark = pytest.mark.django_db
NOW, YEAR = build.NOW, measuring.YEAR
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PLENTY = {
    "higher_qualified_teachers": 60, "backbone_teachers": 20, "sports_arts_teachers": 10, "teaching_area": 8000,
    "indoor_sports_area": 1000, "sports_ground_area": 12000, "equipment_value": 3_000_000,
    "multimedia_classrooms": 30,
}  # fmt: skip
"""More than enough for a thousand pupils."""


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


def judged(school: Organisation, pupils: int = 1000, **fields: Any) -> None:
    """A school of the register with what it has; a figure that is None is lacking."""
    registers.school_record(school=school)
    for name, value in {"pupils": pupils, "schools": 1, **PLENTY, **fields}.items():
        if value is not None:
            measuring.measured(name, value, unit=school)


def enter(cast: build.Cast, register: RegisterYear, code: str, **fields: Any) -> BalanceEntry:
    usual = {"value": None, "is_met": None, "note": "", "now": NOW}
    return actions.enter_balance(cast.office, register, code=code, **usual | fields)


def requirement(register: RegisterYear, code: str) -> State:
    found = queries.balance_page(register).balance.requirements
    return next(one.state for some in found.values() for one in some if one.code == code)


def test_an_entry_is_kept_and_replaced(cast: build.Cast, register: RegisterYear) -> None:
    first = enter(cast, register, "R", value=Decimal("85.5"))
    again = enter(cast, register, "R", value=Decimal(90), note="省级调查")
    assert (first.pk, again.value, again.version, str(again)) == (again.pk, 90, 2, "2026 R")
    assert queries.county_of_register(register).recognition == 90
    assert Entry.objects.filter(action="indicators.enter_balance").count() == 2


def test_a_requirement_is_met_only_with_something_that_shows_it(cast: build.Cast, register: RegisterYear) -> None:
    enter(cast, register, "G1", is_met=True)
    assert requirement(register, "G1") is State.NOT_REPORTED
    enter(cast, register, "G1", is_met=True, plain=[SimpleUploadedFile("规划.pdf", PDF)])
    assert requirement(register, "G1") is State.MET
    enter(cast, register, "G1", is_met=False, note="尚未统一")
    assert requirement(register, "G1") is State.NOT_MET


def test_a_veto_reaches_the_verdict(cast: build.Cast, register: RegisterYear) -> None:
    for code in queries.veto_codes():
        enter(cast, register, f"veto.{code}", is_met=False, note="核查记录")
    assert requirement(register, "V") is State.MET
    enter(cast, register, "veto.fraud", is_met=True, note="通报")
    assert requirement(register, "V") is State.NOT_MET


def test_the_year_of_recognition_and_the_totals_reach_the_verdict(cast: build.Cast, register: RegisterYear) -> None:
    enter(cast, register, "E.year", value=Decimal(2019))
    enter(cast, register, "total.teacher_pay", value=Decimal("98600.50"))
    enter(cast, register, "total.trained", value=Decimal(500))
    measuring.measured("teachers", 80, unit=cast.school)
    measuring.measured("teachers", 7, unit=cast.school, stage="kindergarten")
    county = queries.county_of_register(register)
    assert county.basic_since == date(2019, 12, 31)
    assert (county.totals.teacher_pay, county.totals.trained, county.totals.teachers) == (
        Decimal("98600.50"),
        500,
        80,
    )


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("nothing", {"is_met": True}),
        ("veto.nothing", {"is_met": True}),
        ("total.nothing", {"value": Decimal(1)}),
        ("R", {}),
        ("R", {"is_met": True}),
        ("G1", {"value": Decimal(1)}),
        ("R", {"value": Decimal("100.5")}),
        ("R", {"value": Decimal(-1)}),
        ("total.trained", {"value": Decimal(-1)}),
        ("total.trained", {"value": Decimal("1.5")}),
        ("E.year", {"value": Decimal(0)}),
        ("E.year", {"value": Decimal("2015.5")}),
        ("E.year", {"value": Decimal(201512)}),
    ],
)
def test_what_cannot_be_is_not_entered(
    cast: build.Cast, register: RegisterYear, code: str, fields: dict[str, Any]
) -> None:
    with measuring.nothing_changes(), pytest.raises(Refused):
        enter(cast, register, code, **fields)


def test_every_entry_has_a_form_and_a_field(cast: build.Cast, register: RegisterYear) -> None:
    client = build.client(cast.office)
    for code in sorted(queries.entry_codes()):
        words = queries.entry_words(code)
        assert (words.code, bool(words.name), words.is_figure) == (code, True, code in queries.figure_codes())
    for code in ("R", "G1", "veto.fraud", "total.trained"):
        url = reverse("indicators:balance_enter", args=[YEAR, code])
        assert client.get(url).status_code == 200
        field = {"value": "60"} if code in queries.figure_codes() else {"is_met": "0"}
        assert client.post(url, {**field, "note": "依据"}).status_code == 302
        assert client.post(url, {"note": "依据"}).status_code == 422
        assert client.get(url).status_code == 200
    assert BalanceEntry.objects.count() == 4
    assert client.get(reverse("indicators:balance_enter", args=[YEAR, "nothing"])).status_code == 404
    assert client.get(reverse("indicators:balance_enter", args=[2019, "R"])).status_code == 404


def test_a_register_is_judged_by_the_rules_of_its_day(cast: build.Cast, register: RegisterYear) -> None:
    judged(cast.school)
    judged(cast.other_school, higher_qualified_teachers=50)
    national = Rule.objects.get(code="indicators.balance.primary.cv_max", county_id=None)
    fields = {"name": national.name, "unit": national.unit, "confidence": "E"}
    before = queries.balance_page(register).balance
    for code, value in (("indicators.balance.primary.cv_max", "0.01"), ("indicators.balance.cost.L1", "77")):
        Rule.objects.create(
            code=code, county_id=cast.county.pk, value=value, effective_from=date(2026, 10, 1), **fields
        )
    assert queries.balance_page(register).balance == before
    row = measuring.what_if()
    assert queries.usual_terms(row)["cost_L1"] != "77"
    register.as_of = date(2026, 10, 1)
    register.save()
    after = queries.balance_page(register).balance
    assert {float(one.limit) for one in after.variations if one.stage == "primary"} == {0.01}
    assert queries.usual_terms(row)["cost_L1"] == "77"


def test_facts_of_a_school_come_from_its_register(cast: build.Cast, register: RegisterYear) -> None:
    judged(cast.school, public_funds=50_000)
    record = register.records.get()
    registers.school_class(record=record, pupils=41)
    registers.room(record=record, area=Decimal("96.5"))
    for stage in ("primary", "middle"):
        registers.care(record=record, group="migrant", stage=stage, pupils=4)
    other = registers.school_record(school=cast.other_school)
    visiting = staffing.staff(record=other)
    staffing.teaching(staff=visiting, record=record, subject="music", is_main=False)
    staffing.teaching(staff=visiting, record=record, subject="art", is_main=False)
    school = next(one for one in queries.county_of_register(register).schools if one.code == str(cast.school.pk))
    conditions = school.conditions
    assert [(one.stage, one.pupils) for one in conditions.classes] == [(Stage.PRIMARY, 41)]
    assert (list(conditions.music_rooms), conditions.art_rooms) == ([Decimal("96.5")], ())
    assert (conditions.migrants, conditions.public_funds, conditions.training_funds) == (8, 50_000, None)
    facts = school.facts[Stage.PRIMARY]
    assert (facts.visiting, facts.sports, facts.music, facts.above_degree) == (1, 10, 0, 60)
    bare = next(one for one in queries.county_of_register(register).schools if one.code == str(cast.other_school.pk))
    assert (bare.pupils, bare.facts, bare.conditions.classes) == ({}, {}, None)


def test_additions_are_tried_out_and_the_register_stays(cast: build.Cast, register: RegisterYear) -> None:
    judged(cast.school)
    judged(cast.other_school, higher_qualified_teachers=20, backbone_teachers=2, multimedia_classrooms=None)
    row = actions.add_what_if(cast.office, register, name="补教师", now=NOW)
    page = queries.what_if_page(row)
    assert (page.resources_pass, page.still_failing, page.totals, str(row)) == (False, 1, [], "补教师")
    additions = {str(cast.other_school.pk): {"primary": {"L1": 40.0, "L2": 18.0, "L7": 5.0}}, "0": {}}
    kept = actions.change_what_if(cast.office, row, additions=additions, version=1, now=NOW)
    after = queries.what_if_page(kept)
    (verdict,) = [one for one in after.after.verdicts("primary") if one.unit.school == str(cast.other_school.pk)]
    facts = verdict.unit.facts
    assert (facts.above_degree, facts.backbone, facts.multimedia_classrooms) == (60, 20, None)
    assert after.totals[0][1:] == (queries.unit_of("L1"), 40)
    ((label, rows),) = after.grid
    assert (label, [str(one.school) for one, _fields in rows]) == ("小学", ["二小"])
    assert after.before.balance == page.before.balance
    with measuring.nothing_changes(), pytest.raises(Stale):
        actions.change_what_if(cast.office, row, additions={}, version=1, now=NOW)
    with measuring.nothing_changes(), pytest.raises(Refused, match="已有同名的假设"):
        actions.add_what_if(cast.office, register, name="补教师", now=NOW)


def test_what_is_typed_into_the_grid() -> None:
    posted = {
        "a:3:primary:L1": "4", "a:3:primary:L2": "", "a:3:middle:L4": "10.5", "a:3:primary:L9": "1", "b:3:x:L1": "1",
        "a:3:primary:L3": "-2", "a:3:primary:L5": "nan", "a:3:primary:L6": "1e12", "version": "1",
    }  # fmt: skip
    assert queries.additions_of(posted) == {"3": {"primary": {"L1": 4.0}, "middle": {"L4": 10.5}}}


def test_what_is_thrown_away_leaves_a_trace(cast: build.Cast) -> None:
    actions.drop_what_if(cast.office, measuring.what_if(name="试算"), now=NOW)
    assert not WhatIf.objects.exists()
    assert Entry.objects.get(action="indicators.drop_what_if").changes == {"name": ["试算", None]}


class Status(StrEnum):
    SOLVED = "solved"
    INFEASIBLE = "infeasible"


@dataclass
class Round:
    cuts: int
    bound: float
    best: float


@dataclass
class Answer:
    """What the search gives, in its shape."""

    additions: Any
    cost: float | None
    bound: float | None
    status: Status
    rounds: list[Round]
    blocked: list[Any] = field(default_factory=list)


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The search is answered at once; what it was asked is kept."""
    asked: list[Any] = []

    def cheapest(units: Any, standard: Any, terms: Any, *, seconds: float) -> Answer:
        asked.append((units, standard, terms, seconds))
        additions = np.zeros(units.totals.shape)
        additions[-1, 0] = 22
        return Answer(additions, 66.0, 66.0, Status.SOLVED, [Round(3, 60.0, float("inf")), Round(5, 66.0, 66.0)])

    monkeypatch.setattr(queries.cheapest, "cheapest", cheapest)
    return asked


def work() -> Job:
    job = Job.objects.latest("pk")
    perform(job.pk, again=lambda _job: None, stop=Event())
    job.refresh_from_db()
    return job


def ask(cast: build.Cast, row: WhatIf, **terms: str | None) -> WhatIf:
    return actions.ask_cheapest(cast.office, row, terms={"cost_L1": "3", **terms}, version=row.version, now=NOW)


def test_the_cheapest_additions_are_looked_for_and_kept(
    cast: build.Cast, register: RegisterYear, solver: list[Any]
) -> None:
    judged(cast.school)
    judged(cast.other_school, higher_qualified_teachers=20, multimedia_classrooms=None)
    row = ask(cast, measuring.what_if(), most_L1="30", most_L2=None, budget="100")
    assert row.found == {"state": "searching"}
    assert work().state == "done"
    row.refresh_from_db()
    assert row.additions == {str(cast.other_school.pk): {"primary": {"L1": 22.0}}}
    assert row.found == {
        "state": "solved", "cost": 66.0, "bound": 66.0, "blocked": [],
        "rounds": [{"cuts": 3, "bound": 60.0, "cost": None}, {"cuts": 5, "bound": 66.0, "cost": 66.0}],
    }  # fmt: skip
    assert queries.what_if_page(row).found_words == "已找到最省的方案，费用 66.00 万元，已证明没有更省的。"
    units, standard, terms, seconds = solver[0]
    assert (units.totals.shape, list(units.judged), list(units.group)) == ((2, 7), [True, False], [0, 0])
    assert list(units.totals[:, 0]) == [60, 20]
    assert np.isnan(units.totals[1, 6])
    assert (standard.thresholds[0, 0], standard.min_met, standard.floor) == (4.2, 6, 0.85)
    assert (terms.cost[1, 0], terms.caps[0], terms.caps[1], terms.budget) == (3, 30, np.inf, 100)
    assert seconds == queries.SECONDS


def test_a_search_without_an_answer_leaves_what_was_tried(
    cast: build.Cast, register: RegisterYear, solver: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(cast.school)
    none = Answer(np.zeros((1, 7)), float("inf"), None, Status.INFEASIBLE, [])
    monkeypatch.setattr(queries.cheapest, "cheapest", lambda *_args, seconds: none)
    tried = {str(cast.school.pk): {"primary": {"L1": 1.0}}}
    row = ask(cast, measuring.what_if(additions=tried))
    work()
    row.refresh_from_db()
    assert (row.additions, row.found["cost"]) == (tried, None)
    assert "没有能让全县通过的方案" in queries.what_if_page(row).found_words
    row.found = {"state": "unheard of"}
    assert "测算没有完成" in queries.what_if_page(row).found_words


def test_a_search_out_of_reach_ends_at_once(cast: build.Cast, register: RegisterYear, solver: list[Any]) -> None:
    ask(cast, measuring.what_if())
    WhatIf.objects.all().delete()
    assert (work().state, solver) == ("failed", [])
    assert "已删除，或不在您的权限范围内" in Job.objects.get().message


def test_one_thrown_away_while_it_was_searched_ends_at_once(
    cast: build.Cast, register: RegisterYear, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ask(cast, measuring.what_if())

    def thrown_away(_row: WhatIf) -> dict[str, Any]:
        WhatIf.objects.filter(pk=row.pk).delete()
        return {}

    monkeypatch.setattr(queries, "search", thrown_away)
    assert work().state == "failed"


def test_a_role_that_ended_gets_no_search(cast: build.Cast, register: RegisterYear, solver: list[Any]) -> None:
    clerk = build.player("罗安", Role.SECTION_CLERK, build.organisation(kind="section"))
    row = measuring.what_if()
    actions.ask_cheapest(clerk, row, terms={}, version=1, now=NOW)
    RoleTerm.objects.filter(pk=clerk.term_id).update(to_on=date(2026, 9, 1))
    assert (work().state, solver) == ("failed", [])


def test_an_old_version_asks_for_no_search(cast: build.Cast, register: RegisterYear) -> None:
    row = measuring.what_if(version=3)
    with measuring.nothing_changes(), pytest.raises(Stale):
        actions.ask_cheapest(cast.office, row, terms={}, version=2, now=NOW)


def test_movers_need_two_schools_with_the_figure(cast: build.Cast, register: RegisterYear) -> None:
    judged(cast.school)
    page = queries.balance_page(register)
    assert queries.movers(page, "L1", "primary") is None
    judged(cast.other_school, pupils=500, higher_qualified_teachers=10)
    found = queries.movers(queries.balance_page(register), "L1", "primary")
    assert [str(one.school) for one in found.rows] == ["一小", "二小"]
    assert [one.value for one in found.rows] == [6.0, 2.0]
    assert sum(one.percent for one in found.rows) == pytest.approx(100)
    weighted = np.sqrt((1000 * (6 - 70 / 15) ** 2 + 500 * (2 - 70 / 15) ** 2) / 1500) / (70 / 15)
    assert found.cv == pytest.approx(weighted)


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (None, ""),
        (Gap(Fraction(0)), ""),
        (Gap(Fraction(23, 10), 3), "2.3 人，即 3 人"),
        (Gap(Fraction(410)), "410.0 人"),
    ],
)
def test_gaps_in_words(gap: Gap | None, words: str) -> None:
    assert queries.gap_in_words(gap, "人") == words
