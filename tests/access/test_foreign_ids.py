"""A row of the next county named in a form, or in the second half of an address: refused, and nothing changes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from tests import build, planning
from tests.kit.handing_in import PDF, hand_in, store  # noqa: F401
from xietong.areas.orgs.models import OrgKind
from xietong.areas.people.models import Appointment, RoleTerm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]

DAY = build.TODAY.isoformat()
Case = Callable[[build.Cast], tuple[str, dict[str, Any]]]


def content() -> dict[str, list[dict[str, Any]]]:
    """Every row of every area, with notices and audit."""
    labels = ("orgs", "people", "plans", "notices", "audit", "files")
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


def foreign_school(cast: build.Cast) -> Any:
    return build.organisation(county=cast.next_county, name="外县小学")


def foreign_term(cast: build.Cast) -> RoleTerm:
    return RoleTerm.objects.get(pk=cast.stranger.term_id)


def appoint(cast: build.Cast) -> tuple[str, dict[str, Any]]:
    place = foreign_school(cast).pk
    fields = {"organisation": place, "post": "教师", "kind": "established", "from_on": DAY}
    return f"/people/{cast.teacher.person_id}/appoint/", fields


def grant(cast: build.Cast) -> tuple[str, dict[str, Any]]:
    place = foreign_school(cast).pk
    return f"/people/{cast.teacher.person_id}/roles/new/", {"organisation": place, "role": "teacher", "from_on": DAY}


def deputise(cast: build.Cast) -> tuple[str, dict[str, Any]]:
    fields = {"person": cast.stranger.person_id, "from_on": DAY, "to_on": "2026-12-31"}
    return f"/people/roles/{cast.liaison.term_id}/deputies/new/", fields


def take_seat(cast: build.Cast) -> tuple[str, dict[str, Any]]:
    build.leading_group(county=cast.county)
    fields = {"person": cast.stranger.person_id, "unit": cast.school.pk, "position": "member", "from_on": DAY}
    return "/people/seats/new/", fields


def take_seat_for(cast: build.Cast) -> tuple[str, dict[str, Any]]:
    build.leading_group(county=cast.county)
    unit = foreign_school(cast).pk
    return "/people/seats/new/", {
        "person": cast.liaison.person_id, "unit": unit, "position": "member", "from_on": DAY
    }  # fmt: skip


def support(cast: build.Cast) -> tuple[str, dict[str, Any]]:
    task = planning.task(plan=planning.draft(), lead_unit=cast.school, state="draft")
    fields = {"version": 1, "number": "1", "title": "改", "supports": [cast.school.pk, foreign_school(cast).pk]}
    return f"/plans/tasks/{task.pk}/change/", fields


def set_up_group(cast: build.Cast) -> tuple[str, dict[str, Any]]:
    foreign = build.organisation(county=cast.next_county, kind=OrgKind.LEADING_GROUP, name="外县领导小组")
    return "/orgs/group/new/", {"organisation": foreign.pk, "document": "通知", "founded_on": DAY}


@pytest.mark.parametrize(
    ("case", "field"),
    [
        (appoint, "organisation"),
        (grant, "organisation"),
        (deputise, "person"),
        (take_seat, "person"),
        (take_seat_for, "unit"),
        (support, "supports"),
        (set_up_group, "organisation"),
    ],
)
def test_a_form_refuses_a_row_of_the_next_county(case: Case, field: str) -> None:
    cast = build.cast()
    address, fields = case(cast)
    client = build.client(cast.office)
    before = content()

    answer = client.post(address, fields)

    assert (answer.status_code, content()) == (422, before)
    assert list(answer.context["form"].errors) == [field]


def test_a_report_refuses_an_upload_of_the_next_county() -> None:
    cast = build.cast()
    planning.rules()
    task = planning.task(plan=planning.plan(), lead_unit=cast.school, state="under_way")
    upload = hand_in(PDF, actor=cast.stranger)
    client = build.client(cast.liaison)
    before = content()

    answer = client.post(f"/plans/tasks/{task.pk}/report/", {"text": "见附件。", "uploads": [upload.pk]})

    assert (answer.status_code, content()) == (422, before)


def end_foreign_post(cast: build.Cast) -> tuple[str, dict[str, Any]]:
    post = Appointment.objects.get(person_id=cast.stranger.person_id)
    return f"/people/{cast.teacher.person_id}/posts/{post.pk}/end/", {"to_on": DAY}


def end_foreign_deputy(cast: build.Cast) -> tuple[str, dict[str, Any]]:
    deputy = build.deputy(term=foreign_term(cast), person=build.person(county=cast.next_county))
    return f"/people/roles/{cast.liaison.term_id}/deputies/{deputy.pk}/end/", {"to_on": DAY}


def change_foreign_phase(cast: build.Cast) -> tuple[str, dict[str, Any]]:
    phase = planning.phase(plan=planning.draft(county=cast.next_county))
    fields = {"version": 1, "name": "改", "starts_on": DAY, "ends_on": DAY}
    return f"/plans/{planning.draft().pk}/phases/{phase.pk}/", fields


@pytest.mark.parametrize("case", [end_foreign_post, end_foreign_deputy, change_foreign_phase])
def test_an_address_of_ones_own_row_opens_none_of_the_next_county_below_it(case: Case) -> None:
    cast = build.cast()
    address, fields = case(cast)
    client = build.client(cast.office)
    before = content()

    answer = client.post(address, fields)

    assert (answer.status_code, content()) == (404, before)
