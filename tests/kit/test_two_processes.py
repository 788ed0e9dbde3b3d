"""Two processes that want the same at once, on PostgreSQL: one of them gets it, and nothing is done twice.

The quota has its race in `test_files_quota`, workers side by side theirs in `test_jobs_killed`.
"""

import subprocess
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from tests import build
from tests.kit.handing_in import other_process
from xietong.areas.orgs.models import Organisation
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.audit.models import Entry, Link
from xietong.kit.audit.record import record
from xietong.kit.audit.seal import verify
from xietong.kit.clock.time import machine_now
from xietong.kit.jobs.models import Job, Schedule, State

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

MANY = 40

GO = """
print("ready", flush=True)
sys.stdin.readline()
"""

CLAIM = (
    """
from xietong.kit.jobs.models import Job
from xietong.kit.jobs.performing import claim
keys = list(Job.objects.order_by("pk").values_list("pk", flat=True))
"""
    + GO
    + """
print(*(pk for pk in keys if claim(pk)))
"""
)

BEAT = (
    """
from xietong.kit.jobs.schedules import run_due
now = machine_now()
"""
    + GO
    + """
print(sum(run_due(now) for _ in range(5)))
"""
)

CHANGE = (
    """
from xietong.areas.orgs.models import Organisation
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.errors import Stale
from xietong.kit.records.writing import change
rows = list(Organisation.objects.order_by("pk"))
mine = int(sys.argv[2])
"""
    + GO
    + """
for row in rows:
    try:
        change(SYSTEM, row, action="test", now=machine_now(), version=1, order=mine)
        print(row.pk, end=" ")
    except Stale as stale:
        assert stale.current.version == 2
"""
)

SEAL = """
from xietong.kit.audit.seal import seal
""" + GO + """
sealed = 0
while done := seal(batch=7):
    sealed += done
print(sealed)
"""  # fmt: skip


def at_once(program: str, folder: Path) -> list[list[int]]:
    """The numbers that each of two processes prints which begin at the same moment."""
    with ExitStack() as stack:
        both = [
            stack.enter_context(other_process(program, folder, name, stdin=subprocess.PIPE)) for name in ("2", "3")
        ]
        assert [process.stdout.readline() for process in both] == ["ready\n", "ready\n"]
        for process in both:
            process.stdin.write("go\n")
            process.stdin.flush()
        told = [[int(number) for number in process.stdout.read().split()] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    return told


def test_claim_gives_each_job_to_one_of_two_workers(tmp_path: Path) -> None:
    for number in range(MANY):
        Job.objects.create(kind="test", key=f"{number}", run_at=machine_now(), created_at=build.NOW)

    one, other = at_once(CLAIM, tmp_path)

    assert sorted(one + other) == list(Job.objects.order_by("pk").values_list("pk", flat=True))
    assert set(Job.objects.values_list("state", "attempt")) == {(State.RUNNING, 1)}


def test_run_due_starts_each_schedule_in_one_of_two_beats(tmp_path: Path) -> None:
    before = machine_now() - timedelta(seconds=1)
    for number in range(MANY):
        Schedule.objects.create(name=f"{number}", kind="audit.seal", every_seconds=3600, next_at=before)

    told = at_once(BEAT, tmp_path)

    assert sum(map(sum, told)) == Job.objects.count() == MANY


def test_change_takes_one_of_two_saves_of_what_both_have_read(tmp_path: Path) -> None:
    rows = [build.organisation(order=1).pk for _ in range(MANY)]

    saved = dict(zip((2, 3), at_once(CHANGE, tmp_path), strict=True))

    assert sorted(saved[2] + saved[3]) == rows
    assert {row.pk: (row.order, row.version) for row in Organisation.objects.all()} == {
        pk: (order, 2) for order, keys in saved.items() for pk in keys
    }
    assert Entry.objects.filter(action="test").count() == MANY


def test_seal_makes_one_chain_of_two_sealers(tmp_path: Path) -> None:
    for _ in range(200):
        record(SYSTEM, "test.step", None, now=build.NOW)

    told = at_once(SEAL, tmp_path)

    assert (sum(map(sum, told)), Link.objects.count()) == (200, 200)
    assert (verify().holds, verify().unsealed) == (True, 0)
