"""Calendars to subscribe to: the secret address, who loses it, and what it says."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests import build, planning, timing
from xietong.areas.people.models import RoleTerm
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.accounts.models import Account
from xietong.kit.audit.models import Entry
from xietong.kit.feeds import actions
from xietong.kit.feeds.models import Feed
from xietong.web.middleware.log import logger

pytestmark = pytest.mark.django_db
DUE = date(2026, 9, 18)


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


def fetched(token: str, **headers: str) -> Any:
    """As a phone does: without a session."""
    return Client(headers=headers).get(reverse("feed_ics", args=[token]))


def events(response: Any) -> dict[str, Any]:
    assert response.status_code == 200
    return {str(one["uid"]): one for one in Calendar.from_ical(response.content).walk("VEVENT")}


def test_feed_is_a_calendar_of_whole_days(cast: build.Cast) -> None:
    task = planning.task(
        plan=planning.plan(),
        lead_unit=cast.school,
        owner=build.somebody(cast.school, name="万不可见"),
        title="开题，含逗号；和一个很长很长很长很长很长很长很长很长很长的名称",
        due_on=DUE,
        moved_at=build.NOW,
    )
    mark = timing.milestone(task=task, due_on=DUE)
    planning.task(plan=planning.plan(), lead_unit=cast.other_school, title="别校的事", due_on=DUE)
    token = actions.issue_feed(cast.liaison, now=build.NOW)

    response = fetched(token)

    found = events(response)
    assert set(found) == {f"task-{task.pk}@testserver", f"milestone-{mark.pk}@testserver"}
    one = found[f"task-{task.pk}@testserver"]
    assert (one["summary"], one["dtstart"].dt, one["dtend"].dt) == (
        f"任务 {task.title}", DUE, DUE + timedelta(days=1)
    )  # fmt: skip
    assert (one["dtstamp"].dt, one["url"]) == (build.NOW, f"http://testserver/plans/tasks/{task.pk}/")
    said = response.content.decode()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in said
    assert ("VTIMEZONE" in said, "万不可见" in said, "别校的事" in said) == (False, False, False)
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75
    assert response["Content-Type"] == "text/calendar; charset=utf-8"


def test_feed_is_not_sent_again_while_nothing_has_changed(cast: build.Cast) -> None:
    task = planning.task(plan=planning.plan(), lead_unit=cast.school, due_on=DUE)
    token = actions.issue_feed(cast.liaison, now=build.NOW)
    tag = fetched(token)["ETag"]
    assert (fetched(token, if_none_match=tag).status_code, fetched(token)["ETag"]) == (304, tag)

    task.due_on = date(2026, 9, 19)
    task.save()

    assert fetched(token, if_none_match=tag).status_code == 200


def test_feed_speaks_the_language_of_its_account(cast: build.Cast) -> None:
    planning.task(plan=planning.plan(), lead_unit=cast.school, title="甲", due_on=DUE)
    Account.objects.filter(pk=cast.liaison.account_id).update(language="en")
    (one,) = events(fetched(actions.issue_feed(cast.liaison, now=build.NOW))).values()
    assert one["summary"] == "Task 甲"


def test_new_address_replaces_the_old_one(cast: build.Cast) -> None:
    client = build.client(cast.liaison)

    first = client.post(reverse("feed")).context["url"]
    second = client.post(reverse("feed")).context["url"]

    assert first != second
    assert [Client().get(url).status_code for url in (first, second)] == [404, 200]
    shown = client.get(reverse("feed"))
    assert (shown.context["url"], second.encode() in shown.content) == ("", False)
    assert second.rsplit("/", 1)[1].removesuffix(".ics") not in str(list(Feed.objects.values()))
    assert [(row.action, row.changes.get("digest", ["", ""])[0]) for row in Entry.objects.order_by("pk")][-3:] == [
        ("feeds.issue", None), ("feeds.end", ""), ("feeds.issue", None)
    ]  # fmt: skip


def test_address_that_was_taken_back_opens_nothing(cast: build.Cast) -> None:
    client, token = build.client(cast.liaison), actions.issue_feed(cast.liaison, now=build.NOW)

    assert client.post(reverse("feed_end")).status_code == 302

    assert fetched(token).status_code == 404
    before = list(Feed.objects.values()), Entry.objects.count()
    assert client.post(reverse("feed_end")).status_code == 422
    assert (list(Feed.objects.values()), Entry.objects.count()) == before


def test_address_opens_nothing_once_the_role_has_ended_or_the_account_is_closed(cast: build.Cast) -> None:
    head = actions.issue_feed(cast.head, now=build.NOW)
    liaison = actions.issue_feed(cast.liaison, now=build.NOW)
    assert (fetched(head).status_code, fetched(liaison).status_code) == (200, 200)

    RoleTerm.objects.filter(pk=cast.head.term_id).update(to_on=build.TODAY)
    Account.objects.filter(pk=cast.liaison.account_id).update(is_active=False)

    assert (fetched(head).status_code, fetched(liaison).status_code) == (404, 404)


def test_each_role_of_a_person_has_an_address_of_its_own(cast: build.Cast) -> None:
    term = RoleTerm.objects.get(pk=cast.liaison.term_id)
    second = build.actor(build.role_term(person=term.person, role="teacher", organisation=cast.school))
    tokens = [actions.issue_feed(one, now=build.NOW) for one in (cast.liaison, second)]
    assert [fetched(token).status_code for token in tokens] == [200, 200]
    actions.end_feed(second, now=build.NOW)
    assert [fetched(token).status_code for token in tokens] == [200, 404]


def test_who_has_no_role_has_no_calendar() -> None:
    with pytest.raises(actions.NoRole):
        actions.issue_feed(SYSTEM, now=build.NOW)
    assert Feed.objects.count() == 0


def test_log_does_not_keep_the_secret(cast: build.Cast, caplog: pytest.LogCaptureFixture) -> None:
    token = actions.issue_feed(cast.liaison, now=build.NOW)
    with caplog.at_level("INFO", logger=logger.name):
        fetched(token)
    assert [row.path for row in caplog.records if row.name == logger.name] == ["/calendar/***.ics"]


@pytest.mark.parametrize("number", [1, 3])
def test_feed_costs_the_same_queries_for_one_task_and_three(
    cast: build.Cast, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        task = planning.task(plan=planning.plan(), lead_unit=cast.school, due_on=DUE)
        timing.milestone(task=task, due_on=DUE)
    token = actions.issue_feed(cast.liaison, now=build.NOW)
    fetched(token)
    with django_assert_num_queries(16):
        assert len(events(fetched(token))) == 2 * number
