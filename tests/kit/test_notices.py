"""Messages: once to each, read once, and never leading off the site."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404
from django.test import RequestFactory

from xietong.kit.accounts.actor import Actor
from xietong.kit.accounts.models import Account
from xietong.kit.audit.models import Entry
from xietong.kit.notices import views
from xietong.kit.notices.actions import mark_all_read, mark_read, notify
from xietong.kit.notices.models import Notice
from xietong.kit.notices.queries import inbox, readings, unread_count
from xietong.kit.pages.context import UNREAD
from xietong.kit.pages.templatetags.pages import tag

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 9, 8, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
OFFICE = Actor(account_id=11, name="陈启明", role="office", county_id=1)
LIAISON = Actor(account_id=12, name="曾小雨", role="school_liaison", county_id=1)


def tell(*accounts: int, **fields: Any) -> None:
    given = {"title": "收到 3 项新任务", "url": "/plans/mine/", "kind": "plans.issued", "county_id": 1, "now": NOW}
    notify(OFFICE, accounts=accounts, **given | fields)


def asked(path: str = "/", *, actor: Actor = LIAISON, method: str = "GET") -> Any:
    request = RequestFactory().generic(method, path)
    request.actor, request.actors, request.now, request.today = actor, (actor,), LATER, LATER.date()
    request.user = Account(pk=actor.account_id, name=actor.name)
    request._messages = CookieStorage(request)
    return request


def told() -> list[tuple[int, str]]:
    return list(Notice.objects.order_by("pk").values_list("account_id", "title"))


def test_notify_tells_each_account_once() -> None:
    tell(12, 13, 12, body="一；二；三", terms={12: 7})

    rows = Notice.objects.order_by("account_id").values(
        "account_id", "county_id", "term_id", "kind", "title", "body", "url", "created_at", "read_at"
    )
    same = {
        "county_id": 1,
        "kind": "plans.issued",
        "title": "收到 3 项新任务",
        "body": "一；二；三",
        "url": "/plans/mine/",
        "created_at": NOW,
        "read_at": None,
    }
    assert list(rows) == [{"account_id": 12, "term_id": 7} | same, {"account_id": 13, "term_id": None} | same]


def test_notify_writes_one_audit_row_for_all() -> None:
    tell(12, 13)

    entry = Entry.objects.get()
    assert (entry.action, entry.account_id, entry.county_id, entry.business_at) == ("notices.notify", 11, 1, NOW)
    assert entry.changes == {
        "kind": [None, "plans.issued"],
        "title": [None, "收到 3 项新任务"],
        "accounts": [None, 2],
    }


def test_notify_does_nothing_for_nobody() -> None:
    tell()

    assert (Notice.objects.count(), Entry.objects.count()) == (0, 0)


def test_notify_does_not_repeat_what_lies_unread() -> None:
    tell(12)
    tell(12, 13, title="又收到 2 项新任务")

    assert told() == [(12, "收到 3 项新任务"), (13, "又收到 2 项新任务")]


@pytest.mark.parametrize("difference", [{"url": "/plans/"}, {"kind": "plans.task"}])
def test_notify_tells_of_another_page_or_in_another_way(difference: dict[str, str]) -> None:
    tell(12)
    tell(12, **difference)

    assert Notice.objects.count() == 2


def test_notify_tells_again_after_the_first_was_read() -> None:
    tell(12)
    mark_all_read(LIAISON, now=NOW)
    tell(12)

    assert (Notice.objects.count(), unread_count(12)) == (2, 1)


def test_notify_repeats_a_message_without_a_page() -> None:
    tell(12, url="", title="系统将于今晚维护")
    tell(12, url="", title="维护改期")

    assert told() == [(12, "系统将于今晚维护"), (12, "维护改期")]


def test_notify_tells_a_whole_province_in_few_queries(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(17):
        tell(*range(1, 1201))

    assert Notice.objects.count() == 1200


def test_notify_shortens_what_does_not_fit() -> None:
    tell(12, title="长" * 300, body="长" * 2000)

    row = Notice.objects.get()
    assert (row.title, row.body) == ("长" * 200, "长" * 1000)


@pytest.mark.parametrize("url", ["https://example.com/", "//example.com", "javascript:alert(1)", "\\\\example.com"])
def test_notify_fails_for_a_page_elsewhere(url: str) -> None:
    with pytest.raises(ValueError, match="leads to a page of this site"):
        tell(12, url=url)

    assert (Notice.objects.count(), Entry.objects.count()) == (0, 0)


def test_unread_count_counts_ones_own_unread_notices() -> None:
    tell(12, 13)
    tell(12, url="/plans/")
    Notice.objects.filter(url="/plans/").update(read_at=NOW)

    assert (unread_count(12), unread_count(13), unread_count(14)) == (1, 1, 0)
    assert unread_count in UNREAD


def test_inbox_shows_ones_own_notices_newest_first() -> None:
    tell(12, 13, url="/a/", title="先")
    tell(12, url="/b/", title="后", now=LATER)
    mark_read(LIAISON, Notice.objects.get(title="后"), now=LATER)

    assert [row.title for row in inbox(LIAISON)] == ["后", "先"]
    assert [row.title for row in inbox(LIAISON, unread_only=True)] == ["先"]


def test_mark_read_notes_the_first_time_and_only_for_the_owner() -> None:
    tell(12)
    row = Notice.objects.get()

    mark_read(OFFICE, row, now=NOW)
    untouched = Notice.objects.get().read_at
    mark_read(LIAISON, row, now=NOW)
    mark_read(LIAISON, row, now=LATER)

    assert (untouched, Notice.objects.get().read_at) == (None, NOW)


def test_mark_all_read_leaves_others_and_the_already_read_alone() -> None:
    tell(12, 13)
    mark_all_read(LIAISON, now=NOW)
    tell(12, url="/b/")

    assert mark_all_read(LIAISON, now=LATER) == 1
    times = Notice.objects.order_by("pk").values_list("account_id", "read_at")
    assert list(times) == [(12, NOW), (13, None), (12, LATER)]


@pytest.mark.parametrize(
    ("url", "term", "goes_to"),
    [
        ("/plans/mine/", None, "/plans/mine/"),
        ("/plans/mine/", 7, "/plans/mine/?as=7"),
        ("/plans/?q=%E5%B8%88%E8%B5%84&as=3#top", 7, "/plans/?q=%E5%B8%88%E8%B5%84&as=7#top"),
        ("", 7, "/inbox/"),
    ],
)
def test_open_notice_marks_it_read_and_goes_on_in_its_role(url: str, term: int | None, goes_to: str) -> None:
    tell(12, url=url, terms={12: term} if term else None)

    response = views.open_notice(asked(), Notice.objects.get().pk)

    assert (response.status_code, response["Location"]) == (302, goes_to)
    assert Notice.objects.get().read_at == LATER


def test_open_notice_does_not_leave_the_site_whatever_the_row_says() -> None:
    tell(12)
    Notice.objects.update(url="https://example.com/plans/mine/")

    assert views.open_notice(asked(), Notice.objects.get().pk)["Location"] == "/inbox/"


def test_open_notice_knows_no_notice_of_another_account() -> None:
    tell(13)

    with pytest.raises(Http404):
        views.open_notice(asked(), Notice.objects.get().pk)

    assert Notice.objects.get().read_at is None


def test_read_all_marks_everything_and_says_how_much() -> None:
    tell(12)
    tell(12, url="/b/")
    request = asked(method="POST")

    response = views.read_all(request)

    assert (response.status_code, response["Location"], unread_count(12)) == (302, "/inbox/", 0)
    assert [str(message) for message in get_messages(request)] == ["已将 2 条消息标为已读。"]


@pytest.fixture
def page() -> Iterator[Any]:
    """The text of the inbox as a browser gets it."""

    def show(path: str = "/inbox/") -> str:
        response = views.inbox(asked(path))
        assert response.status_code == 200
        return response.content.decode()

    return show


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_page_lists_notices_in_a_constant_number_of_queries(
    page: Any, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        tell(12, url=f"/{number}/", title=f"任务 {number}", body="<script>")

    with django_assert_num_queries(3):
        text = page()

    main = text[text.index('id="main"') :]
    assert [main.count(f"任务 {number}") for number in range(count)] == [1] * count
    assert (main.count("&lt;script&gt;"), main.count('<td role="cell" data-label="状态"')) == (count, count)
    assert f"共 <b>{count}</b> 条" in main
    assert 'action="/inbox/read/"' in main


def test_inbox_page_says_what_comes_here_while_it_is_empty(page: Any) -> None:
    assert "还没有消息" in page()
    assert "没有未读消息" in page("/inbox/?unread=1")
    assert "/inbox/read/" not in page()


def test_inbox_page_shows_the_unread_ones_alone_and_the_state_of_each(page: Any) -> None:
    tell(12, url="/a/", title="已经看过")
    mark_all_read(LIAISON, now=NOW)
    tell(12, url="/b/", title="还没看过")

    everything, unread = page(), page("/inbox/?unread=1")

    assert ("已经看过" in everything, "还没看过" in everything) == (True, True)
    assert ("已经看过" in unread, "<b>还没看过</b>" in unread) == (False, True)
    assert (tag("已读", "grey") in everything, tag("已读", "grey") in unread) == (True, False)
    assert (everything.count(tag("未读", "blue")), unread.count(tag("未读", "blue"))) == (1, 1)


def test_inbox_page_turns_pages_and_keeps_the_filter(page: Any) -> None:
    for number in range(41):
        tell(12, url=f"/{number}/", title=f"第{number:02d}条")

    second = page("/inbox/?unread=1&page=2")

    assert [f"第{number:02d}条" in second for number in (40, 21, 20, 1, 0)] == [False, False, True, True, False]
    assert 'href="?unread=1&amp;page=3"' in second
    assert "第00条" in page("/inbox/?page=999")
    assert "第40条" in page("/inbox/?page=x")


def test_readings_are_those_of_the_kind_and_page_since_a_moment() -> None:
    tell(12, 13, kind="plans.remind", url="/plans/tasks/1/")
    tell(12, kind="plans.remind", url="/plans/tasks/2/")
    tell(12, kind="plans.other", url="/plans/tasks/1/")
    for notice in Notice.objects.filter(account_id=12):
        mark_read(LIAISON, notice, now=LATER)
    asked_for = {"kind": "plans.remind", "urls": ["/plans/tasks/1/"]}
    assert readings([12, 13], since=NOW, **asked_for) == {(12, "/plans/tasks/1/"): [LATER]}
    tell(12, kind="plans.remind", url="/plans/tasks/1/")
    mark_all_read(LIAISON, now=LATER + timedelta(hours=1))
    assert readings([12], since=NOW, **asked_for) == {(12, "/plans/tasks/1/"): [LATER, LATER + timedelta(hours=1)]}
    assert readings([12, 13], since=LATER + timedelta(days=1), **asked_for) == {}
