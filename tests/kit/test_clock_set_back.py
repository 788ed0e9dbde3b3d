"""The machine's clock is set back: nothing opens twice, nothing stands still, nothing lasts for ever."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from axes.handlers import proxy
from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends import db as cache_backend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import build
from xietong.areas.orgs.models import Role
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.accounts.middleware import SEEN
from xietong.kit.accounts.models import Account
from xietong.kit.audit.models import Entry, Link
from xietong.kit.audit.record import record
from xietong.kit.audit.seal import seal, verify
from xietong.kit.clock.time import machine_now
from xietong.kit.jobs import registry
from xietong.kit.jobs.beat import tick
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import Job, Schedule, State
from xietong.kit.jobs.performing import claim
from xietong.kit.jobs.queries import oldest_waiting_seconds
from xietong.kit.jobs.registry import LEASE
from xietong.kit.jobs.run import Outside, Run
from xietong.kit.jobs.schedules import schedule
from xietong.kit.jobs.setback import SLACK
from xietong.kit.jobs.worker import work
from xietong.web.jobs import prune
from xietong.web.queries import trail

pytestmark = pytest.mark.django_db(transaction=True)

T = datetime(2026, 9, 8, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
BACK = pytest.mark.parametrize("back", [HOUR, timedelta(days=365)], ids=["hour", "year"])
LOGIN = "/account/login/"


class Clock:
    """The machine's clock, as we and the libraries read it. It stands until it is set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.moment = T
        for place, name in ((timezone, "now"), (cache_backend, "tz_now"), (proxy, "now")):
            monkeypatch.setattr(place, name, lambda: self.moment)
        monkeypatch.setattr(time, "time", self.seconds)

    def seconds(self) -> float:
        return self.moment.timestamp()

    def move(self, by: timedelta) -> None:
        self.moment += by


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


# Signing in


def somebody() -> Account:
    return Account.objects.create(username="wang", name="王芳", password=build.PASSWORD)


def enter(password: str = build.PASSWORD, **options: Any) -> tuple[Client, int]:
    client = Client(**options)
    return client, client.post(LOGIN, {"login": "wang", "password": password}).status_code


def shown(secret: str) -> str:
    """What the phone shows now."""
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return code


def is_let_in(code: str) -> bool:
    client, _status = enter()
    answer = client.post(reverse("mfa_authenticate"), {"code": code})
    assert answer.status_code in {200, 302}
    return answer.status_code == 302


def test_a_code_opens_the_door_once_also_when_its_half_minute_comes_again(clock: Clock) -> None:
    secret = generate_totp_secret()
    TOTP.activate(somebody(), secret)
    code = shown(secret)
    assert is_let_in(code)

    clock.move(HOUR)
    cache.clear()  # the library has forgotten the code by then
    clock.move(-HOUR)

    assert shown(secret) == code
    assert not is_let_in(code)
    assert Authenticator.objects.get().last_used_at == T
    clock.move(timedelta(seconds=30))
    assert is_let_in(shown(secret))


def test_an_idle_session_ends_counted_from_the_first_request_after_the_clock_was_set_back(clock: Clock) -> None:
    somebody()
    client, _status = enter()
    client.get("/account/")
    clock.move(-HOUR)

    assert client.get("/account/").status_code == 200
    assert client.session[SEEN] == (T - HOUR).timestamp()
    clock.move(timedelta(seconds=settings.IDLE_SECONDS + 1))
    assert client.get("/account/").headers["Location"].startswith(LOGIN)


@BACK
def test_a_locked_account_opens_after_the_usual_time(clock: Clock, back: timedelta) -> None:
    somebody()
    answers = [enter("wrong", REMOTE_ADDR="10.0.0.9")[1] for _ in range(settings.AXES_FAILURE_LIMIT)]
    clock.move(-back)
    assert (answers[-1], enter()[1]) == (429, 429)

    list(prune(Run(job_id=0, attempt=1, payload={}, lease_token="")))

    assert enter()[1] == 429
    clock.move(timedelta(hours=settings.AXES_COOLOFF_TIME, seconds=1))
    assert enter()[1] == 302


# The audit chain


