"""A month is opened: everybody is asked what there is to be asked, and nothing else."""

from datetime import date, datetime, time, timedelta
from threading import Event

import pytest

from tests import build, dispatching, planning
from xietong.areas.dispatch import access, actions, queries
from xietong.areas.dispatch.models import Cycle, Entry, EntryMilestone, Filing
from xietong.areas.orgs.models import Organisation, OrgKind, Role
from xietong.areas.plans.models import Plan, Task
from xietong.kit.clock.models import Holiday
from xietong.kit.clock.time import SHANGHAI
from xietong.kit.errors import NotReady, Refused
from xietong.kit.jobs.models import Job, State
from xietong.kit.jobs.performing import perform
from xietong.kit.notices.models import Notice
from xietong.kit.ruletable.models import Rule

pytestmark = pytest.mark.django_db

DUE = date(2026, 9, 28)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    return planning.plan(county=cast.county)


def opened(cast: build.Cast) -> Cycle:
    """The month, opened by its job."""
    row = actions.open_month(cast.office, due_on=DUE, now=build.NOW)
    work()
    row.refresh_from_db()
    return row


def work() -> Job:
    job = Job.objects.latest("pk")
    perform(job.pk, again=lambda _job: None, stop=Event())
    job.refresh_from_db()
    return job


def asked(unit: Organisation) -> list[tuple[str, str]]:
    rows = Entry.objects.filter(filing__unit=unit).order_by("pk")
    return [(one.kind, str(one)) for one in rows]


def test_a_month_asks_what_is_due_and_offers_the_rest(cast: build.Cast, plan: Plan) -> None:
    planning.task(plan=plan, lead_unit=cast.school, number="1", title="逾期的", due_on=date(2026, 9, 1))
    stone = planning.task(plan=plan, lead_unit=cast.school, number="2", title="有里程碑的", state="under_way")
    planning.milestone(task=stone, title="初稿", due_on=date(2026, 9, 20))
    planning.milestone(task=stone, title="定稿", due_on=date(2026, 10, 20))
    monthly = planning.task(plan=plan, lead_unit=cast.school, number="3", title="每月的", state="under_way")
    planning.occurrence(task=monthly, starts_on=date(2026, 9, 1), due_on=date(2026, 9, 25))
    planning.task(plan=plan, lead_unit=cast.school, number="4", title="其他的")
    planning.task(plan=plan, lead_unit=cast.school, number="5", title="已申请办结", state="claimed")
    planning.task(plan=plan, lead_unit=cast.other_school, number="6", title="别人的")
    dispatching.decision(unit=cast.school, text="配齐教师。")
    dispatching.decision(unit=cast.other_school, state="closed")
    row = opened(cast)
    assert [kind for kind, _ in asked(cast.school)] == ["decision", "red", "milestone", "period", "offered"]
    assert [title for _, title in asked(cast.school)[1:]] == ["1 逾期的", "2 有里程碑的", "3 每月的", "4 其他的"]
    assert asked(cast.other_school) == [("offered", "6 别人的")]
    assert [str(one) for one in EntryMilestone.objects.all()] == ["初稿"]
    assert Entry.objects.get(kind="period").occurrence == monthly.occurrences.get()
    assert (row.state, row.unit_count, row.field_count, row.label) == ("open", 2, 3, "2026年9月")


def test_a_month_tells_everybody_once(cast: build.Cast, plan: Plan) -> None:
    planning.task(plan=plan, lead_unit=cast.school)
    planning.task(plan=plan, lead_unit=cast.university)
    opened(cast)
    told = {one.account_id: one.said for one in Notice.objects.filter(kind="dispatch.open")}
    people = (cast.head, cast.liaison, cast.coordinator)
    assert told == {one.account_id: "2026年9月月报已开启，请在2026-09-28前报送" for one in people}


def test_a_batch_that_is_done_again_adds_nothing(cast: build.Cast, plan: Plan) -> None:
    planning.task(plan=plan, lead_unit=cast.school, due_on=date(2026, 9, 1))
    row = opened(cast)
    assert actions.ask_units(cast.office, row, [cast.school.pk], now=build.NOW) == (1, 0)
    assert (Filing.objects.count(), Entry.objects.count()) == (1, 1)


