"""The ground of the tests: an own home, a database that starts the same, a page that tells on errors."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.urls import reverse

from tests.__main__ import MOST_WORKERS
from tests.conftest import DESK, silent_page
from xietong.kit.audit.models import Entry, Head

NOON = datetime(2026, 9, 1, 4, tzinfo=UTC)


def test_home_is_a_temporary_folder() -> None:
    assert settings.HOME.parent.parent == Path(tempfile.gettempdir()).resolve()


@pytest.mark.parametrize("turn", range(MOST_WORKERS + 1))
@pytest.mark.django_db(transaction=True)
def test_real_transactions_start_empty_with_migrated_rows_and_guarded(turn: int) -> None:
    """One turn more than there are workers: a worker's second must not find what its first has left."""
    assert Entry.objects.count() == 0
    assert list(Head.objects.values_list("pk", "seq")) == [(1, 0)]
    assert cache.get("left") is None

    entry = Entry.objects.create(at=NOON, business_at=NOON, actor_name="first", role="test", action="test.left")
    Head.objects.update(seq=1)
    cache.set("left", turn)

    with pytest.raises(DatabaseError, match="never changed or deleted"):
        Entry.objects.update(actor_name="somebody else")
    with pytest.raises(DatabaseError, match="never changed or deleted"):
        Entry.objects.filter(pk=entry.pk)._raw_delete("default")
    assert list(Entry.objects.values_list("pk", "actor_name")) == [(entry.pk, "first")]


@pytest.mark.once
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_browser_keeps_the_migrated_rows(browser: Any) -> None:
    assert '"audit.head"' in connection._test_serialized_contents


@pytest.mark.browser
def test_silent_page_refuses_an_error_in_the_console(browser: Any) -> None:
    with (
        pytest.raises(AssertionError, match="broken"),
        silent_page(browser, "http://127.0.0.1", DESK) as page,
    ):
        page.evaluate("console.error('broken')")


@pytest.mark.browser
def test_page_phone_is_narrow_chinese_and_calm(page_phone: Any) -> None:
    page_phone.goto(reverse("account_login"))
    seen = page_phone.evaluate(
        "[screen.width, navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone,"
        " matchMedia('(prefers-reduced-motion: reduce)').matches, 'ontouchstart' in window]"
    )

    assert seen == [390, "zh-CN", "Asia/Shanghai", True, True]
