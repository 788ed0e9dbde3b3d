"""Rows that are never changed, and the chain that tells if somebody changed one all the same."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from tests import build
from xietong.areas.orgs.models import OrgKind
from xietong.kit.accounts.actor import SYSTEM, Actor
from xietong.kit.audit import triggers
from xietong.kit.audit.models import Entry, Head, Link
from xietong.kit.audit.record import record
from xietong.kit.audit.seal import canonical, seal, verify

NOW = datetime(2026, 9, 8, 1, 2, 3, 456789, tzinfo=UTC)
CLERK = Actor(
    account_id=7, name="陈启明", role="office", org_id=3, org_name="办公室", county_id=5, address="10.0.0.1"
)


def written(count: int) -> list[Entry]:
    return [record(CLERK, f"test.{number}", None, now=NOW) for number in range(count)]


@pytest.fixture
def tampering(db: None) -> Any:
    """What somebody can do who owns the database and takes the triggers off."""
    triggers.remove(connection)
    yield
    triggers.install(connection)


@pytest.mark.django_db
def test_record_tells_who_in_which_role_from_where_and_what() -> None:
    school = build.organisation(kind=OrgKind.PRIMARY, name="一小")
    row = record(CLERK, "test.deed", school, now=NOW, changes={"order": (1, 2)}, reason="试")
    assert (row.account_id, row.actor_name, row.role, row.org_name, row.address) == (
        7, "陈启明", "office", "办公室", "10.0.0.1"
    )  # fmt: skip
    assert (row.target_type, row.target_id, row.target_name) == ("orgs.Organisation", str(school.pk), "一小")
    assert (row.county_id, row.business_at, row.changes, row.reason) == (
        school.county_id, NOW, {"order": [1, 2]}, "试"
    )  # fmt: skip


@pytest.mark.django_db
def test_record_names_the_principal_of_a_deputy() -> None:
    deputy = Actor(account_id=7, name="乙", role="office", stands_in_for="甲")
    assert record(deputy, "test.deed", None, now=NOW).actor_name == "乙（代甲）"


@pytest.mark.django_db
def test_record_masks_personal_fields_and_keeps_a_keyed_hash() -> None:
    person = build.person()
    first = record(SYSTEM, "test", person, now=NOW, changes={"phone_cipher": ("", "13800000000")})
    second = record(SYSTEM, "test", person, now=NOW, changes={"phone_cipher": ("13800000000", "13900000000")})
    assert first.changes["phone_cipher"][0] == ""
    assert first.changes["phone_cipher"][1] == second.changes["phone_cipher"][0]
    assert second.changes["phone_cipher"][0] != second.changes["phone_cipher"][1]
    assert "1380" not in str(first.changes)


@pytest.mark.django_db
def test_record_keeps_values_that_read_the_same_in_ten_years() -> None:
    school = build.organisation(name="一小")
    values: dict[str, Any] = {
        "share": Decimal("0.30"),
        "on": date(2026, 9, 8),
        "at": NOW,
        "school": school,
        "words": ["一小", school],
        "by_unit": {school.pk: Decimal("1.5")},
        "key": UUID(int=7),
        "n": None,
    }
    row = record(CLERK, "test", None, now=NOW, changes={name: (None, value) for name, value in values.items()})
    assert {name: new for name, (_old, new) in Entry.objects.get(pk=row.pk).changes.items()} == {
        "share": "0.30",
        "on": "2026-09-08",
        "at": "2026-09-08T01:02:03.456789+00:00",
        "school": {"id": school.pk, "name": "一小"},
        "words": ["一小", {"id": school.pk, "name": "一小"}],
        "by_unit": {str(school.pk): "1.5"},
        "key": "00000000-0000-0000-0000-000000000007",
        "n": None,
    }


@pytest.mark.django_db
def test_canonical_is_the_same_read_back_and_in_another_zone() -> None:
    row = record(CLERK, "test", None, now=NOW, changes={"名称": ("甲", None), "n": (1, 2.5)})
    back = Entry.objects.get(pk=row.pk)
    assert canonical(back) == canonical(row)
    back.business_at = back.business_at.astimezone(timezone(timedelta(hours=8)))
    assert canonical(back) == canonical(row)


@pytest.mark.django_db
def test_canonical_covers_every_field() -> None:
    row = record(CLERK, "test", None, now=NOW, changes={"a": (1, 2)})
    before = canonical(row)
    other: dict[str, Any] = {"at": NOW, "business_at": NOW + timedelta(1), "changes": {}, "account_id": 8}
    same = []
    for field in Entry._meta.concrete_fields:
        back = Entry.objects.get(pk=row.pk)
        value = getattr(back, field.attname)
        setattr(back, field.attname, other.get(field.attname, 99 if isinstance(value, int) else "other"))
        same += [field.attname] if canonical(back) == before else []
    assert same == []


@pytest.mark.django_db
def test_seal_chains_what_waits_and_verify_reports_the_tail() -> None:
    written(3)
    assert (seal(batch=2), seal(batch=2), seal(batch=2)) == (2, 1, 0)
    assert list(Link.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]
    written(2)
    verdict = verify()
    assert (verdict.holds, verdict.links, verdict.unsealed, verdict.problem) == (True, 3, 2, "")
    assert verdict.head == Head.objects.get().mac == Link.objects.get(seq=3).mac


@pytest.mark.django_db
def test_verify_of_an_empty_chain_holds() -> None:
    verdict = verify()
    assert (verdict.holds, verdict.links, verdict.unsealed) == (True, 0, 0)


@pytest.mark.parametrize(
    "values", [{"actor_name": "别人"}, {"changes": {"order": [1, 9]}}, {"business_at": NOW + timedelta(1)}]
)
def test_verify_finds_a_changed_row(tampering: None, values: dict[str, Any]) -> None:
    rows = written(3)
    seal()
    Entry.objects.filter(pk=rows[1].pk).update(**values)
    verdict = verify()
    assert (verdict.holds, verdict.links, verdict.broken_at) == (False, 1, 2)
    assert verdict.problem == f"记录 {rows[1].pk} 与封存时不符"


def test_verify_finds_a_deleted_row(tampering: None) -> None:
    rows = written(3)
    seal()
    Link.objects.filter(entry=rows[1]).delete()
    Entry.objects.filter(pk=rows[1].pk).delete()
    assert (verify().broken_at, verify().problem) == (2, "链条缺少这一环")


def test_verify_finds_the_tail_deleted(tampering: None) -> None:
    rows = written(3)
    seal()
    Link.objects.filter(entry=rows[2]).delete()
    Entry.objects.filter(pk=rows[2].pk).delete()
    assert (verify().broken_at, verify().problem) == (3, "链尾记录被删除")


def test_verify_finds_an_inserted_row(tampering: None) -> None:
    rows = written(2)
    seal()
    forged = Entry.objects.create(at=NOW, business_at=NOW, actor_name="伪造", role="office", action="test.forged")
    last = Link.objects.get(entry=rows[1])
    Link.objects.filter(pk=2).update(entry=forged)
    assert (verify().broken_at, verify().problem) == (2, f"记录 {forged.pk} 与封存时不符")
    assert last.seq == 2


@pytest.mark.django_db
@pytest.mark.parametrize("table", triggers.TABLES)
@pytest.mark.parametrize("verb", ["UPDATE {} SET {}", "DELETE FROM {}"])
def test_triggers_refuse_update_and_delete(table: str, verb: str) -> None:
    written(1)
    seal()
    column = {"audit_entry": "role = 'x'", "audit_link": "mac = 'x'"}[table]
    before = (list(Entry.objects.values()), list(Link.objects.values()))
    with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table, column))
    assert (list(Entry.objects.values()), list(Link.objects.values())) == before
