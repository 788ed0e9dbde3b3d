"""What is kept of a file: its kind by content, pictures without a word about where and by whom."""

from io import BytesIO
from typing import Any

import pillow_heif
import pytest
from django.http import Http404
from PIL import Image

from tests.kit.handing_in import (
    CLERK,
    NOW,
    PDF,
    TEXT,
    begin,
    get,
    hand_in,
    picture,
    put,
    said,
    store,  # noqa: F401
    stored,
    used,
    where_and_by_whom,
    workbook,
)
from xietong.kit.files import storage, uploading
from xietong.kit.files.models import Blob, Upload
from xietong.kit.media import Unreadable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]

ACTIVE = "不能上传网页、脚本或程序文件。"
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
DRAWING = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def kept(upload: Upload) -> bytes:
    assert upload.blob
    return storage.blob_path(upload.blob.sha256).read_bytes()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (PAGE, "照片.jpg"),
        (PAGE, "页面.html"),
        (PAGE, "说明.txt"),
        (DRAWING, "图标.svg"),
        (DRAWING, "图标.png"),
        (b"MZ\x90\x00\x03\x00", "总结.docx"),
        (b"\x7fELF\x02\x01", "总结.pdf"),
        (b"alert(1)", "程序.js"),
    ],
)
def test_receive_refuses_what_a_browser_or_machine_would_run(data: bytes, name: str, store: Any) -> None:  # noqa: F811
    upload = begin(data, name=name)

    response = put(upload.pk, data, 0)

    upload.refresh_from_db()
    assert said(response) == (422, {"message": ACTIVE})
    assert (upload.state, upload.message, upload.blob) == (Upload.State.FAILED, ACTIVE, None)
    assert (stored(store), Blob.objects.count(), used()) == ([], 0, 0)


def test_receive_says_again_why_an_upload_failed() -> None:
    upload = begin(PAGE)
    first = put(upload.pk, PAGE, 0)

    again = [put(upload.pk, PAGE, 0), get(upload.pk)]

    assert first.status_code == 422
    assert [(response.status_code, response.content) for response in again] == [(422, first.content)] * 2


def test_receive_refuses_a_broken_picture(store: Any) -> None:  # noqa: F811
    data = picture(600, 300)[:400]

    with pytest.raises(Unreadable) as caught:
        hand_in(data, name="照片.jpg")

    assert caught.value.message == "图片无法打开，可能已损坏；请重新拍摄或另存为 .jpg 后再上传。"
    assert (stored(store), used()) == ([], 0)


@pytest.mark.parametrize(
    ("data", "name", "kept_name", "content_type", "kind"),
    [
        (PDF, "照片.jpg", "照片.pdf", "application/pdf", "document"),
        (workbook(), "总结.docx", "总结.xlsx", None, "sheet"),
        (TEXT, "../../名单.csv", "名单.csv", "text/csv", "sheet"),
        (picture(), "总结.pdf", "总结.jpg", "image/jpeg", "image"),
        (picture(form="PNG"), "截图.PNG", "截图.PNG", "image/png", "image"),
    ],
)
def test_receive_names_a_file_by_its_content(
    data: bytes, name: str, kept_name: str, content_type: str | None, kind: str
) -> None:
    upload = hand_in(data, name=name)

    assert upload.blob
    assert (upload.name, upload.blob.kind) == (kept_name, kind)
    assert upload.blob.content_type == (content_type or upload.blob.content_type)


def test_receive_keeps_a_document_as_it_is() -> None:
    data = workbook()

    assert kept(hand_in(data, name="名单.xlsx")) == data


def test_receive_strips_place_and_author_and_turns_the_picture_upright() -> None:
    data = picture(60, 30, exif=where_and_by_whom(orientation=6))
    assert b"PHOTOGRAPHER" in data
    assert Image.open(BytesIO(data)).getexif().get_ifd(0x8825)[2]

    upload = hand_in(data, name="现场.jpg")

    image = Image.open(BytesIO(kept(upload)))
    assert (dict(image.getexif()), b"PHOTOGRAPHER" in kept(upload), b"Exif" in kept(upload)) == ({}, False, False)
    assert upload.blob
    assert (image.size, upload.blob.width, upload.blob.height) == ((30, 60), 30, 60)


def test_receive_makes_a_phones_picture_one_that_every_browser_shows() -> None:
    file = BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 32), (220, 20, 20))).save(file)

    upload = hand_in(file.getvalue(), name="IMG_0001.HEIC")

    assert upload.blob
    assert (upload.name, upload.blob.content_type) == ("IMG_0001.jpg", "image/jpeg")
    assert Image.open(BytesIO(kept(upload))).format == "JPEG"


def test_receive_counts_what_is_kept_and_not_what_was_sent() -> None:
    data = picture(exif=where_and_by_whom()) + b"\0" * 5000
    upload = hand_in(data, name="现场.jpg")

    assert upload.blob
    assert upload.blob.size < len(data)
    assert used() == upload.blob.size


def test_cancel_while_the_file_is_looked_at_leaves_nothing(store: Any) -> None:  # noqa: F811
    """Another request has thrown the upload away by the time the picture is drawn."""
    upload = begin(PDF)
    storage.append(upload.pk, PDF, at=0)
    Upload.objects.all().delete()

    with pytest.raises(Http404):
        uploading.finish(upload, now=NOW)

    assert (Blob.objects.count(), stored(store)) == (0, [])


def test_finish_leaves_a_file_to_the_request_that_was_faster() -> None:
    upload = begin(PDF)
    uploading.receive(CLERK, upload.pk, offset=0, data=PDF, now=NOW)

    again = uploading.finish(upload, now=NOW)

    assert (again.state, Blob.objects.count(), used()) == (Upload.State.DONE, 1, len(PDF))


def test_fail_gives_the_room_back_once_however_many_requests_fail() -> None:
    upload = begin(PAGE)
    begin(PDF)

    uploading.fail(upload, Unreadable(ACTIVE))
    uploading.fail(upload, Unreadable(ACTIVE))

    assert used() == len(PDF)
