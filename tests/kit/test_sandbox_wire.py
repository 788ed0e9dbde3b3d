"""Values survive the way out of the sandbox, and only declared values do."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.kit.sandbox import building, wire


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    leaves: tuple[Leaf, ...]
    under: "Tree | None" = None


Cell = str | int | float | bool | date | datetime | Decimal | bytes | None


def declare(kind: Any) -> building.Rule:
    def function() -> None: ...

    function.__annotations__["return"] = kind
    return building.return_rule(function)


def through(kind: Any, value: object) -> object:
    answer = wire.unpack(wire.pack(wire.Answer(wire.Outcome.VALUE, ""), value))
    return building.build(declare(kind), answer.packed, answer.segment)


def frame(packed: object, segment: bytes = b"") -> bytes:
    text = json.dumps(["value", "", packed]).encode()
    return len(text).to_bytes(8, "big") + text + segment


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.dates(),
    st.datetimes(timezones=st.none() | st.just(UTC)).map(lambda moment: moment.replace(fold=0)),
    st.decimals(allow_nan=False),
    st.binary(),
)


@given(st.lists(st.lists(cells)))
def test_build_gives_back_what_was_packed(rows: list[list[object]]) -> None:
    back = through(list[list[Cell]], rows)

    assert back == rows
    assert repr(back) == repr(rows)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Tree, Tree(leaves=(Leaf("甲", b"\x00"), Leaf("乙", b"")), under=Tree(leaves=()))),
        (dict[str, tuple[int, Leaf]], {"丙": (1, Leaf("丁", b"x"))}),
        (Colour | str, Colour.RED),
        (Colour | str, "red"),
        (Leaf | Tree | None, Tree(leaves=())),
        (float, 3.0),
        (datetime, datetime(2026, 9, 1, 8, tzinfo=UTC)),
        (None, None),
    ],
)
def test_build_keeps_types(kind: Any, value: object) -> None:
    back = through(kind, value)

    assert back == value
    assert type(back) is type(value)


def test_build_reads_a_whole_number_where_a_float_is_declared() -> None:
    assert repr(through(float, 3)) == "3.0"


@pytest.mark.parametrize(
    ("kind", "packed"),
    [
        (int, "1"),
        (int, True),
        (str, None),
        (tuple[int, int], [1]),
        (Leaf, {":Tree": [[], None]}),
        (Leaf, {":Leaf": ["甲"]}),
        (Leaf, {":Leaf": ["甲", "not bytes"]}),
        (Leaf, {}),
        (Leaf, {":Leaf": [], "bytes": []}),
        (bytes, {"bytes": [0, 4]}),
        (bytes, {"bytes": [-1, 1]}),
        (bytes, {"bytes": ["a", "b"]}),
        (date, {"date": "2026-02-30"}),
        (Decimal, {"Decimal": "one"}),
        (Colour, {":Colour": "blue"}),
        (list[int], {"list": [1]}),
    ],
)
def test_build_refuses_what_was_not_declared(kind: Any, packed: object) -> None:
    answer = wire.unpack(frame(packed, b"abc"))

    with pytest.raises(wire.Malformed):
        building.build(declare(kind), answer.packed, answer.segment)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 8,
        b"\xff" * 40,
        frame(1)[:-1],
        (2).to_bytes(8, "big") + b"[]",
        (17).to_bytes(8, "big") + b'["elsewhere","",1]',
        (200000).to_bytes(8, "big") + b"[" * 200000,
    ],
)
def test_unpack_refuses_a_broken_frame(data: bytes) -> None:
    with pytest.raises(wire.Malformed):
        wire.unpack(data)


@pytest.mark.parametrize("kind", [object, Any, list[int] | list[str], int | Callable[[], None], set[int]])
def test_return_rule_refuses_types_it_cannot_check(kind: Any) -> None:
    with pytest.raises(TypeError):
        declare(kind)
