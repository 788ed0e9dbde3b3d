"""Hanging files on a row: each upload once, one's own, counted for the county of the row."""

from typing import Any

import pytest
from django.db import transaction

from tests.kit.handing_in import (
    CLERK,
    COLLEAGUE,
    HERE,
    NOW,
    OWNER,
    PDF,
    TEXT,
    THERE,
    UNIVERSITY,
    begin,
    hand_in,
    owner,  # noqa: F401
    picture,
    posted,
    store,  # noqa: F401
    stored,
    used,
    where_and_by_whom,
)
from xietong.kit.accounts.actor import SYSTEM, Actor
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused
from xietong.kit.files import storage
from xietong.kit.files.actions import attach, take_posted
from xietong.kit.files.models import Attachment, Blob, Upload, Usage
from xietong.kit.files.queries import attachments
from xietong.kit.files.refusals import Malformed, NotFinished, QuotaExceeded
from xietong.kit.files.uploading import cancel
from xietong.kit.media import Unreadable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store", "owner")]

USED = "有附件已失效或已经用过，请移除后重新上传。"


def hang(*ids: str, actor: Actor = CLERK, owner_id: int = 1, **fields: Any) -> list[Attachment]:
    given = {"owner_type": OWNER, "county_id": HERE, "plain": (), "now": NOW} | fields
    return attach(actor, owner_id=owner_id, uploads=ids, **given)


def test_attach_hangs_uploads_on_the_row_in_the_order_given() -> None:
    first, second = hand_in(PDF, name="甲.pdf"), hand_in(TEXT, name="乙.csv")

    rows = hang(second.pk, first.pk, note="四月", has_pupils=True)

    assert list(Attachment.objects.order_by("pk")) == rows
    assert [(row.name, row.blob_id, row.note, row.has_pupils) for row in rows] == [
        ("乙.csv", second.blob_id, "四月", True),
        ("甲.pdf", first.blob_id, "四月", True),
    ]
    assert {(row.county_id, row.owner_type, row.owner_id, row.uploaded_by, row.at) for row in rows} == {
        (HERE, OWNER, 1, CLERK.account_id, NOW)
    }
    assert (Upload.objects.count(), used()) == (0, len(PDF) + len(TEXT))


def test_attach_writes_an_audit_row_a_file() -> None:
    [row] = hang(hand_in(PDF).pk)

    entry = Entry.objects.get()
    assert (entry.action, entry.target_type, entry.target_id) == ("files.attach", "files.Attachment", str(row.pk))
    assert (entry.target_name, entry.county_id, entry.account_id) == ("说明.pdf", HERE, CLERK.account_id)
    assert entry.changes["blob"][1] == {"id": row.blob_id, "name": str(row.blob)}


def test_attach_takes_an_upload_named_twice_once() -> None:
    upload = hand_in(PDF)

    assert len(hang(upload.pk, upload.pk)) == 1


def test_attach_takes_each_upload_once() -> None:
    upload = hand_in(PDF)
    hang(upload.pk)

    with pytest.raises(NotFinished, match=USED):
        hang(upload.pk, owner_id=2)

    assert Attachment.objects.get().owner_id == 1


def test_attach_refuses_another_accounts_upload_and_takes_none_of_the_others() -> None:
    mine, theirs = hand_in(PDF), hand_in(TEXT, name="名单.csv", actor=COLLEAGUE)

    with pytest.raises(NotFinished, match=USED):
        hang(mine.pk, theirs.pk)

    assert (Attachment.objects.count(), Upload.objects.count(), Entry.objects.count()) == (0, 2, 0)
    assert len(hang(theirs.pk, actor=COLLEAGUE)) == 1


@pytest.mark.parametrize("pk", ["0" * 32, "../../etc/passwd", "", "\x00"])
def test_attach_refuses_an_id_that_nobody_was_given(pk: str) -> None:
    with pytest.raises(NotFinished, match=USED):
        hang(pk)

    assert Attachment.objects.count() == 0


def test_attach_refuses_an_unfinished_upload() -> None:
    upload = begin(PDF)

    with pytest.raises(NotFinished, match="还有附件没有传完，请等上传完成后再提交。"):
        hang(upload.pk)

    assert (Attachment.objects.count(), Upload.objects.get().state) == (0, Upload.State.OPEN)


def test_attach_refuses_a_failed_upload() -> None:
    with pytest.raises(Unreadable):
        hand_in(b"<html>", name="照片.jpg")

    with pytest.raises(NotFinished, match=USED):
        hang(Upload.objects.get().pk)

    assert Attachment.objects.count() == 0


