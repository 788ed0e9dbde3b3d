"""The way in, as a browser goes it: chunks, breaks, repetitions and other people's uploads."""

from typing import Any

import pytest
from django.test import RequestFactory

from tests.kit.handing_in import (
    CLERK,
    COLLEAGUE,
    NOW,
    PDF,
    begin,
    delete,
    get,
    hand_in,
    put,
    said,
    start,
    store,  # noqa: F401
    stored,
    used,
)
from xietong.kit.files import storage, views
from xietong.kit.files.limits import CHUNK, MOST_BYTES, MOST_CHUNK, MOST_OPEN, OPEN_FOR
from xietong.kit.files.models import Blob, Upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]

GONE = "没有找到这个上传，请移除后重新选择文件。"
LONG = PDF + b"%" * 3 * CHUNK


def in_full(upload: Upload) -> dict[str, Any]:
    return Upload.objects.filter(pk=upload.pk).values().get()


def test_upload_start_opens_an_upload_and_sets_room_aside() -> None:
    response = start(name="../总结.pdf", size=1000)

    upload = Upload.objects.get()
    assert said(response) == (201, {"id": upload.pk, "offset": 0, "chunk": CHUNK})
    assert (upload.account_id, upload.county_id, upload.name) == (CLERK.account_id, CLERK.county_id, "总结.pdf")
    assert used() == 1000


@pytest.mark.parametrize(
    ("size", "status", "message"),
    [
        (MOST_BYTES + 1, 413, "文件超过 50 MB，请压缩或拆分后再上传。"),
        (0, 422, "文件是空的，请检查后再上传。"),
        (-1, 422, "上传请求不完整，请刷新页面后重试。"),
        ("", 422, "上传请求不完整，请刷新页面后重试。"),
        ("1e3", 422, "上传请求不完整，请刷新页面后重试。"),
        ("9" * 5000, 422, "上传请求不完整，请刷新页面后重试。"),
        ("١٢", 422, "上传请求不完整，请刷新页面后重试。"),
    ],
)
def test_upload_start_refuses_a_size(size: object, status: int, message: str) -> None:
    response = start(size=size)

    assert said(response) == (status, {"message": message})
    assert (Upload.objects.count(), used()) == (0, 0)


def test_upload_start_takes_the_largest_file() -> None:
    assert start(size=MOST_BYTES).status_code == 201


def test_upload_start_refuses_one_unfinished_upload_too_many() -> None:
    first, *_others = [begin(PDF) for _ in range(MOST_OPEN)]

    refused = start(size=10)

    message = "您有 20 个文件还没有传完，请等它们传完或移除后再传。"
    assert said(refused) == (422, {"message": message})
    assert (Upload.objects.count(), used()) == (MOST_OPEN, MOST_OPEN * len(PDF))
    assert start(size=10, actor=COLLEAGUE).status_code == 201
    delete(first.pk)
    assert start(size=10).status_code == 201


def test_upload_start_does_not_count_finished_and_expired_uploads() -> None:
    for _ in range(MOST_OPEN):
        hand_in(PDF)
    for upload in [begin(PDF) for _ in range(MOST_OPEN)]:
        Upload.objects.filter(pk=upload.pk).update(expires_at=NOW - OPEN_FOR)

    assert start(size=10).status_code == 201


def test_upload_takes_chunks_and_stores_the_file_with_the_last(store: Any) -> None:  # noqa: F811
    upload = begin(LONG)
    answers = [said(put(upload.pk, LONG[at : at + CHUNK], at))[1] for at in range(0, len(LONG), CHUNK)]

    blob = Blob.objects.get()
    done = {"done": True, "offset": len(LONG), "name": "说明.pdf", "size": len(LONG), "kind": "document"}
    assert answers == [{"offset": CHUNK}, {"offset": 2 * CHUNK}, {"offset": 3 * CHUNK}, done]
    path = store / blob.sha256[:2] / blob.sha256[2:4] / blob.sha256
    assert stored(store) == [path]
    assert path.read_bytes() == LONG
    assert (blob.size, blob.content_type, used()) == (len(LONG), "application/pdf", len(LONG))


def test_upload_tells_where_to_go_on_when_a_chunk_begins_elsewhere(store: Any) -> None:  # noqa: F811
    upload = begin(LONG)
    put(upload.pk, LONG[:1000], 0)

    answers = [put(upload.pk, b"x" * 10, offset) for offset in (0, 999, 1001, len(LONG))]

    message = "上传位置不一致，请从服务器已收到的位置继续。"
    assert [said(answer) for answer in answers] == [(409, {"offset": 1000, "message": message})] * 4
    assert storage.part_path(upload.pk).read_bytes() == LONG[:1000]


def test_upload_tells_how_far_it_got() -> None:
    upload = begin(LONG)
    before = said(get(upload.pk))[1]
    put(upload.pk, LONG[:1000], 0)

    assert (before, said(get(upload.pk))[1]) == ({"offset": 0}, {"offset": 1000})


