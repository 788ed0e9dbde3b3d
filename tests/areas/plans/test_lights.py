"""Deadline lights: the rule, and its twin that is said to the database."""

from datetime import date, timedelta

import pytest

from tests import build, planning
from xietong.areas.orgs.models import Role, Term
from xietong.areas.plans import queries
from xietong.areas.plans.models import Task
from xietong.areas.plans.rules.lights import Light, LightRule
from xietong.areas.plans.rules.states import TaskState
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.models import Holiday
from xietong.kit.errors import NotReady
from xietong.kit.ruletable.models import Rule
from xietong.web.views.health import checks

TODAY = date(2026, 9, 8)  # a Tuesday
RULE = LightRule(TODAY, yellow_until=date(2026, 9, 11))
VACATION = LightRule(TODAY, yellow_until=date(2026, 9, 11), schools_rest=True)
DAYS = [None, *(TODAY + timedelta(days=n) for n in (-30, -1, 0, 1, 3, 4, 30))]
LIT = (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY)


@pytest.mark.once
@pytest.mark.parametrize(
    ("due_on", "light"),
    [
        (date(2026, 9, 7), Light.RED),
        (date(2026, 9, 8), Light.YELLOW),
        (date(2026, 9, 11), Light.YELLOW),
        (date(2026, 9, 12), Light.GREEN),
        (None, Light.NONE),
    ],
)
def test_light_turns_on_the_day(due_on: date | None, light: Light) -> None:
    assert RULE.light(TaskState.ISSUED, due_on, at_school=True) == light


@pytest.mark.once
@pytest.mark.parametrize("state", [TaskState.DRAFT, TaskState.VERIFIED])
def test_light_is_none_for_drafts_and_what_is_done(state: TaskState) -> None:
    assert RULE.light(state, date(2026, 9, 1), at_school=False) == Light.NONE


@pytest.mark.once
def test_light_of_a_school_stands_still_in_the_vacation() -> None:
    late = date(2026, 9, 1)
    assert VACATION.light(TaskState.UNDER_WAY, late, at_school=True) == Light.GREY
    assert VACATION.light(TaskState.UNDER_WAY, late, at_school=False) == Light.RED
    assert VACATION.light(TaskState.UNDER_WAY, None, at_school=True) == Light.NONE


def actor_reaching(*counties: int) -> Actor:
    return Actor(account_id=1, name="甲", role=Role.OFFICE, counties=counties)


def every_kind_of_task() -> None:
    """Each state × due day × lead unit that the constraints allow."""
    plan = planning.plan()
    units = {"school": build.organisation(), "unit": build.organisation(kind="member_unit")}
    for state in TaskState:
        for due_on in DAYS:
            for unit in (*units.values(), None):
                if state == TaskState.DRAFT or (unit and due_on):
                    planning.task(plan=plan, lead_unit=unit, state=state, due_on=due_on)


def term(year: int, half: int, starts_on: date, ends_on: date) -> None:
    Term.objects.create(county=build.home(), year=year, half=half, starts_on=starts_on, ends_on=ends_on)


@pytest.mark.django_db
@pytest.mark.parametrize("vacation", [False, True])
def test_lit_finds_exactly_the_tasks_that_the_rule_lights(vacation: bool) -> None:
    planning.rules()
    every_kind_of_task()
    begins = date(2026, 9, 15) if vacation else date(2026, 9, 1)
    term(2025, 2, date(2026, 2, 20), date(2026, 7, 5))
    term(2026, 1, begins, date(2027, 1, 20))
    actor = actor_reaching(build.home().pk)
    rules = queries.rules_for(actor, TODAY)
    assert {rule.schools_rest for rule in rules.values()} == {vacation}
    tasks = list(Task.objects.select_related("lead_unit"))
    seen = set()
    for light in LIT:
        by_rule = {task.pk for task in tasks if queries.light_of(task, rules) == light}
        by_database = set(Task.objects.filter(queries.lit(actor, TODAY, light)).values_list("pk", flat=True))
        assert by_database == by_rule
        seen |= {light} if by_rule else set()
    assert seen == (set(LIT) if vacation else set(LIT) - {Light.GREY})


@pytest.mark.django_db
def test_lit_without_a_county_finds_nothing() -> None:
    planning.rules()
    planning.task(plan=planning.plan(), lead_unit=build.organisation(), due_on=date(2026, 9, 1))
    found = {light: Task.objects.filter(queries.lit(actor_reaching(), TODAY, light)).count() for light in LIT}
    assert found == dict.fromkeys(LIT, 0)


@pytest.mark.django_db
def test_light_rule_counts_working_days_of_the_county_and_takes_its_own_value() -> None:
    planning.rules()
    here, there = build.county().pk, build.next_county().pk
    assert queries.light_rule(here, TODAY).yellow_until == date(2026, 9, 11)
    Holiday.objects.create(county_id=here, on=date(2026, 9, 9), is_work=False, name="校庆")
    assert queries.light_rule(here, TODAY).yellow_until == date(2026, 9, 14)
    Rule.objects.create(
        code=queries.YELLOW, county_id=there, name="提前", value="1", effective_from=date(2026, 1, 1), confidence="D"
    )
    assert queries.light_rule(there, TODAY).yellow_until == date(2026, 9, 9)


@pytest.mark.django_db
def test_counts_and_standing_leave_resting_schools_out_of_what_is_overdue() -> None:
    planning.rules()
    every_kind_of_task()
    plan = Task.objects.first().plan
    resting = queries.counts(plan, VACATION).overdue
    running = queries.counts(plan, RULE).overdue
    # Two late days × four open states × school and unit.
    assert (running, resting) == (16, 8)


@pytest.mark.django_db
def test_pages_with_lights_say_who_must_load_the_rules_while_there_are_none() -> None:
    cast = build.cast()
    task = planning.task(plan=planning.plan(), lead_unit=cast.school)
    client = build.client(cast.liaison)

    empty = [client.get(address) for address in ("/", "/plans/tasks/", f"/plans/tasks/{task.pk}/")]
    assert checks()["rules"] is False
    planning.rules()
    loaded = [client.get(address) for address in ("/", "/plans/tasks/", f"/plans/tasks/{task.pk}/")]

    assert [answer.status_code for answer in empty] == [503, 503, 503]
    assert all("请系统管理员在服务器上运行 xietong migrate" in answer.text for answer in empty)
    assert [answer.status_code for answer in loaded] == [200, 200, 200]
    assert checks()["rules"] is True


@pytest.mark.django_db
def test_light_rule_is_not_ready_on_a_day_before_its_rules_begin() -> None:
    planning.rules()

    with pytest.raises(NotReady, match="plans.light.schools_rest_in_vacation"):
        queries.light_rule(build.county().pk, date(2020, 1, 1))
