"""What was read in the text: taken, left, changed, marked by hand; and units that the register did not know."""

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.plans import actions
from xietong.areas.plans.models import Finding, Plan
from xietong.kit.errors import Refused, Stale

pytestmark = pytest.mark.django_db

TEXT = """提质方案
一、工作任务
（一）建平台。由云岭县财政局牵头，云岭县教育局配合，2026年12月31日前建成4个平台。
（二）办活动。由云岭县财政局牵头开展活动。
"""


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    return actions.import_plan(cast.office, data=TEXT.encode(), name="方案.txt", now=build.NOW)


def finding(plan: Plan, text: str) -> Finding:
    return plan.findings.select_related("plan").filter(text=text).order_by("start")[0]


def test_import_keeps_findings_where_they_stand(cast: build.Cast, plan: Plan) -> None:
    for row in plan.findings.all():
        assert plan.source_text[row.start : row.end] == row.text
    kinds = {(row.kind, row.text) for row in plan.findings.all()}
    assert {("organisation", "云岭县财政局"), ("organisation", "云岭县教育局")} <= kinds
    assert "quantity" in {kind for kind, _text in kinds}
    assert set(plan.findings.values_list("state", flat=True)) == {"read"}


def test_decide_findings_takes_or_leaves_many(cast: build.Cast, plan: Plan) -> None:
    keys = list(plan.findings.values_list("pk", flat=True))
    assert actions.decide_findings(cast.office, plan, keys, state="accepted", now=build.NOW) == len(keys)
    assert actions.decide_findings(cast.office, plan, keys, state="accepted", now=build.NOW) == 0
    assert actions.decide_findings(cast.office, plan, keys[:1], state="rejected", now=build.NOW) == 1
    assert plan.findings.filter(state="rejected").count() == 1


def test_change_finding_says_what_it_means(cast: build.Cast, plan: Plan) -> None:
    row = finding(plan, "云岭县财政局")
    changed = actions.change_finding(cast.office, row, version=1, kind="role", meaning="教研部门", now=build.NOW)
    assert (changed.kind, changed.meaning, changed.state) == ("role", "教研部门", "accepted")
    with pytest.raises(Stale):
        actions.change_finding(cast.office, row, version=1, kind="role", now=build.NOW)


def test_change_finding_gives_the_unit_to_tasks_that_have_none(cast: build.Cast, plan: Plan) -> None:
    task = plan.tasks.get(clause__heading="建平台")
    row = finding(plan, "云岭县财政局")
    assert (row.part, task.lead_unit) == ("lead", None)
    actions.change_finding(cast.office, row, version=1, kind="organisation", organisation=cast.school, now=build.NOW)
    task.refresh_from_db()
    assert task.lead_unit == cast.school


def test_name_unit_counts_everywhere_it_stands(cast: build.Cast, plan: Plan) -> None:
    assert actions.name_unit(cast.office, plan, words="云岭县财政局", organisation=cast.school, now=build.NOW) == 2
    assert set(plan.tasks.values_list("lead_unit_id", flat=True)) == {cast.school.pk}
    actions.name_unit(cast.office, plan, words="云岭县教育局", organisation=cast.other_school, now=build.NOW)
    supported = plan.tasks.get(clause__heading="建平台")
    assert [one.unit for one in supported.supports.all()] == [cast.other_school]
    assert not plan.findings.filter(kind="organisation", organisation=None).exists()


def test_name_unit_leaves_a_lead_that_somebody_gave(cast: build.Cast, plan: Plan) -> None:
    plan.tasks.update(lead_unit=cast.other_school)
    actions.name_unit(cast.office, plan, words="云岭县财政局", organisation=cast.school, now=build.NOW)
    assert set(plan.tasks.values_list("lead_unit_id", flat=True)) == {cast.other_school.pk}


