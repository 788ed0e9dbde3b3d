"""Every row of a county carries it, and no form takes a row of another county."""

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from tests import build, planning
from xietong.areas.orgs.models import County, Organisation, OrgKind
from xietong.areas.people.models import Handover
from xietong.areas.plans.models import Task
from xietong.kit.audit.models import Entry

# Tables whose county may be missing or stands elsewhere, each with its reason.
WITHOUT_COUNTY = {
    "orgs.County": "is the county",
    "orgs.Organisation": "universities, cities and provinces belong to none (constraint)",
    "orgs.LeadingGroupUnit": "stands below its leading group",
    "orgs.Term": "a university has its own calendar (constraint: one of the two)",
    "orgs.SchoolDay": "stands below its term",
    "people.Person": "kept by a county or a university (constraint: one of the two)",
    "people.Appointment": "follows its person",
    "people.RoleTerm": "follows its person",
    "people.Deputy": "stands below its role term",
    "people.Seat": "stands below its leading group",
    "people.Invitation": "stands below its person",
    "people.Handover": "follows its giver",
    "people.Transfer": "has two counties",
    "indicators.ReportedTotal": "counts the counties of a province or a city",
}


def has_own_county(model: Any) -> bool:
    names = {field.name: field for field in model._meta.concrete_fields}
    county = names.get("county")
    return county is not None and county.related_model is County and not county.null


@pytest.mark.once
def test_every_table_of_an_area_has_a_county_that_is_never_null() -> None:
    areas = [config for config in apps.get_app_configs() if config.name.startswith("xietong.areas.")]
    without = {model._meta.label for config in areas for model in config.get_models() if not has_own_county(model)}
    assert without == set(WITHOUT_COUNTY)


@pytest.mark.once
def test_there_is_no_admin_site_and_no_superuser() -> None:
    account = apps.get_model(settings.AUTH_USER_MODEL)
    fields = {field.name for field in account._meta.get_fields()}
    assert not apps.is_installed("django.contrib.admin")
    assert fields & {"is_superuser", "is_staff", "groups", "user_permissions"} == set()


@pytest.fixture
def cast(db: None) -> build.Cast:
    return build.cast()


def refused(cast: build.Cast, name: str, data: dict[str, Any], *args: int) -> None:
    """The office of the first county posts a form that names a row of the second; nothing is written."""
    client = build.client(cast.office)
    before = Entry.objects.count()
    response = client.post(reverse(name, args=args), data)
    assert response.status_code == 422
    assert "所选的内容不存在，或者您不能使用它。" in response.content.decode()
    assert Entry.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["parent", "files_through"])
def test_organisation_change_refuses_a_foreign_organisation(cast: build.Cast, field: str) -> None:
    foreign = build.organisation(county=cast.next_county, name="外县小学")
    data = {"version": 1, "name": "新名", "short_name": "新名", "kind": "primary", "order": 1, field: foreign.pk}
    refused(cast, "orgs:organisation_change", data, cast.school.pk)
    row = Organisation.objects.get(pk=cast.school.pk)
    assert (row.name, row.parent, row.files_through, row.version) == ("云岭县第一小学", None, None, 1)


@pytest.mark.django_db
def test_organisation_close_refuses_a_foreign_successor(cast: build.Cast) -> None:
    foreign = build.organisation(county=cast.next_county, name="外县小学")
    data = {"closed_on": "2026-09-08", "successor": foreign.pk, "reason": "撤并"}
    refused(cast, "orgs:organisation_close", data, cast.school.pk)
    assert Organisation.objects.get(pk=cast.school.pk).closed_on is None


@pytest.mark.django_db
def test_group_join_refuses_a_foreign_unit(cast: build.Cast) -> None:
    group = build.leading_group(county=cast.county)
    foreign = build.organisation(county=cast.next_county, name="外县财政局", kind=OrgKind.MEMBER_UNIT)
    data = {"unit": foreign.pk, "duty": "member", "from_on": "2026-09-08"}
    refused(cast, "orgs:group_join", data, group.pk)
    assert group.units.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["lead_unit", "phase"])
def test_task_change_refuses_a_foreign_unit_or_phase(cast: build.Cast, field: str) -> None:
    plan = planning.draft(county=cast.county)
    task = planning.task(plan=plan, state="draft", lead_unit=cast.school)
    foreign = {
        "lead_unit": build.organisation(county=cast.next_county, name="外县小学"),
        "phase": planning.phase(plan=planning.draft(county=cast.next_county)),
    }[field]
    data = {"version": 1, "number": "1", "title": "改", "lead_unit": cast.school.pk, field: foreign.pk}
    refused(cast, "plans:task_change", data, task.pk)
    row = Task.objects.get(pk=task.pk)
    assert (row.title, row.lead_unit_id, row.phase_id, row.version) == (task.title, cast.school.pk, None, 1)


@pytest.mark.django_db
def test_task_receive_refuses_a_foreign_owner(cast: build.Cast) -> None:
    task = planning.task(plan=planning.plan(county=cast.county), lead_unit=cast.school)
    response = build.client(cast.liaison).post(
        reverse("plans:task_receive", args=[task.pk]), {"owner": cast.stranger.person_id}
    )
    assert response.status_code == 422
    row = Task.objects.get(pk=task.pk)
    assert (row.state, row.owner_id) == ("issued", None)


@pytest.mark.django_db
def test_handover_refuses_a_foreign_successor(cast: build.Cast) -> None:
    data = {"successor": cast.stranger.person_id, "reason": "调整"}
    refused(cast, "people:handover", data, cast.liaison.person_id)
    assert Handover.objects.count() == 0
