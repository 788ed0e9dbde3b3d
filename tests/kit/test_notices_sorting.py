"""Which notices go beyond the inbox, to whom, and when."""

from datetime import time, timedelta
from typing import Any

import pytest

from tests.kit.channel_rows import COUNTY, HALF_AN_HOUR, NEXT_COUNTY, NOON, account, delivery, mail, robot, tell
from xietong.kit.notices.hours import PATIENCE
from xietong.kit.notices.models import Delivery, Notice
from xietong.kit.notices.sorting import BATCH, sort_some

pytestmark = pytest.mark.django_db


def sorted_into() -> list[tuple[int | None, int]]:
    return list(Delivery.objects.order_by("pk").values_list("account_id", "count"))


def test_nothing_goes_anywhere_until_a_county_has_set_up_a_channel() -> None:
    tell(account())

    assert (sort_some(NOON), Delivery.objects.count()) == (1, 0)


def test_what_was_sorted_before_a_channel_was_opened_stays_in_the_inbox(settings: Any) -> None:
    tell(account())
    sort_some(NOON)
    mail(settings)

    assert (sort_some(NOON), Delivery.objects.count()) == (0, 0)


def test_a_channel_that_is_off_gets_nothing(settings: Any) -> None:
    mail(settings, is_on=False)
    tell(account())
    sort_some(NOON)

    assert Delivery.objects.count() == 0


def test_each_who_wants_mail_gets_one_for_all_that_came(settings: Any) -> None:
    mail(settings)
    zeng, li = account(), account("李兰", address="li@school.example")
    tell(zeng, li)
    tell(zeng, url="/plans/tasks/2/")

    assert sort_some(NOON) == 3
    rows = Delivery.objects.order_by("account_id")
    notices = Notice.objects.order_by("pk")
    assert [(row.account_id, row.notice_ids) for row in rows] == [
        (zeng.pk, [one.pk for one in notices.filter(account_id=zeng.pk)]),
        (li.pk, [one.pk for one in notices.filter(account_id=li.pk)]),
    ]
    assert {(row.due_at, row.give_up_at, row.state, row.county_id) for row in rows} == {
        (NOON + HALF_AN_HOUR, NOON + HALF_AN_HOUR + PATIENCE, "waiting", COUNTY)
    }


@pytest.mark.parametrize("fields", [{"wants": False}, {"address": ""}, {"is_active": False}])
def test_who_wants_no_mail_or_has_no_address_gets_none(fields: dict[str, Any], settings: Any) -> None:
    mail(settings)
    tell(account(**fields))
    sort_some(NOON)

    assert Delivery.objects.count() == 0


def test_what_was_read_before_it_was_sorted_needs_no_mail(settings: Any) -> None:
    mail(settings)
    tell(account())
    Notice.objects.update(read_at=NOON)
    sort_some(NOON)

    assert Delivery.objects.count() == 0


def test_a_notice_of_another_county_or_of_none_goes_by_no_channel_of_ours(settings: Any) -> None:
    mail(settings)
    robot(settings)
    zeng = account()
    tell(zeng, county_id=NEXT_COUNTY)
    tell(zeng, county_id=None, url="/other/")

    assert (sort_some(NOON), Delivery.objects.count()) == (2, 0)


def test_the_group_hears_of_the_kinds_that_the_county_chose(settings: Any) -> None:
    robot(settings, kinds=["plans.report", "approvals.open"])
    one, other = account(wants=False), account(wants=False)
    tell(one, other)
    tell(one, kind="feedback.answer", url="/feedback/")
    sort_some(NOON)

    assert sorted_into() == [(None, 2)]


def test_a_group_without_chosen_kinds_hears_nothing(settings: Any) -> None:
    robot(settings, kinds=[])
    tell(account())
    sort_some(NOON)

    assert Delivery.objects.count() == 0


def test_what_comes_while_something_waits_goes_with_it(settings: Any) -> None:
    channel = mail(settings)
    zeng = account()
    tell(zeng)
    sort_some(NOON)
    tell(zeng, url="/plans/tasks/2/")
    sort_some(NOON + timedelta(minutes=20))

    row = Delivery.objects.get()
    assert (row.count, len(row.notice_ids), row.channel) == (2, 2, channel)
    assert row.due_at == NOON + HALF_AN_HOUR
    assert row.give_up_at == NOON + timedelta(minutes=50) + PATIENCE


@pytest.mark.parametrize("state", ["sending", "sent", "failed", "uncertain", "dropped"])
def test_what_comes_after_something_left_goes_by_itself(state: str, settings: Any) -> None:
    zeng = account()
    delivery(mail(settings), account_id=zeng.pk, state=state)
    tell(zeng)
    sort_some(NOON)

    assert sorted_into() == [(zeng.pk, 1), (zeng.pk, 1)]


def test_a_test_message_takes_nothing_along(settings: Any) -> None:
    zeng = account()
    delivery(mail(settings), account_id=zeng.pk, is_test=True, count=0)
    tell(zeng)
    sort_some(NOON)

    assert sorted_into() == [(zeng.pk, 0), (zeng.pk, 1)]


def test_what_falls_into_quiet_hours_is_due_when_they_end(settings: Any) -> None:
    mail(settings, quiet_from=time(12, 10), quiet_to=time(14))
    tell(account())
    sort_some(NOON)

    assert Delivery.objects.get().due_at == NOON + timedelta(hours=2)


def test_many_are_sorted_in_portions_and_a_constant_number_of_queries(
    settings: Any, django_assert_max_num_queries: Any
) -> None:
    mail(settings)
    robot(settings)
    people = [account(str(number), address=f"p{number}@school.example") for number in range(3)]
    for number in range(BATCH // 2):
        tell(*people[:2], url=f"/plans/tasks/{number}/")
    tell(people[2])

    with django_assert_max_num_queries(18):
        assert sort_some(NOON) == BATCH
    assert (sort_some(NOON), sort_some(NOON)) == (1, 0)
    assert sorted(sorted_into(), key=str) == [
        (people[0].pk, 250), (people[1].pk, 250), (people[2].pk, 1), (None, 501),
    ]  # fmt: skip
