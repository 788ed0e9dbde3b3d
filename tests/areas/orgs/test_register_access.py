"""Who sees, fills, confirms, locks and corrects the yearly register, and what says why not now."""

import pytest
from django.http import Http404

from tests import build, planning, registers
from xietong.areas.orgs import access
from xietong.areas.orgs.models import Role, SchoolRecord
from xietong.kit.access.permissions import Permission, fetch, visible
from xietong.kit.errors import Denied

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def stage(cast: build.Cast, **fields: object) -> tuple[SchoolRecord, SchoolRecord, SchoolRecord]:
    """A record of the school, of the other school, and of a school of the next county."""
    foreign = build.organisation(county=cast.next_county, name="临江县小学")
    places = (cast.school, cast.other_school, foreign)
    mine, other, abroad = (registers.school_record(school=school) for school in places)
    return mine, other, abroad


def test_records_are_seen_by_the_county_and_by_the_school_alone(cast: build.Cast) -> None:
    mine, other, abroad = stage(cast)
    seen = {name: set(visible(actor, access.VIEW_RECORD)) for name, actor in cast.everybody.items()}
    assert seen == {
        "office": {mine, other},
        "head": {mine},
        "liaison": {mine},
        "teacher": set(),
        "coordinator": set(),
        "stranger": {abroad},
    }
    years = {name: set(visible(actor, access.VIEW_REGISTER)) for name, actor in cast.everybody.items()}
    assert years["liaison"] == years["office"] == {mine.register}
    assert years["teacher"] == years["coordinator"] == set()


def test_a_central_school_fills_for_the_school_that_files_through_it(cast: build.Cast) -> None:
    point = build.organisation(county=cast.county, kind="teaching_point", files_through=cast.school)
    record = registers.school_record(school=point)
    liaison = build.actor(build.role_term(role=Role.SCHOOL_LIAISON, organisation=cast.school))
    assert fetch(liaison, access.FILL_RECORD, record.pk) == record


def test_care_figures_are_for_the_section_in_charge_and_the_school(cast: build.Cast) -> None:
    mine, other, _abroad = stage(cast)
    held, others = registers.care(record=mine), registers.care(record=other)
    section = build.organisation(county=cast.county, kind="section", name="基教股")
    clerk = build.actor(build.role_term(role=Role.SECTION_CLERK, organisation=section))
    assert set(visible(clerk, access.VIEW_CARE)) == {held, others}
    assert set(visible(cast.liaison, access.VIEW_CARE)) == {held}
    assert set(visible(cast.office, access.VIEW_CARE)) == set()


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [
        (access.FILL_RECORD, {"office", "head", "liaison"}),
        (access.CONFIRM_RECORD, {"head"}),
        (access.DESCRIBE_RECORD, {"office"}),
    ],
)
def test_who_may_do_what_to_an_open_record(
    cast: build.Cast, permission: Permission[SchoolRecord], allowed: set[str]
) -> None:
    mine, _other, _abroad = stage(cast)
    for name, actor in cast.everybody.items():
        if name in allowed:
            assert fetch(actor, permission, mine.pk) == mine
        else:
            with pytest.raises(Http404):
                fetch(actor, permission, mine.pk)


def test_an_open_record_is_neither_released_nor_corrected(cast: build.Cast) -> None:
    mine, _other, _abroad = stage(cast)
    with pytest.raises(Denied, match="校长还没有确认"):
        fetch(cast.head, access.RELEASE_RECORD, mine.pk)
    with pytest.raises(Denied, match="可以直接修改，不需要更正"):
        fetch(cast.office, access.CORRECT_RECORD, mine.pk)


def test_a_confirmed_record_is_released_before_it_is_changed(cast: build.Cast) -> None:
    record = registers.school_record(school=cast.school, confirmed_at=build.NOW)
    for permission, actor in (
        (access.FILL_RECORD, cast.liaison),
        (access.CONFIRM_RECORD, cast.head),
        (access.DESCRIBE_RECORD, cast.office),
    ):
        with pytest.raises(Denied, match="请先撤回确认"):
            fetch(actor, permission, record.pk)
    assert fetch(cast.head, access.RELEASE_RECORD, record.pk) == record
    assert fetch(cast.office, access.RELEASE_RECORD, record.pk) == record


def test_a_locked_record_is_only_corrected(cast: build.Cast) -> None:
    register = registers.register_year(county=cast.county, locked_at=build.NOW)
    record = registers.school_record(school=cast.school, register=register, confirmed_at=build.NOW)
    for permission, actor in (
        (access.FILL_RECORD, cast.liaison),
        (access.CONFIRM_RECORD, cast.head),
        (access.RELEASE_RECORD, cast.head),
    ):
        with pytest.raises(Denied, match="已锁定"):
            fetch(actor, permission, record.pk)
    with pytest.raises(Denied, match="已锁定"):
        fetch(cast.office, access.KEEP_REGISTER, register.pk)
    assert fetch(cast.office, access.CORRECT_RECORD, record.pk) == record
    with pytest.raises(Http404):
        fetch(cast.head, access.CORRECT_RECORD, record.pk)