def test_mark_text_adds_what_was_overlooked(cast: build.Cast, plan: Plan) -> None:
    at = plan.source_text.index("开展活动")
    row = actions.mark_text(cast.office, plan, start=at, end=at + 4, kind="duty", meaning="办活动", now=build.NOW)
    assert (row.text, row.by_hand, row.state) == ("开展活动", True, "accepted")
    assert row.clause is not None
    assert row.clause.heading == "办活动"
    with pytest.raises(Refused, match="这段文字已经标过了"):
        actions.mark_text(cast.office, plan, start=at, end=at + 4, kind="duty", now=build.NOW)
    assert plan.findings.filter(by_hand=True).count() == 1


@pytest.mark.parametrize(("start", "end"), [(5, 5), (-3, 4), (9999, 10000), (0, 301)])
def test_mark_text_refuses_what_is_no_stretch(cast: build.Cast, plan: Plan, start: int, end: int) -> None:
    Plan.objects.filter(pk=plan.pk).update(source_text=plan.source_text.ljust(400, "字"))
    plan.refresh_from_db()
    with pytest.raises(actions.BadPlace):
        actions.mark_text(cast.office, plan, start=start, end=end, kind="duty", now=build.NOW)
    assert not plan.findings.filter(by_hand=True).exists()


@pytest.mark.parametrize("deed", ["decide", "change", "mark", "name"])
def test_findings_of_a_plan_under_approval_stand(cast: build.Cast, plan: Plan, deed: str) -> None:
    row = finding(plan, "云岭县财政局")
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.APPROVING)
    before = list(plan.findings.order_by("pk").values())
    deeds = {
        "decide": lambda: actions.decide_findings(cast.office, plan, [row.pk], state="rejected", now=build.NOW),
        "change": lambda: actions.change_finding(cast.office, row, version=1, kind="role", now=build.NOW),
        "mark": lambda: actions.mark_text(cast.office, plan, start=0, end=2, kind="duty", now=build.NOW),
        "name": lambda: actions.name_unit(cast.office, plan, words=row.text, organisation=cast.school, now=build.NOW),
    }
    with pytest.raises(actions.WrongState):
        deeds[deed]()
    assert list(plan.findings.order_by("pk").values()) == before


def test_pages_take_leave_change_and_mark(cast: build.Cast, plan: Plan) -> None:
    client, row = build.client(cast.office), finding(plan, "云岭县财政局")
    shown = client.get(reverse("plans:findings", args=[plan.pk])).content.decode()
    assert "名录里没有的单位" in shown
    accept, reject = (reverse(f"plans:findings_{deed}", args=[plan.pk]) for deed in ("accept", "reject"))
    assert client.post(accept, {"pk": [row.pk]}).status_code == 302
    assert client.post(reject, {"pk": [row.pk], "from": "text"}).headers["Location"].endswith("/text/")
    row.refresh_from_db()
    assert (row.state, row.version) == ("rejected", 3)

    change = reverse("plans:finding", args=[plan.pk, row.pk])
    fields = {"version": 3, "kind": "organisation", "organisation": cast.school.pk}
    assert client.post(change, fields).status_code == 302
    name = reverse("plans:unit_name", args=[plan.pk]) + "?words=云岭县教育局"
    assert "云岭县教育局" in client.get(name).content.decode()
    assert client.post(name, {"words": "云岭县教育局", "organisation": cast.school.pk}).status_code == 302

    at = plan.source_text.index("建成")
    mark = reverse("plans:finding_add", args=[plan.pk])
    assert "建成" in client.get(mark, {"start": at, "end": at + 2}).content.decode()
    assert f'value="{at}"' in client.get(mark, {"words": "建成"}).content.decode()
    assert client.post(mark, {"start": at, "end": at + 2, "kind": "duty"}).status_code == 302
    assert client.post(mark, {"start": 0, "end": 0, "kind": "duty"}).status_code == 422
    assert plan.findings.filter(by_hand=True).count() == 1
