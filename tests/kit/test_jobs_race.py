"""Two processes that ask for the same job at once. What only PostgreSQL can show is in `test_two_processes`."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from tests.build import NOW
from tests.kit.handing_in import other_process
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import Job
from xietong.web.jobs import SEAL

pytestmark = pytest.mark.django_db(transaction=True)

ASK = """
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.jobs.enqueue import enqueue
print("ready", flush=True)
sys.stdin.readline()
print("asks", flush=True)
print(enqueue("audit.seal", key="k", payload={}, actor=SYSTEM, now=machine_now()).pk, flush=True)
"""


@contextmanager
def another(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    with other_process(ASK, folder, stdin=subprocess.PIPE) as process:
        assert process.stdout.readline() == "ready\n"
        yield process


@pytest.mark.parametrize("undone", [False, True])
def test_enqueue_waits_for_another_who_asks_for_the_same_and_has_not_committed(undone: bool, tmp_path: Path) -> None:
    with another(tmp_path) as process:
        with transaction.atomic():
            mine = enqueue(SEAL, key="k", payload={}, actor=SYSTEM, now=NOW).pk
            process.stdin.write("go\n")
            process.stdin.flush()
            assert process.stdout.readline() == "asks\n"
            time.sleep(0.5)
            assert process.poll() is None
            transaction.set_rollback(undone)
        theirs = int(process.stdout.readline())

    assert (theirs == mine) is not undone or connection.vendor == "sqlite"
    assert (list(Job.objects.values_list("pk", flat=True)), DBTaskResult.objects.count()) == ([theirs], 1)
