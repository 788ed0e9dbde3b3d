"""Who sees and keeps whom: each row of the table of rights, against people who must stay hidden."""

from typing import Any

import pytest
from django.http import Http404

from tests import build
from xietong.areas.orgs.models import Role
from xietong.areas.people import access, actions, queries
from xietong.areas.people.models import Person, RoleTerm, Transfer
from xietong.kit.access.permissions import Permission, fetch, may, visible
from xietong.kit.errors import Denied

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> build.Cast:
    """The cast, and somebody of each keeper whom it must not mix up."""
    cast = build.cast()
    other = build.person(county=cast.county, name="二小教师")
    build.appointment(person=other, organisation=cast.other_school)
    former = build.person(county=cast.county, name="一小旧人")
    build.appointment(person=former, organisation=cast.school, to_on=build.LONG_AGO)
    build.person(university=build.university(name="临江学院"), name="别校教师")
    return cast


def names(actor: Any, permission: Permission[Any]) -> set[str]:
    return {str(getattr(row, "person", row)) for row in visible(actor, permission)}


SCHOOL = {"周文清", "曾小雨", "李兰"}
COUNTY = SCHOOL | {"陈启明", "二小教师", "一小旧人"}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("office", COUNTY),
        ("head", SCHOOL),
        ("liaison", SCHOOL),
        ("teacher", {"李兰"}),
        ("coordinator", {"单一鸣"}),
        ("stranger", {"吴江"}),
    ],
)
def test_view_person_shows_whom_the_role_reaches(cast: build.Cast, who: str, expected: set[str]) -> None:
    assert names(getattr(cast, who), access.VIEW_PERSON) == expected


@pytest.mark.parametrize("role", [Role.SECTION_CLERK, Role.DEVELOPMENT_CENTRE, Role.SECURITY_ADMIN])
def test_view_person_of_county_staff(cast: build.Cast, role: str) -> None:
    actor = build.actor(build.role_term(person=build.person(county=cast.county, name="新人"), role=role))

    assert names(actor, access.VIEW_PERSON) == COUNTY | {"新人"}


@pytest.mark.parametrize(
    "role", [Role.MEMBER_UNIT, Role.GROUP_HEAD, Role.INSPECTOR, Role.AUDIT_ADMIN, Role.SYSTEM_ADMIN]
)
def test_view_person_is_closed_to_the_others(cast: build.Cast, role: str) -> None:
    actor = build.actor(build.role_term(person=build.person(county=cast.county), role=role))

    assert names(actor, access.VIEW_PERSON) == set()


@pytest.mark.parametrize(
    ("permission", "expected"),
    [
        (access.CHANGE_PERSON, {"office": COUNTY, "coordinator": {"单一鸣"}, "stranger": {"吴江"}}),
        (access.REVEAL, {"office": COUNTY, "coordinator": {"单一鸣"}, "stranger": {"吴江"}}),
        (
            access.INVITE,
            {
                "office": COUNTY,
                "head": SCHOOL,
                "liaison": SCHOOL,
                "coordinator": {"单一鸣"},
                "stranger": {"吴江"},
            },
        ),
        (
            access.RESET,
            {
                "office": COUNTY,
                "head": SCHOOL,
                "liaison": SCHOOL,
                "coordinator": {"单一鸣"},
                "stranger": {"吴江"},
            },
        ),
        (
            access.VIEW_ROLE,
            {"office": SCHOOL | {"陈启明"}, "coordinator": {"单一鸣"}, "stranger": {"吴江"}},
        ),
        (
            access.CHANGE_ROLE,
            {"office": SCHOOL | {"陈启明"}, "coordinator": {"单一鸣"}, "stranger": {"吴江"}},
        ),
    ],
    ids=lambda one: getattr(one, "code", ""),
)
def test_each_permission_reaches_its_rows(
    cast: build.Cast, permission: Permission[Any], expected: dict[str, set[str]]
) -> None:
    found = {name: names(actor, permission) for name, actor in cast.everybody.items()}

    assert {name: rows for name, rows in found.items() if rows} == expected


@pytest.mark.parametrize("permission", [access.CHANGE_PERSON, access.INVITE, access.RESET], ids=lambda one: one.code)
def test_who_left_is_read_but_not_changed(cast: build.Cast, permission: Permission[Any]) -> None:
    gone = build.person(county=cast.county, left_on=build.LONG_AGO)

    with pytest.raises(Denied, match="已离开"):
        fetch(cast.office, permission, gone.pk)
    with pytest.raises(Http404):
        fetch(cast.stranger, permission, gone.pk)

    assert may(cast.office, permission, gone) is False
    assert fetch(cast.office, access.VIEW_PERSON, gone.pk) == gone


def test_transfers_are_seen_by_both_and_each_side_does_its_own(cast: build.Cast) -> None:
    person = RoleTerm.objects.get(pk=cast.teacher.term_id).person
    row = actions.ask_transfer(cast.office, person, to_county=cast.next_county, now=build.NOW)

    seen = {name: set(visible(actor, access.VIEW_TRANSFER)) for name, actor in cast.everybody.items()}
    answered = {name: set(visible(actor, access.ANSWER_TRANSFER)) for name, actor in cast.everybody.items()}

    assert {name for name, rows in seen.items() if rows == {row}} == {"office", "stranger"}
    withdrawn = {name: set(visible(actor, access.WITHDRAW_TRANSFER)) for name, actor in cast.everybody.items()}
    assert {name for name, rows in answered.items() if rows} == {"stranger"}
    assert {name for name, rows in withdrawn.items() if rows} == {"office"}
    third = build.county(code="999903", name="空岭县")
    outsider = build.actor(build.role_term(person=build.person(county=third)))
    assert visible(outsider, access.VIEW_TRANSFER).count() == 0


def test_an_answered_transfer_says_so(cast: build.Cast) -> None:
    person = RoleTerm.objects.get(pk=cast.teacher.term_id).person
    row = actions.ask_transfer(cast.office, person, to_county=cast.next_county, now=build.NOW)
    actions.withdraw_transfer(cast.office, row, now=build.NOW)

    with pytest.raises(Denied, match="已经办结"):
        queries.transfer_to_answer(cast.stranger, row.pk)
    with pytest.raises(Denied, match="已经办结"):
        queries.transfer_to_withdraw(cast.office, row.pk)
    with pytest.raises(Http404):
        queries.transfer_to_withdraw(cast.stranger, row.pk)

    assert Transfer.objects.get().state == "withdrawn"


def test_scopes_of_a_role_without_county_or_person_reach_nothing(cast: build.Cast) -> None:
    from xietong.kit.accounts.actor import Actor

    empty = {
        role: Actor(account_id=None, name="", role=role) for role in ("office", "teacher", "university_coordinator")
    }

    views = (access.VIEW_PERSON, access.VIEW_ROLE, access.VIEW_TRANSFER)
    for permission in (*views, access.ANSWER_TRANSFER, access.WITHDRAW_TRANSFER):
        assert [visible(actor, permission).count() for actor in empty.values()] == [0, 0, 0]
    assert Person.objects.count() > 0
