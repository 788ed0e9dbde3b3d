"""The rules that a plan asks for: on the list, with how they stand, and linked from the tasks that apply them."""

from typing import Any

import pytest
from django.urls import reverse

from tests import build, mechanisms, planning
from xietong.areas.mechanisms.models import Mechanism
from xietong.areas.plans import actions, queries
from xietong.areas.plans.models import Plan
from xietong.kit.audit.models import Entry

pytestmark = pytest.mark.django_db
NOW = build.NOW


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    plan = planning.plan(county=cast.county)
    clause = planning.clause(plan=plan, heading="完善工作机制")
    for place, (title, fields) in enumerate(
        [
            ("经费保障机制", {"clause": clause}),
            ("音体美教师考核办法", {"clause": clause}),
            ("经费保障机制", {"clause": clause}),
            ("上级通知", {}),
            ("读错的", {"clause": clause, "state": "rejected"}),
        ]
    ):
        usual = {"kind": "document", "meaning": title, "start": place * 10, "end": place * 10 + 5}
        planning.finding(plan=plan, text=title, **usual | {"clause": None} | fields)
    return plan


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


def test_the_list_is_read_from_the_plan_once(cast: build.Cast, plan: Plan) -> None:
    mechanisms.mechanism(county=cast.next_county, title="经费保障机制")
    page, url = reverse("plans:plan", args=[plan.pk]), reverse("plans:plan_mechanisms", args=[plan.pk])
    office = build.client(cast.office)
    shown = text(office.get(page))
    assert url in shown
    assert (shown.count("未登记"), "读错的" in shown, "上级通知" in shown) == (2, False, False)
    assert office.post(url)["Location"] == reverse("mechanisms:mechanisms")
    rows = Mechanism.objects.filter(county=cast.county).order_by("order")
    assert [(row.title, row.kind, "完善工作机制" in row.basis) for row in rows] == [
        ("经费保障机制", "mechanism", True), ("音体美教师考核办法", "appraisal", True),
    ]  # fmt: skip
    with pytest.raises(actions.NothingToList, match="都已登记"):
        actions.list_mechanisms(cast.office, plan, now=NOW)
    assert text(office.get(page)).count("未制定") == 2
    mechanisms.edition(mechanism=rows[0], state="enacted")
    mechanisms.edition(mechanism=rows[1])
    shown = text(office.get(page))
    assert ("施行中" in shown, "制定中" in shown, "未制定" in shown) == (True, True, False)
    assert url not in text(build.client(cast.liaison).get(page))


def test_a_kind_that_the_name_does_not_tell_is_other() -> None:
    from xietong.areas.plans.actions.mechanisms import kind_of

    assert [kind_of(name) for name in ("统一管理制度", "实施细则")] == ["unified", "other"]


def test_a_task_names_the_rules_that_it_applies(cast: build.Cast, plan: Plan) -> None:
    task = planning.task(plan=plan, lead_unit=cast.school, state="under_way")
    known, draft = (mechanisms.mechanism(county=cast.county, title=title) for title in ("进校机制", "激励机制"))
    mechanisms.edition(mechanism=known, state="enacted")
    office, url = build.client(cast.office), reverse("plans:task_mechanisms", args=[task.pk])
    page = reverse("plans:task", args=[task.pk])
    assert url in text(office.get(page))
    assert office.post(url, {"mechanisms": [known.pk, draft.pk]}).status_code == 302
    assert queries.mechanisms_of(cast.office, task) == (known, draft)
    assert Entry.objects.filter(action="plans.apply_mechanisms").count() == 1
    liaison = text(build.client(cast.liaison).get(page))
    assert ("进校机制" in liaison, "激励机制" in liaison, url in liaison) == (True, False, False)
    assert text(office.get(url)).count(" checked") == 2
    actions.apply_mechanisms(cast.office, task, mechanisms=[draft], now=NOW)
    assert queries.mechanisms_of(cast.office, task) == (draft,)