def test_upload_goes_on_after_bytes_of_which_the_row_knows_nothing() -> None:
    """What a process leaves that is killed between the disk and the database."""
    upload = begin(LONG)
    put(upload.pk, LONG[:1000], 0)
    with storage.part_path(upload.pk).open("ab") as part:
        part.write(LONG[1000:1700])

    told = said(get(upload.pk))[1]
    done = said(put(upload.pk, LONG[1700:], 1700))[1]

    assert told == {"offset": 1700}
    assert (done["done"], Blob.objects.get().size) == (True, len(LONG))
    assert storage.blob_path(Blob.objects.get().sha256).read_bytes() == LONG


def test_upload_is_finished_by_asking_after_a_break_behind_the_last_byte() -> None:
    upload = begin(PDF)
    storage.append(upload.pk, PDF, at=0)

    assert said(get(upload.pk))[1]["done"] is True
    assert storage.blob_path(Blob.objects.get().sha256).read_bytes() == PDF


def test_upload_refuses_more_than_was_announced() -> None:
    upload = begin(PDF)
    before = in_full(upload)

    refused = put(upload.pk, PDF + b"x", 0)

    message = "收到的内容比文件本身长，请移除后重新上传。"
    assert said(refused) == (422, {"message": message})
    assert (in_full(upload), storage.received(upload.pk)) == (before, 0)


def test_upload_refuses_a_chunk_that_would_not_fit_into_memory() -> None:
    upload = begin(PDF + b"%" * 2 * MOST_CHUNK)

    refused = put(upload.pk, b"x" * (MOST_CHUNK + 1), 0)

    message = "一次发送的内容过大，请刷新页面后重试。"
    assert said(refused) == (413, {"message": message})
    assert storage.received(upload.pk) == 0
    assert put(upload.pk, b"x" * MOST_CHUNK, 0).status_code == 200


@pytest.mark.parametrize("offset", ["", "-1", "0x1", "1.0"])
def test_upload_refuses_an_offset_that_is_no_number(offset: str) -> None:
    upload = begin(PDF)

    refused = put(upload.pk, PDF, offset)

    assert said(refused) == (422, {"message": "上传请求不完整，请刷新页面后重试。"})
    assert storage.received(upload.pk) == 0


def test_upload_keeps_nothing_of_a_body_that_breaks_off() -> None:
    class Broken:
        def read(self, *_size: int) -> bytes:
            raise OSError

    upload = begin(PDF)
    request = RequestFactory().put("/", headers={"Upload-Offset": "0"})
    request.actor = CLERK
    request._stream = Broken()

    response = views.upload(request, upload.pk)

    assert said(response) == (422, {"message": "网络中断，请重试。"})
    assert storage.received(upload.pk) == 0


@pytest.mark.parametrize("verb", [get, delete, lambda pk, actor: put(pk, PDF, 0, actor=actor)])
def test_upload_does_not_exist_for_another_account(verb: Any) -> None:
    upload = begin(PDF)
    before = in_full(upload)

    response = verb(upload.pk, actor=COLLEAGUE)

    assert said(response) == (404, {"message": GONE})
    assert (in_full(upload), storage.received(upload.pk)) == (before, 0)


@pytest.mark.parametrize("pk", ["0" * 32, "../" * 8, "a\x00b", "", "A" * 32])
def test_upload_does_not_exist_under_another_id(pk: str) -> None:
    begin(PDF)

    assert [verb(pk).status_code for verb in (get, delete)] == [404, 404]
    assert put(pk, PDF, 0).status_code == 404
    assert Upload.objects.count() == 1


def test_upload_answers_a_repeated_last_chunk_as_before(store: Any) -> None:  # noqa: F811
    upload = begin(PDF)
    first = said(put(upload.pk, PDF, 0))

    again = [said(put(upload.pk, PDF, 0)), said(put(upload.pk, b"", len(PDF))), said(get(upload.pk))]

    assert again == [first, first, first]
    assert (Blob.objects.count(), len(stored(store)), used()) == (1, 1, len(PDF))


def test_upload_keeps_the_same_content_once(store: Any) -> None:  # noqa: F811
    one, other = hand_in(PDF, name="甲.pdf"), hand_in(PDF, name="乙.pdf", actor=COLLEAGUE)

    assert (one.blob_id, Blob.objects.count(), len(stored(store))) == (other.blob_id, 1, 1)
    assert (one.name, other.name, used()) == ("甲.pdf", "乙.pdf", 2 * len(PDF))


def test_upload_delete_throws_away_an_unfinished_file(store: Any) -> None:  # noqa: F811
    upload = begin(LONG)
    put(upload.pk, LONG[:1000], 0)

    response = delete(upload.pk)

    assert (response.status_code, Upload.objects.count(), used()) == (204, 0, 0)
    assert stored(store) == []


def test_upload_delete_throws_away_a_content_with_its_last_upload(store: Any) -> None:  # noqa: F811
    one, other = hand_in(PDF), hand_in(PDF)

    delete(one.pk)
    after_one = (Blob.objects.count(), len(stored(store)), used())
    delete(other.pk)

    assert after_one == (1, 1, len(PDF))
    assert (Blob.objects.count(), stored(store), used()) == (0, [], 0)
