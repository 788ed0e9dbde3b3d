from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from tests import build
from xietong.areas.orgs.models import OrgKind, Role
from xietong.areas.people import actions, queries, tables
from xietong.areas.people.models import Person, RoleTerm
from xietong.areas.people.panels import todos
from xietong.kit.tables.declare import Asked

pytestmark = pytest.mark.django_db

YESTERDAY, TOMORROW = build.TODAY - timedelta(days=1), build.TODAY + timedelta(days=1)


@pytest.fixture
def cast() -> build.Cast:
    return build.cast()


def test_actors_of_merges_own_roles_and_those_of_a_deputy(cast: build.Cast) -> None:
    person = RoleTerm.objects.get(pk=cast.teacher.term_id).person
    build.role_term(person=person, role=Role.MENTOR, organisation=cast.other_school)
    build.role_term(person=person, role=Role.INSPECTOR, organisation=cast.school, from_on=TOMORROW)
    build.role_term(person=person, role=Role.SECTION_CLERK, organisation=cast.school, to_on=build.TODAY)
    build.deputy(term=RoleTerm.objects.get(pk=cast.liaison.term_id), person=person)

    found = queries.actors_of(person.account_id, build.TODAY)

    assert [(one.role, one.name, one.stands_in_for, one.orgs) for one in found] == [
        ("teacher", "李兰", "", (cast.school.pk,)),
        ("mentor", "李兰", "", (cast.other_school.pk,)),
        ("school_liaison", "李兰", "曾小雨", (cast.school.pk,)),
    ]
    assert {one.person_id for one in found} == {person.pk}


def test_actors_of_files_for_dependants(cast: build.Cast) -> None:
    point = build.organisation(county=cast.county, kind=OrgKind.TEACHING_POINT, files_through=cast.school)

    assert build.actor(RoleTerm.objects.get(pk=cast.liaison.term_id)).orgs == (cast.school.pk, point.pk)


def test_actors_of_a_university_reach_the_counties_of_its_agreements(cast: build.Cast) -> None:
    build.agreement(county=cast.next_county, university=cast.university, to_on=YESTERDAY)
    faculty = build.organisation(kind=OrgKind.FACULTY, parent=cast.university, name="数学学院")
    tutor = build.person(university=cast.university)
    at_faculty = build.actor(build.role_term(person=tutor, role=Role.UNIVERSITY_TUTOR, organisation=faculty))
    elsewhere = build.university(name="临江学院")
    without = build.role_term(
        person=build.person(university=elsewhere), role=Role.UNIVERSITY_TUTOR, organisation=elsewhere
    )

    assert (cast.coordinator.county_id, cast.coordinator.counties) == (None, (cast.county.pk,))
    assert at_faculty.counties == (cast.county.pk,)
    assert build.actor(without).counties == ()


@pytest.mark.parametrize(
    ("kind", "role", "fields"),
    [
        (OrgKind.PROVINCE, Role.PROVINCE_OBSERVER, {"name": "云江省教育厅", "aliases": ["云江省"]}),
        (OrgKind.CITY, Role.CITY_OBSERVER, {"name": "云州市"}),
    ],
)
def test_actors_of_an_observer_reach_the_counties_below(
    cast: build.Cast, kind: str, role: str, fields: dict[str, Any]
) -> None:
    build.county(code="999903", name="空岭县", province_name="海滨省", city_name="海滨市")
    above = build.organisation(kind=kind, **fields)
    observer = build.person(university=cast.university)

    actor = build.actor(build.role_term(person=observer, role=role, organisation=above))

    assert sorted(actor.counties) == sorted((cast.county.pk, cast.next_county.pk))


def test_actors_of_who_left_are_none(cast: build.Cast) -> None:
    Person.objects.filter(pk=cast.liaison.person_id).update(left_on=build.TODAY)
    person = RoleTerm.objects.get(pk=cast.teacher.term_id).person
    build.deputy(term=RoleTerm.objects.get(pk=cast.liaison.term_id), person=person)

    assert queries.actors_of(cast.liaison.account_id, build.TODAY) == ()
    assert [one.role for one in queries.actors_of(person.account_id, build.TODAY)] == ["teacher"]


