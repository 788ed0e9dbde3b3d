"""纪要: written, sent round, agreed to, fixed; afterwards only added to."""

from datetime import timedelta
from typing import Any

import pytest

from tests import build, dispatching, planning
from xietong.areas.dispatch import actions, queries
from xietong.areas.dispatch.models import Confirmation, Meeting
from xietong.kit.errors import Denied, Stale
from xietong.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY
SOON = TODAY + timedelta(days=5)
AFTER = NOW + timedelta(days=6)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def row(cast: build.Cast) -> Meeting:
    made = dispatching.meeting(invited_at=NOW)
    dispatching.attendance(meeting=made, unit=cast.school, state="present")
    dispatching.attendance(meeting=made, unit=cast.other_school, state="present")
    dispatching.attendance(meeting=made, unit=cast.university, state="excused")
    return made


def told(actor: Any) -> list[str]:
    return list(Notice.objects.filter(account_id=actor.account_id).order_by("pk").values_list("title", flat=True))


def circulated(cast: build.Cast, row: Meeting) -> Meeting:
    row = actions.record_minutes(cast.office, row, version=row.version, minutes="会议听取了汇报。", now=NOW)
    return actions.circulate(cast.office, row, confirm_by=SOON, now=NOW)


def one_of(row: Meeting, unit: Any) -> Confirmation:
    return row.confirmations.get(unit=unit)


def test_minutes_are_written_from_the_day_of_the_meeting(cast: build.Cast, row: Meeting) -> None:
    with pytest.raises(actions.NotBegun):
        actions.record_minutes(cast.office, row, version=1, minutes="早", now=NOW - timedelta(days=1))
    row.refresh_from_db()
    assert (row.minutes, row.state) == ("", "planned")
    row = actions.record_minutes(cast.office, row, version=1, minutes=" 会议听取了汇报。 ", now=NOW)
    assert (row.minutes, row.state) == ("会议听取了汇报。", "held")
    with pytest.raises(Stale):
        actions.record_minutes(cast.office, row, version=1, minutes="旧", now=NOW)


def test_minutes_go_to_the_units_that_came(cast: build.Cast, row: Meeting) -> None:
    with pytest.raises(actions.NoMinutes):
        actions.circulate(cast.office, row, confirm_by=SOON, now=NOW)
    with pytest.raises(actions.BadDay):
        actions.circulate(cast.office, row, confirm_by=TODAY - timedelta(days=1), now=NOW)
    row = circulated(cast, row)
    assert set(row.confirmations.values_list("unit_id", flat=True)) == {cast.school.pk, cast.other_school.pk}
    assert (row.state, row.confirm_by, told(cast.liaison)) == ("circulated", SOON, ["会议纪要请核对确认"])
    assert told(cast.coordinator) == []
    bare = dispatching.meeting(state="held", minutes="有记录")
    with pytest.raises(actions.NoMinutes):
        actions.circulate(cast.office, bare, confirm_by=SOON, now=NOW)
    assert bare.confirmations.count() == 0


def test_a_unit_agrees_or_says_what_is_wrong_until_the_day(cast: build.Cast, row: Meeting) -> None:
    row = circulated(cast, row)
    mine = one_of(row, cast.school)
    with pytest.raises(actions.TooLate, match="截止"):
        actions.confirm(cast.liaison, mine, now=AFTER)
    mine.refresh_from_db()
    assert (mine.answered_at, told(cast.office)) == (None, [])
    mine = actions.confirm(cast.liaison, mine, now=NOW)
    assert (mine.text, mine.answered_at, mine.answered_by) == ("", NOW, "一小 曾小雨")
    mine = actions.confirm(cast.liaison, mine, text=" 第三项应为十月底。 ", now=NOW)
    assert (mine.text, told(cast.office)) == ("第三项应为十月底。", ["单位对会议纪要有意见"])
    Notice.objects.all().delete()
    other = build.player("云二", "school_head", cast.other_school)
    assert actions.remind_units(cast.office, row, now=NOW) == 1
    assert (told(other), told(cast.liaison)) == (["会议纪要还没有确认，请尽快核对"], [])


