"""A draft on its way: sent, signed step by step or sent back, and taken back before it is issued."""

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.orgs.models import OrgKind, Role
from xietong.areas.plans import actions
from xietong.areas.plans.access import PLAN_FORM
from xietong.areas.plans.models import Plan
from xietong.kit.accounts.actor import Actor
from xietong.kit.approvals import actions as approvals
from xietong.kit.approvals.models import Approval, Stage
from xietong.kit.approvals.queries import course, latest
from xietong.kit.audit.models import Entry

pytestmark = pytest.mark.django_db
ROUTE = (Role.SECTION_HEAD, Role.BUREAU_LEADER, Role.GROUP_HEAD)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def signers(cast: build.Cast) -> list[Actor]:
    place = build.organisation(county=cast.county, kind=OrgKind.BUREAU, name="云岭县教育体育局")
    return [build.player(f"签批{n}", role, place) for n, role in enumerate(ROUTE)]


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    row = planning.draft(county=cast.county)
    planning.task(plan=row, state="draft", lead_unit=cast.school, number="1")
    return row


def submit(cast: build.Cast, plan: Plan) -> Approval:
    return actions.submit_plan(cast.office, plan, now=build.NOW)


def open_stage(approval: Approval) -> Stage:
    found = course(approval).open_stage
    assert found is not None
    return found


def state(plan: Plan) -> str:
    return Plan.objects.get(pk=plan.pk).state


def test_plan_is_approved_by_everybody_on_the_route(cast: build.Cast, plan: Plan, signers: list[Actor]) -> None:
    approval = submit(cast, plan)
    assert (state(plan), approval.title) == ("approving", plan.title)
    for signer in signers:
        assert state(plan) == "approving"
        approvals.agree(signer, open_stage(approval), now=build.NOW)
    assert state(plan) == "approved"
    issued = actions.issue_plan(cast.office, plan, issued_on=build.TODAY, now=build.NOW)
    assert issued.state == "issued"


def test_plan_sent_back_or_withdrawn_is_a_draft_again(cast: build.Cast, plan: Plan, signers: list[Actor]) -> None:
    approvals.send_back(signers[0], open_stage(submit(cast, plan)), opinion="请补充", now=build.NOW)
    assert state(plan) == "draft"
    approvals.withdraw(cast.office, submit(cast, plan), now=build.NOW)
    assert state(plan) == "draft"


def test_submit_refuses_gaps_and_open_rounds(cast: build.Cast, plan: Plan, signers: list[Actor]) -> None:
    bare = planning.task(plan=plan, state="draft", lead_unit=None, number="2")
    with pytest.raises(actions.NotReady, match="2 缺牵头单位"):
        submit(cast, plan)
    bare.delete()
    actions.open_consultation(cast.office, plan, units=[cast.school], due_on=build.TODAY, now=build.NOW)
    with pytest.raises(actions.WrongState, match="征求意见还没有结束"):
        submit(cast, plan)
    assert (state(plan), Approval.objects.count()) == ("draft", 0)


def test_submit_refuses_twice_and_without_signers(cast: build.Cast, plan: Plan) -> None:
    with pytest.raises(approvals.NobodyThere, match="第1步“股室审核”"):
        submit(cast, plan)
    assert (state(plan), Entry.objects.count()) == ("draft", 0)
    Plan.objects.update(state="approving")
    with pytest.raises(actions.WrongState, match="方案已经送审"):
        submit(cast, plan)


def test_reopen_takes_an_approved_plan_back(cast: build.Cast, plan: Plan) -> None:
    with pytest.raises(actions.WrongState):
        actions.reopen_plan(cast.office, plan, reason="改期限", now=build.NOW)
    Plan.objects.update(state="approved")
    assert actions.reopen_plan(cast.office, plan, reason="改期限", now=build.NOW).state == "draft"
    assert Entry.objects.get().reason == "改期限"


def test_approvals_of_other_forms_leave_plans_alone(
    cast: build.Cast, plan: Plan, signers: list[Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    from xietong.kit.approvals import routes

    other = routes.Form("tests.other", "别的", (routes.Step("审", Role.SECTION_HEAD.value),))
    monkeypatch.setitem(routes.FORMS, "tests.other", other)
    started = approvals.start(
        cast.office,
        form="tests.other",
        owner_id=plan.pk,
        county_id=cast.county.pk,
        title="别的",
        url="/",
        now=build.NOW,
    )
    approvals.agree(signers[0], open_stage(started), now=build.NOW)
    assert state(plan) == "draft"


def test_pages_lead_from_the_draft_to_the_issued_plan(cast: build.Cast, plan: Plan, signers: list[Actor]) -> None:
    office = build.client(cast.office)
    page = reverse("plans:approving", args=[plan.pk])
    assert "股室审核 → 分管领导审定 → 组长签发" in office.get(page).content.decode()
    assert office.post(reverse("plans:plan_submit", args=[plan.pk])).status_code == 302
    for url in ("drafting", "reading", "findings"):
        assert office.get(reverse(f"plans:{url}", args=[plan.pk])).status_code == 403
    approval = latest(PLAN_FORM, plan.pk)
    assert approval is not None
    for signer in signers:
        client = build.client(signer)
        assert plan.title in client.get(reverse("home")).content.decode()
        assert "制定教研制度" in client.get(approval.url).content.decode()
        assert client.post(reverse("stage_agree", args=[open_stage(approval).pk])).status_code == 302
    assert "待下达" in office.get(page).content.decode()
    reopen = reverse("plans:plan_reopen", args=[plan.pk])
    assert office.post(reopen, {"reason": ""}).status_code == 422
    issue = reverse("plans:plan_issue", args=[plan.pk])
    assert office.post(issue, {"issued_on": "2026-09-08", "document_no": "云府字〔2026〕1号"}).status_code == 302
    assert (state(plan), Plan.objects.get().document_no) == ("issued", "云府字〔2026〕1号")


def test_page_adopts_what_was_issued_before(cast: build.Cast, plan: Plan) -> None:
    office = build.client(cast.office)
    adopt = reverse("plans:plan_adopt", args=[plan.pk])
    assert office.post(adopt, {"document_no": "", "issued_on": "2025-03-01"}).status_code == 422
    fields = {"document_no": "云府字〔2025〕9号", "issued_on": "2025-03-01"}
    assert office.post(adopt, fields).status_code == 302
    assert state(plan) == "issued"


def test_page_reopens_an_approved_plan(cast: build.Cast, plan: Plan) -> None:
    Plan.objects.update(state="approved")
    office = build.client(cast.office)
    assert office.post(reverse("plans:plan_reopen", args=[plan.pk]), {"reason": "改期限"}).status_code == 302
    assert state(plan) == "draft"
    assert office.get(reverse("plans:plan_issue", args=[plan.pk])).status_code == 403