def listed(cast: build.Cast, **values: str) -> list[str]:
    rows = queries.people_listed(cast.office, build.TODAY, left=values.get("state") == "left")
    asked = Asked(cast.office, build.TODAY)
    return [row.name for row in tables.PeopleTable().filtered(rows, asked, values).order_by("pinyin")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ["陈启明", "李兰", "曾小雨", "周文清"]),
        ({"q": "zxy"}, ["曾小雨"]),
        ({"q": "zeng xiao"}, ["曾小雨"]),
        ({"q": "ZENGXIAO"}, ["曾小雨"]),
        ({"q": "文清"}, ["周文清"]),
        ({"q": "xy"}, []),
        ({"kind": "established"}, ["陈启明", "李兰", "曾小雨", "周文清"]),
        ({"kind": "rotated"}, []),
        ({"org": "nonsense"}, []),
        ({"org": "0"}, []),
        ({"account": "yes"}, ["陈启明", "李兰", "曾小雨", "周文清"]),
        ({"account": "no"}, []),
        ({"account": "nonsense"}, []),
        ({"state": "left"}, ["钱老师"]),
        ({"state": "nonsense"}, []),
    ],
)
def test_people_table_filters(cast: build.Cast, values: dict[str, str], expected: list[str]) -> None:
    build.person(county=cast.county, name="钱老师", left_on=build.LONG_AGO)

    assert listed(cast, **values) == expected


def test_people_table_filters_by_staff_number_and_place(cast: build.Cast) -> None:
    Person.objects.filter(pk=cast.head.person_id).update(staff_no="YL-77")
    former = build.person(county=cast.county, name="旧人")
    build.appointment(person=former, organisation=cast.school, to_on=YESTERDAY)

    assert listed(cast, q="yl-77") == ["周文清"]
    assert listed(cast, org=str(cast.school.pk)) == ["李兰", "曾小雨", "周文清"]
    for value in (str(cast.next_county.organisations.get().pk), "9" * 5000, "９", "x", "-1"):
        assert listed(cast, org=value) == []


def test_role_table_filters(cast: build.Cast) -> None:
    ended = build.role_term(
        role=Role.TEACHER, person=build.person(county=cast.county, name="旧人"), to_on=build.TODAY
    )
    asked = Asked(cast.office, build.TODAY)

    def found(**values: str) -> list[str]:
        rows = tables.RoleTable().filtered(queries.roles(cast.office), asked, values)
        return sorted(row.person.name for row in rows)

    assert found(state="off") == [ended.person.name]
    assert found(state="on") == sorted(["陈启明", "周文清", "曾小雨", "李兰"])
    assert found(state="nonsense") == []
    assert found(q="zxy") == ["曾小雨"]
    assert found(role="teacher") == sorted(["旧人", "李兰"])


QUERIES = {
    "/people/": 12,
    "/people/roles/": 10,
    "/people/transfers/": 10,
}


@pytest.mark.parametrize("address", QUERIES)
def test_lists_cost_the_same_with_one_row_and_with_three(cast: build.Cast, address: str) -> None:
    client = build.client(cast.office)
    client.get(address)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            person = build.person(county=cast.county)
            build.appointment(person=person, organisation=cast.school)
            build.role_term(person=person, role=Role.TEACHER, organisation=cast.school)
            actions.ask_transfer(cast.office, person, to_county=cast.next_county, now=build.NOW)
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            assert client.get(address).status_code == 200
        counts.append(len(queries_made))

    assert counts == [QUERIES[address]] * 2


def test_workplaces_takes_the_post_that_was_taken_last(cast: build.Cast) -> None:
    person = build.person(county=cast.county)
    build.appointment(person=person, organisation=cast.school, from_on=YESTERDAY)
    build.appointment(person=person, organisation=cast.other_school, from_on=build.LONG_AGO)
    ended = build.person(county=cast.county)
    build.appointment(person=ended, organisation=cast.school, to_on=YESTERDAY)

    assert queries.workplaces([person.pk, ended.pk], build.TODAY) == {person.pk: cast.school}