def test_sent_round_again_everybody_is_asked_anew(cast: build.Cast, row: Meeting) -> None:
    row = circulated(cast, row)
    actions.confirm(cast.liaison, one_of(row, cast.school), text="不对。", now=NOW)
    row.attendances.filter(unit=cast.other_school).update(state="absent")
    row.attendances.filter(unit=cast.university).update(state="present")
    row = actions.circulate(cast.office, row, confirm_by=SOON, now=NOW)
    assert set(row.confirmations.values_list("unit_id", "text", "answered_at")) == {
        (cast.school.pk, "", None), (cast.university.pk, "", None),
    }  # fmt: skip


def test_minutes_are_fixed_once_all_is_said_and_dealt_with(cast: build.Cast, row: Meeting) -> None:
    row = circulated(cast, row)
    with pytest.raises(actions.NotSettled, match="还有 2 个单位"):
        actions.fix_minutes(cast.office, row, version=row.version, now=NOW)
    actions.confirm(cast.liaison, one_of(row, cast.school), text="不对。", now=NOW)
    for moment, settled in ((AFTER, False), (NOW, True)):
        with pytest.raises(actions.NotSettled):
            actions.fix_minutes(cast.office, row, version=row.version, settled=settled, now=moment)
    row.refresh_from_db()
    assert (row.state, row.fixed_at) == ("circulated", None)
    row = actions.fix_minutes(cast.office, row, version=row.version, settled=True, now=AFTER)
    assert (row.state, row.fixed_at) == ("fixed", AFTER)
    assert "会议纪要已定稿" in told(cast.coordinator)


def test_all_agreed_minutes_are_fixed_before_the_day(cast: build.Cast, row: Meeting) -> None:
    row = circulated(cast, row)
    row.confirmations.update(answered_at=NOW)
    assert actions.fix_minutes(cast.office, row, version=row.version, now=NOW).state == "fixed"


def test_fixed_minutes_are_only_added_to(cast: build.Cast, row: Meeting) -> None:
    with pytest.raises(actions.MeetingMoved, match="还没有定稿"):
        actions.add_to_minutes(cast.office, row, text="更正", now=NOW)
    for deed in (
        lambda: actions.fix_minutes(cast.office, row, version=row.version, now=NOW),
        lambda: actions.remind_units(cast.office, row, now=NOW),
    ):
        with pytest.raises(actions.MeetingMoved, match="没有在征求意见"):
            deed()
    row = circulated(cast, row)
    mine = one_of(row, cast.school)
    Meeting.objects.update(state="fixed", fixed_at=NOW)
    for deed in (
        lambda: actions.record_minutes(cast.office, row, version=row.version, minutes="改", now=NOW),
        lambda: actions.circulate(cast.office, row, confirm_by=SOON, now=NOW),
        lambda: actions.confirm(cast.liaison, mine, now=NOW),
        lambda: actions.all_present(cast.office, row, now=NOW),
    ):
        with pytest.raises(actions.MeetingMoved, match="已经定稿"):
            deed()
    row.refresh_from_db()
    assert (row.minutes, mine.answered_at) == ("会议听取了汇报。", None)
    said = actions.add_to_minutes(cast.office, row, text=" 第三项应为十月底。 ", now=NOW)
    assert (said.text, said.by, list(row.additions.all())) == ("第三项应为十月底。", "陈启明", [said])
    assert "会议纪要有更正说明" in told(cast.liaison)


def test_units_see_the_minutes_once_they_are_asked(cast: build.Cast, row: Meeting) -> None:
    row = actions.record_minutes(cast.office, row, version=1, minutes="会议听取了汇报。", now=NOW)
    assert queries.minutes_page(cast.office, row.pk, TODAY).row == row
    with pytest.raises(Denied, match="还没有发出"):
        queries.minutes_page(cast.liaison, row.pk, TODAY)
    actions.circulate(cast.office, row, confirm_by=SOON, now=NOW)
    page = queries.minutes_page(cast.liaison, row.pk, TODAY)
    assert [one.unit for one in page.mine_asked] == [cast.school]
    assert [(str(label), names) for label, names in page.rolls] == [("出席", "一小、二小"), ("请假", "云岭师范学院")]
    assert queries.minutes_page(cast.liaison, row.pk, AFTER.date()).mine_asked == ()
