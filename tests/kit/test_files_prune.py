"""What nobody finished or attached in time goes, and nothing else."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.kit.handing_in import (
    CLERK,
    HERE,
    NOW,
    OWNER,
    PDF,
    TEXT,
    begin,
    hand_in,
    owner,  # noqa: F401
    store,  # noqa: F401
    stored,
    used,
)
from xietong.kit.files import storage
from xietong.kit.files.actions import attach
from xietong.kit.files.limits import DONE_FOR, OPEN_FOR
from xietong.kit.files.models import Blob, Upload
from xietong.kit.files.pruning import prune, prune_one
from xietong.kit.files.uploading import receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]

MOMENT = timedelta(seconds=1)


def aged(path: Path, at: datetime) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def test_prune_removes_an_unfinished_upload_a_day_after_its_last_chunk(store: Path) -> None:  # noqa: F811
    upload = begin(PDF)
    receive(CLERK, upload.pk, offset=0, data=PDF[:5], now=NOW + MOMENT)

    early = prune(NOW + OPEN_FOR)
    kept = (Upload.objects.count(), len(stored(store)), used())

    assert (early, kept) == (0, (1, 1, len(PDF)))
    assert (prune(NOW + OPEN_FOR + MOMENT), Upload.objects.count(), stored(store), used()) == (1, 0, [], 0)


def test_prune_removes_a_finished_upload_that_was_not_attached(store: Path) -> None:  # noqa: F811
    hand_in(PDF)

    early = prune(NOW + DONE_FOR - MOMENT)
    kept = (Upload.objects.count(), len(stored(store)))

    assert (early, kept) == (0, (1, 1))
    assert (prune(NOW + DONE_FOR), Upload.objects.count(), stored(store), used()) == (1, 0, [], 0)
    assert Blob.objects.count() == 0


@pytest.mark.usefixtures("owner")
def test_prune_keeps_a_content_that_something_refers_to(store: Path) -> None:  # noqa: F811
    attached, waiting = hand_in(PDF), hand_in(TEXT, name="名单.csv")
    attach(CLERK, owner_type=OWNER, owner_id=1, county_id=HERE, uploads=[attached.pk], now=NOW)
    for data, name in ((PDF, "说明.pdf"), (TEXT, "名单.csv")):
        again = hand_in(data, name=name)
        Upload.objects.filter(pk=again.pk).update(expires_at=NOW)

    removed = prune(NOW)

    assert (removed, list(Upload.objects.all()), Blob.objects.count()) == (2, [waiting], 2)
    assert {path.read_bytes() for path in stored(store)} == {PDF, TEXT}
    assert used() == len(PDF) + len(TEXT)


def test_prune_one_leaves_an_upload_that_went_on_meanwhile() -> None:
    upload = begin(PDF)

    assert (prune_one(upload.pk, NOW), Upload.objects.count(), used()) == (False, 1, len(PDF))


def test_prune_sweeps_what_a_killed_process_left(store: Path) -> None:  # noqa: F811
    upload = begin(PDF)
    long_ago, lately = NOW - OPEN_FOR - MOMENT, NOW - OPEN_FOR + MOMENT
    part = aged(storage.part_path(upload.pk), long_ago)
    young = aged(storage.incoming() / f"{'1' * 32}.tmp", lately)
    aged(storage.incoming() / f"{'2' * 32}.tmp", long_ago)
    aged(storage.part_path("3" * 32), long_ago)

    prune(NOW)

    assert stored(store) == sorted([part, young])
