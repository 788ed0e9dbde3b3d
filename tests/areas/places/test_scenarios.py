"""A scenario: made, computed by a worker, submitted, approved or returned, compared, held against the past."""

from threading import Event
from typing import Any

import pytest
from django.urls import reverse

from tests import build, placing, planning
from tests.placing import assumptions
from xietong.areas.orgs.models import OrgKind, RegisterYear, Role
from xietong.areas.places import access, actions, queries
from xietong.areas.places.models import Births, Scenario
from xietong.areas.places.rules.assumptions import Trio
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused, Stale
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import Job
from xietong.kit.jobs.performing import perform
from xietong.kit.pages.panels import todos_of

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def units(cast: build.Cast) -> dict[str, Any]:
    return placing.settled(cast.county)


@pytest.fixture
def leader(cast: build.Cast) -> Actor:
    place = build.organisation(county=cast.county, kind=OrgKind.BUREAU, name="县教体局")
    return build.player("郑远", Role.BUREAU_LEADER, place)


def state() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Scenario, Entry, Job)]


def add(cast: build.Cast, name: str = "基准方案", base: int = 2025, **assumed: Any) -> Scenario:
    return actions.add_scenario(cast.office, name=name, base_year=base, assumed=assumptions(**assumed), now=NOW)


def labels(actor: Actor) -> list[str]:
    return [todo.label for _actor, todo in todos_of([actor], TODAY)]


def worked(row: Scenario) -> Job:
    """The job of a scenario, done."""
    job = Job.objects.filter(kind="places.project", payload__scenario=row.pk).latest("pk")
    perform(job.pk, again=lambda _job: None, stop=Event())
    job.refresh_from_db()
    return job


def test_a_scenario_is_computed_submitted_and_approved_and_the_one_before_retires(
    cast: build.Cast, units: dict[str, Any], leader: Actor
) -> None:
    first = add(cast, horizon=3)
    assert (first.computed_at, worked(first).state) == (None, "done")
    first = Scenario.objects.get()
    assert first.computed_at == NOW
    assert first.result is not None
    assert first.result["years"] == [2026, 2027, 2028]
    assert first.result["back_test"]["years"] == 4
    assert list(queries.tested_page(cast.office, first.pk)[1]["stages"]) == ["kindergarten", "primary", "middle"]
    assert str(units["town"].pk) in first.result["schools"]
    actions.submit_scenario(cast.office, first, now=NOW)
    assert labels(leader) == ["学位预测待审定"]
    done = actions.approve_scenario(leader, first, opinion="同意", version=first.version + 1, now=NOW)
    assert (done.state, done.settled_at, done.opinion, labels(leader)) == ("approved", NOW, "同意", [])
    second = placing.scenario(cast.county, name="高方案", state="submitted", computed_at=NOW, result=placing.result())
    actions.approve_scenario(leader, second, opinion="", version=1, now=NOW)
    states = {row.name: row.state for row in Scenario.objects.all()}
    assert states == {"基准方案": "retired", "高方案": "approved"}
    assert queries.shown_scenario(cast.county.pk) == second


def test_what_has_no_forecast_or_moved_on_is_not_submitted_changed_or_settled(
    cast: build.Cast, units: dict[str, Any], leader: Actor
) -> None:
    row = add(cast, horizon=2)
    before = state()
    with pytest.raises(actions.NotComputed, match="等测算完成"):
        actions.submit_scenario(cast.office, row, now=NOW)
    for deed in (actions.approve_scenario, actions.return_scenario):
        with pytest.raises(actions.WrongState, match="现在是“草稿”"):
            deed(leader, row, opinion="", version=row.version, now=NOW)
    assert state() == before
    waiting = placing.scenario(cast.county, name="乙", state="submitted", computed_at=NOW, result=placing.result())
    before = state()
    with pytest.raises(actions.WrongState, match="待审定"):
        actions.compute_scenario(cast.office, waiting, now=NOW)
    with pytest.raises(actions.WrongState):
        actions.change_scenario(
            cast.office, waiting, name="丙", base_year=2025, assumed=assumptions(), version=1, now=NOW
        )
    with pytest.raises(Stale):
        actions.approve_scenario(leader, waiting, opinion="", version=9, now=NOW)
    assert state() == before
    back = actions.return_scenario(leader, waiting, opinion="出生数偏高", version=1, now=NOW)
    assert (back.state, back.opinion, back.settled_by) == ("draft", "出生数偏高", leader.label)


