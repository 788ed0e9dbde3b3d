"""Work goes on when a person hands over or a unit is closed; without a successor nothing changes."""

import pytest

from tests import build, planning
from xietong.areas.orgs import actions as orgs
from xietong.areas.orgs.models import Organisation, OrgKind, Role
from xietong.areas.people import actions as people
from xietong.areas.people.models import Handover, Person, RoleTerm
from xietong.areas.plans.models import Step, Task
from xietong.kit.audit.models import Entry
from xietong.kit.events.bus import SubscriberFailed

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def close(cast: build.Cast, successor: Organisation | None) -> Organisation:
    return orgs.close_organisation(
        cast.office, cast.school, closed_on=build.TODAY, successor=successor, reason="撤并文件", now=build.NOW
    )


def test_handover_gives_the_open_tasks_to_the_successor(cast: build.Cast) -> None:
    giver = Person.objects.get(pk=cast.teacher.person_id)
    taker = build.somebody(cast.school, name="接任者")
    plan = planning.plan(county=cast.county)
    open_task = planning.task(plan=plan, lead_unit=cast.school, state="under_way", owner=giver)
    done = planning.task(plan=plan, lead_unit=cast.school, state="verified", owner=giver)
    people.hand_over(cast.office, giver=giver, successor=taker, reason="工作调整", now=build.NOW)
    assert dict(Task.objects.values_list("pk", "owner_id")) == {open_task.pk: taker.pk, done.pk: giver.pk}
    step = Step.objects.get()
    assert (step.task, step.action, step.note) == (open_task, "hand_over", "接任者")
    assert list(RoleTerm.objects.filter(person=taker).values_list("role", flat=True)) == [Role.TEACHER]
    assert Handover.objects.get().roles == 1


def test_closing_moves_the_open_tasks_to_the_successor(cast: build.Cast) -> None:
    plan = planning.plan(county=cast.county)
    open_task = planning.task(plan=plan, lead_unit=cast.school, state="issued")
    done = planning.task(plan=plan, lead_unit=cast.school, state="verified")
    close(cast, cast.other_school)
    assert dict(Task.objects.values_list("pk", "lead_unit_id")) == {
        open_task.pk: cast.other_school.pk,
        done.pk: cast.school.pk,
    }
    assert Step.objects.get().note == "二小"


def test_closing_without_a_successor_is_refused_while_tasks_are_open(cast: build.Cast) -> None:
    task = planning.task(plan=planning.plan(county=cast.county), lead_unit=cast.school, state="under_way")
    point = build.organisation(county=cast.county, kind=OrgKind.TEACHING_POINT, files_through=cast.school)
    with pytest.raises(SubscriberFailed, match="「行动方案」未能同步处理，.*它还有 1 项任务没有办结"):
        close(cast, None)
    school, kept = Organisation.objects.get(pk=cast.school.pk), Task.objects.get(pk=task.pk)
    assert (school.closed_on, school.merged_into, school.version) == (None, None, 1)
    assert (kept.lead_unit, kept.version) == (cast.school, 1)
    assert Organisation.objects.get(pk=point.pk).files_through == cast.school
    assert (Step.objects.count(), Entry.objects.count()) == (0, 0)


def test_closing_without_a_successor_goes_when_all_is_done(cast: build.Cast) -> None:
    planning.task(plan=planning.plan(county=cast.county), lead_unit=cast.school, state="verified")
    assert close(cast, None).closed_on == build.TODAY


def test_closing_moves_the_drafts_too(cast: build.Cast) -> None:
    draft = planning.task(plan=planning.draft(county=cast.county), lead_unit=cast.school, state="draft")
    close(cast, cast.other_school)
    assert Task.objects.get(pk=draft.pk).lead_unit == cast.other_school
