"""议题: what facts put on an agenda, and what the office does with it."""

from datetime import date, datetime, timedelta

import pytest

from tests import build, dispatching, planning
from xietong.areas.dispatch import actions, queries
from xietong.areas.dispatch.models import AgendaItem, Meeting
from xietong.areas.dispatch.rules.agenda import Fact, Source, head, proposal
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.errors import Stale

NOW, TODAY = build.NOW, build.TODAY
BEFORE = NOW - timedelta(days=30)
LONG_SINCE = datetime(2026, 5, 1, 9, tzinfo=SHANGHAI)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def row(cast: build.Cast) -> Meeting:
    return dispatching.meeting(cycle=dispatching.cycle())


def shown(row: Meeting) -> list[tuple[str, str]]:
    return [(one.source, one.title) for one in queries.agenda_of(row)]


def test_facts_stand_in_order_each_subject_once() -> None:
    facts = [
        Fact(Source.RED, 1, "红"),
        Fact(Source.STILL, 1, "红"),
        Fact(Source.STILL, 2, "静"),
        Fact(Source.OPEN, 1, "上次"),
        Fact(Source.OVERDUE, 2, "逾期"),
        Fact(Source.MATTER, 5, "协调"),
    ]
    found = proposal(facts, {("entry", 5)})
    assert [one.title for one in found.facts] == ["上次", "逾期", "红", "静"]
    assert found.left_out == {}


def test_of_a_kind_only_so_many_are_put_on_and_the_rest_is_counted() -> None:
    found = proposal([Fact(Source.RED, n, str(n)) for n in range(13)], set())
    assert (len(found.facts), found.left_out) == (10, {Source.RED: 3})


def test_new_items_about_earlier_decisions_go_below_those_at_the_top() -> None:
    assert [head(one) for one in ([], ["open", "overdue"], ["open", "own", "open"], ["own"])] == [0, 2, 1, 0]


@pytest.mark.django_db
def test_an_agenda_is_proposed_from_what_is(cast: build.Cast, row: Meeting) -> None:
    plan = planning.plan(county=cast.county)
    usual = {"plan": plan, "lead_unit": cast.school, "state": "under_way"}
    red = planning.task(**usual, title="逾期任务", due_on=date(2026, 8, 1), issued_at=NOW)
    planning.task(**usual, title="久无进展", issued_at=LONG_SINCE)
    planning.task(**usual, title="还没开始", issued_at=LONG_SINCE, starts_on=TODAY)
    reported = planning.task(**usual, title="填报过", issued_at=LONG_SINCE)
    planning.report(task=reported, state="accepted")
    told = planning.task(**usual, title="月报写过", issued_at=LONG_SINCE)
    filing = dispatching.filing(cycle=row.cycle, unit=cast.school, state="submitted")
    dispatching.entry(filing=filing, task=told, text="已开展。")
    dispatching.entry(filing=filing, task=red, problem="缺场地。")
    unfiled = dispatching.filing(cycle=row.cycle, unit=cast.other_school)
    dispatching.entry(filing=unfiled, task=red, problem="还没有报的。")
    argued = planning.task(**usual, title="退了两次", issued_at=NOW)
    for state in ("sent_back", "sent_back", "submitted"):
        planning.report(task=argued, state=state)
    followed = planning.task(**usual, title="督办回复被退", issued_at=NOW)
    planning.follow_up(task=followed, opinion="没有写原因。")
    planning.follow_up(task=told)
    earlier = dispatching.meeting(starts_at=BEFORE, title="8月调度会")
    dispatching.decision(meeting=earlier, unit=cast.school, text="落实教师。", number=1)
    dispatching.decision(meeting=earlier, unit=cast.school, text="已销项的。", state="closed")
    dispatching.decision(meeting=earlier, unit=cast.school, text="逾期的。", due_on=date(2026, 8, 1))
    dispatching.decision(unit=cast.school, text="会外意见。")
    dispatching.decision(meeting=row, unit=cast.school, text="本次的。")

    found = actions.propose_agenda(cast.office, row, now=NOW)
    assert (len(found.facts), found.left_out) == (7, {})
    assert shown(row) == [
        ("open", "落实教师。"), ("overdue", "逾期的。"), ("matter", "缺场地。"), ("red", "逾期任务"),
        ("still", "久无进展"), ("disputed", "退了两次"), ("disputed", "督办回复被退"),
    ]  # fmt: skip
    first = row.agenda.get(title="落实教师。")
    assert (first.note, first.speaker) == ("2026-1，8月调度会，期限2026-10-31，落实中", "一小")
    assert row.agenda.get(title="逾期任务").task == red

    actions.drop_item(cast.office, row.agenda.get(title="久无进展"), now=NOW)
    actions.move_item(cast.office, row.agenda.get(title="督办回复被退"), down=False, now=NOW)
    dispatching.decision(meeting=earlier, unit=cast.school, text="又一项。")
    planning.task(**usual, title="又逾期", due_on=date(2026, 8, 1), issued_at=NOW)
    assert len(actions.propose_agenda(cast.office, row, now=NOW).facts) == 2
    assert [title for _source, title in shown(row)] == [
        "落实教师。", "逾期的。", "又一项。", "缺场地。", "逾期任务", "督办回复被退", "退了两次", "又逾期",
    ]  # fmt: skip
    assert actions.propose_agenda(cast.office, row, now=NOW).facts == ()


