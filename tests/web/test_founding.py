"""Those whom only the command line names: who they become, what they must not be together, and how they end."""

from io import StringIO
from typing import Any

import pytest

from tests import build
from xietong.areas.orgs.models import County, Organisation, OrgKind, Role
from xietong.areas.people.actions import AlreadyHeld
from xietong.areas.people.models import Person, RoleTerm
from xietong.areas.people.queries import actors_of
from xietong.kit.accounts.models import Account
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused
from xietong.web import cli, founding
from xietong.web.commands import admin

pytestmark = pytest.mark.django_db
WORD = "Meiling-2026-Road"
COUNTED = (Account, County, Entry, Organisation, Person, RoleTerm)


def name(role: str, **fields: Any) -> RoleTerm:
    given = {
        "county": "360123",
        "county_name": "安义县",
        "city": "南昌市",
        "username": role,
        "name": "甲",
        "password": WORD,
    } | fields
    return founding.name_in_county(role=role, now=build.NOW, **given)


def above(role: str, **fields: Any) -> RoleTerm:
    given = {"place": "云岭师范学院", "username": role, "name": "乙", "password": WORD} | fields
    return founding.name_above(role=role, now=build.NOW, **given)


def refused(call: Any, said: str) -> None:
    before = [model.objects.count() for model in COUNTED]
    with pytest.raises(Refused) as refusal:
        call()
    assert said in str(refusal.value)
    assert [model.objects.count() for model in COUNTED] == before


def test_name_in_county_registers_the_county_and_lets_the_office_in() -> None:
    term = name(Role.OFFICE)
    county = County.objects.get()
    assert (county.code, county.name, county.short_name, county.province_name) == (
        "360123", "安义县", "安义", "江西省"
    )  # fmt: skip
    assert (term.county, term.organisation.kind, term.from_on) == (county, OrgKind.BUREAU, build.TODAY)
    account = Account.objects.get(username="office")
    assert account.must_change_password
    assert account.check_password(WORD)
    assert [actor.role for actor in actors_of(account.pk, build.TODAY)] == ["office"]


def test_name_in_county_hangs_the_role_at_the_office_of_the_leading_group() -> None:
    county = build.county(code="360123", name="安义县")
    office = build.organisation(county=county, kind=OrgKind.GROUP_OFFICE)
    assert name(Role.OFFICE).organisation == office
    assert name(Role.AUDIT_ADMIN).organisation == office
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"county_name": ""}, "县 360123 还没有登记，请用 --county-name、--city 给出县名和设区市。"),
        ({"city": ""}, "县 360123 还没有登记，请用 --county-name、--city 给出县名和设区市。"),
        ({"county": "12"}, "县级区划代码应为6位，现为2位。"),
        ({"password": "short"}, "密码"),
    ],
)
def test_name_in_county_refuses_and_keeps_nothing(fields: dict[str, str], said: str) -> None:
    refused(lambda: name(Role.OFFICE, **fields), said)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN),
        (Role.OFFICE, Role.SECURITY_ADMIN),
        (Role.SECURITY_ADMIN, Role.OFFICE),
    ],
)
def test_name_in_county_keeps_the_administrators_apart(first: Role, second: Role) -> None:
    name(first, username="one")
    refused(lambda: name(second, username="one"), "三员分立")


def test_name_in_county_gives_the_same_role_once() -> None:
    name(Role.OFFICE)
    with pytest.raises(AlreadyHeld):
        name(Role.OFFICE)
    assert RoleTerm.objects.count() == 1


def test_name_in_county_refuses_a_login_of_another_county() -> None:
    name(Role.OFFICE, username="one")
    refused(lambda: name(Role.OFFICE, county="360122", county_name="新建区", username="one"), "“one”已属于别的县")


def test_name_above_lets_a_coordinator_name_the_university() -> None:
    university = build.university()
    term = above(Role.UNIVERSITY_COORDINATOR)
    assert (term.organisation, term.county, term.person.university) == (university, None, university)


def test_name_above_lets_an_observer_reach_the_counties_of_the_region() -> None:
    build.county(province_name="云江省")
    build.next_county()
    build.county(code="999930", name="远县", province_name="远省")
    term = above(Role.PROVINCE_OBSERVER, place="云江省教育厅", region="云江省")
    [actor] = actors_of(term.person.account_id or 0, build.TODAY)
    assert set(actor.counties) == set(County.objects.filter(province_name="云江省").values_list("pk", flat=True))
    assert len(actor.counties) == 2


def test_end_ends_the_term_today_and_no_other() -> None:
    first, second = name(Role.SYSTEM_ADMIN), name(Role.AUDIT_ADMIN)
    assert founding.end(first.pk, now=build.NOW).to_on == build.TODAY
    assert list(founding.holders(build.TODAY)) == [second]
    refused(lambda: founding.end(first.pk, now=build.NOW), f"没有编号为 {first.pk} 的在任角色")


def test_end_keeps_the_last_office() -> None:
    term = name(Role.OFFICE)
    refused(lambda: founding.end(term.pk, now=build.NOW), "这是本县最后一个可登录的办公室角色")


def test_end_touches_no_role_of_the_interface() -> None:
    teacher = build.role_term(role=Role.TEACHER)
    refused(lambda: founding.end(teacher.pk, now=build.NOW), "没有编号为")


def test_set_password_must_be_changed_at_the_next_sign_in() -> None:
    account = build.account(person=build.person(), username="clerk")
    founding.set_password("clerk", WORD, now=build.NOW)
    account.refresh_from_db()
    assert (account.check_password(WORD), account.must_change_password) == (True, True)
    assert Entry.objects.filter(action="web.set_password").count() == 1


@pytest.mark.parametrize(("username", "password"), [("nobody", WORD), ("clerk", "1234")])
def test_set_password_refuses_a_stranger_and_a_weak_one(username: str, password: str) -> None:
    account = build.account(person=build.person(), username="clerk")
    with pytest.raises(Refused):
        founding.set_password(username, password, now=build.NOW)
    account.refresh_from_db()
    assert (account.has_usable_password(), account.must_change_password) == (False, False)


def test_command_offers_the_roles_that_can_be_named() -> None:
    assert set(admin.IN_COUNTY) == set(founding.IN_COUNTY)
    assert set(admin.ABOVE) == set(founding.ABOVE)


def test_command_names_lists_and_ends(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(f"{WORD}\n"))
    call = ["admin", "name", "office", "--county", "360123", "--county-name", "安义县", "--city", "南昌市"]
    assert cli.main([*call, "--username", "chen", "--name", "陈某"]) == 0
    assert cli.main(["admin", "list"]) == 0
    term = RoleTerm.objects.get()
    assert f"{term.pk:>6}  安义县  office" in capsys.readouterr().out
    assert cli.main(["admin", "end", str(term.pk)]) == 1
    assert "这是本县最后一个可登录的办公室角色" in capsys.readouterr().err
