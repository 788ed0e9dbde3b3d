"""Which organisations, terms and agreements each role reaches."""

from datetime import date

import pytest
from django.http import Http404

from tests import build
from xietong.areas.orgs import access, queries
from xietong.areas.orgs.models import Role, Term
from xietong.kit.access.permissions import fetch, may, visible
from xietong.kit.errors import Denied

pytestmark = pytest.mark.django_db
TERM = {"year": 2026, "half": 1, "starts_on": date(2026, 9, 1), "ends_on": date(2027, 1, 20)}


@pytest.fixture
def cast() -> build.Cast:
    return build.cast()


def test_view_organisation_reaches_the_own_county_and_its_partners(cast: build.Cast) -> None:
    build.university(name="别的大学")
    here = {one.pk for one in visible(cast.liaison, access.VIEW_ORGANISATION)}
    there = {one.pk for one in visible(cast.stranger, access.VIEW_ORGANISATION)}
    assert here == {cast.school.pk, cast.other_school.pk, cast.university.pk, cast.office.org_id}
    assert there == {cast.stranger.org_id}


def test_university_reaches_a_county_by_the_agreement_in_force_that_day(cast: build.Cast) -> None:
    term = build.role_term(
        person=build.person(university=cast.university), role=Role.UNIVERSITY_TUTOR, organisation=cast.university
    )
    agreement = cast.county.agreements.get()
    agreement.to_on = date(2026, 9, 8)
    agreement.save()
    assert build.actor(term, on=date(2026, 9, 8)).counties == (cast.county.pk,)
    assert build.actor(term, on=date(2026, 9, 9)).counties == ()


def test_observer_reaches_the_counties_of_its_province(cast: build.Cast) -> None:
    province = build.organisation(kind="province", name="云江省教育厅", aliases=["云江省"])
    term = build.role_term(person=build.person(), role=Role.PROVINCE_OBSERVER, organisation=province)
    term.county = None
    term.save()
    build.county(code="999914", name="外省县", province_name="海西省")
    assert set(build.actor(term).counties) == {cast.county.pk, cast.next_county.pk}


def test_change_organisation_is_the_offices_alone(cast: build.Cast) -> None:
    assert fetch(cast.office, access.CHANGE_ORGANISATION, cast.school.pk) == cast.school
    for actor in (cast.head, cast.liaison, cast.teacher, cast.coordinator, cast.stranger):
        with pytest.raises(Http404):
            fetch(actor, access.CHANGE_ORGANISATION, cast.school.pk)


def test_change_organisation_is_denied_once_it_is_closed(cast: build.Cast) -> None:
    cast.school.closed_on = build.TODAY
    cast.school.save()
    with pytest.raises(Denied, match="该机构已撤并，资料只供查阅。"):
        fetch(cast.office, access.CHANGE_ORGANISATION, cast.school.pk)
    assert not may(cast.office, access.CHANGE_ORGANISATION, cast.school)
    assert fetch(cast.office, access.VIEW_ORGANISATION, cast.school.pk) == cast.school


def test_change_term_keeps_county_and_university_apart(cast: build.Cast) -> None:
    here = Term.objects.create(county=cast.county, **TERM)
    there = Term.objects.create(university=cast.university, **TERM)
    assert list(visible(cast.office, access.CHANGE_TERM)) == [here]
    assert list(visible(cast.coordinator, access.CHANGE_TERM)) == [there]
    assert list(visible(cast.stranger, access.CHANGE_TERM)) == []
    assert set(visible(cast.coordinator, access.VIEW_TERM)) == {here, there}


def test_agreement_is_seen_by_its_two_parties(cast: build.Cast) -> None:
    agreement = cast.county.agreements.get()
    assert list(queries.agreements(cast.office)) == [agreement]
    assert list(queries.agreements(cast.coordinator)) == [agreement]
    assert list(queries.agreements(cast.stranger)) == []
    assert list(queries.agreements(cast.liaison)) == []
