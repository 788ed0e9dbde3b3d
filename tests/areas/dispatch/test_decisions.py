"""议定事项: made at a meeting or outside of one, put into the plan, claimed, closed, changed, given up."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import build, dispatching, planning
from xietong.areas.dispatch import actions, queries
from xietong.areas.dispatch.models import Decision, DecisionStep, Meeting
from xietong.areas.orgs import actions as orgs
from xietong.areas.orgs.models import OrgKind
from xietong.areas.plans.actions import WrongState
from xietong.areas.plans.models import Plan, Task
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused, Stale
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY
DUE = date(2026, 10, 31)
WORDS = {"text": " 落实专任教师。 ", "due_on": DUE}


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def row(cast: build.Cast) -> Meeting:
    return dispatching.meeting()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    return planning.plan(county=cast.county)


def told(actor: Any) -> list[str]:
    return list(Notice.objects.filter(account_id=actor.account_id).order_by("pk").values_list("title", flat=True))


def course(row: Decision) -> list[tuple[str, str]]:
    return list(row.steps.order_by("pk").values_list("action", "note"))


def test_a_meeting_decides_who_does_what_by_when(cast: build.Cast, row: Meeting) -> None:
    item = dispatching.agenda_item(meeting=row)
    made = actions.decide(cast.office, row, unit=cast.school, person=" 周文清 ", item=item, **WORDS, now=NOW)
    assert (made.text, made.unit, str(made.person), made.due_on, made.item) == (
        "落实专任教师。", cast.school, "周文清", DUE, item,
    )  # fmt: skip
    assert (made.kind, made.state, made.year, made.number, made.task) == ("decision", "open", 2026, 1, None)
    assert (told(cast.liaison), course(made)) == (["有议定事项交您单位落实，%(due)s前完成"], [("make", "")])
    row.refresh_from_db()
    assert row.state == "held"
    second = actions.decide(cast.office, row, unit=cast.university, kind="opinion", **WORDS, now=NOW)
    assert (second.number, second.kind, told(cast.coordinator)) == (
        2, "opinion", ["办公室对您单位提出意见措施，%(due)s前落实"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"text": " "}, actions.BadDecision, "请写明"),
        ({"due_on": TODAY - timedelta(days=1)}, actions.BadDecision, "不能早于2026-09-08"),
        ({"person": "无此人"}, actions.UnknownPerson, "没有登记无此人"),
        ({"person": "同名"}, actions.UnknownPerson, "有几位同名"),
        ({"unit": "foreign"}, actions.OutsideUnit, "不是本县单位"),
        ({"unit": "closed"}, actions.OutsideUnit, "已撤并"),
        ({"unit": "partner"}, actions.OutsideUnit, "没有生效的合作协议"),
        ({"place": actions.Place(makes_task=True)}, actions.NoPlan, "没有正在执行的方案"),
        ({"now": NOW - timedelta(days=1)}, actions.NotBegun, "还没有召开"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    fields: Any, error: Any, words: str, cast: build.Cast, row: Meeting
) -> None:
    for _twin in range(2):
        build.appointment(person=build.somebody(cast.school, name="同名"), organisation=cast.school)
    expired = build.university(name="协议到期的大学")
    build.agreement(county=cast.county, university=expired, to_on=TODAY - timedelta(days=1))
    units = {
        "foreign": build.organisation(county=cast.next_county, name="外县小学"),
        "closed": build.organisation(name="老街小学", closed_on=date(2025, 7, 31)),
        "partner": expired,
    }
    values = {"unit": cast.school, "now": NOW, **WORDS} | fields
    values["unit"] = units.get(values["unit"], values["unit"])
    with pytest.raises(error, match=words):
        actions.decide(cast.office, row, **values)
    row.refresh_from_db()
    assert (Decision.objects.count(), Task.objects.count(), Notice.objects.count(), row.state) == (0, 0, 0, "planned")


def test_a_decision_becomes_a_task_of_the_plan(cast: build.Cast, row: Meeting, plan: Plan) -> None:
    clause = planning.clause(plan=plan)
    place = actions.Place(plan=plan, title=" 专任教师补充 ", clause=clause, makes_task=True)
    made = actions.decide(cast.office, row, unit=cast.school, person="周文清", place=place, **WORDS, now=NOW)
    task = Task.objects.get()
    assert (made.task, made.clause, task.title, task.origin, task.state) == (
        task, clause, "专任教师补充", "decision", "issued",
    )  # fmt: skip
    assert (task.lead_unit, task.due_on, task.clause, str(task.owner)) == (cast.school, DUE, clause, "周文清")
    assert list(task.steps.order_by("pk").values_list("action", "note")) == [
        ("issue", ""), ("decide", "落实专任教师。"),
    ]  # fmt: skip
    place = actions.Place(plan=plan, makes_task=True)
    actions.decide(cast.office, row, unit=cast.school, place=place, **WORDS, now=NOW)
    assert Task.objects.order_by("pk").last().title == "落实专任教师。"


def test_a_closed_plan_takes_no_task(cast: build.Cast, row: Meeting) -> None:
    closed = planning.plan(county=cast.county, state="closed", issued_on=TODAY, closed_on=TODAY)
    place = actions.Place(plan=closed, makes_task=True)
    with pytest.raises(WrongState, match="正在执行"):
        actions.decide(cast.office, row, unit=cast.school, place=place, **WORDS, now=NOW)
    assert (Decision.objects.count(), Task.objects.count()) == (0, 0)


def test_a_decision_is_added_to_a_task_or_a_clause(cast: build.Cast, row: Meeting, plan: Plan) -> None:
    task = planning.task(plan=plan, lead_unit=cast.school, state="under_way")
    made = actions.decide(cast.office, row, unit=cast.school, place=actions.Place(task=task), **WORDS, now=NOW)
    assert (made.task, list(task.steps.values_list("action", "note"))) == (task, [("decide", "落实专任教师。")])
    clause = planning.clause(plan=plan)
    other = actions.decide(cast.office, row, unit=cast.school, place=actions.Place(clause=clause), **WORDS, now=NOW)
    assert (other.task, other.clause) == (None, clause)
    over = planning.task(plan=plan, lead_unit=cast.school, state="verified")
    with pytest.raises(WrongState):
        actions.decide(cast.office, row, unit=cast.school, place=actions.Place(task=over), **WORDS, now=NOW)
    assert (Decision.objects.count(), over.steps.count()) == (2, 0)


def test_an_opinion_is_given_outside_a_meeting(cast: build.Cast) -> None:
    made = actions.give_opinion(cast.office, unit=cast.school, origin=" 抽查 ", **WORDS, now=NOW)
    assert (made.kind, made.meeting, made.origin) == ("opinion", None, "抽查")
    with pytest.raises(actions.BadDecision):
        actions.give_opinion(cast.office, unit=cast.school, text="晚了", due_on=date(2026, 9, 1), now=NOW)
    assert Decision.objects.count() == 1


def test_fixed_minutes_take_no_decision(cast: build.Cast) -> None:
    row = dispatching.meeting(state="fixed")
    with pytest.raises(actions.MeetingMoved):
        actions.decide(cast.office, row, unit=cast.school, **WORDS, now=NOW)
    assert Decision.objects.count() == 0


def test_a_unit_claims_the_office_sends_back_and_closes(cast: build.Cast, row: Meeting) -> None:
    one = dispatching.decision(meeting=row, unit=cast.school)
    with pytest.raises(actions.WordsMissing):
        actions.claim_decision(cast.liaison, one, note=" ", now=NOW)
    one = actions.claim_decision(cast.liaison, one, note=" 已到岗两人。 ", now=NOW)
    assert (one.state, told(cast.office), queries.claimed_note(one)) == (
        "claimed",
        ["有单位申请销项"],
        "已到岗两人。",
    )
    with pytest.raises(actions.DecisionMoved, match="已经申请销项"):
        actions.claim_decision(cast.head, one, note="再报", now=NOW)
    with pytest.raises(actions.WordsMissing):
        actions.send_claim_back(cast.office, one, opinion="", now=NOW)
    one = actions.send_claim_back(cast.office, one, opinion="还差一人。", now=NOW)
    assert (one.state, told(cast.liaison), queries.claimed_note(one)) == ("open", ["销项申请被退回，请继续落实"], "")
    with pytest.raises(actions.DecisionMoved, match="没有申请销项"):
        actions.send_claim_back(cast.office, one, opinion="再退", now=NOW)
    actions.claim_decision(cast.liaison, one, note="都到岗了。", now=NOW)
    with pytest.raises(actions.WordsMissing):
        actions.close_decision(cast.office, one, note="", now=NOW)
    one = actions.close_decision(cast.office, one, note=" 三人到岗。 ", now=NOW)
    assert (one.state, one.closed_at, one.closing_note) == ("closed", NOW, "三人到岗。")
    assert "议定事项已销项" in told(cast.liaison)
    assert [action for action, _note in course(one)] == ["claim", "send_back", "claim", "close"]


def test_of_two_officers_who_close_at_once_the_second_is_refused(cast: build.Cast, row: Meeting) -> None:
    first = dispatching.decision(meeting=row, unit=cast.school)
    second = Decision.objects.get(pk=first.pk)
    actions.close_decision(cast.office, first, note="三人到岗。", now=NOW)
    for deed in (
        lambda: actions.close_decision(cast.office, second, note="两人到岗。", now=NOW),
        lambda: actions.cancel_decision(cast.office, second, reason="不做了", now=NOW),
        lambda: actions.claim_decision(cast.liaison, second, note="做完了", now=NOW),
        lambda: actions.change_decision(
            cast.office, second, version=1, unit=cast.school, due_on=TODAY, reason="提前", now=NOW
        ),
    ):
        with pytest.raises(actions.DecisionMoved, match="已销项"):
            deed()
    second.refresh_from_db()
    assert (second.closing_note, second.steps.count()) == ("三人到岗。", 1)


def test_a_decision_is_given_up_with_a_reason(cast: build.Cast, row: Meeting) -> None:
    one = dispatching.decision(meeting=row, unit=cast.school)
    with pytest.raises(actions.WordsMissing):
        actions.cancel_decision(cast.office, one, reason=" ", now=NOW)
    one = actions.cancel_decision(cast.office, one, reason="政策调整", now=NOW)
    assert (one.state, one.closing_note, told(cast.liaison)) == ("cancelled", "政策调整", ["议定事项已取消"])


def test_day_and_unit_change_only_with_a_reason_and_both_are_kept(cast: build.Cast, row: Meeting) -> None:
    one = dispatching.decision(meeting=row, unit=cast.school, state="claimed", due_on=DUE)
    other = build.player("云二", "school_head", cast.other_school)
    later = DUE + timedelta(days=30)
    same = {"unit": cast.school, "due_on": DUE}

    def change(**fields: Any) -> Decision:
        return actions.change_decision(
            cast.office, one, **({"version": 1, "reason": "调整"} | same | fields), now=NOW
        )

    foreign = build.organisation(county=cast.next_county, name="外县小学")
    for fields, error in (
        ({"due_on": later, "reason": " "}, actions.WordsMissing),
        ({}, actions.BadDecision),
        ({"due_on": date(2026, 9, 1)}, actions.BadDecision),
        ({"unit": foreign}, actions.OutsideUnit),
        ({"person": "无此人"}, actions.UnknownPerson),
        ({"due_on": later, "version": 9}, Stale),
    ):
        with pytest.raises(error):
            change(**fields)
    one.refresh_from_db()
    assert (one.version, one.steps.count(), Notice.objects.count()) == (1, 0, 0)
    one = change(due_on=later)
    assert (one.state, one.due_on, told(cast.liaison)) == ("claimed", later, ["议定事项有调整，期限%(due)s"])
    one = change(version=2, due_on=later, unit=cast.other_school, person="云二")
    assert (one.state, one.unit, str(one.person)) == ("open", cast.other_school, "云二")
    assert (told(other), len(told(cast.liaison))) == (["议定事项有调整，期限%(due)s"], 1)
    kept = Entry.objects.filter(action="dispatch.change_decision").order_by("pk").first()
    assert (kept.changes["due_on"], kept.reason) == (["2026-10-31", "2026-11-30"], "调整")


def test_open_decisions_go_to_the_unit_that_takes_over(cast: build.Cast, row: Meeting) -> None:
    one = dispatching.decision(meeting=row, unit=cast.school, person=cast_person(cast))
    done = dispatching.decision(meeting=row, unit=cast.school, state="closed")
    with pytest.raises(Refused, match="还有 1 项议定事项没有销项"):
        orgs.close_organisation(cast.office, cast.school, closed_on=TODAY, successor=None, reason="撤并", now=NOW)
    one.refresh_from_db()
    assert (one.unit, DecisionStep.objects.count()) == (cast.school, 0)
    actions.move_decisions_to_unit(cast.office, unit_id=cast.school.pk, successor_id=cast.other_school.pk, now=NOW)
    one.refresh_from_db()
    done.refresh_from_db()
    assert (one.unit, one.person, done.unit, course(one)) == (
        cast.other_school, None, cast.school, [("move", "二小")],
    )  # fmt: skip
    actions.move_decisions_to_unit(cast.office, unit_id=cast.school.pk, successor_id=None, now=NOW)


def cast_person(cast: build.Cast) -> Any:
    return next(iter(queries.people_at(cast.school).values()))


def test_a_light_goes_by_the_day_and_stands_still_in_the_vacation(cast: build.Cast, row: Meeting) -> None:
    section = build.organisation(kind=OrgKind.SECTION, name="基教股")
    late = dispatching.decision(meeting=row, unit=section, due_on=TODAY - timedelta(days=1))
    soon = dispatching.decision(meeting=row, unit=cast.school, due_on=TODAY + timedelta(days=1))
    done = dispatching.decision(meeting=row, unit=cast.school, state="closed")
    found = {one.row.pk: one.light.value for one in queries.lit_decisions(cast.office, row.decisions.all(), TODAY)}
    assert found == {late.pk: "red", soon.pk: "yellow", done.pk: "none"}
    ours = {one.row.pk: one.is_ours for one in queries.lit_decisions(cast.liaison, row.decisions.all(), TODAY)}
    assert ours == {late.pk: False, soon.pk: True, done.pk: True}
