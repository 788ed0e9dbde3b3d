"""The methods are compiled beforehand, by a process of its own, and a fault of it is not lost."""

import subprocess
import sys
from collections.abc import Generator
from typing import Any, cast

import pytest

from xietong.kit.jobs.models import Schedule
from xietong.kit.jobs.run import Run
from xietong.web import jobs
from xietong.web.schedule import schedule_all

pytestmark = [pytest.mark.django_db, pytest.mark.once]
RUN = Run(job_id=0, attempt=1, payload={}, lease_token="")


def worked_off() -> int:
    """How often the job looked, each time outside of its transaction."""
    return sum(wait() is None for wait in jobs.compile_methods(RUN))


def test_methods_are_compiled_after_the_first_pages() -> None:
    schedule_all()
    first, others = Schedule.objects.get(name="web.warm").next_at, Schedule.objects.exclude(name="web.warm")
    assert all((first - one.next_at).total_seconds() > 100 for one in others)
    assert worked_off() > 0


def test_what_cannot_be_compiled_fails_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(subprocess.CalledProcessError):
        worked_off()


def test_a_job_that_is_given_up_takes_its_process_along(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Any] = []
    original = subprocess.Popen

    def remembered(*_args: object) -> "subprocess.Popen[bytes]":
        started.append(original(["sleep", "60"]))
        return cast("subprocess.Popen[bytes]", started[0])

    monkeypatch.setattr(subprocess, "Popen", remembered)
    work = cast("Generator[object, None, None]", jobs.compile_methods(RUN))
    next(work)
    work.close()
    assert started[0].wait(timeout=10) < 0