@pytest.mark.django_db
def test_a_meeting_without_a_cycle_has_no_matters(cast: build.Cast) -> None:
    row = dispatching.meeting()
    assert actions.propose_agenda(cast.office, row, now=NOW).facts == ()
    assert row.agenda.count() == 0


@pytest.mark.django_db
def test_an_opinion_that_is_overdue_is_spoken_about_as_well(cast: build.Cast, row: Meeting) -> None:
    dispatching.decision(unit=cast.university, text="会外意见。", due_on=date(2026, 8, 1), number=3)
    actions.propose_agenda(cast.office, row, now=NOW)
    assert row.agenda.get().note == "2026-3，针对性意见措施，期限2026-08-01，落实中"


@pytest.mark.django_db
def test_the_office_adds_changes_orders_and_drops(cast: build.Cast, row: Meeting) -> None:
    first = actions.add_item(cast.office, row, title=" 传达文件 ", speaker="陈启明", now=NOW)
    second = actions.add_item(cast.office, row, title="听取汇报", note="各单位三分钟", now=NOW)
    assert (first.title, first.order, second.order) == ("传达文件", 1, 2)
    changed = actions.change_item(cast.office, second, version=1, title="听取各校汇报", now=NOW)
    assert (changed.title, changed.note) == ("听取各校汇报", "")
    with pytest.raises(Stale):
        actions.change_item(cast.office, second, version=1, title="旧", now=NOW)
    actions.move_item(cast.office, first, down=True, now=NOW)
    assert [title for _source, title in shown(row)] == ["听取各校汇报", "传达文件"]
    for item, down in ((first, True), (second, False)):
        with pytest.raises(actions.CannotMove):
            actions.move_item(cast.office, item, down=down, now=NOW)
    dispatching.decision(meeting=row, unit=cast.school, item=first)
    with pytest.raises(actions.HasDecisions):
        actions.drop_item(cast.office, first, now=NOW)
    actions.drop_item(cast.office, second, now=NOW)
    assert list(AgendaItem.objects.all()) == [first]


@pytest.mark.django_db
def test_an_agenda_of_fixed_minutes_is_not_touched(cast: build.Cast) -> None:
    row = dispatching.meeting(state="fixed")
    item = dispatching.agenda_item(meeting=row)
    for deed in (
        lambda: actions.propose_agenda(cast.office, row, now=NOW),
        lambda: actions.add_item(cast.office, row, title="再议", now=NOW),
        lambda: actions.change_item(cast.office, item, version=1, title="改", now=NOW),
        lambda: actions.move_item(cast.office, item, down=True, now=NOW),
        lambda: actions.drop_item(cast.office, item, now=NOW),
    ):
        with pytest.raises(actions.MeetingMoved, match="已经定稿"):
            deed()
    assert shown(row) == [("own", "听取进展汇报")]
