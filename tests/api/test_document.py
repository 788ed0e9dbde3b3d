"""The document: complete for every operation, its examples true to its own shapes, in both languages."""

import json
import re
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client
from django.utils import translation

from tests import build
from xietong.kit.api.description import operations_of
from xietong.kit.api.problems import KINDS
from xietong.web import api

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[㐀-鿿]")


def document() -> dict[str, Any]:
    with translation.override("zh-hans"):
        return api.document()


def with_shapes(whole: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "components": whole["components"]}


def test_every_operation_is_described_with_examples_that_keep_to_their_shapes() -> None:
    whole = document()
    checked = 0
    for one in operations_of(whole):
        operation = one.operation
        assert operation["summary"], one.path
        assert operation["description"], one.path
        success = operation["responses"].get("200") or operation["responses"]["201"]
        for media, content in success["content"].items():
            if media == "application/json":
                jsonschema_rs.validate(with_shapes(whole, content["schema"]), content["example"])
                checked += 1
        for parameter in operation["parameters"]:
            assert parameter["description"], (one.path, parameter["name"])
            if "example" in parameter:
                jsonschema_rs.validate(parameter["schema"], parameter["example"])
        for media, content in operation.get("requestBody", {}).get("content", {}).items():
            if media == "application/json":
                jsonschema_rs.validate(with_shapes(whole, content["schema"]), content["example"])
                checked += 1
    assert checked == 12


def test_every_example_belongs_to_an_operation() -> None:
    named = {one.operation["operationId"] for one in operations_of(document())}
    assert set(api.examples()) == named


def test_the_document_is_public_and_in_the_language_asked_for() -> None:
    build.clock()
    chinese = Client().get("/api/v1/openapi.json").json()
    english = Client().get("/api/v1/openapi.json", headers={"Accept-Language": "en"}).json()
    assert (chinese["openapi"], chinese["paths"].keys()) == ("3.1.0", english["paths"].keys())
    assert chinese["paths"]["/api/v1/tasks/{task_id}"]["get"]["summary"] == "一项任务和它的里程碑、各期"
    said = [text for text in words(english) if CHINESE.search(text)]
    assert said == []


def words(node: Any, key: str = "") -> list[str]:
    """What a reader of the document reads; examples are data."""
    if isinstance(node, dict):
        return [text for name, one in node.items() if name != "example" for text in words(one, name)]
    if isinstance(node, list):
        return [text for one in node for text in words(one, key)]
    return [node] if isinstance(node, str) else []


def test_every_problem_has_words_and_a_place_on_the_page() -> None:
    build.clock()
    page = Client().get("/api/v1/docs", headers={"Accept-Language": "en"}).content.decode()
    for kind in KINDS.values():
        assert f'id="{kind.code}"' in page
    body = json.dumps([kind.code for kind in KINDS.values()])
    assert len(KINDS) == len(set(json.loads(body)))
