"""A building project from its plan to its delivery, with its evidence."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import build, placing, planning
from xietong.areas.places import actions
from xietong.areas.places.models import Project
from xietong.kit.audit.models import Entry
from xietong.kit.errors import Refused
from xietong.kit.files.models import Attachment

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    build.clock()
    return build.cast()


@pytest.fixture
def seat(cast: build.Cast) -> Any:
    return placing.township("云溪镇", county=cast.county)


def state() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Project, Entry, Attachment)]


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("验收.txt", "验收合格".encode())


def test_a_project_goes_from_plan_to_delivery_through_its_pages(cast: build.Cast, seat: Any) -> None:
    client = build.client(cast.office)
    assert "还没有建设项目" in client.get(reverse("places:projects")).content.decode()
    typed = {
        "name": "第七小学新建", "township": seat.pk, "school": "", "kind": "new", "state": "planned",
        "due_on": "2027-08-20", "kindergarten": 0, "primary": 1080, "middle": 0, "high": 0, "note": "",
    }  # fmt: skip
    assert client.get(reverse("places:project_add")).status_code == 200
    assert client.post(reverse("places:project_add"), typed | {"primary": 0}).status_code == 422
    assert client.post(reverse("places:project_add"), typed).status_code == 302
    row = Project.objects.get()
    page = reverse("places:project", args=[row.pk])
    assert "还没有设立" in client.get(page).content.decode()
    change = reverse("places:project_change", args=[row.pk])
    assert client.get(change).status_code == 200
    assert (
        client.post(change, typed | {"school": cast.school.pk, "state": "building", "version": 1}).status_code == 302
    )
    deliver = reverse("places:project_deliver", args=[row.pk])
    assert "佐证材料" in client.get(deliver).content.decode()
    assert client.post(deliver, {"delivered_on": "2027-01-01"}).status_code == 422
    assert client.post(deliver, {"delivered_on": "2026-08-20", "files": paper()}).status_code == 302
    evidence = reverse("places:project_evidence", args=[row.pk])
    assert client.get(evidence).status_code == 200
    assert client.post(evidence, {"files": paper()}).status_code == 302
    shown = client.get(page).content.decode()
    assert ("已交付" in shown, Attachment.objects.count(), "记为交付" in shown) == (True, 2, False)
    assert client.get(change).status_code == 403
    assert client.get(reverse("places:projects") + "?state=delivered").status_code == 200


def test_a_project_is_given_up_with_the_reason(cast: build.Cast, seat: Any) -> None:
    row = placing.project(seat)
    client, url = build.client(cast.office), reverse("places:project_cancel", args=[row.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "用地没有批准"}).status_code == 302
    assert (Project.objects.get().state, Project.objects.get().note) == ("cancelled", "用地没有批准")
    before = state()
    for deed in (
        lambda: actions.change_project(cast.office, row, version=2, due_on=TODAY, now=NOW),
        lambda: actions.deliver_project(cast.office, row, delivered_on=TODAY, now=NOW),
        lambda: actions.cancel_project(cast.office, row, reason="再取消", now=NOW),
    ):
        with pytest.raises(actions.WrongState, match="只供查阅"):
            deed()
    assert state() == before


def test_a_day_to_come_and_a_project_without_places_are_refused(cast: build.Cast, seat: Any) -> None:
    row = placing.project(seat)
    before = state()
    with pytest.raises(actions.Impossible, match="不能晚于今天"):
        actions.deliver_project(cast.office, row, delivered_on=TODAY + timedelta(days=1), now=NOW)
    with pytest.raises(Refused, match="至少要增加一个学段"):
        actions.add_project(cast.office, name="空", township=seat, kind="extend", due_on=date(2027, 1, 1), now=NOW)
    with pytest.raises(Refused, match="已有同名的项目"):
        actions.add_project(
            cast.office, name=row.name, township=seat, kind="rebuild", due_on=date(2027, 1, 1), now=NOW
        )
    assert state() == before


def test_another_county_finds_nothing(cast: build.Cast, seat: Any) -> None:
    row = placing.project(seat)
    client = build.client(cast.stranger)
    assert client.get(reverse("places:project", args=[row.pk])).status_code == 404
    assert row.name not in client.get(reverse("places:projects")).content.decode()
