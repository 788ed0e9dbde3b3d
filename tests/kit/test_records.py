"""Two ways to write a row: with an audit row in the same transaction, and never over somebody else's change."""

import pytest
from django.db import transaction

from tests import build
from xietong.areas.orgs.models import Organisation
from xietong.kit.accounts.actor import SYSTEM
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused, Stale
from xietong.kit.records.asked import asked_once, one_reading
from xietong.kit.records.writing import add, change

pytestmark = pytest.mark.django_db
NOW = build.NOW


def test_add_inserts_the_row_with_its_audit_row() -> None:
    row = add(
        SYSTEM,
        Organisation(county=build.county(), kind="primary", name="一小", short_name="一小"),
        action="test.add",
        now=NOW,
    )
    entry = Entry.objects.get()
    assert (entry.action, entry.target_id) == ("test.add", str(row.pk))
    assert entry.changes["name"] == [None, "一小"]


def test_add_refuses_a_row_that_breaks_a_constraint_and_writes_nothing() -> None:
    build.organisation(name="一小")
    with pytest.raises(Refused, match="本县已有同名的机构。"):
        add(
            SYSTEM,
            Organisation(county=build.county(), kind="primary", name="一小", short_name="x"),
            action="test",
            now=NOW,
        )
    assert (Organisation.objects.count(), Entry.objects.count()) == (1, 0)


def test_change_raises_the_version_and_records_what_differs() -> None:
    row = build.organisation(name="一小", order=1)
    made = change(SYSTEM, row, action="test", now=NOW, version=1, order=2, name="一小")
    assert (made.order, made.version) == (2, 2)
    assert Entry.objects.get().changes == {"order": [1, 2]}


def test_change_refuses_a_lost_update_and_carries_the_row_as_it_stands() -> None:
    row = build.organisation(order=1)
    change(SYSTEM, row, action="test", now=NOW, version=1, order=2)
    with pytest.raises(Stale) as stale:
        change(SYSTEM, row, action="test", now=NOW, version=1, order=3)
    assert (stale.value.current.order, stale.value.current.version) == (2, 2)
    assert Organisation.objects.get().order == 2
    assert Entry.objects.count() == 1


def test_change_without_a_version_goes_on_from_the_row_as_it_stands() -> None:
    row = build.organisation(order=1)
    change(SYSTEM, row, action="test", now=NOW, order=2)
    assert change(SYSTEM, row, action="test", now=NOW, order=3).version == 3


def test_change_refuses_what_a_constraint_forbids_and_writes_nothing() -> None:
    row = build.organisation(opened_on=build.TODAY)
    with pytest.raises(Refused, match="撤并日期不能早于设立日期。"):
        change(SYSTEM, row, action="test", now=NOW, closed_on=build.LONG_AGO)
    assert (Organisation.objects.get().closed_on, Entry.objects.count()) == (None, 0)


def test_change_and_its_audit_row_are_undone_together() -> None:
    row = build.organisation(order=1)
    with transaction.atomic():
        change(SYSTEM, row, action="test", now=NOW, order=2)
        transaction.set_rollback(True)
    assert (Organisation.objects.get().order, Entry.objects.count()) == (1, 0)


def test_a_page_asks_once_what_several_of_its_panels_want_to_know() -> None:
    asked = []

    @asked_once
    def double(number: int, *, plus: int = 0) -> int:
        asked.append(number)
        return 2 * number + plus

    assert (double(1), double(1), len(asked)) == (2, 2, 2)
    with one_reading():
        assert (double(1), double(1), double(2), double(1, plus=1)) == (2, 2, 4, 3)
    assert asked == [1, 1, 1, 2, 1]
    with one_reading():
        assert double(1) == 2
    assert len(asked) == 6
