"""The same through the whole site: sessions, tokens, roles and headers as a browser meets them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import build
from tests.kit.handing_in import PDF, store, stored  # noqa: F401
from xietong.kit.files.models import Upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def test_a_file_is_handed_in_chunk_by_chunk(store: Any) -> None:  # noqa: F811
    cast = build.cast()
    client = build.client(cast.liaison)

    begun = client.post(reverse("uploads"), {"name": "总结.pdf", "size": len(PDF)}).json()
    address = reverse("upload", args=[begun["id"]])
    answers = [
        client.put(address, PDF[at:end], headers={"Upload-Offset": str(at)}).json()
        for at, end in ((0, 10), (10, len(PDF)))
    ]

    done = {"done": True, "offset": len(PDF), "name": "总结.pdf", "size": len(PDF), "kind": "document"}
    assert answers == [{"offset": 10}, done]
    assert Upload.objects.get().county_id == cast.county.pk
    assert [path.read_bytes() for path in stored(store)] == [PDF]


def test_an_upload_is_not_begun_without_signing_in() -> None:
    response = Client().post(reverse("uploads"), {"name": "总结.pdf", "size": 10})

    assert (response.status_code, Upload.objects.count()) == (302, 0)


def test_an_upload_is_not_begun_by_a_form_of_another_site() -> None:
    cast = build.cast()
    client = Client(enforce_csrf_checks=True)
    client.cookies = build.client(cast.liaison).cookies

    response = client.post(reverse("uploads"), {"name": "总结.pdf", "size": 10})

    assert (response.status_code, Upload.objects.count()) == (403, 0)


def test_an_upload_does_not_exist_for_somebody_of_the_next_county() -> None:
    cast = build.cast()
    begun = build.client(cast.liaison).post(reverse("uploads"), {"name": "a.pdf", "size": len(PDF)}).json()
    stranger, address = build.client(cast.stranger), reverse("upload", args=[begun["id"]])

    answers = [
        stranger.get(address),
        stranger.delete(address),
        stranger.put(address, PDF, headers={"Upload-Offset": "0"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert (Upload.objects.get().state, Upload.objects.get().received) == (Upload.State.OPEN, 0)