def test_attach_keeps_files_of_a_form_without_scripts() -> None:
    photo = picture(exif=where_and_by_whom())

    rows = hang(hand_in(PDF).pk, plain=[posted(photo, "C:\\相册\\现场.png"), posted(TEXT, "名单.csv")])

    assert [row.name for row in rows] == ["说明.pdf", "现场.jpg", "名单.csv"]
    kept = storage.blob_path(rows[1].blob.sha256).read_bytes()
    assert (b"PHOTOGRAPHER" in kept, rows[1].is_picture) == (False, True)
    assert (Upload.objects.count(), used()) == (0, sum(row.size for row in rows))


@pytest.mark.parametrize(("data", "refusal"), [(b"<html><script>", Unreadable), (b"", Malformed)])
def test_attach_refuses_all_when_one_posted_file_cannot_be_kept(data: bytes, refusal: type[Refused]) -> None:
    upload = hand_in(PDF)

    with pytest.raises(refusal):
        hang(upload.pk, plain=[posted(TEXT, "名单.csv"), posted(data, "照片.jpg")])

    assert (Attachment.objects.count(), list(Upload.objects.all()), used()) == (0, [upload], len(PDF))


def test_take_posted_makes_uploads_that_a_later_transaction_attaches() -> None:
    ids = take_posted(CLERK, [posted(TEXT, "名单.csv")])

    assert (Upload.objects.get().state, used()) == (Upload.State.DONE, len(TEXT))
    assert [row.name for row in hang(*ids)] == ["名单.csv"]


def test_take_posted_refuses_the_system_which_hands_nothing_in() -> None:
    with pytest.raises(ValueError, match="files are handed in by people"):
        take_posted(SYSTEM, [posted(TEXT, "名单.csv")])

    assert (Upload.objects.count(), used()) == (0, 0)


def test_attach_is_undone_with_the_action_it_belongs_to() -> None:
    upload = hand_in(PDF)

    def hang_and_fail() -> None:
        with transaction.atomic():
            hang(upload.pk, plain=[posted(TEXT, "名单.csv")])
            raise Refused

    with pytest.raises(Refused):
        hang_and_fail()

    assert (Attachment.objects.count(), list(Upload.objects.all()), used()) == (0, [upload], len(PDF))
    assert len(hang(upload.pk)) == 1


def test_attach_counts_for_the_county_of_the_row() -> None:
    upload = hand_in(PDF, actor=UNIVERSITY)
    before = (used(0), used(HERE))

    hang(upload.pk, actor=UNIVERSITY)

    assert (before, used(0), used(HERE)) == ((len(PDF), 0), 0, len(PDF))


def test_attach_refuses_what_the_county_of_the_row_has_no_room_for() -> None:
    upload = hand_in(PDF, actor=UNIVERSITY)
    Usage.objects.create(county_id=THERE, allowed=len(PDF) - 1)

    with pytest.raises(QuotaExceeded):
        hang(upload.pk, actor=UNIVERSITY, county_id=THERE)

    assert (Attachment.objects.count(), list(Upload.objects.all())) == (0, [upload])
    assert (used(0), used(THERE)) == (len(PDF), 0)


def test_attach_fails_for_an_owner_that_nobody_could_open() -> None:
    upload = hand_in(PDF)

    with pytest.raises(LookupError, match="it is not registered"):
        hang(upload.pk, owner_type="tests.nobody")

    assert Upload.objects.get() == upload


def test_attachments_gives_each_owner_its_files_in_one_query(django_assert_num_queries: Any) -> None:
    for number in range(3):
        hang(hand_in(PDF + b"%" * number, name=f"{number}.pdf").pk, owner_id=1)
    hang(hand_in(PDF).pk, owner_id=3)
    Attachment.objects.create(
        blob=Blob.objects.all()[0], name="别处.pdf", owner_type="tests.other", owner_id=1, uploaded_by=1, at=NOW
    )

    with django_assert_num_queries(1):
        found = attachments(OWNER, [1, 2, 3])
        read = {pk: [(row.name, row.size, row.kind) for row in rows] for pk, rows in found.items()}

    assert read == {
        1: [(f"{number}.pdf", len(PDF) + number, "document") for number in range(3)],
        2: [],
        3: [("说明.pdf", len(PDF), "document")],
    }


def test_attachment_knows_its_addresses() -> None:
    photo, table = hang(hand_in(picture(), name="现场.jpg").pk, hand_in(TEXT, name="名单.csv").pk)

    assert (photo.url, photo.preview_url, photo.thumbnail_url) == (
        f"/files/{photo.pk}/?download=1",
        f"/files/{photo.pk}/",
        f"/files/{photo.pk}/thumbnail/",
    )
    assert (table.url, table.preview_url, table.thumbnail_url) == (f"/files/{table.pk}/?download=1", "", "")


def test_attach_of_a_shared_content_keeps_its_file_when_the_other_upload_goes(store: Any) -> None:  # noqa: F811
    kept, thrown_away = hand_in(PDF), hand_in(PDF)
    hang(kept.pk)

    cancel(CLERK, thrown_away.pk)

    assert ([path.read_bytes() for path in stored(store)], used()) == ([PDF], len(PDF))
