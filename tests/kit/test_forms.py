"""Forms: nothing typed is lost, nobody writes over another, no drop-down takes a row that was not offered."""

from typing import Any

import pytest
from django import forms
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory
from django.urls import reverse

from tests import build, planning
from xietong.areas.orgs.models import Organisation
from xietong.areas.plans.models import Task
from xietong.kit.clock.models import FrozenClock
from xietong.kit.errors import Denied
from xietong.kit.forms.answer import ask
from xietong.kit.forms.base import Form, in_words, lost_update
from xietong.kit.forms.fields import RowField, RowsField

OFFERED = {1: "一小", 2: "二小"}


class Choosing(Form):
    one = RowField(label="一", required=False)
    many = RowsField(label="多", through="unit", required=False)


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


@pytest.fixture
def drafted(cast: build.Cast) -> Task:
    plan = planning.draft(county=cast.county)
    return planning.task(
        plan=plan, state="draft", lead_unit=cast.school, supports=(cast.university,), title="起先", due_on=None
    )


def typed(cast: build.Cast, **fields: Any) -> dict[str, Any]:
    """What the office sends back of the form of a task; the first to save it."""
    asked = {"version": 1, "number": "1", "title": "先改", "lead_unit": cast.school.pk}
    return asked | {"supports": [cast.university.pk], "due_on": ""} | fields


def stands(task: Task) -> tuple[str, str, int, list[int]]:
    row = Task.objects.get(pk=task.pk)
    return row.title, str(row.due_on), row.version, sorted(row.supports.values_list("unit_id", flat=True))


def test_conflict_carries_every_field_and_the_version_to_send_again(cast: build.Cast, drafted: Task) -> None:
    url, client = reverse("plans:task_change", args=[drafted.pk]), build.client(cast.office)
    assert client.post(url, typed(cast)).status_code == 302
    response = client.post(url, typed(cast, title="后改", supports=[cast.other_school.pk, cast.university.pk]))
    page = response.content.decode()
    assert response.status_code == 409
    assert page.count('name="supports"') == 2
    assert 'name="version" value="2"' in page
    assert stands(drafted) == ("先改", "None", 2, [cast.university.pk])


def test_conflict_tells_what_was_typed_and_what_the_row_says_now(cast: build.Cast, drafted: Task) -> None:
    url, client = reverse("plans:task_change", args=[drafted.pk]), build.client(cast.office)
    client.post(url, typed(cast, due_on="2026-12-01"))
    response = client.post(url, typed(cast, title="后改", supports=[cast.other_school.pk, cast.university.pk]))
    assert [(one.name, one.mine, one.theirs) for one in response.context["differences"]] == [
        ("title", "后改", "先改"),
        ("supports", "二小、云岭师范学院", "云岭师范学院"),
        ("due_on", "（空）", "2026-12-01"),
    ]


def test_conflict_is_settled_field_by_field(cast: build.Cast, drafted: Task) -> None:
    url, client = reverse("plans:task_change", args=[drafted.pk]), build.client(cast.office)
    client.post(url, typed(cast, due_on="2026-12-01", supports=[cast.other_school.pk, cast.university.pk]))
    theirs = dict.fromkeys(("keep-supports", "keep-due_on"), "theirs")
    response = client.post(url, typed(cast, title="后改", supports=[], version=2, **{"keep-title": "mine"}, **theirs))
    assert response.status_code == 302
    expected = sorted([cast.other_school.pk, cast.university.pk])
    assert stands(drafted) == ("后改", "2026-12-01", 3, expected)


def test_conflict_is_settled_with_an_empty_value_of_the_other(cast: build.Cast, drafted: Task) -> None:
    url, client = reverse("plans:task_change", args=[drafted.pk]), build.client(cast.office)
    client.post(url, typed(cast, supports=[]))
    mine = typed(cast, version=2, title="后改", due_on="2026-12-01")
    theirs = dict.fromkeys(("keep-supports", "keep-due_on"), "theirs")
    assert client.post(url, mine | theirs).status_code == 302
    assert stands(drafted) == ("后改", "None", 3, [])


def test_conflict_is_settled_for_words_that_are_kept_as_a_list(cast: build.Cast) -> None:
    url, client = reverse("orgs:organisation_change", args=[cast.school.pk]), build.client(cast.office)
    values = {"name": cast.school.name, "short_name": "一小", "kind": "primary", "order": 3}
    client.post(url, values | {"version": 1, "aliases": "一校、实小"})
    mine = values | {"version": 2, "short_name": "后改", "aliases": "别的", "keep-aliases": "theirs"}
    assert client.post(url, mine).status_code == 302
    row = Organisation.objects.get(pk=cast.school.pk)
    assert (row.short_name, row.aliases) == ("后改", ["一校", "实小"])


def test_form_shows_the_rows_that_hang_on_the_row(cast: build.Cast, drafted: Task) -> None:
    response = build.client(cast.office).get(reverse("plans:task_change", args=[drafted.pk]))
    form = response.context["form"]
    assert form["supports"].value() == [str(cast.university.pk)]
    assert form["lead_unit"].value() == cast.school.pk


def test_ask_lets_a_denial_through_and_writes_nothing(cast: build.Cast, drafted: Task) -> None:
    def save(**_fields: Any) -> None:
        raise Denied("本月已锁定。")

    request = posting(cast, title="改名")
    with pytest.raises(Denied, match="本月已锁定。"):
        ask(request, Titled(data=request.POST), title="改", save=save, done="/")
    assert stands(drafted) == ("起先", "None", 1, [cast.university.pk])


def test_ask_goes_on_to_what_was_made_and_says_nothing_unless_told(cast: build.Cast) -> None:
    request = posting(cast, title="改名")
    form = Titled(data=request.POST)
    response = ask(request, form, title="改", save=lambda title: title, done=lambda made: f"/made/{made}/")
    assert (response.status_code, response["Location"]) == (302, "/made/%E6%94%B9%E5%90%8D/")
    assert list(messages.get_messages(request)) == []


class Titled(Form):
    title = forms.CharField(label="名称")


def posting(cast: build.Cast, **data: str) -> Any:
    """A request as the site's middleware leaves it, for what no page does today."""
    request: Any = RequestFactory().post("/", data)
    request.actor, request.now = cast.office, build.NOW
    request.session = {}
    request._messages = FallbackStorage(request)
    return request
