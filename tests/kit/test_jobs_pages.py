"""The download centre and the queue's page, and who sees what of them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import include, path, reverse

from tests.build import NOW
from xietong.kit.accounts.actor import SYSTEM, Actor
from xietong.kit.accounts.models import Account
from xietong.kit.audit.models import Entry
from xietong.kit.clock.time import machine_now
from xietong.kit.jobs import queries, registry, views
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import Job, State
from xietong.kit.jobs.run import Run

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.kit.test_jobs_pages")]

# The names that the templates use, at addresses of the test's own.
urlpatterns = [
    path("mine/<int:pk>/", views.result, name="download_result"),
    path("mine/<int:pk>/retry/", views.own_retry, name="download_retry"),
    path("mine/<int:pk>/cancel/", views.own_cancel, name="download_cancel"),
    path("", include("xietong.web.urls")),
]

CLERK = Actor(account_id=7, name="云甲", role="office", county_id=3, term_id=11)
COLLEAGUE = Actor(account_id=8, name="云乙", role="office", county_id=3, term_id=12)
POLLS = 'hx-trigger="every 2s"'


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    before = dict(registry.KINDS)
    registry.register("test", nothing, label="导出任务台账")
    yield
    registry.KINDS.clear()
    registry.KINDS.update(before)


def nothing(_run: Run) -> Iterator[None]:
    yield


def job(key: str = "k", *, actor: Actor = CLERK, **fields: Any) -> Job:
    row = enqueue("test", key=key, payload={}, actor=actor, now=NOW)
    Job.objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()
    return row


def asked(actor: Actor = CLERK, method: str = "get", **headers: str) -> HttpRequest:
    request: Any = getattr(RequestFactory(), method)("/", headers=headers)
    request.actor, request.actors, request.now, request.today = actor, (actor,), NOW, NOW.date()
    request.user, request.is_demonstration = Account(pk=actor.account_id, name=actor.name), False
    request._messages = CookieStorage(request)
    return request


def text(response: HttpResponse) -> str:
    assert response.status_code == 200
    return response.content.decode()


# The download centre


@pytest.mark.parametrize("count", [1, 3])
def test_downloads_lists_ones_own_jobs_in_one_query(count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        job(f"mine {number}")
        job(f"other {number}", actor=COLLEAGUE)

    with django_assert_num_queries(1):
        page = text(views.downloads(asked(**{"HX-Request": "true", "HX-Target": "jobs"})))

    assert page.count("<b>导出任务台账</b>") == count


@pytest.mark.parametrize(
    ("state", "polls", "offers"),
    [
        (State.WAITING, 1, ["cancel"]),
        (State.RUNNING, 1, ["cancel"]),
        (State.DONE, 0, ["download"]),
        (State.FAILED, 0, ["retry"]),
        (State.CANCELLED, 0, ["retry"]),
    ],
)
def test_downloads_offers_what_the_state_allows_and_polls_while_something_moves(
    state: State, polls: int, offers: list[str]
) -> None:
    row = job(state=state, result_file="results/1-a/任务台账.xlsx")
    names = {"cancel": "download_cancel", "download": "download_result", "retry": "download_retry"}

    page = text(views.downloads(asked()))

    assert page.count(POLLS) == polls
    assert [word for word, name in names.items() if f'"{reverse(name, args=[row.pk])}"' in page] == offers


def test_downloads_offers_no_file_that_was_not_made() -> None:
    row = job(state=State.DONE)

    assert reverse("download_result", args=[row.pk]) not in text(views.downloads(asked()))


def test_downloads_shows_progress_and_message() -> None:
    job(state=State.RUNNING, done_steps=30, total_steps=120, message="正在写第 30 行")

    page = text(views.downloads(asked()))

    assert ('<progress max="120" value="30"' in page, "正在写第 30 行" in page) == (True, True)


def test_downloads_says_what_comes_here_while_it_is_empty() -> None:
    job(actor=COLLEAGUE)

    assert "还没有后台任务" in text(views.downloads(asked()))


# The file


def test_result_sends_ones_own_file_under_its_name(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "台账.xlsx").write_bytes(b"rows")
    row = job(state=State.DONE, result_file="results/台账.xlsx")

    response: Any = views.result(asked(), row.pk)

    with response.file_to_stream:
        assert b"".join(response.streaming_content) == b"rows"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E5%8F%B0%E8%B4%A6.xlsx"
    with pytest.raises(Http404):
        views.result(asked(COLLEAGUE), row.pk)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"state": State.RUNNING, "result_file": "results/a.xlsx"}, Http404),
        ({"state": State.DONE}, Http404),
        ({"state": State.DONE, "result_file": "results/gone.xlsx"}, queries.FileGone),
    ],
)
def test_result_refuses_a_file_that_is_not_there(
    fields: dict[str, Any], refusal: type[Exception], settings: Any, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path

    with pytest.raises(refusal):
        views.result(asked(), job(**fields).pk)


# What one may do


def test_own_retry_puts_ones_own_failed_job_into_the_queue() -> None:
    row = job(state=State.FAILED)

    response = views.own_retry(asked(method="post"), row.pk)

    row.refresh_from_db()
    assert (response.status_code, response["Location"], row.state) == (302, reverse("downloads"), State.WAITING)


def test_own_cancel_ends_ones_own_open_job() -> None:
    row = job(state=State.RUNNING)

    response = views.own_cancel(asked(method="post"), row.pk)

    row.refresh_from_db()
    assert (response.status_code, response["Location"], row.state) == (302, reverse("downloads"), State.CANCELLED)


@pytest.mark.parametrize(("view", "state"), [(views.own_retry, State.FAILED), (views.own_cancel, State.RUNNING)])
def test_own_actions_know_no_job_of_another_account(view: Any, state: State) -> None:
    row = job(state=state)

    with pytest.raises(Http404):
        view(asked(COLLEAGUE, method="post"), row.pk)

    row.refresh_from_db()
    assert (row.state, Entry.objects.count()) == (state, 0)


# The system administrator


@pytest.mark.parametrize("count", [1, 3])
def test_queue_shows_counts_age_and_failed_jobs(count: int, django_assert_num_queries: Any) -> None:
    job("waiting", run_at=machine_now() - timedelta(seconds=90))
    job("later", run_at=machine_now() + timedelta(hours=1))
    failure = {"state": State.FAILED, "finished_at": NOW, "error": "OSError: <disk>", "attempt": 5}
    failed = [job(f"failed {number}", **failure) for number in range(count)]

    with django_assert_num_queries(3):
        found = queries.queue(SYSTEM)
    page = text(views.queue(asked()))

    assert found.counts == queries.Counts(waiting=2, failed=count)
    assert found.counts.facts == [("排队中", 2), ("处理中", 0), ("已完成", 0), ("失败", count), ("已取消", 0)]
    assert found.oldest_waiting_seconds == pytest.approx(90, abs=5)
    assert page.count("OSError: &lt;disk&gt;") == count
    assert [page.count(f'"{reverse("job_retry", args=[row.pk])}"') for row in failed] == [1] * count


def test_queue_says_so_when_nothing_failed() -> None:
    assert "没有失败的任务" in text(views.queue(asked()))
    assert queries.oldest_waiting_seconds() == 0


def test_retry_takes_failed_jobs_of_anybody_and_no_others() -> None:
    failed, running = job("a", state=State.FAILED), job("b", state=State.RUNNING)

    response = views.retry(asked(COLLEAGUE, method="post"), failed.pk)
    with pytest.raises(Http404):
        views.retry(asked(COLLEAGUE, method="post"), running.pk)

    failed.refresh_from_db()
    running.refresh_from_db()
    assert (response["Location"], failed.state, running.state) == (reverse("queue"), State.WAITING, State.RUNNING)


def test_lines_name_a_kind_that_this_version_does_not_know_by_its_code() -> None:
    row = job(kind="unheard")

    assert [line.label for line in queries.lines([row])] == ["unheard"]
