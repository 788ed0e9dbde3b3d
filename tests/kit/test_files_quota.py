"""What a county may keep, also when two processes want the rest of it."""

import subprocess
from contextlib import ExitStack
from typing import Any

import pytest

from tests.kit.handing_in import (
    HERE,
    NEIGHBOUR,
    PDF,
    begin,
    delete,
    hand_in,
    other_process,
    picture,
    put,
    said,
    start,
    store,  # noqa: F401
    stored,
    used,
)
from xietong.kit.files.limits import MEBIBYTE
from xietong.kit.files.models import Blob, Upload, Usage
from xietong.kit.files.refusals import QuotaExceeded

RACE = """
from xietong.kit.files.uploading import begin
from xietong.kit.files.refusals import QuotaExceeded
actor = Actor(account_id=int(sys.argv[2]), name="曾小雨", role="reader", county_id=1)
print("ready", flush=True)
sys.stdin.readline()
taken = 0
for _ in range(15):
    try:
        begin(actor, name="a.pdf", size=1000, now=machine_now())
        taken += 1
    except QuotaExceeded:
        pass
print(taken)
"""


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
def test_begin_refuses_what_the_county_has_no_room_for() -> None:
    Usage.objects.create(county_id=HERE, used=2 * MEBIBYTE, allowed=5 * MEBIBYTE)

    refused = start(size=3 * MEBIBYTE + 1)

    message = "本县附件空间不足（剩余 3 MB），请联系系统管理员扩容。"
    assert said(refused) == (422, {"message": message})
    assert (Upload.objects.count(), used()) == (0, 2 * MEBIBYTE)
    assert start(size=3 * MEBIBYTE + 1, actor=NEIGHBOUR).status_code == 201
    assert start(size=3 * MEBIBYTE).status_code == 201


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
def test_begin_refuses_more_in_a_county_whose_allowance_was_lowered() -> None:
    Usage.objects.create(county_id=HERE, used=5 * MEBIBYTE, allowed=MEBIBYTE)

    assert said(start(size=1)) == (422, {"message": "本县附件空间不足（剩余 0 MB），请联系系统管理员扩容。"})
    assert used() == 5 * MEBIBYTE


@pytest.mark.django_db
def test_finish_refuses_a_picture_that_grows_beyond_the_quota(store: Any) -> None:  # noqa: F811
    data = picture(400, 400, "WEBP")
    Usage.objects.create(county_id=HERE, allowed=len(data))

    with pytest.raises(QuotaExceeded):
        hand_in(data, name="现场.jpg")

    assert (Upload.objects.get().state, used(), Blob.objects.count()) == (Upload.State.FAILED, 0, 0)
    assert stored(store) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
def test_charge_equals_a_count_of_the_rows() -> None:
    kept, thrown_away, under_way = hand_in(picture(), name="a.jpg"), hand_in(PDF), begin(PDF)
    failed, cancelled = begin(b"<html>"), begin(PDF)
    put(failed.pk, b"<html>", 0)
    delete(thrown_away.pk)
    delete(cancelled.pk)
    delete(failed.pk)

    rows = Upload.objects.filter(county_id=HERE).select_related("blob")

    assert {row.pk for row in rows} == {kept.pk, under_way.pk}
    assert used() == sum(row.charged for row in rows) == kept.blob.size + len(PDF)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_charge_holds_the_quota_against_two_processes(store: Any) -> None:  # noqa: F811
    Usage.objects.create(county_id=HERE, allowed=10 * 1000)
    with ExitStack() as stack:
        processes = [
            stack.enter_context(other_process(RACE, store, str(account), stdin=subprocess.PIPE))
            for account in (11, 12)
        ]
        assert [process.stdout.readline() for process in processes] == ["ready\n", "ready\n"]
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.close()
        taken = [int(process.stdout.read()) for process in processes]

    assert (sum(taken), Upload.objects.count(), used()) == (10, 10, 10 * 1000)
