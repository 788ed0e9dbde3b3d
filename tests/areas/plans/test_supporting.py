"""Supporting units file their part; the lead unit takes it into its report; figures count once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests import build, planning
from xietong.areas.plans import actions, queries
from xietong.areas.plans.models import Contribution, Task
from xietong.kit.accounts.actor import Actor
from xietong.kit.notices.models import Notice
from xietong.kit.pages.panels import todos_of

pytestmark = pytest.mark.django_db
NOW = build.NOW


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def helper(cast: build.Cast) -> Actor:
    return build.player("林木", "school_liaison", cast.other_school)


@pytest.fixture
def task(cast: build.Cast) -> Task:
    plan = planning.plan(county=cast.county)
    return planning.task(
        plan=plan,
        lead_unit=cast.school,
        state="under_way",
        due_on=build.TODAY,
        quantity=40,
        measure="人次",
        supports=(cast.other_school, cast.university),
    )


def contribute(cast: build.Cast, helper: Actor, task: Task, **fields: Any) -> Contribution:
    return actions.contribute(
        helper, task, now=NOW, **({"unit": cast.other_school, "text": "提供场地。", "quantity": Decimal(5)} | fields)
    )


def test_a_part_waits_is_written_anew_and_goes_into_the_report(cast: build.Cast, helper: Actor, task: Task) -> None:
    assert [one.pk for one in queries.duties_to_support(helper, by=build.TODAY)] == [task.pk]
    first = contribute(cast, helper, task)
    again = contribute(cast, helper, task, text="提供场地和音响。")
    assert (again.pk, Contribution.objects.count()) == (first.pk, 1)
    assert not queries.duties_to_support(helper, by=build.TODAY).exists()
    assert Notice.objects.filter(account_id=cast.liaison.account_id).get().title == "协办单位已填报"
    filed, silent = queries.supporters(task)
    assert (filed.waiting.text, filed.taken, silent.waiting) == ("提供场地和音响。", 0, None)
    assert queries.text_to_begin(task) == "【二小】提供场地和音响。"

    # The silent unit does not block, and the figure is the lead unit's alone.
    report = actions.report_progress(
        cast.liaison, task, text="已办班。", claims_completion=False, quantity=Decimal(12), now=NOW
    )
    actions.accept(cast.office, report, now=NOW)

    again.refresh_from_db()
    assert (again.report, Task.objects.get(pk=task.pk).measured) == (report, 12)
    assert [one.taken for one in queries.supporters(task)] == [1, 0]
    assert queries.text_to_begin(task) == ""


def test_a_part_needs_words_and_an_open_task(cast: build.Cast, helper: Actor, task: Task) -> None:
    with pytest.raises(actions.NothingReported, match="协办"):
        contribute(cast, helper, task, text=" ")
    Task.objects.filter(pk=task.pk).update(state="suspended")
    with pytest.raises(actions.WrongState, match="已暂停"):
        contribute(cast, helper, task)
    assert not Contribution.objects.exists()
    assert not task.steps.exists()


def test_what_is_only_offered_stands_below_what_somebody_waits_for(
    cast: build.Cast, helper: Actor, task: Task
) -> None:
    own = planning.task(plan=task.plan, lead_unit=cast.other_school, state="issued", due_on=date(2027, 6, 1))
    found = [todo for _actor, todo in todos_of([helper], build.TODAY)]
    assert [(todo.label, todo.is_offered) for todo in found] == [("待接收", False), ("待协办填报", True)]
    assert found[0].title == own.title
