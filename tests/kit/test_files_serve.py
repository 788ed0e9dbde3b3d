"""The way out: only to those who see the row, and nothing that a browser would run."""

from io import BytesIO
from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory
from PIL import Image

from tests.kit.handing_in import (
    CLERK,
    COLLEAGUE,
    HERE,
    NEIGHBOUR,
    NOW,
    OWNER,
    PDF,
    TEXT,
    UNIVERSITY,
    hand_in,
    owner,  # noqa: F401
    picture,
    store,  # noqa: F401
    stored,
    workbook,
)
from xietong.kit.access.permissions import PERMISSIONS, Permission
from xietong.kit.accounts.actor import Actor
from xietong.kit.clock.models import Holiday
from xietong.kit.files import serving, storage, views
from xietong.kit.files.actions import attach
from xietong.kit.files.models import Attachment
from xietong.kit.files.owners import OWNERS, register_owner
from xietong.kit.files.refusals import FileMissing, ReasonMissing, Withdrawn
from xietong.kit.files.withdrawing import withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]

NOBODY = Actor(account_id=41, name="王五", role="", county_id=HERE)


def hung(owner: Holiday, data: bytes, name: str) -> Attachment:  # noqa: F811
    [row] = attach(
        CLERK,
        owner_type=OWNER,
        owner_id=owner.pk,
        county_id=HERE,
        uploads=[hand_in(data, name=name).pk],
        plain=(),
        now=NOW,
    )
    return row


def body(response: Any) -> bytes:
    with response.file_to_stream:
        return b"".join(response.streaming_content)


def look(pk: int, query: str = "", *, actor: Actor = COLLEAGUE, view: Any = views.file, **headers: str) -> Any:
    request = RequestFactory().get(f"/{query}", headers=headers)
    request.actor = actor
    return view(request, pk)


def test_serve_shows_a_pdf_in_the_browser(owner: Holiday) -> None:  # noqa: F811
    row = hung(owner, PDF, "总结.pdf")

    response = look(row.pk)

    assert body(response) == PDF
    assert response.headers == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(PDF)),
        "Content-Disposition": "inline; filename*=utf-8''%E6%80%BB%E7%BB%93.pdf",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
        "ETag": f'"{row.blob.sha256}"',
        "Content-Security-Policy": serving.SEEN_BY_VIEWER,
    }


