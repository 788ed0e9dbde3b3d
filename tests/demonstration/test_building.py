"""The demonstration comes out the same each time, keeps to the rules of the product, and invents nothing real."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Count

from xietong.areas.orgs.models import SCHOOLS, County, Organisation, Role
from xietong.areas.people.models import Appointment, Person, RoleTerm
from xietong.areas.plans.models import Clause, Consulted, FollowUp, Plan, Reminder, Report, Step, Task
from xietong.areas.plans.queries import comparison, plan_coverage, pressing_of
from xietong.areas.plans.rules.states import Deed, TaskState, following
from xietong.kit.accounts.models import Account
from xietong.kit.approvals.models import Stage
from xietong.kit.clock.models import FrozenClock
from xietong.web import demonstration
from xietong.web.demonstration import places
from xietong.web.demonstration.casting import PASSWORD
from xietong.web.demonstration.moments import TODAY
from xietong.web.demonstration.plan_work import actor_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county_built")]
REAL = re.compile("安义|豫章|龙津")
REAL_CODE = "360123"
ALONE = {"demo.anyi.office", "demo.anyi.observer"}


def texts(model: type[Any], **among: Any) -> list[str]:
    """Every text of the rows of a model."""
    rows = model.objects.filter(**among).values()
    return [str(value) for row in rows for value in row.values() if isinstance(value, str | list)]


def test_build_county_fills_the_county_as_designed() -> None:
    county = County.objects.get(code=places.CODE)
    tasks = Task.objects.filter(county=county, plan__state="issued")
    states = dict(tasks.values_list("state").annotate(Count("pk")).order_by())
    schools = Organisation.objects.filter(county=county, kind__in=sorted(SCHOOLS))
    assert tasks.count() == 112
    assert sum(states.values()) == 112
    assert set(states) == {"issued", "under_way", "claimed", "returned", "verified"}
    assert 0.5 < states["verified"] / 112 < 0.65
    assert schools.filter(closed_on=None).count() == 79
    assert schools.exclude(merged_into=None).count() == 1
    assert 2600 <= Person.objects.filter(county=county).count() <= 2800
    held = RoleTerm.objects.filter(person__account__username__startswith="demo.")
    assert set(held.values_list("role", flat=True)) == set(Role.values)
    assert FrozenClock.objects.count() == 1


def test_build_county_gives_every_open_school_a_head_and_a_liaison_with_accounts() -> None:
    schools = Organisation.objects.filter(county__code=places.CODE, kind__in=sorted(SCHOOLS), closed_on=None)
    for role in (Role.SCHOOL_HEAD, Role.SCHOOL_LIAISON):
        terms = RoleTerm.objects.filter(role=role, person__account__isnull=False, organisation__in=schools)
        assert sorted(terms.values_list("organisation_id", flat=True)) == sorted(schools.values_list("pk", flat=True))


def test_build_county_leaves_courses_that_the_actions_could_have_taken() -> None:
    for task in Task.objects.exclude(state="draft").prefetch_related("steps"):
        state: TaskState | None = TaskState.DRAFT
        steps = sorted(task.steps.all(), key=lambda step: (step.at, step.pk))
        for step in steps:
            assert state is not None
            state = following(state, Deed(step.action))
        assert (task.number, state) == (task.number, TaskState(task.state))
        assert task.moved_at == steps[-1].at


def test_build_county_lets_only_the_cast_sign_in() -> None:
    able = [one for one in Account.objects.all() if one.has_usable_password()]
    assert all(one.username.startswith(demonstration.PREFIX) for one in able)
    assert len(able) == Account.objects.filter(username__startswith=demonstration.PREFIX).count()
    assert able[0].check_password(PASSWORD)


def test_build_county_invents_nothing_of_the_real_county() -> None:
    county = County.objects.get(code=REAL_CODE)
    plan = Plan.objects.get(county=county)
    assert (plan.state, county.is_fictional) == (Plan.State.DRAFT, False)
    assert plan.tasks.filter(state="draft", due_on=None, owner=None, issued_at=None).count() == plan.tasks.count() > 0
    assert Report.objects.filter(county=county).count() == 0
    assert Step.objects.filter(county=county).count() == 0
    assert Appointment.objects.filter(county=county).exclude(person__name__startswith="演示").count() == 0
    assert set(Person.objects.filter(county=county).values_list("account__username", flat=True)) <= ALONE


def test_build_county_uses_no_real_name_in_what_it_invents() -> None:
    fictional = {"county__is_fictional": True}
    invented = [
        *texts(Person),
        *(text for model in (Plan, Clause, Task, Report, Step, Organisation) for text in texts(model, **fictional)),
        *texts(Organisation, name__in=[places.UNIVERSITY, f"{places.PROVINCE}教育厅", f"{places.CITY}教育局"]),
    ]
    assert len(invented) > 5000
    assert [text for text in invented if REAL.search(text)] == []


def test_cast_lists_everybody_once_in_order() -> None:
    groups = demonstration.cast()
    assert [label for label, _people in groups] == [
        "领导小组办公室",
        "领导小组与局领导",
        "股室、教师发展中心与成员单位",
        "学校",
        "教师",
        "高校",
        "省、市观察员",
        "系统、安全、审计管理员",
        "临江县（邻县，与云岭县互不可见）",
        "安义县（公开方案原文，不含虚构内容）",
    ]
    names = [one.username for _label, people in groups for one in people]
    assert sorted(names) == sorted(
        Account.objects.filter(username__startswith="demo.").values_list("username", flat=True)
    )
    roles = {one.username: one.role for _label, people in groups for one in people}
    assert roles["demo.deputy"] == "股室工作人员、代陈启明（领导小组办公室）"


def test_build_county_leaves_drafts_in_hand_and_the_text_accounted_for() -> None:
    plans = Plan.objects.filter(county__code=places.CODE)
    assert sorted(plans.values_list("state", flat=True)) == ["approving", "draft", "draft", "issued"]
    in_force = plans.get(state="issued")
    anew = plans.get(replaces=in_force)
    office = actor_of("office", Role.OFFICE)
    counts = comparison(office, anew.pk, only_changed=True).counts
    assert (counts["changed"], counts["added"], counts["removed"]) == (6, 1, 0)
    found = plan_coverage(in_force)
    assert (found.open, found.share) == (2, Decimal(94))
    assert not Task.objects.filter(plan=in_force, origin="plan", sources=None).exists()
    assert in_force.past.count() == 3
    assert Consulted.objects.filter(answered_at=None).count() == 1
    assert Consulted.objects.exclude(answered_at=None).count() == 2
    assert {one.role for one in Stage.objects.filter(state="open")} == {Role.SECTION_HEAD}


def test_build_county_shows_units_being_pressed_on() -> None:
    office = actor_of("office", Role.OFFICE)
    reminded = Reminder.objects.get().task
    [view] = pressing_of(office, reminded, TODAY).reminders
    assert len(view.read) == 1
    follow_up = FollowUp.objects.get()
    assert (follow_up.state, follow_up.task.state) == ("replied", "under_way")
    task = Task.objects.get(origin="instruction")
    assert (task.number, task.state, task.instructions.count()) == ("批-1", "issued", 1)
    assert all("演示" in words for words in (follow_up.demand, follow_up.reply, task.title))
