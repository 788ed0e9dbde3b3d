"""Processes of their own: one killed between sending and writing down, two that send side by side."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.kit.channel_rows import NOON, account, delivery, mail, send_due, tell
from tests.kit.channel_servers import HOST, MailServer, mail_server
from tests.kit.handing_in import other_process
from xietong.kit.clock.time import machine_now
from xietong.kit.notices.carrying import settle
from xietong.kit.notices.models import Channel, Delivery
from xietong.kit.notices.sorting import sort_some

pytestmark = pytest.mark.django_db(transaction=True)

SEND = """
settings.CHANNEL_HOSTS = {"mail": [sys.argv[2]], "wecom": []}
from xietong.kit.notices.carrying import carry_out, claim
print("ready", flush=True)
sys.stdin.readline()
while row := claim(machine_now()):
    carry_out(row.pk, row.attempts)
"""


@pytest.fixture
def letters(settings: Any) -> Iterator[MailServer]:
    with mail_server(MailServer()) as server:
        mail(settings, server.port, quiet_from=None, quiet_to=None)
        yield server


def sender(server: MailServer, folder: Path) -> Any:
    process = other_process(SEND, folder, f"{HOST}:{server.port}", stdin=-1)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: Any) -> None:
    process.stdin.write("go\n")
    process.stdin.flush()


def test_a_worker_killed_between_sending_and_writing_down_leaves_no_double(
    letters: MailServer, tmp_path: Path
) -> None:
    letters.silent_at = "END"
    tell(account())
    sort_some(NOON)
    # Due in the past of the machine, whatever the day of the test.
    Delivery.objects.update(due_at=machine_now() - timedelta(hours=1))
    with sender(letters, tmp_path) as process:
        go(process)
        while not letters.mails:
            time.sleep(0.02)
        process.kill()

    assert Delivery.objects.get().state == "sending"
    letters.silent_at = ""
    later = machine_now() + timedelta(minutes=11)
    settle(later)
    assert send_due(later) == []
    assert (Delivery.objects.get().state, len(letters.mails)) == ("uncertain", 1)


def test_two_workers_send_everything_once(letters: MailServer, tmp_path: Path) -> None:
    channel, now = Channel.objects.get(), machine_now()
    for number in range(20):
        one = account(str(number), address=f"p{number}@school.example")
        delivery(channel, account_id=one.pk, is_test=True, due_at=now, give_up_at=now + timedelta(days=3))
    with sender(letters, tmp_path) as first, sender(letters, tmp_path) as second:
        go(first)
        go(second)
        assert (first.wait(60), second.wait(60)) == (0, 0)

    assert sorted(to for _sender, to, _mail in letters.mails) == sorted(f"p{n}@school.example" for n in range(20))
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}