def test_too_little_history_missing_births_and_impossible_assumptions_are_refused(cast: build.Cast) -> None:
    before = state()
    with pytest.raises(actions.TooLittleKnown, match="还没有学年资料"):
        add(cast)
    seat = placing.township("云溪镇", county=cast.county)
    school = build.organisation(county=cast.county, parent=seat)
    now = placing.register(2025, county=cast.county)
    placing.pupils(placing.record(now, school), "primary", *[40] * 6)
    with pytest.raises(actions.TooLittleKnown, match="现有 1 个"):
        add(cast)
    placing.pupils(placing.record(placing.register(2024, county=cast.county), school), "primary", *[40] * 6)
    with pytest.raises(actions.TooLittleKnown, match="还没有出生人数"):
        add(cast)
    placing.births(seat, dict.fromkeys((2017, 2018, 2019, 2021), 40))
    with pytest.raises(actions.TooLittleKnown, match=r"缺 1 个出生人数（.*2020-2021"):
        add(cast)
    with pytest.raises(actions.Impossible, match="从小到大"):
        add(cast, births=Trio(3, 2, 1))
    assert state() == before


def test_schools_without_a_township_make_the_county_one_area(cast: build.Cast) -> None:
    seat = placing.township("云溪镇", county=cast.county)
    placing.births(seat, dict.fromkeys(range(2012, 2025), 50))
    for year in (2024, 2025):
        held = placing.record(placing.register(year, county=cast.county), cast.school)
        placing.pupils(held, "primary", *[40] * 6)
        placing.figure(held, "primary", "classrooms", 6)
    row = add(cast, horizon=2)
    assert worked(row).state == "done"
    result = Scenario.objects.get().result
    assert result is not None
    assert list(result["townships"]) == ["0"]
    assert result["county"]["primary"]["places"] == [270.0, 270.0]
    page = build.client(cast.office).get(reverse("places:scenario", args=[row.pk])).content.decode()
    assert "全县（学校没有都归到乡镇）" in page


def test_what_no_ratio_follows_from_is_told_in_the_download_centre(cast: build.Cast, units: dict[str, Any]) -> None:
    """No cohort of those who entered in the past years is known, only those that will enter."""
    Births.objects.filter(year__lt=2021).delete()
    Births.objects.exclude(year__gte=2023).delete()
    row = placing.scenario(cast.county, assumed=assumptions(horizon=1))
    Births.objects.all().delete()
    placing.births(units["seat"], {2022: 50, 2024: 50})
    enqueue("places.project", key="k", payload={"scenario": row.pk, "version": 1}, actor=cast.office, now=NOW)
    job = worked(row)
    assert (job.state, "历史数据不足" in job.message) == ("failed", True)
    assert Scenario.objects.get().computed_at is None


def test_a_job_whose_scenario_was_changed_or_taken_away_keeps_nothing(
    cast: build.Cast, units: dict[str, Any], leader: Actor
) -> None:
    row = add(cast, horizon=1)
    old = Job.objects.get()
    actions.change_scenario(
        cast.office, row, name="改过", base_year=2025, assumed=assumptions(horizon=2), version=row.version, now=NOW
    )
    perform(old.pk, again=lambda _job: None, stop=Event())
    old.refresh_from_db()
    assert (old.state, "另有任务" in old.message, Scenario.objects.get().computed_at) == ("done", True, None)
    Scenario.objects.update(county=cast.next_county)
    job = worked(row)
    assert (job.state, "不在您的权限范围内" in job.message) == ("failed", True)


def test_housing_and_projects_reach_the_forecast(cast: build.Cast, units: dict[str, Any]) -> None:
    register = RegisterYear.objects.get(county=cast.county, year=2025)
    placing.housing(units["seat"], certainty="building", primary=60, year=2026)
    placing.housing(units["seat"], name="已入住", year=2025)
    other = placing.township("空乡", county=cast.county)
    placing.housing(other, name="别处")
    placing.project(units["hill"], primary=90, due_on="2026-12-31")
    placing.project(units["hill"], name="早该完成", primary=45, due_on="2025-01-01", state="building")
    placing.project(units["hill"], name="取消", primary=4500, state="cancelled")
    placing.project(units["hill"], name="十年后", primary=4500, due_on="2040-01-01")
    placing.project(units["hill"], name="已计入", primary=9, state="delivered", delivered_on="2026-03-01")
    placing.project(units["hill"], name="下学年交付", primary=1, state="delivered", delivered_on="2026-09-05")
    placing.project(other, name="没有学校的乡", primary=4)
    found = queries.ground(register, assumptions(), TODAY)
    hill = found.townships.index(units["hill"].pk)
    assert [found.places[hill, year, 1] for year in range(4)] == [369.0, 414.0, 505.0, 505.0]
    assert found.arrivals[found.townships.index(units["seat"].pk), 0].sum() == pytest.approx(48)
    assert found.arrivals[:, 1:].sum() == 0
    assert (found.townships, found.first) == ((units["seat"].pk, units["hill"].pk), 2022)