def test_people_to_invite_leaves_out_whom_the_role_may_not_invite(cast: build.Cast) -> None:
    build.person(county=cast.county, left_on=build.LONG_AGO)

    assert sorted(row.name for row in queries.people_to_invite(cast.liaison, build.TODAY)) == sorted(
        ["周文清", "曾小雨", "李兰"]
    )
    assert queries.people_to_invite(cast.teacher, build.TODAY).count() == 0


def test_rows_below_another_row_are_opened_through_it(cast: build.Cast) -> None:
    post = build.appointment(person=build.person(county=cast.county), organisation=cast.school)
    deputy = build.deputy(term=RoleTerm.objects.get(pk=cast.liaison.term_id), person=post.person)

    assert queries.appointment_to_end(cast.office, post.person_id, post.pk) == post
    assert queries.deputy_to_end(cast.office, deputy.term_id, deputy.pk) == deputy
    for wrong in (
        lambda: queries.appointment_to_end(cast.office, cast.head.person_id or 0, post.pk),
        lambda: queries.appointment_to_end(cast.stranger, post.person_id, post.pk),
        lambda: queries.deputy_to_end(cast.office, cast.head.term_id or 0, deputy.pk),
        lambda: queries.deputy_to_end(cast.stranger, deputy.term_id, deputy.pk),
        lambda: queries.group_to_seat(cast.stranger),
        lambda: queries.seat_to_leave(cast.office, 1),
    ):
        with pytest.raises(Http404):
            wrong()


def test_units_of_keeper_of_a_university_are_itself_and_its_faculties(cast: build.Cast) -> None:
    faculty = build.organisation(kind=OrgKind.FACULTY, parent=cast.university, name="数学学院")
    build.university(name="临江学院")

    assert set(queries.units_of_keeper(cast.coordinator, build.TODAY)) == {cast.university.pk, faculty.pk}


def test_accounts_of_role_are_those_who_hold_it_today(cast: build.Cast) -> None:
    build.role_term(role=Role.TEACHER, organisation=cast.school, to_on=build.TODAY)
    build.role_term(role=Role.TEACHER, organisation=cast.school, from_on=TOMORROW)
    other = build.role_term(role=Role.TEACHER, organisation=cast.other_school)

    everywhere = queries.accounts_of_role(cast.county.pk, "teacher", build.TODAY)
    there = queries.accounts_of_role(cast.county.pk, "teacher", build.TODAY, organisation_ids=(cast.other_school.pk,))

    assert everywhere == sorted([cast.teacher.account_id, other.person.account_id])
    assert there == [other.person.account_id]


def test_accounts_of_role_are_those_of_its_deputies_too(cast: build.Cast) -> None:
    term = RoleTerm.objects.get(pk=cast.liaison.term_id)
    deputy, later = (build.somebody(cast.school) for _each in range(2))
    for person in (deputy, later):
        build.account(person=person)
    build.deputy(term=term, person=deputy)
    build.deputy(term=term, person=later, from_on=TOMORROW)

    found = queries.accounts_of_role(cast.county.pk, "school_liaison", build.TODAY)

    assert found == sorted([cast.liaison.account_id, deputy.account_id])


def test_todos_name_the_transfers_that_wait(cast: build.Cast) -> None:
    person = RoleTerm.objects.get(pk=cast.teacher.term_id).person
    row = actions.ask_transfer(cast.office, person, to_county=cast.next_county, now=build.NOW)

    found = list(todos(cast.stranger, build.TODAY))

    assert [(one.title, one.url, one.org) for one in found] == [
        ("确认李兰调入", f"/people/transfers/{row.pk}/", "云岭县")
    ]
    assert [*todos(cast.office, build.TODAY), *todos(cast.teacher, build.TODAY)] == []
