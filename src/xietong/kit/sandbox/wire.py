"""The child's answer as bytes, and back.

The child has read a hostile file, so nothing it says is unpickled and nothing in it can name a class. An
answer is JSON plus one segment of raw bytes, and the parent builds the value from the *declared return type*
of the function: an answer that does not fit the declaration is ``Malformed``.

Layout: 8 bytes length of the JSON, the JSON, the raw segment. JSON is ``[outcome, message, value]``. In a
value ``null``, booleans, numbers and strings stand for themselves, an array is a list or a tuple, and
everything else is an object of one key, its *shape*: ``{"bytes": [offset, length]}``,
``{"date": "2026-09-01"}``,
``{":Line": [field, …]}``. Shapes are what tells the members of a union apart.

Types that may be declared: None, bool, int, float, str, bytes, Decimal, date, datetime, enums, dataclasses,
``list[T]``, ``tuple[T, ...]``, ``tuple[A, B]``, ``dict[K, V]``, and unions whose members differ in shape.
"""

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum

LENGTH = 8
PLAIN = frozenset({type(None), bool, int, float, str})


class Outcome(StrEnum):
    """How the call went."""

    VALUE = "value"
    UNREADABLE = "unreadable"
    MEMORY = "memory"
    ERROR = "error"
    UNLOADABLE = "unloadable"


class Malformed(Exception):
    """The answer is not one our child would give."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The frame of an answer; the value stays packed until its type is known."""

    outcome: Outcome
    message: str
    packed: object = None
    segment: bytes = b""


def pack(answer: Answer, value: object = None) -> bytes:
    """Write an answer; a value of a type not listed above is a ``TypeError``."""
    segment = bytearray()
    frame = [answer.outcome.value, answer.message, _plain(value, segment)]
    text = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b"".join((len(text).to_bytes(LENGTH, "big"), text, segment))


def unpack(data: bytes) -> Answer:
    """Read the frame of an answer."""
    end = LENGTH + int.from_bytes(data[:LENGTH], "big")
    try:
        outcome, message, packed = json.loads(data[LENGTH:end].decode("utf-8", "surrogatepass"))
        return Answer(Outcome(outcome), str(message), packed, data[end:])
    except (ValueError, TypeError, RecursionError) as error:
        raise Malformed(str(error)) from error


def shape_name(kind: type) -> str:
    """The shape of an enum or a dataclass."""
    return f":{kind.__qualname__}"


def _plain(value: object, segment: bytearray) -> object:
    if type(value) in PLAIN:
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(item, segment) for item in value]
    if isinstance(value, dict):
        return {"dict": [[_plain(key, segment), _plain(item, segment)] for key, item in value.items()]}
    return _shaped(value, segment)


def _shaped(value: object, segment: bytearray) -> object:
    if isinstance(value, bytes):
        segment += value
        return {"bytes": [len(segment) - len(value), len(value)]}
    if isinstance(value, date):
        return {"datetime" if isinstance(value, datetime) else "date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"Decimal": str(value)}
    if isinstance(value, Enum):
        return {shape_name(type(value)): _plain(value.value, segment)}
    if is_dataclass(value) and not isinstance(value, type):
        kept = [getattr(value, field.name) for field in fields(value) if field.init]
        return {shape_name(type(value)): [_plain(item, segment) for item in kept]}
    raise TypeError(f"{type(value).__qualname__} cannot leave the sandbox")
