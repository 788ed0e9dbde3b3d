"""When the disk is full, and when the process is killed: nothing half-done, and the upload goes on."""

import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.kit.handing_in import (
    CLERK,
    HERE,
    NOW,
    OWNER,
    PDF,
    ROOM,
    TEXT,
    begin,
    get,
    hand_in,
    other_process,
    owner,  # noqa: F401
    picture,
    posted,
    put,
    said,
    small_disk,  # noqa: F401
    store,  # noqa: F401
    stored,
    used,
)
from xietong.kit.files import storage
from xietong.kit.files.actions import attach
from xietong.kit.files.limits import CHUNK
from xietong.kit.files.models import Attachment, Blob, Upload
from xietong.kit.files.refusals import DiskFull

FULL = {"message": "服务器存储空间已满，文件没有保存。请联系系统管理员，稍后重试即可继续。"}
LONG = PDF + b"%" * 3 * CHUNK

# Sends chunk after chunk; at the second one the process dies in the middle of writing.
KILLED = """
import signal
from xietong.kit.files.limits import CHUNK
from xietong.kit.files.uploading import receive
actor = Actor(account_id=11, name="曾小雨", role="reader", county_id=1)
data = sys.stdin.buffer.read()
receive(actor, sys.argv[2], offset=0, data=data[:CHUNK], now=machine_now())
write = os.write
def die(file, rest):
    write(file, rest[: len(rest) // 2])
    os.kill(os.getpid(), signal.SIGKILL)
os.write = die
receive(actor, sys.argv[2], offset=CHUNK, data=data[CHUNK : 2 * CHUNK], now=machine_now())
"""

# Has received everything; dies when the content is about to get its name.
KILLED_AT_THE_END = """
import signal
from pathlib import Path
from xietong.kit.files.uploading import receive
actor = Actor(account_id=11, name="曾小雨", role="reader", county_id=1)
Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
receive(actor, sys.argv[2], offset=0, data=sys.stdin.buffer.read(), now=machine_now())
"""

# Files may grow to 300,000 bytes, which the system refuses like a full disk.
BOUNDED = """
import resource
from xietong.kit.files import storage
from xietong.kit.files.refusals import DiskFull
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
ended = storage.append("0" * 32, b"x" * 200_000, at=0)
try:
    storage.append("0" * 32, b"x" * 200_000, at=ended)
except DiskFull:
    print(storage.received("0" * 32))
try:
    with storage.temporary(b"x" * 400_000):
        pass
except DiskFull:
    print([path.name for path in storage.incoming().iterdir()] == ["0" * 32 + ".part"])
"""


def put_all(pk: str, data: bytes) -> Any:
    """Chunk after chunk until the end or the first refusal."""
    offset = said(get(pk))[1]["offset"]
    while True:
        answer = put(pk, data[offset : offset + CHUNK], offset)
        if answer.status_code != 200 or said(answer)[1].get("done"):
            return answer
        offset = said(answer)[1]["offset"]


