"""Build the parent's value from a packed one, led by the declared type alone (see ``wire``)."""

import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from xietong.kit.sandbox.wire import PLAIN, Malformed, shape_name

Shape = type | str
Builder = Callable[[Any, bytes], Any]
Rule = dict[Shape, Builder]
"""What a declared type accepts: each shape with what builds it, the type's own shape first."""


def return_rule(function: Callable[..., object]) -> Rule:
    """The rule for what a function says it returns; a function that does not say is a ``TypeError``."""
    hints = get_type_hints(function)
    if "return" not in hints:
        raise TypeError(f"{function.__qualname__} must declare its return type to run in the sandbox")
    return _rule(hints["return"])


def build(rule: Rule, packed: object, segment: bytes) -> Any:
    """Build a value by a rule, or raise ``Malformed``."""
    try:
        return _build(rule, packed, segment)
    except (ValueError, TypeError, KeyError, InvalidOperation, RecursionError) as error:
        raise Malformed(str(error)) from error


def _build(rule: Rule, packed: object, segment: bytes) -> Any:
    if not isinstance(packed, dict):
        return rule[type(packed)](packed, segment)
    ((shape, body),) = packed.items()
    return rule[shape](body, segment)


@cache
def _rule(expected: Any) -> Rule:
    origin = get_origin(expected)
    if origin in (typing.Union, types.UnionType):
        return _union([_rule(member) for member in get_args(expected)])
    if origin in (list, tuple, dict):
        return _container(origin, get_args(expected))
    if expected is None:
        return {type(None): _as_is}
    if isinstance(expected, type):
        return _single(expected)
    raise TypeError(f"{expected} cannot leave the sandbox")


def _single(expected: Any) -> Rule:
    if expected is float:
        return {float: _as_is, int: _as_float}
    if expected in PLAIN:
        return {expected: _as_is}
    if expected is bytes:
        return {"bytes": _cut}
    if expected is Decimal:
        return {"Decimal": lambda value, _: Decimal(value)}
    if expected in (date, datetime):
        return {expected.__name__: lambda value, _: expected.fromisoformat(value)}
    return _named(expected)


def _named(expected: type) -> Rule:
    if issubclass(expected, Enum):
        return {shape_name(expected): lambda value, _: expected(value)}
    if is_dataclass(expected):
        return {shape_name(expected): _dataclass(expected)}
    raise TypeError(f"{expected.__qualname__} cannot leave the sandbox")


def _as_is(value: Any, _: bytes) -> Any:
    return value


def _as_float(value: Any, _: bytes) -> float:
    return float(value)


def _cut(place: Any, segment: bytes) -> bytes:
    offset, length = place
    if offset < 0 or length < 0 or offset + length > len(segment):
        raise Malformed("bytes outside the segment")
    return segment[offset : offset + length]


def _dataclass(expected: Any) -> Builder:
    def read(values: Any, segment: bytes) -> Any:
        pairs = zip(_field_rules(expected).items(), values, strict=True)
        return expected(**{name: _build(rule, value, segment) for (name, rule), value in pairs})

    return read


@cache
def _field_rules(expected: Any) -> dict[str, Rule]:
    """Looked up on first use and not when the rule is made, so that a dataclass may contain itself."""
    hints = get_type_hints(expected)
    return {field.name: _rule(hints[field.name]) for field in fields(expected) if field.init}


def _container(origin: Any, members: tuple[Any, ...]) -> Rule:
    if origin is dict:
        return {"dict": _mapping(_rule(members[0]), _rule(members[1]))}
    if origin is tuple and members[-1] is not Ellipsis:
        return {list: _fixed([_rule(member) for member in members])}
    item = _rule(members[0])
    return {list: lambda values, segment: origin([_build(item, value, segment) for value in values])}


def _mapping(key: Rule, item: Rule) -> Builder:
    return lambda pairs, segment: {_build(key, k, segment): _build(item, v, segment) for k, v in pairs}


def _fixed(rules: list[Rule]) -> Builder:
    def read(values: Any, segment: bytes) -> Any:
        return tuple(_build(rule, value, segment) for rule, value in zip(rules, values, strict=True))

    return read


def _union(members: list[Rule]) -> Rule:
    own = [next(iter(rule)) for rule in members]
    if len(set(own)) < len(own):
        raise TypeError(f"members of a union must differ in shape: {own}")
    merged: Rule = {}
    for rule in members:
        merged |= rule
    return merged | {shape: rule[shape] for shape, rule in zip(own, members, strict=True)}
