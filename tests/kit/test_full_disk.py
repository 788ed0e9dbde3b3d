"""A disk that fills up during a save or an export: nothing half-done, a page that says so, and it works again.

Uploads have theirs in `test_files_disk`, backup and restore in `test_backup_refused`.
"""

import gc
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from tests import build, planning
from tests.kit.handing_in import ROOM, small_disk, store, stored  # noqa: F401
from xietong.areas.plans.models import Report, Step, Task
from xietong.kit.audit.models import Entry
from xietong.kit.notices.models import Notice
from xietong.kit.tables import export

PAGES = 2**30


def run(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def fill_up() -> None:
    """Whatever the database file still has room for is taken, and it may not grow."""
    run("CREATE TABLE filler (content BLOB)")
    run(f"PRAGMA max_page_count = {run('PRAGMA page_count')}")
    for size in (100_000, 3_000, 100):
        with pytest.raises(OperationalError, match="full"):
            insert_for_ever(size)


def insert_for_ever(size: int) -> None:
    while True:
        run(f"INSERT INTO filler VALUES (zeroblob({size}))")


def make_room() -> None:
    run(f"PRAGMA max_page_count = {PAGES}")
    run("DROP TABLE filler")


def content() -> list[list[dict[str, Any]]]:
    return [list(model._default_manager.order_by("pk").values()) for model in (Task, Report, Step, Entry, Notice)]


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite can be told how large it may grow")
def test_a_save_on_a_full_disk_changes_nothing_and_works_once_there_is_room() -> None:
    planning.rules()
    cast = build.cast()
    task = planning.task(plan=planning.plan(), lead_unit=cast.school, state="under_way")
    client, address = build.client(cast.liaison), f"/plans/tasks/{task.pk}/report/"
    client.raise_request_exception = False
    fields = {"text": "已召开启动会。" * 250, "request_key": "k" * 32}
    before = content()
    fill_up()

    refused = client.post(address, fields)

    try:
        assert (refused.status_code, content()) == (500, before)
        assert "本次操作没有保存。" in refused.text
    finally:
        make_room()
    assert client.post(address, fields).status_code == 302
    assert Report.objects.get().text == fields["text"]


# The library leaves the handles of a workbook that failed to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.django_db
def test_an_export_on_a_full_disk_says_so_and_leaves_nothing(
    small_disk: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    planning.rules()
    cast, plan = build.cast(), planning.plan()
    for _ in range(60):
        planning.task(plan=plan, lead_unit=cast.school, title="制定教研制度" * 20)
    client = build.client(cast.office)
    filler = small_disk / "filler"
    filler.write_bytes(bytes(ROOM - 12 * 1024))
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk))
    monkeypatch.setattr(export, "SHORT", 59)

    refused = client.get("/plans/tasks/?export=xlsx")

    gc.collect()
    assert (refused.status_code, stored(small_disk)) == (422, [filler])
    assert "服务器存储空间已满，文件没有保存。" in refused.text
    filler.unlink()
    response = client.get("/plans/tasks/?export=xlsx")
    assert b"".join(response.streaming_content)[:2] == b"PK"
    response.close()
    assert stored(small_disk) == []
