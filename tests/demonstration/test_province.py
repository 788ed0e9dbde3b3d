"""The province around the demonstration, at a small size, and what is left when building is interrupted."""

from collections import Counter

import pytest

from tests import build
from tests.demonstration.conftest import NEW
from xietong.areas.orgs.models import SCHOOLS, County, Organisation, OrgKind, Role
from xietong.areas.people.models import RoleTerm
from xietong.areas.plans import queries
from xietong.areas.plans.models import Clause, Phase, Plan, Report, Standing, Step, Task
from xietong.areas.plans.rules.states import OPEN, Deed, ReportState, TaskState, following
from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.web.demonstration import places
from xietong.web.demonstration.moments import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province_built")]


@pytest.fixture
def made() -> list[County]:
    """The counties that the province has beside those of the county's demonstration."""
    return list(County.objects.filter(name__in=NEW).order_by("code"))


def acting(login: str, role: Role) -> Actor:
    return build.actor(RoleTerm.objects.get(person__account__username=f"demo.{login}", role=role), on=TODAY)


def test_build_province_gives_each_county_what_a_county_has(made: list[County]) -> None:
    assert [(one.name, one.code, one.is_fictional) for one in made] == [
        ("甲子县", "999801", True),
        ("甲丑县", "999802", True),
    ]
    for county in made:
        schools = Organisation.objects.filter(county=county, kind__in=sorted(SCHOOLS))
        liaisons = RoleTerm.objects.filter(county=county, role=Role.SCHOOL_LIAISON, person__account__isnull=False)
        plan = Plan.objects.get(county=county)
        assert (schools.count(), Organisation.objects.filter(county=county, kind=OrgKind.GROUP_OFFICE).count()) == (
            122,
            1,
        )
        assert set(liaisons.values_list("organisation_id", flat=True)) == set(schools.values_list("pk", flat=True))
        assert (plan.state, plan.tasks.count()) == (Plan.State.ISSUED, 204)
        assert Report.objects.filter(county=county, at__gte=NOW.replace(month=4)).count() >= 92


def test_build_province_lets_nobody_of_the_other_counties_sign_in(made: list[County]) -> None:
    accounts = Account.objects.filter(person__county__in=made)
    assert accounts.count() == 2 * 123
    assert [one for one in accounts if one.has_usable_password()] == []


def test_build_province_leaves_rows_that_pass_every_check(made: list[County]) -> None:
    """Bulk inserts ask the database alone; here each row is asked what the actions would have asked it."""
    for model in (Plan, Clause, Phase, Task, Report, Step):
        rows = model.objects.filter(county__in=made)
        assert rows.exists()
        for row in rows.order_by("pk")[:25]:
            row.full_clean()
    tasks = Task.objects.filter(county__in=made).select_related("plan", "clause", "lead_unit")
    assert {
        (one.plan.county_id, one.lead_unit.county_id) == (one.county_id,) * 2 for one in tasks if one.lead_unit
    } == {True}
    assert [one.pk for one in tasks if one.clause is None or one.clause.plan_id != one.plan_id] == []
    waiting = Counter(Report.objects.filter(state=ReportState.SUBMITTED).values_list("task_id", flat=True))
    assert set(waiting.values()) == {1}


def test_build_province_leaves_courses_that_the_actions_could_have_taken(made: list[County]) -> None:
    for task in Task.objects.filter(county__in=made).prefetch_related("steps"):
        state: TaskState | None = TaskState.DRAFT
        steps = sorted(task.steps.all(), key=lambda step: (step.at, step.pk))
        for step in steps:
            assert state is not None
            state = following(state, Deed(step.action))
        assert (task.number, state, task.moved_at) == (task.number, TaskState(task.state), steps[-1].at)
        assert steps[-1].at <= NOW


def test_build_province_copies_the_plan_with_each_clause_in_its_place(made: list[County]) -> None:
    model = Plan.objects.get(county__code=places.CODE, state="issued")
    originals = list(model.clauses.order_by("order"))
    for county in made:
        plan = Plan.objects.get(county=county)
        copies = list(plan.clauses.order_by("order"))
        assert [(one.number, one.start, one.end) for one in copies] == [
            (one.number, one.start, one.end) for one in originals
        ]
        assert len(plan.source_text) == len(model.source_text)
        assert places.SHORT not in plan.source_text.replace(places.UNIVERSITY, "")
        assert plan.title == model.title.replace(places.NAME, county.name)


def test_build_province_stores_totals_that_equal_a_count_of_the_rows() -> None:
    stored = {
        one.plan_id: ((one.issued, one.under_way, one.claimed, one.verified), one.overdue, one.as_of)
        for one in Standing.objects.all()
    }
    counted = {}
    for plan in Plan.objects.filter(state=Plan.State.ISSUED):
        tasks = list(plan.tasks.all())
        states = Counter(one.state for one in tasks)
        late = [one for one in tasks if one.state in OPEN and one.light_day and one.light_day < TODAY]
        shown = (states["issued"], states["under_way"], states["claimed"], states["verified"])
        counted[plan.pk] = (shown, len(late), TODAY)
    assert stored == counted
    assert len(stored) == 2 + len(NEW)


def test_observer_sees_the_totals_of_the_province_alone() -> None:
    observer = acting("province_observer", Role.PROVINCE_OBSERVER)
    page = build.client(observer, now=NOW).get("/plans/standings/").text
    ours = Standing.objects.exclude(county__code="360123")
    assert queries.standing_sums(observer) == {
        "counties": 2 + len(NEW),
        **{
            name: sum(getattr(one, name) for one in ours)
            for name in ("issued", "returned", "suspended", "under_way", "claimed", "verified")
        },
        "overdue": sum(one.overdue for one in ours),
        "total": Task.objects.filter(county__is_fictional=True, plan__state="issued").count(),
    }
    assert [name in page for name in (*NEW, places.NAME, "临江县", "安义县")] == [True] * 4 + [False]