@pytest.mark.parametrize(
    ("data", "name", "query", "disposition", "content_type"),
    [
        (PDF, "a.pdf", "?download=1", 'attachment; filename="a.pdf"', "application/pdf"),
        (picture(), "a.jpg", "", 'inline; filename="a.jpg"', "image/jpeg"),
        (picture(form="PNG"), "a.png", "", 'inline; filename="a.png"', "image/png"),
        (b"plain words", "a.txt", "", 'attachment; filename="a.txt"', "text/plain"),
        (TEXT, "a.csv", "", 'attachment; filename="a.csv"', "text/csv"),
        (
            workbook(),
            "a.xlsx",
            "",
            'attachment; filename="a.xlsx"',
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_serve_shows_only_pictures_and_pdf_in_the_page(
    owner: Holiday,  # noqa: F811
    data: bytes,
    name: str,
    query: str,
    disposition: str,
    content_type: str,
) -> None:
    response = look(hung(owner, data, name).pk, query)
    body(response)

    assert (response["Content-Disposition"], response["Content-Type"]) == (disposition, content_type)
    assert (response["X-Content-Type-Options"], response[serving.POLICY]) == ("nosniff", serving.SANDBOXED)


@pytest.mark.parametrize("view", [views.file, views.thumbnail])
@pytest.mark.parametrize("stranger", [NEIGHBOUR, UNIVERSITY, NOBODY])
def test_serve_hides_the_file_from_whoever_does_not_see_its_row(
    owner: Holiday,  # noqa: F811
    stranger: Actor,
    view: Any,
) -> None:
    row = hung(owner, picture(), "现场.jpg")
    body(look(row.pk, view=view))

    with pytest.raises(Http404):
        look(row.pk, actor=stranger, view=view)


def test_serve_hides_a_file_whose_row_is_gone_or_of_no_known_kind(owner: Holiday) -> None:  # noqa: F811
    row = hung(owner, PDF, "总结.pdf")
    for change in ({"owner_type": "tests.nobody"}, {"owner_type": OWNER, "owner_id": owner.pk + 1}):
        Attachment.objects.update(**change)
        with pytest.raises(Http404):
            look(row.pk)


def test_serve_knows_no_other_numbers(owner: Holiday) -> None:  # noqa: F811
    row = hung(owner, PDF, "总结.pdf")

    with pytest.raises(Http404):
        look(row.pk + 1)


@pytest.mark.parametrize("view", [views.file, views.thumbnail])
def test_serve_sends_a_file_once_to_a_browser_that_keeps_it(owner: Holiday, view: Any) -> None:  # noqa: F811
    row = hung(owner, picture(), "现场.jpg")
    first = look(row.pk, view=view)
    body(first)

    again = look(row.pk, view=view, **{"If-None-Match": first["ETag"]})
    changed = look(row.pk, view=view, **{"If-None-Match": '"other"'})
    body(changed)

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again[serving.POLICY] == serving.SANDBOXED
    assert changed.status_code == 200


def test_serve_says_so_when_the_file_is_lost(owner: Holiday) -> None:  # noqa: F811
    row = hung(owner, picture(), "现场.jpg")
    storage.blob_path(row.blob.sha256).unlink()

    for view in (views.file, views.thumbnail):
        with pytest.raises(FileMissing, match="文件不在存储中，可能未随备份恢复。请联系系统管理员。"):
            look(row.pk, view=view)


@pytest.mark.parametrize(("form", "content_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_thumbnail_is_made_once_and_kept_beside_its_picture(
    owner: Holiday,  # noqa: F811
    store: Any,  # noqa: F811
    form: str,
    content_type: str,
) -> None:
    row = hung(owner, picture(1200, 600, form), "现场.jpg")

    response = look(row.pk, view=views.thumbnail)

    small = Image.open(BytesIO(body(response)))
    assert (small.size, small.format, response["Content-Type"]) == ((480, 240), form, content_type)
    assert response["Content-Disposition"].startswith("inline")
    path = storage.thumbnail_path(row.blob.sha256)
    assert stored(store) == [storage.blob_path(row.blob.sha256), path]
    made_at = path.stat().st_mtime_ns
    body(look(row.pk, view=views.thumbnail))
    assert path.stat().st_mtime_ns == made_at


def test_thumbnail_is_for_pictures_only(owner: Holiday, store: Any) -> None:  # noqa: F811
    row = hung(owner, PDF, "总结.pdf")

    with pytest.raises(Http404):
        look(row.pk, view=views.thumbnail)

    assert stored(store) == [storage.blob_path(row.blob.sha256)]


def test_register_owner_refuses_a_second_permission(owner: Holiday) -> None:  # noqa: F811
    permission = OWNERS[OWNER]
    register_owner(OWNER, permission)
    other = Permission("tests.change_holiday", Holiday, {})
    del PERMISSIONS[other.code]

    with pytest.raises(ValueError, match=r"already seen by tests\.view_holiday"):
        register_owner(OWNER, other)

    assert OWNERS[OWNER] is permission


def test_withdrawn_file_keeps_its_row_and_shows_nothing(owner: Holiday) -> None:  # noqa: F811
    row = hung(owner, picture(), "照片.jpg")
    assert row.preview_url
    row = withdraw(CLERK, row, reason=" 拍到了别人 ", now=NOW)

    assert (row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason) == (NOW, "曾小雨", "拍到了别人")
    assert (row.preview_url, row.thumbnail_url) == ("", "")
    for view in (views.file, views.thumbnail):
        with pytest.raises(Withdrawn, match="原因：拍到了别人"):
            look(row.pk, view=view)
        with pytest.raises(Http404):
            look(row.pk, view=view, actor=NEIGHBOUR)


def test_withdraw_needs_a_reason_and_is_done_once(owner: Holiday) -> None:  # noqa: F811
    row = hung(owner, PDF, "总结.pdf")
    with pytest.raises(ReasonMissing):
        withdraw(CLERK, row, reason=" ", now=NOW)
    assert body(look(row.pk)) == PDF
    withdraw(CLERK, row, reason="放错了", now=NOW)
    with pytest.raises(Withdrawn, match="已由曾小雨撤回"):
        withdraw(COLLEAGUE, row, reason="又一次", now=NOW)
    row.refresh_from_db()
    assert row.withdrawn_reason == "放错了"
