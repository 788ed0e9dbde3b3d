"""The API in OpenAPI 3.1: what ninja reads off the code, with problems, scopes and examples, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI

from xietong.kit.api.operations import Operations
from xietong.kit.api.problems import KINDS, MEDIA_TYPE

Document = dict[str, Any]
SCHEME = "BearerToken"
WORDS = {"summary", "description"}
READING = ("unauthorized", "denied", "not-found", "invalid", "too-many", "server")
WRITING = ("malformed", *READING, "conflict", "too-large", "media-type", "disk-full")
STRING, NUMBER = {"type": "string"}, {"type": "integer"}
PROBLEM: Document = {
    "type": "object",
    "description": _("RFC 9457 的问题说明；detail 随 Accept-Language。"),
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {**STRING, "format": "uri-reference"},
        "title": STRING,
        "status": NUMBER,
        "detail": STRING,
        "instance": {**STRING, "format": "uri-reference"},
        "missing_scope": STRING,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["in", "pointer", "detail"],
                "properties": {"in": STRING, "pointer": STRING, "detail": STRING},
            },
        },
    },
}


@dataclass(frozen=True, slots=True)
class Described:
    """One operation as the document tells of it."""

    method: str
    path: str
    operation: Document


def describe(
    api: NinjaAPI, areas: Iterable[Operations], *, prefix: str, examples: Mapping[str, Document]
) -> Document:
    """This function will write the whole document in the language that is active."""
    document: Document = dict(api.get_openapi_schema(path_prefix=prefix))
    document["servers"] = [{"url": "/"}]
    document["components"]["schemas"]["Problem"] = PROBLEM
    document["components"]["securitySchemes"][SCHEME] = {
        "type": "http",
        "scheme": "bearer",
        "description": _("在“我的账号 → 接口令牌”里新建，形如 xt_…"),
    }
    views: list[Any] = [view for area in areas for by_method in area.paths.values() for view in by_method.values()]
    scopes = {view.__name__: view.scope for view in views}
    kept = document["components"]["schemas"]
    for name in kept.keys() - {"Problem"}:
        kept[name].pop("description", None)  # docstrings, for programmers
    for one in operations_of(document):
        for parameter in one.operation["parameters"]:
            plain_parameter(parameter, kept)
        complete(one, scopes[one.operation["operationId"]], examples.get(one.operation["operationId"], {}))
    spoken: Document = translated(document)
    return spoken


def operations_of(document: Document) -> Iterator[Described]:
    for path, by_method in document["paths"].items():
        for method, operation in by_method.items():
            yield Described(method.upper(), path, operation)


def complete(one: Described, scope: str, examples: Document) -> None:
    """Adds what every operation has: the scope, the problems, entity tags; and its own examples."""
    operation = one.operation
    reads = one.method == "GET"
    operation["security"] = [{SCHEME: []}]
    operation["x-scope"] = scope
    operation["responses"] = {str(status): answer for status, answer in operation["responses"].items()}
    for parameter in operation["parameters"]:
        if parameter["name"] in examples.get("parameters", {}):
            parameter["example"] = examples["parameters"][parameter["name"]]
    success = operation["responses"]["200" if reads else "201"]
    # Without a shape it is a file, of whatever type that is.
    success.setdefault("content", {"*/*": {"schema": {}}})
    if reads:
        success["headers"] = {"ETag": {"description": _("内容的标记，供 If-None-Match"), "schema": STRING}}
        operation["responses"]["304"] = {"description": _("没有变化：If-None-Match 与现在的 ETag 相同")}
    if "body" in examples:
        for content in operation["requestBody"]["content"].values():
            content["example"] = examples["body"]
    if "answer" in examples:
        for content in success["content"].values():
            content["example"] = examples["answer"]
    for code in READING if reads else WRITING:
        operation["responses"].setdefault(str(KINDS[code].status), problem_answer(code))


def problem_answer(code: str) -> Document:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": KINDS[code].title, "content": {MEDIA_TYPE: {"schema": schema}}}


def plain_parameter(parameter: Document, shapes: Document) -> None:
    """A parameter is left out or has a value: null cannot be sent in an address. Codes are listed where they are."""
    schema = parameter["schema"]
    for one in schema.pop("anyOf", []):
        schema.update({} if one == {"type": "null"} else one)
    if "$ref" in schema:
        schema.update(shapes[schema.pop("$ref").rpartition("/")[2]])
    if parameter["in"] == "path":
        schema["minimum"] = 1
        parameter["description"] = _("编号")


def translated(node: Any) -> Any:
    """A copy whose descriptions are in the language that is active; examples are data and stay."""
    if isinstance(node, dict):
        return {
            key: value if key == "example" else gettext(value) if told(key, value) else translated(value)
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [translated(one) for one in node]
    return node


def told(key: str, value: Any) -> bool:
    return key in WORDS and isinstance(value, str) and bool(value)
