"""Forms: nothing typed is lost, nobody writes over another, no drop-down takes a row that was not offered."""

from typing import Any

import pytest
from django import forms
from django.urls import reverse

from tests import build, planning
from xietong.areas.orgs.models import Organisation
from xietong.areas.plans.models import Task
from xietong.kit.clock.models import FrozenClock
from xietong.kit.forms.base import Form, in_words, lost_update
from xietong.kit.forms.fields import RowField, RowsField

OFFERED = {1: "一小", 2: "二小"}


class Choosing(Form):
    one = RowField(label="一", required=False)
    many = RowsField(label="多", required=False)


def choosing(**data: Any) -> Choosing:
    form = Choosing(data=data)
    form.offer("one", OFFERED)
    form.offer("many", OFFERED)
    return form


@pytest.mark.once
def test_row_fields_give_the_rows_themselves() -> None:
    form = choosing(one="2", many=["1", "2"])
    assert form.is_valid()
    assert form.cleaned_data == {"one": "二小", "many": ["一小", "二小"]}
    assert choosing().is_valid()


@pytest.mark.once
@pytest.mark.parametrize("value", ["3", "0", "-1", "x", "1 OR 1", "9" * 40])
def test_row_fields_refuse_what_was_not_offered(value: str) -> None:
    assert list(choosing(one=value).errors) == ["one"]
    assert list(choosing(many=["1", value]).errors) == ["many"]


@pytest.mark.once
def test_row_field_that_is_required_refuses_nothing() -> None:
    class Required(Form):
        one = RowField(label="一")

    form = Required(data={})
    form.offer("one", OFFERED)
    assert form.errors == {"one": ["请选择。"]}


@pytest.mark.once
def test_in_words_reads_as_a_person_says_it() -> None:
    choice = forms.ChoiceField(choices=[("a", "甲")])
    said = [in_words(choice, value) for value in ("a", "z", None, "", [], True, False, ["a", "z"])]
    assert said == ["甲", "z", "（空）", "（空）", "（空）", "是", "否", "甲、z"]


@pytest.mark.once
def test_lost_update_names_only_the_fields_that_differ() -> None:
    class Named(Form):
        name = forms.CharField(label="全称")
        short_name = forms.CharField(label="简称")
        extra = forms.CharField(label="不是字段")

    form = Named(data={"name": "甲", "short_name": "乙", "extra": "丙"})
    assert form.is_valid()
    [found] = lost_update(form, Organisation(name="甲", short_name="丁"))
    assert (found.name, found.label, found.mine, found.theirs) == ("short_name", "简称", "乙", "丁")


@pytest.fixture
def cast(db: None) -> build.Cast:
    planning.rules()
    FrozenClock.objects.create(business_now=build.NOW)
    return build.cast()


def test_form_that_is_incomplete_stays_with_422_and_keeps_what_was_typed(cast: build.Cast) -> None:
    response = build.client(cast.office).post(reverse("orgs:organisation_open"), {"name": "打好的全称"})
    assert response.status_code == 422
    assert "打好的全称" in response.content.decode()
    assert Organisation.objects.filter(name="打好的全称").count() == 0


def test_conflict_carries_every_field_and_the_version_to_send_again(cast: build.Cast) -> None:
    plan = planning.draft(county=cast.county)
    task = planning.task(plan=plan, state="draft", lead_unit=cast.school, supports=(cast.university,))
    url, client = reverse("plans:task_change", args=[task.pk]), build.client(cast.office)
    data = {
        "version": 1,
        "number": "1",
        "title": "先改",
        "lead_unit": cast.school.pk,
        "supports": [cast.university.pk],
    }
    assert client.post(url, data).status_code == 302
    response = client.post(url, data | {"title": "后改", "supports": [cast.other_school.pk, cast.university.pk]})
    page = response.content.decode()
    assert response.status_code == 409
    assert [title in page for title in ("先改", "后改")] == [True, True]
    assert page.count('name="supports"') == 2
    assert 'name="version" value="2"' in page
    kept = Task.objects.get(pk=task.pk)
    assert (kept.title, kept.supports.count()) == ("先改", 1)
