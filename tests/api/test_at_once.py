"""The same request twice at the same moment is one report: a program that is impatient files nothing twice."""

import subprocess
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from tests import build, planning
from tests.kit.handing_in import other_process
from xietong.areas.plans.models import Report, Step
from xietong.kit.audit.models import Entry

TWICE = """
from django.test import Client
secret, address, text = sys.argv[2:5]
client = Client(headers={"Host": "localhost", "Authorization": f"Bearer {secret}", "Idempotency-Key": "once"})
client.get("/api/v1/me")
print("ready", flush=True)
sys.stdin.readline()
answer = client.post(address, {"text": text, "claims_completion": True}, "application/json")
print(answer.status_code, answer.json().get("id"))
"""


def address() -> str:
    """Where one report is due; business time runs as in production."""
    planning.rules()
    cast = build.cast()
    build.token(cast.liaison, secret=f"xt_{1:040}")
    task = planning.task(plan=planning.plan(), lead_unit=cast.school, state="under_way")
    return f"/api/v1/tasks/{task.pk}/reports"


def filed() -> tuple[int, int, int]:
    entries = Entry.objects.filter(action="plans.report_progress")
    return Report.objects.count(), Step.objects.count(), entries.count()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("texts", [("已完成。", "已完成。"), ("已完成。", "另一次。")])
def test_two_processes_with_one_key_file_one_report(tmp_path: Path, texts: tuple[str, str]) -> None:
    url = address()
    with ExitStack() as stack:
        both = [
            stack.enter_context(
                other_process(TWICE, tmp_path, f"xt_{1:040}", url, text, stdin=subprocess.PIPE)
            )
            for text in texts
        ]  # fmt: skip
        assert [process.stdout.readline() for process in both] == ["ready\n", "ready\n"]
        for process in both:
            process.stdin.write("go\n")
            process.stdin.flush()
        told = sorted(process.stdout.read().split() for process in both)
    assert [process.returncode for process in both] == [0, 0]
    report = Report.objects.get()
    if texts[0] == texts[1]:
        assert told == [["201", str(report.pk)], ["201", str(report.pk)]]
    else:
        # Told of the key if the first was filed by then, of its task's state if both were under way.
        assert told[0] == ["201", str(report.pk)]
        assert told[1][0] in {"403", "409"}
    assert filed() == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_threads_with_one_key_file_one_report() -> None:
    url = address()
    answers: list[tuple[int, int]] = []
    together = threading.Barrier(2)

    def send() -> None:
        client = Client(headers={"Authorization": f"Bearer {f'xt_{1:040}'}", "Idempotency-Key": "once"})
        together.wait()
        answer = client.post(url, {"text": "已完成。"}, "application/json")
        answers.append((answer.status_code, answer.json()["id"]))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pk = Report.objects.get().pk
    assert answers == [(201, pk), (201, pk)]
    assert filed() == (1, 1, 1)
