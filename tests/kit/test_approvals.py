"""Routes of approval: who answers, in which order, and what may still be taken back."""

from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.orgs.models import OrgKind, Role
from xietong.areas.people.models import Person
from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.approvals import actions, events, queries, routes
from xietong.kit.approvals.models import Approval, Deed, Route, Stage
from xietong.kit.approvals.routes import Step
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused, Stale
from xietong.kit.events import bus
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
FORM = "tests.paper"


@pytest.fixture(autouse=True)
def form(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form of its own with two steps: the head of the school that files, then the section head."""
    steps = (Step("校长审签", Role.SCHOOL_HEAD.value, at_unit=True), Step("股室审核", Role.SECTION_HEAD.value))
    monkeypatch.setitem(routes.FORMS, FORM, routes.Form(FORM, "测试材料", steps))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[events.Settled]:
    """What is announced while the test runs."""
    found: list[events.Settled] = []
    subscription = bus.Subscription("web", lambda _actor, event, _now: found.append(event))
    monkeypatch.setitem(bus.SUBSCRIPTIONS, events.Settled, [subscription])
    return found


@pytest.fixture
def cast() -> build.Cast:
    return build.cast()


@pytest.fixture
def section(cast: build.Cast) -> Actor:
    place = build.organisation(county=cast.county, kind=OrgKind.SECTION, name="基教股")
    return build.player("罗安", Role.SECTION_HEAD, place)


def start(cast: build.Cast, owner_id: int = 7) -> Approval:
    return actions.start(
        cast.liaison,
        form=FORM,
        owner_id=owner_id,
        county_id=cast.county.pk,
        unit_id=cast.school.pk,
        title="九月月报",
        url="/plans/",
        now=build.NOW,
    )


def stage(approval: Approval) -> Stage:
    found = queries.course(approval).open_stage
    assert found is not None
    return found


def told() -> list[tuple[Any, str]]:
    return [(row.account_id, row.title) for row in Notice.objects.order_by("pk")]


def test_start_opens_the_first_step_and_tells_who_answers_it(cast: build.Cast, section: Actor) -> None:
    approval = start(cast)
    assert [(one.title, one.state) for one in approval.stages.order_by("order")] == [
        ("校长审签", "open"), ("股室审核", "waiting"),
    ]  # fmt: skip
    assert told() == [(cast.head.account_id, "有事项待您审批")]
    assert list(queries.waiting(cast.head).values_list("approval__title", flat=True)) == ["九月月报"]
    assert not queries.waiting(section).exists()
    assert not queries.waiting(cast.stranger).exists()


def test_start_leaves_the_head_of_another_school_out(cast: build.Cast, section: Actor) -> None:
    other = build.player("方可", Role.SCHOOL_HEAD, cast.other_school)
    start(cast)
    assert not queries.waiting(other).exists()


def test_start_names_the_step_that_nobody_could_answer(cast: build.Cast) -> None:
    with pytest.raises(actions.NobodyThere, match="第2步“股室审核”目前没有人担任"):
        start(cast)
    assert (Approval.objects.count(), Stage.objects.count(), Notice.objects.count()) == (0, 0, 0)
    assert Entry.objects.count() == 0


def test_start_refuses_a_second_approval_of_the_same_row(cast: build.Cast, section: Actor) -> None:
    start(cast)
    with pytest.raises(Refused, match="已经在审批中了"):
        start(cast)
    assert (Approval.objects.count(), Stage.objects.count()) == (1, 2)


def test_agree_goes_step_by_step_to_the_end(cast: build.Cast, section: Actor, heard: list[events.Settled]) -> None:
    approval = start(cast)
    actions.agree(cast.head, stage(approval), now=build.NOW)
    assert (stage(approval).title, heard) == ("股室审核", [])
    done = actions.agree(section, stage(approval), opinion="同意上报", now=build.NOW)
    assert (done.state, done.ended_at) == (Approval.State.AGREED, build.NOW)
    assert heard == [events.Settled(FORM, 7, cast.county.pk, "agreed")]
    assert told()[-1] == (cast.liaison.account_id, "审批已通过")
    assert [(one.kind, one.who, one.opinion) for one in Deed.objects.order_by("pk")] == [
        ("start", "曾小雨", ""), ("agree", "周文清", ""), ("agree", "罗安", "同意上报"),
    ]  # fmt: skip
    assert queries.course(done).reached == 3


def test_agree_refuses_a_step_that_was_answered(cast: build.Cast, section: Actor) -> None:
    first = stage(start(cast))
    actions.agree(cast.head, first, now=build.NOW)
    deeds = Deed.objects.count()
    with pytest.raises(actions.AnsweredAlready, match="这一步已经办理过了：同意"):
        actions.agree(cast.head, first, now=build.NOW)
    assert Deed.objects.count() == deeds


def test_send_back_needs_an_opinion_and_ends_it(
    cast: build.Cast, section: Actor, heard: list[events.Settled]
) -> None:
    approval = start(cast)
    with pytest.raises(actions.OpinionMissing):
        actions.send_back(cast.head, stage(approval), opinion=" ", now=build.NOW)
    assert stage(approval).title == "校长审签"
    done = actions.send_back(cast.head, stage(approval), opinion="请补数据", now=build.NOW)
    assert [one.state for one in done.stages.order_by("order")] == ["sent_back", "void"]
    assert heard == [events.Settled(FORM, 7, cast.county.pk, "sent_back")]
    assert told()[-1] == (cast.liaison.account_id, "审批被退回，请修改后再提交")
    assert start(cast).state == Approval.State.RUNNING
    latest = queries.latest(FORM, 7)
    assert latest is not None
    assert latest.pk != done.pk


def test_withdraw_only_before_somebody_has_answered(
    cast: build.Cast, section: Actor, heard: list[events.Settled]
) -> None:
    approval = start(cast)
    assert actions.withdraw(cast.liaison, approval, now=build.NOW).state == Approval.State.WITHDRAWN
    assert [one.outcome for one in heard] == ["withdrawn"]
    again = start(cast)
    actions.agree(cast.head, stage(again), now=build.NOW)
    for late in (again, approval):
        with pytest.raises(actions.TooLate):
            actions.withdraw(cast.liaison, late, now=build.NOW)
    again.refresh_from_db()
    assert again.state == Approval.State.RUNNING


def test_reassign_gives_the_step_to_one_person(cast: build.Cast, section: Actor) -> None:
    approval = start(cast)
    actions.reassign(
        cast.head,
        stage(approval),
        account_id=cast.teacher.account_id or 0,
        account_name="李兰",
        reason="在外开会",
        now=build.NOW,
    )
    assert not queries.waiting(cast.head).exists()
    assert queries.waiting(cast.teacher).count() == 1
    assert told()[-1] == (cast.teacher.account_id, "有事项转给您审批")
    assert Deed.objects.latest("pk").to_name == "李兰"


def gone(actor: Actor) -> None:
    """The person has left, with the account."""
    Account.objects.filter(pk=actor.account_id).update(is_active=False)
    Person.objects.filter(pk=actor.person_id).update(left_on=build.LONG_AGO)


def test_a_step_whose_holder_leaves_midway_is_given_to_another_by_the_office(
    cast: build.Cast, section: Actor
) -> None:
    planning.rules()
    approval = start(cast)
    office = build.client(cast.office)
    workbench, page = reverse("home"), reverse("approval", args=[approval.pk])
    assert "审批无人办理" not in office.get(workbench).content.decode()
    rescue = reverse("stage_rescue", args=[stage(approval).pk])
    to_teacher = {"to": cast.teacher.account_id, "reason": "校长调离"}
    assert office.post(rescue, to_teacher).status_code == 422
    assert stage(approval).account_id is None

    gone(cast.head)
    assert "审批无人办理" in office.get(workbench).content.decode()
    assert rescue in office.get(page).content.decode()
    assert build.client(cast.liaison).get(rescue).status_code == 404
    assert office.post(rescue, {"to": section.account_id, "reason": "校长调离"}).status_code == 302
    assert "审批无人办理" not in office.get(workbench).content.decode()
    assert told()[-1] == (section.account_id, "有事项转给您审批")
    actions.agree(section, stage(approval), now=build.NOW)
    assert stage(approval).title == "股室审核"


def test_a_named_person_who_has_left_leaves_the_step_to_the_office(cast: build.Cast, section: Actor) -> None:
    planning.rules()
    approval = start(cast)
    name = {"account_id": cast.teacher.account_id or 0, "account_name": "李兰", "now": build.NOW}
    actions.reassign(cast.head, stage(approval), **name)
    office = build.client(cast.office)
    with pytest.raises(actions.SomebodyThere, match="须由其本人转办"):
        actions.rescue(cast.office, stage(approval), **name)
    assert "审批无人办理" not in office.get(reverse("home")).content.decode()
    gone(cast.teacher)
    assert "审批无人办理" in office.get(reverse("home")).content.decode()


def test_add_signer_puts_a_step_behind_the_open_one(cast: build.Cast, section: Actor) -> None:
    approval = start(cast)
    actions.add_signer(
        cast.head,
        stage(approval),
        account_id=cast.teacher.account_id or 0,
        account_name="李兰",
        title="会签",
        now=build.NOW,
    )
    assert [(one.order, one.title) for one in approval.stages.order_by("order")] == [
        (1, "校长审签"), (2, "会签"), (3, "股室审核"),
    ]  # fmt: skip
    actions.agree(cast.head, stage(approval), now=build.NOW)
    assert queries.waiting(cast.teacher).count() == 1


def test_agree_entered_from_paper_names_the_signer(cast: build.Cast, section: Actor) -> None:
    approval = start(cast)
    actions.agree(cast.office, stage(approval), signer="周文清", now=build.NOW)
    deed = Deed.objects.latest("pk")
    assert (deed.who, deed.signer) == ("陈启明", "周文清")


def test_deputy_answers_for_the_principal(cast: build.Cast, section: Actor) -> None:
    term = build.people.own_terms(cast.head.account_id or 0, build.TODAY).get()
    substitute = build.somebody(cast.school, name="代校长")
    build.account(person=substitute)
    build.deputy(term=term, person=substitute)
    approval = start(cast)
    acting = build.people.actors_of(substitute.account_id or 0, build.TODAY)[0]
    assert told()[0][1] == "有事项待您审批"
    assert {account for account, _title in told()} == {cast.head.account_id, substitute.account_id}
    actions.agree(acting, stage(approval), now=build.NOW)
    assert Deed.objects.latest("pk").who == "代校长（代周文清）"


def test_set_route_counts_for_what_starts_afterwards(cast: build.Cast, section: Actor) -> None:
    running = start(cast)
    one = (Step("办公室核稿", Role.OFFICE.value),)
    actions.set_route(cast.office, county_id=cast.county.pk, form=FORM, steps=one, version=0, now=build.NOW)
    assert queries.route_of(cast.county.pk, FORM) == one
    assert len(queries.route_of(cast.next_county.pk, FORM)) == 2
    assert running.stages.count() == 2
    assert start(cast, owner_id=8).stages.count() == 1
    with pytest.raises(Stale):
        actions.set_route(cast.office, county_id=cast.county.pk, form=FORM, steps=one, version=9, now=build.NOW)
    changed = (*one, Step("审定", Role.BUREAU_LEADER.value))
    actions.set_route(cast.office, county_id=cast.county.pk, form=FORM, steps=changed, version=1, now=build.NOW)
    assert queries.route_of(cast.county.pk, FORM) == changed


@pytest.mark.parametrize("steps", [(), (Step("a", "office"),) * 5, (Step(" ", "office"),), (Step("a", ""),)])
def test_set_route_refuses_what_is_no_route(cast: build.Cast, steps: tuple[Step, ...]) -> None:
    with pytest.raises(actions.BadRoute):
        actions.set_route(cast.office, county_id=cast.county.pk, form=FORM, steps=steps, version=0, now=build.NOW)
    assert Route.objects.count() == 0


def test_register_refuses_a_route_without_steps() -> None:
    with pytest.raises(ValueError, match="0 steps"):
        routes.register("tests.empty", label="空", steps=())


def test_pages_lead_from_the_desk_to_the_signature(cast: build.Cast, section: Actor) -> None:
    planning.rules()
    approval = start(cast)
    page = reverse("approval", args=[approval.pk])
    head, liaison = build.client(cast.head), build.client(cast.liaison)
    assert "九月月报" in head.get(reverse("home")).content.decode()
    assert "九月月报" in head.get(reverse("approvals")).content.decode()
    assert reverse("stage_agree", args=[stage(approval).pk]) in head.get(page).content.decode()
    shown = liaison.get(page).content.decode()
    assert "stages" not in shown
    assert reverse("approval_withdraw", args=[approval.pk]) in shown

    back = reverse("stage_send_back", args=[stage(approval).pk])
    assert head.post(back, {"opinion": ""}).status_code == 422
    assert liaison.post(back, {"opinion": "x"}).status_code == 404
    agree = reverse("stage_agree", args=[stage(approval).pk])
    assert head.post(agree, {"opinion": ""}).status_code == 302
    assert head.post(agree, {"opinion": ""}).status_code == 403
    assert "校长审签 同意" in liaison.get(page).content.decode()
    assert build.client(cast.stranger).get(page).status_code == 404


def test_pages_reassign_add_and_enter_from_paper(cast: build.Cast, section: Actor) -> None:
    approval = start(cast)
    first = stage(approval)
    head, office = build.client(cast.head), build.client(cast.office)
    add = reverse("stage_add", args=[first.pk])
    assert "李兰" in head.get(add).content.decode()
    assert head.post(add, {"to": cast.teacher.account_id, "title": "会签"}).status_code == 302
    assert head.post(add, {"to": cast.stranger.account_id, "title": "会签"}).status_code == 422
    reassign = reverse("stage_reassign", args=[first.pk])
    assert head.post(reassign, {"to": cast.liaison.account_id, "reason": ""}).status_code == 302
    assert head.get(reassign).status_code == 404

    paper = reverse("stage_paper", args=[first.pk])
    assert office.post(paper, {"opinion": "", "signer": ""}).status_code == 422
    assert office.post(paper, {"opinion": "", "signer": "周文清"}).status_code == 302
    shown = office.get(reverse("approval", args=[approval.pk])).content.decode()
    assert "书面签批：周文清" in shown
    second = reverse("stage_paper", args=[stage(approval).pk]) + "?send_back=1"
    assert "代录书面退回" in office.get(second).content.decode()
    assert office.post(second, {"opinion": "重写", "signer": "李兰"}).status_code == 302
    approval.refresh_from_db()
    assert approval.state == Approval.State.SENT_BACK


def test_page_withdraws(cast: build.Cast, section: Actor) -> None:
    approval = start(cast)
    url = reverse("approval_withdraw", args=[approval.pk])
    assert build.client(cast.head).post(url).status_code == 404
    assert build.client(cast.liaison).post(url).status_code == 302
    approval.refresh_from_db()
    assert approval.state == Approval.State.WITHDRAWN


def test_route_page_sets_the_steps(cast: build.Cast) -> None:
    client = build.client(cast.office)
    url = reverse("route", args=[FORM])
    assert "校长审签" in client.get(url).content.decode()
    fields = {"version": 0, "title_1": "办公室核稿", "role_1": "office", "title_2": "", "role_2": ""}
    assert client.post(url, fields).status_code == 302
    assert queries.route_of(cast.county.pk, FORM) == (Step("办公室核稿", "office"),)
    assert "办公室核稿" in client.get(reverse("routes")).content.decode()
    assert client.post(url, fields | {"title_2": "审定"}).status_code == 422
    assert client.get(reverse("route", args=["no.such"])).status_code == 404