@pytest.mark.django_db
def test_receive_on_a_full_disk_writes_nothing_and_goes_on_when_there_is_room(small_disk: Path) -> None:  # noqa: F811
    filler = small_disk / "filler"
    filler.write_bytes(bytes(ROOM - CHUNK - CHUNK // 2))
    upload = begin(LONG[: 2 * CHUNK])
    put(upload.pk, LONG[:CHUNK], 0)

    refused = put(upload.pk, LONG[CHUNK : 2 * CHUNK], CHUNK)

    upload.refresh_from_db()
    assert said(refused) == (507, FULL)
    assert (upload.state, upload.received, storage.received(upload.pk)) == (Upload.State.OPEN, CHUNK, CHUNK)
    assert said(get(upload.pk)) == (200, {"offset": CHUNK})
    filler.unlink()
    assert put(upload.pk, LONG[CHUNK : 2 * CHUNK - 1], CHUNK).status_code == 200


@pytest.mark.django_db
def test_finish_on_a_full_disk_keeps_the_upload_and_ends_it_when_there_is_room(small_disk: Path) -> None:  # noqa: F811
    filler, data = small_disk / "filler", LONG[:CHUNK]
    filler.write_bytes(bytes(ROOM - CHUNK - CHUNK // 2))
    upload = begin(data)

    refused = put(upload.pk, data, 0)

    assert (said(refused), said(get(upload.pk))) == ((507, FULL), (507, FULL))
    assert stored(small_disk) == [filler, storage.part_path(upload.pk)]
    assert (Upload.objects.get().state, Blob.objects.count(), used()) == (Upload.State.OPEN, 0, CHUNK)
    filler.unlink()
    assert said(get(upload.pk))[1]["done"] is True
    assert storage.blob_path(Blob.objects.get().sha256).read_bytes() == data


@pytest.mark.django_db
@pytest.mark.usefixtures("owner")
def test_attach_on_a_full_disk_attaches_nothing(small_disk: Path) -> None:  # noqa: F811
    upload = hand_in(TEXT, name="名单.csv")

    with pytest.raises(DiskFull):
        attach(
            CLERK,
            owner_type=OWNER,
            owner_id=1,
            county_id=HERE,
            uploads=[upload.pk],
            plain=[posted(LONG, "总结.pdf")],
            now=NOW,
        )

    assert (Attachment.objects.count(), list(Upload.objects.all()), used()) == (0, [upload], len(TEXT))
    assert [path.read_bytes() for path in stored(small_disk)] == [TEXT]


@pytest.mark.once
def test_append_does_not_call_every_failure_a_full_disk(store: Path) -> None:  # noqa: F811
    store.write_text("a file where the folder should be")

    with pytest.raises(NotADirectoryError):
        storage.append("0" * 32, PDF, at=0)


@pytest.mark.django_db(transaction=True)
def test_append_and_temporary_refuse_when_files_may_not_grow(store: Path) -> None:  # noqa: F811
    with other_process(BOUNDED, store) as process:
        said_there, _ = process.communicate(timeout=60)

    assert said_there == "200000\nTrue\n"


@pytest.mark.django_db(transaction=True)
def test_receive_killed_in_the_middle_of_a_chunk_can_be_resumed(store: Path) -> None:  # noqa: F811
    upload = begin(LONG)

    killed = die(KILLED, store, upload.pk, LONG)

    upload.refresh_from_db()
    torn = CHUNK + CHUNK // 2
    assert (killed, upload.state, upload.received) == (-signal.SIGKILL, Upload.State.OPEN, CHUNK)
    assert (Blob.objects.count(), stored(store)) == (0, [storage.part_path(upload.pk)])
    assert said(get(upload.pk)) == (200, {"offset": torn})
    assert said(put_all(upload.pk, LONG))[1]["done"] is True
    assert [path.read_bytes() for path in stored(store)] == [LONG]


@pytest.mark.django_db(transaction=True)
def test_finish_killed_before_the_content_has_its_name_leaves_no_content(store: Path) -> None:  # noqa: F811
    data = picture(600, 300)
    upload = begin(data, name="现场.jpg")

    killed = die(KILLED_AT_THE_END, store, upload.pk, data)

    assert (killed, Blob.objects.count()) == (-signal.SIGKILL, 0)
    assert {path.suffix for path in stored(store)} == {".part", ".tmp"}
    done = said(get(upload.pk))[1]
    blob = Blob.objects.get()
    assert (done["done"], done["size"], used()) == (True, blob.size, blob.size)
    assert storage.blob_path(blob.sha256).stat().st_size == blob.size


def die(program: str, root: Path, pk: str, data: bytes) -> int:
    """How a process ended that was given the bytes of a file to send."""
    with other_process(program, root, pk, stdin=subprocess.PIPE) as process:
        process.stdin.buffer.write(data)
        process.communicate(timeout=60)
    return process.returncode