def test_what_a_unit_has_filed_is_not_added_to(cast: build.Cast, plan: Plan) -> None:
    planning.task(plan=plan, lead_unit=cast.school)
    row = dispatching.cycle(county=cast.county)
    dispatching.filing(cycle=row, unit=cast.school, state="accepted")
    assert actions.ask_units(cast.office, row, [cast.school.pk], now=build.NOW) == (0, 0)
    assert (Entry.objects.count(), Notice.objects.count()) == (0, 0)


def test_closed_units_and_the_office_itself_are_not_asked(cast: build.Cast, plan: Plan) -> None:
    office = Organisation.objects.get(kind=OrgKind.GROUP_OFFICE, county=cast.county)
    gone = build.organisation(county=cast.county, closed_on=build.TODAY)
    for unit in (office, gone, cast.school):
        planning.task(plan=plan, lead_unit=unit)
    opened(cast)
    assert [one.unit for one in Filing.objects.all()] == [cast.school]


def nothing_opened() -> None:
    assert (Cycle.objects.count(), Filing.objects.count(), Job.objects.count()) == (0, 0, 0)


def test_a_month_that_lies_ahead_is_not_opened(cast: build.Cast, plan: Plan) -> None:
    planning.task(plan=plan, lead_unit=cast.school)
    dispatching.cycle(county=cast.county)
    with pytest.raises(actions.NotYet, match="2026年10月的填报自2026-09-26起"):
        actions.open_month(cast.office, due_on=date(2026, 10, 28), now=build.NOW)
    assert (Cycle.objects.count(), Job.objects.count()) == (1, 0)


@pytest.mark.parametrize("due_on", [date(2026, 9, 7), date(2026, 9, 24)])
def test_a_month_is_due_after_its_days_and_not_in_the_past(cast: build.Cast, plan: Plan, due_on: date) -> None:
    planning.task(plan=plan, lead_unit=cast.school)
    with pytest.raises(actions.BadDay):
        actions.open_month(cast.office, due_on=due_on, now=build.NOW)
    nothing_opened()


def test_a_month_without_anything_to_ask_is_not_opened(cast: build.Cast) -> None:
    with pytest.raises(actions.NobodyAsked):
        actions.open_month(cast.office, due_on=DUE, now=build.NOW)
    nothing_opened()


def test_a_special_dispatch_asks_its_units_one_thing(cast: build.Cast) -> None:
    actions.open_special(
        cast.office, topic="开学准备情况。", units=[cast.school, cast.university], due_on=build.TODAY, now=build.NOW
    )
    assert work().state == State.DONE
    row = Cycle.objects.get()
    assert (row.label, row.kind, row.state, row.unit_count, row.field_count) == (
        "2026年第1次专项调度", "special", "open", 2, 2,
    )  # fmt: skip
    assert asked(cast.school) == [("topic", "开学准备情况。")]


def test_a_special_dispatch_needs_units_a_topic_and_a_day(cast: build.Cast) -> None:
    past = build.TODAY - timedelta(days=1)
    for refusal, units, topic, due_on in (
        (actions.NobodyAsked, [], "开学。", DUE),
        (actions.BadDay, [cast.school], "开学。", past),
        (Refused, [cast.school], " ", DUE),
    ):
        with pytest.raises(refusal):
            actions.open_special(cast.office, topic=topic, units=units, due_on=due_on, now=build.NOW)
    nothing_opened()


def test_one_more_unit_is_asked_while_the_month_is_open(cast: build.Cast, plan: Plan) -> None:
    planning.task(plan=plan, lead_unit=cast.school)
    row = opened(cast)
    planning.task(plan=plan, lead_unit=cast.other_school, title="新的")
    made = actions.ask_another(cast.office, row, cast.other_school, now=build.NOW)
    assert (made.unit, next(str(one) for one in made.entries.all())[-2:]) == (cast.other_school, "新的")
    Cycle.objects.update(state="locked")
    with pytest.raises(actions.MovedOn, match="已锁定"):
        actions.ask_another(cast.office, row, cast.university, now=build.NOW)
    assert Filing.objects.count() == 2