def test_classes_tell_the_pupils_that_the_statistics_do_not(cast: build.Cast) -> None:
    seat = placing.township("云溪镇", county=cast.county)
    row = placing.register(2025, county=cast.county)
    placing.register(2023, county=cast.county)
    held = placing.record(row, build.organisation(county=cast.county, parent=seat))
    placing.school_class(held, "primary", 1, 44)
    placing.school_class(held, "primary", 1, 43, name="2班")
    found = queries.ground(row, assumptions(), TODAY)
    # The register of 2023 does not touch: one in between is missing.
    assert (found.first, found.pupils.sum(), found.last_cohort) == (2025, 87.0, None)


def test_pages_of_a_scenario_from_making_to_approving(cast: build.Cast, units: dict[str, Any], leader: Actor) -> None:
    client = build.client(cast.office)
    assert "还没有预测方案" in client.get(reverse("places:scenarios")).content.decode()
    assert "还没有测算完成的方案" in client.get(reverse("places:scenario_compare")).content.decode()
    url = reverse("places:scenario_add")
    form = client.get(url).context["form"]
    typed = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    typed |= {"name": "基准方案", "base_year": 2025, "horizon": 2}
    assert client.post(url, typed | {"births_low": 5}).status_code == 422
    assert client.post(url, typed | {"births_low": ""}).status_code == 422
    assert client.post(url, typed).status_code == 302
    row = Scenario.objects.get()
    page = reverse("places:scenario", args=[row.pk])
    assert "正在测算" in client.get(page).content.decode()
    worked(row)
    row.refresh_from_db()
    shown = client.get(page).content.decode()
    for words in ("预计在校生", "各乡镇逐年缺口", "竹山乡", "送审"):
        assert words in shown
    change = reverse("places:scenario_change", args=[row.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, typed | {"horizon": 1, "version": row.version}).status_code == 302
    assert client.post(reverse("places:scenario_compute", args=[row.pk])).status_code == 302
    worked(row)
    tested = client.get(reverse("places:scenario_tested", args=[row.pk])).content.decode()
    assert "照搬上一年的误差" in tested
    assert client.get(url + f"?like={row.pk}").status_code == 200
    assert client.post(reverse("places:scenario_submit", args=[row.pk])).status_code == 302
    assert client.get(change).status_code == 403
    reader = build.client(leader)
    approve, back = (reverse(f"places:scenario_{name}", args=[row.pk]) for name in ("approve", "return"))
    assert (reader.get(approve).status_code, reader.get(back).status_code) == (200, 200)
    row.refresh_from_db()
    assert reader.post(back, {"opinion": "", "version": row.version}).status_code == 422
    assert reader.post(back, {"opinion": "出生数偏高", "version": row.version}).status_code == 302
    assert "出生数偏高" in client.get(page).content.decode()
    client.post(reverse("places:scenario_submit", args=[row.pk]))
    row.refresh_from_db()
    assert reader.post(approve, {"opinion": "同意", "version": row.version}).status_code == 302
    assert client.get(approve).status_code == 404
    assert Scenario.objects.get().state == "approved"


def test_scenarios_stand_side_by_side(cast: build.Cast, units: dict[str, Any]) -> None:
    rows = [
        placing.scenario(cast.county, name=name, computed_at=NOW, result=placing.result(key=units["seat"].pk))
        for name in ("低", "中", "高", "更高")
    ]
    short = placing.result()
    short["years"] = [2026]
    short["county"] = {}
    other = placing.scenario(cast.county, name="短", computed_at=NOW, result=short)
    client, url = build.client(cast.office), reverse("places:scenario_compare")
    found = queries.comparison(cast.office, [str(rows[0].pk), str(other.pk)], TODAY)
    assert {row.name for row in found.scenarios} == {"低", "短"}
    assert [len(cells) for _stage, lines in found.stages for _year, cells in lines] == [2, 2]
    assert client.get(url, {"scenario": [row.pk for row in rows]}).content.decode().count("缺 10") == 3
    assert "历史数据不足" in client.get(reverse("places:scenario_tested", args=[other.pk])).content.decode()


def test_numbers_of_the_rule_table_are_what_a_scenario_begins_with(cast: build.Cast) -> None:
    found = queries.default_assumptions(cast.office, TODAY)
    assert found == assumptions()
    assert list(found.faults()) == []


def test_only_keepers_make_and_only_leaders_settle(cast: build.Cast) -> None:
    assert set(access.ADD_SCENARIO.grants) == {"office", "section_clerk", "section_head"}
    assert set(access.SETTLE_SCENARIO.grants) == {"bureau_leader", "group_head"}
    assert "province_observer" not in access.VIEW_SUPPLY.grants
    with pytest.raises(Refused):
        actions.add_scenario(
            build.player("省", Role.PROVINCE_OBSERVER, build.organisation(kind=OrgKind.PROVINCE, name="省厅")),
            name="甲", base_year=2025, assumed=assumptions(), now=NOW,
        )  # fmt: skip
