"""What every test stands on: the database between tests, the browser, and what is skipped where."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from xietong.kit.audit import triggers

HERE = Path(__file__).parent
# Whose tests must reach every branch; the others run without measuring, which slows a test by half.
MEASURED = ("areas", "quant")
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PLACE = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
DESK = PLACE | {"viewport": {"width": 1440, "height": 900}}
PHONE = PLACE | {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
# Chromium writes these answers to its console too, but here they are part of the conversation:
# a form with errors, and a record that somebody else has changed.
EXPECTED_ANSWERS = ("status of 422", "status of 409")

hypothesis_settings.register_profile("here", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before pytest itself reads the marks of `-m`."""
    no_browser = pytest.mark.skip(reason="needs /usr/bin/chromium")
    no_postgres = pytest.mark.skip(reason="needs PostgreSQL: runs when DATABASE_URL names one")
    for item in items:
        if item.get_closest_marker("browser") and not CHROMIUM.exists():
            item.add_marker(no_browser)
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(no_postgres)
        if not touches_database(item):
            item.add_marker(pytest.mark.once)
        if has_real_transactions(item):
            keep_migrated_rows(item)
        if not any(item.path.is_relative_to(HERE / folder) for folder in MEASURED):
            item.add_marker(pytest.mark.no_cover)


def touches_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server"}.intersection(getattr(item, "fixturenames", ()))
    return bool(fixtures or item.get_closest_marker("django_db") or item.get_closest_marker("postgres"))


def has_real_transactions(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = {"transactional_db", "live_server"}.intersection(getattr(item, "fixturenames", ()))
    return bool(fixtures or (marker and marker.kwargs.get("transaction")))


def keep_migrated_rows(item: pytest.Item) -> None:
    """A test with real transactions begins with the rows that the migrations made, like every other."""
    marker = item.get_closest_marker("django_db")
    asked = dict(marker.kwargs) if marker else {}
    kept = pytest.mark.django_db(**asked | {"transaction": True, "serialized_rollback": True})
    item.add_marker(kept, append=False)


@pytest.fixture(scope="session", autouse=True)
def emptying_reaches_every_table() -> Iterator[None]:
    """After a test with real transactions Django empties its tables; then those rows come back that migrations made.

    Whichever test a worker takes next finds them, also one without real transactions that another worker has left to
    it. The audit tables would refuse to be emptied, and the table of the cache is none of Django's models.
    """
    empty_tables = TransactionTestCase._fixture_teardown

    def empty_all(case: TransactionTestCase) -> None:
        triggers.remove(connection)
        empty_tables(case)
        if case.serialized_rollback:
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)  # type: ignore[attr-defined]
        triggers.install(connection)
        cache.clear()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_all)
        yield


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Any]:
    """One Chromium for all tests of a worker."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread. Django takes that for asynchronous code, in which it
    # opens another connection, without the migrated rows that it keeps with the first.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    migrated_rows = getattr(connection, "_test_serialized_contents", "[]")
    connections.close_all()
    with sync_playwright() as playwright:
        connection._test_serialized_contents = migrated_rows
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()
        connections.close_all()


@contextmanager
def silent_page(browser: Any, address: str, look: dict[str, Any], *, also: tuple[str, ...] = ()) -> Iterator[Any]:
    """A page whose console must stay free of errors, but for those that a test provokes and names in `also`."""
    errors: list[str] = []
    context = browser.new_context(base_url=address, **look)
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    expected = (*EXPECTED_ANSWERS, *also)
    assert [error for error in errors if not any(sign in error for sign in expected)] == []


@pytest.fixture
def page_desk(browser: Any, live_server: Any) -> Iterator[Any]:
    with silent_page(browser, live_server.url, DESK) as page:
        yield page


@pytest.fixture
def page_phone(browser: Any, live_server: Any) -> Iterator[Any]:
    with silent_page(browser, live_server.url, PHONE) as page:
        yield page
