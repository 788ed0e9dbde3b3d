"""常用语: one's own, kept on the account; with the standard ones they are offered under an opinion."""

from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.kit.accounts.models import Phrase

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def text(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_own_phrases_come_before_the_standard_ones(cast: build.Cast) -> None:
    Phrase.objects.create(account_id=cast.head.account_id, text="别人的话。")
    office = build.client(cast.office)
    office.post(reverse("phrase_add"), {"text": " 请附  签到表。 "})
    office.post(reverse("phrase_add"), {"text": "同意。"})
    listed = text(office.get(reverse("phrases"), {"into": 'a"b'}, headers=HTMX))
    assert 'data-into="a&quot;b"' in listed
    found = [part.partition('"')[0] for part in listed.split('data-phrase="')[1:]]
    assert found[:2] == ["请附 签到表。", "同意。"]
    assert len(found) == len(set(found)) == 7
    assert "请附 签到表。" in text(office.get(reverse("account")))
    assert office.get(reverse("phrases"))["Location"] == reverse("account")


@pytest.mark.parametrize("words", ["", "  ", "长" * 201])
def test_phrase_that_cannot_be_kept_is_refused(cast: build.Cast, words: str) -> None:
    page = text(build.client(cast.office).post(reverse("phrase_add"), {"text": words}, follow=True))
    assert "请写一句话" in page
    assert Phrase.objects.count() == 0


def test_phrase_is_kept_once_and_thirty_are_enough(cast: build.Cast) -> None:
    office = build.client(cast.office)
    for _twice in range(2):
        page = text(office.post(reverse("phrase_add"), {"text": "请附签到表。"}, follow=True))
    assert "已有相同的常用语。" in page
    assert Phrase.objects.count() == 1
    for number in range(29):
        Phrase.objects.create(account_id=cast.office.account_id, text=f"{number}")
    assert "最多保存 30 条" in text(office.post(reverse("phrase_add"), {"text": "再一条"}, follow=True))
    assert Phrase.objects.count() == 30


def test_phrase_is_dropped_by_its_owner_alone(cast: build.Cast) -> None:
    row = Phrase.objects.create(account_id=cast.office.account_id, text="请附签到表。")
    url = reverse("phrase_drop", args=[row.pk])
    assert build.client(cast.head).post(url).status_code == 404
    assert Phrase.objects.count() == 1
    build.client(cast.office).post(url)
    assert Phrase.objects.count() == 0


def test_opinion_fields_offer_phrases(cast: build.Cast) -> None:
    task = planning.task(plan=planning.plan(county=cast.county), lead_unit=cast.school, state="claimed")
    report = planning.report(task=task)
    office = build.client(cast.office)
    page = text(office.get(reverse("plans:task", args=[task.pk])))
    assert f"{reverse('phrases')}?into=opinion-page-{report.pk}" in page
    assert f'id="opinion-page-{report.pk}"' in page
    refused = office.post(reverse("plans:report_send_back", args=[report.pk]), {"opinion": ""}).content.decode()
    assert f"{reverse('phrases')}?into=id_opinion" in refused