def test_the_office_sees_beforehand_what_it_asks(cast: build.Cast, plan: Plan) -> None:
    for number in range(3):
        planning.task(plan=plan, lead_unit=cast.school, number=f"{number}", due_on=date(2026, 9, 1))
    planning.task(plan=plan, lead_unit=cast.other_school, number="9")
    Rule.objects.filter(code="dispatch.filing.most_fields").update(value="2")
    stretch = queries.next_stretch(cast.county.pk, build.TODAY)
    load = queries.load(cast.county.pk, stretch, build.TODAY)
    assert (load.units, load.fields, load.most, load.average, load.limit) == (2, 3, 3, 1.5, 2)
    assert (load.too_many, load.nobody) == (((cast.school, 3),), (cast.other_school,))
    assert (load.by_kind["red"], load.by_kind["offered"]) == (3, 1)
    planning.report(task=Task.objects.get(number="0"), at=datetime.combine(stretch.span_from, time(9), SHANGHAI))
    assert queries.load(cast.county.pk, stretch, build.TODAY).fields == 2  # what was reported is not asked for


def test_nothing_to_ask_is_no_load(cast: build.Cast) -> None:
    load = queries.load(cast.county.pk, queries.next_stretch(cast.county.pk, build.TODAY), build.TODAY)
    assert (load.units, load.average, load.most) == (0, 0, 0)


def test_a_small_school_is_spoken_for_by_the_one_it_files_through(cast: build.Cast, plan: Plan) -> None:
    small = build.organisation(county=cast.county, kind=OrgKind.TEACHING_POINT, files_through=cast.school)
    planning.task(plan=plan, lead_unit=small)
    load = queries.load(cast.county.pk, queries.next_stretch(cast.county.pk, build.TODAY), build.TODAY)
    assert (load.units, load.nobody) == (1, ())


@pytest.mark.parametrize(
    ("said", "expected"),
    [("顺延", date(2026, 9, 28)), ("提前", date(2026, 9, 24)), ("不调整", date(2026, 9, 26))],
)
def test_a_day_of_rest_moves_the_day(cast: build.Cast, said: str, expected: date) -> None:
    Rule.objects.filter(code="dispatch.cycle.shift").update(value=said)
    Holiday.objects.create(on=date(2026, 9, 25), is_work=False, name="中秋节")
    assert queries.due_day(cast.county.pk, date(2026, 9, 26), build.TODAY) == expected


def test_a_rule_of_other_words_is_named(cast: build.Cast) -> None:
    Rule.objects.filter(code="dispatch.cycle.shift").update(value="往后")
    with pytest.raises(NotReady, match="往后"):
        queries.due_day(cast.county.pk, DUE, build.TODAY)


def test_months_that_are_not_merged_follow_each_other(cast: build.Cast) -> None:
    Rule.objects.filter(code="dispatch.cycle.merge_summer").update(value="0")
    dispatching.cycle(county=cast.county, month=date(2026, 7, 1))
    assert queries.next_stretch(cast.county.pk, build.TODAY).label == "2026年8月"


def test_the_opening_goes_on_behind_its_last_batch(
    cast: build.Cast, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xietong.areas.dispatch.jobs.opening.UNITS_A_BATCH", 1)
    for unit in (cast.school, cast.other_school, cast.university):
        planning.task(plan=plan, lead_unit=unit, due_on=date(2026, 9, 1))
    actions.open_month(cast.office, due_on=DUE, now=build.NOW)
    stop, seen = Event(), []

    def ask_units(*args: object, **kwargs: object) -> tuple[int, int]:
        seen.append(args[2])
        stop.set()
        return ask(*args, **kwargs)  # type: ignore[arg-type]

    ask = actions.ask_units
    monkeypatch.setattr("xietong.areas.dispatch.actions.ask_units", ask_units)
    job = Job.objects.get()
    perform(job.pk, again=lambda _job: None, stop=stop)
    assert (Filing.objects.count(), Cycle.objects.get().state) == (1, "opening")
    perform(job.pk, again=lambda _job: None, stop=Event())
    assert (Filing.objects.count(), Cycle.objects.get().state, Cycle.objects.get().field_count) == (3, "open", 3)
    assert sorted(unit for [unit] in seen) == sorted([cast.school.pk, cast.other_school.pk, cast.university.pk])


def test_observers_and_teachers_do_not_open(cast: build.Cast) -> None:
    assert [name for name, actor in cast.everybody.items() if access.OPEN_CYCLE.held_by(actor)] == [
        "office",
        "stranger",
    ]
    assert not access.WRITE_FILING.held_by(build.player("钱", Role.INSPECTOR, cast.school))