def test_the_audit_chain_holds_and_keeps_the_order_of_the_deeds(clock: Clock) -> None:
    auditor = build.actor(build.role_term(role=Role.AUDIT_ADMIN))
    for name, step in (("first", HOUR), ("second", -HOUR), ("third", -HOUR), ("fourth", HOUR)):
        record(auditor, f"test.{name}", None, now=build.NOW)
        seal()
        clock.move(step)

    deeds = ["test.first", "test.second", "test.third", "test.fourth"]
    assert list(Link.objects.order_by("seq").values_list("entry__action", flat=True)) == deeds
    assert [entry.at - T for entry in Entry.objects.order_by("pk")] == [timedelta(0), HOUR, timedelta(0), -HOUR]
    assert [entry.action for entry in trail(auditor)] == deeds[::-1]
    assert (verify().holds, verify().links, verify().unsealed) == (True, 4, 0)


# Jobs


@pytest.fixture
def kinds() -> Iterator[None]:
    before = dict(registry.KINDS)
    registry.register("test", nothing, label="试验")
    yield
    registry.KINDS.clear()
    registry.KINDS.update(before)


def nothing(_run: Run) -> Iterator[None]:
    yield


def ask(key: str = "k", kind: str = "test") -> Job:
    return enqueue(kind, key=key, payload={}, actor=SYSTEM, now=build.NOW)


def stands(job: Job) -> tuple[str, int]:
    job.refresh_from_db()
    return job.state, job.attempt


@BACK
@pytest.mark.usefixtures("kinds")
def test_a_waiting_job_is_done_at_once(clock: Clock, back: timedelta) -> None:
    fresh, tried = ask("fresh"), ask("tried")
    Job.objects.filter(pk=tried.pk).update(attempt=1, run_at=T + timedelta(seconds=5))
    clock.move(-back)

    work(batch=True)

    assert (stands(fresh), stands(tried)) == ((State.DONE, 1), (State.DONE, 2))


@pytest.mark.usefixtures("kinds")
def test_a_job_that_waits_for_its_next_attempt_goes_on_waiting(clock: Clock) -> None:
    job = ask()
    Job.objects.update(attempt=4, run_at=T + timedelta(seconds=39))

    work(batch=True)

    assert stands(job) == (State.WAITING, 4)
    assert job.run_at == T + timedelta(seconds=39)


@BACK
@pytest.mark.usefixtures("kinds")
def test_a_job_of_a_dead_worker_is_taken_up_after_its_lease(clock: Clock, back: timedelta) -> None:
    job = ask()
    assert claim(job.pk) is not None
    clock.move(-back)

    work(batch=True)
    assert stands(job) == (State.RUNNING, 1)
    longest = max(LEASE, *(kind.lease for kind in registry.KINDS.values()))
    clock.move(timedelta(seconds=longest + 1))
    work(batch=True)

    assert stands(job) == (State.DONE, 2)


@pytest.mark.usefixtures("kinds")
def test_a_job_keeps_its_worker_when_the_clock_is_set_back_between_two_batches(clock: Clock) -> None:
    def set_back() -> None:
        clock.move(-HOUR)
        tick()

    def long(_run: Run) -> Iterator[Outside | None]:
        yield
        yield set_back
        yield

    registry.register("long", long, label="长")
    job = ask(kind="long")

    work(batch=True)

    assert stands(job) == (State.DONE, 1)


@BACK
@pytest.mark.usefixtures("kinds")
def test_a_schedule_goes_on(clock: Clock, back: timedelta) -> None:
    schedule("often", "test", every_seconds=60)
    work(batch=True)
    first = Job.objects.get().pk
    clock.move(-back)

    work(batch=True)

    again = Job.objects.get()
    assert (again.pk != first, again.state) == (True, State.DONE)
    assert machine_now() < Schedule.objects.get().next_at <= machine_now() + timedelta(seconds=60)


@pytest.mark.usefixtures("kinds")
def test_a_schedule_that_is_only_not_due_goes_on_waiting(clock: Clock) -> None:
    schedule("often", "test", every_seconds=60)
    work(batch=True)
    clock.move(-SLACK)

    work(batch=True)

    assert Schedule.objects.get().next_at == T + timedelta(seconds=60)
    assert Job.objects.count() == 1


@pytest.mark.usefixtures("kinds")
def test_pages_show_no_negative_durations(clock: Clock) -> None:
    administrator = build.client(build.actor(build.role_term(role=Role.SYSTEM_ADMIN)))
    ask()
    clock.move(-HOUR)

    pages = [administrator.get(address) for address in ("/system/queue/", "/system/")]

    assert oldest_waiting_seconds() == 0
    assert [page.status_code for page in pages] == [200, 200]
    assert [page.text.count("0 秒") for page in pages] == [1, 1]
