"""The web process is killed in the middle of a save: nothing half-done is left, and the same request works again.

A real server, started as `xietong run` starts it, on a real database; both databases.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from select import select
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db.models import Model
from django_tasks_db.models import DBTaskResult

from tests import build, planning
from tests.kit.handing_in import PDF, database_url
from tests.postgres import free_port
from xietong.areas.orgs.models import Role
from xietong.areas.plans.models import Report, Step, Task
from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.models import Entry
from xietong.kit.clock.time import machine_now
from xietong.kit.files import uploading
from xietong.kit.files.models import Attachment, Upload
from xietong.kit.jobs.models import Job, State
from xietong.kit.notices.models import Notice
from xietong.web.jobs import SEAL

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[2]
LONGEST = 60
TOKEN = "t" * 32


class Site:
    """A server in a group of processes of its own."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.process, self.port = process, port

    def post(self, address: str, cookies: str, fields: dict[str, Any]) -> int | None:
        """The status of the answer; None if the server died before it gave one."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}, doseq=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"{cookies}; csrftoken={TOKEN}"}
        try:
            line.request("POST", address, body, headers)
            return line.getresponse().status
        except (OSError, HTTPException):
            return None
        finally:
            line.close()

    def is_up(self) -> bool:
        line = HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        try:
            line.request("GET", "/healthz")
            return line.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            line.close()

    def wait_until_held(self) -> None:
        assert self.process.stdout is not None
        assert select([self.process.stdout], [], [], LONGEST)[0], "the request went through without a stop"
        assert self.process.stdout.readline() == b"held\n"

    def kill(self) -> None:
        """The server and its worker at once, as when the power goes."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=LONGEST)


def environment(**more: str) -> dict[str, str]:
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "DJANGO_SETTINGS_MODULE": "xietong.web.settings"}
    return os.environ | paths | more


@pytest.fixture(autouse=True, scope="module")
def assets() -> None:
    """What pages of the real site need, as `xietong run` lays it out."""
    command = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, env=environment(), cwd=ROOT, check=True, timeout=LONGEST)


@contextmanager
def site(hold_after: str = "") -> Iterator[Site]:
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "error"),
        "tests.kit.holding_site:application",
    ]
    with subprocess.Popen(
        command,
        env=environment(DATABASE_URL=database_url(), HOLD_AFTER=hold_after),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        made = Site(process, port)
        try:
            until = time.monotonic() + LONGEST
            while not made.is_up():
                assert time.monotonic() < until
                assert process.poll() is None
                time.sleep(0.1)
            yield made
        finally:
            if process.poll() is None:
                made.kill()


def kill_while_it_saves(address: str, cookies: str, fields: dict[str, Any], *, hold_after: str) -> None:
    """The request is under way and its transaction open when the server dies."""
    with site(hold_after) as held, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(held.post, address, cookies, fields)
        held.wait_until_held()
        held.kill()
        assert answer.result(timeout=LONGEST) is None


def session_of(actor: Actor) -> str:
    return f"sessionid={build.client(actor).cookies['sessionid'].value}"


def content(*models: type[Model]) -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def test_a_report_is_filed_whole_or_not_at_all_when_the_server_is_killed() -> None:
    planning.rules()
    cast = build.cast()
    task = planning.task(plan=planning.plan(), lead_unit=cast.school, state="under_way")
    cookies, address = session_of(cast.liaison), f"/plans/tasks/{task.pk}/report/"
    begun = uploading.begin(cast.liaison, name="总结.pdf", size=len(PDF), now=machine_now())
    upload = uploading.receive(cast.liaison, begun.pk, offset=0, data=PDF, now=machine_now())
    fields = {"text": "已召开启动会。", "claims_completion": "on", "request_key": "k" * 32, "uploads": [upload.pk]}
    tables = (Task, Report, Step, Entry, Attachment, Upload, Notice)
    before = content(*tables)

    kill_while_it_saves(address, cookies, fields, hold_after="notices_notice")

    assert content(*tables) == before
    with site() as again:
        answers = [again.post(address, cookies, fields) for _ in range(2)]
    assert answers == [302, 302]
    report = Report.objects.get()
    task.refresh_from_db()
    assert (report.text, report.claims_completion, task.state) == ("已召开启动会。", True, "claimed")
    assert [one.blob.size for one in Attachment.objects.all()] == [len(PDF)]
    assert (Upload.objects.count(), Step.objects.count(), Notice.objects.count()) == (0, 1, 1)
    assert Entry.objects.filter(action="plans.report_progress").count() == 1


def test_a_job_is_asked_for_whole_or_not_at_all_when_the_server_is_killed() -> None:
    cast = build.cast()
    administrator = build.player("系统员", Role.SYSTEM_ADMIN, cast.school)
    job = Job.objects.create(
        kind=SEAL, key="seal", state=State.FAILED, attempt=5, run_at=build.NOW, created_at=build.NOW
    )
    cookies, address = session_of(administrator), f"/system/queue/{job.pk}/retry/"
    tables = (Job, DBTaskResult, Entry)
    before = content(*tables)

    kill_while_it_saves(address, cookies, {}, hold_after="audit_entry")

    assert content(*tables) == before
    with site() as again:
        answers = [again.post(address, cookies, {}) for _ in range(2)]
    job.refresh_from_db()
    assert (answers, job.state) == ([302, 404], State.WAITING)
    assert [str(task.pk) for task in DBTaskResult.objects.all()] == [str(job.task_id)]
    assert list(Entry.objects.values_list("action", flat=True)) == ["signin.in", "jobs.retry"]
