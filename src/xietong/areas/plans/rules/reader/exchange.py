"""A reading as plain data for other programs: stable, sorted, nothing but text, numbers, lists and null."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from xietong.areas.plans.rules.reader.cautions import Caution
from xietong.areas.plans.rules.reader.proposals import proposals
from xietong.areas.plans.rules.reader.values import Reading

Plain: TypeAlias = "str | int | list[Plain] | dict[str, Plain] | None"


def to_json(reading: Reading) -> dict[str, Plain]:
    """This function will return the reading together with its proposals."""
    parts: dict[str, object] = {field.name: getattr(reading, field.name) for field in fields(reading)}
    return _mapping({**parts, "proposals": proposals(reading)})


def _mapping(values: Mapping[str, object]) -> dict[str, Plain]:
    return {name: _plain(values[name]) for name in sorted(values)}


def _plain(value: object) -> Plain:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return _record(value)


def _record(value: Any) -> dict[str, Plain]:
    members: dict[str, object] = {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Caution):
        members["message"] = value.message
    return _mapping(members)
