"""Forms of higher bureaus: what belongs into which blank, what stays so in a new edition, what is frozen of a month.

A layout is how a form reads, as the database keeps it: grids with rows of cells, each with its address and text,
whether it is blank, and by which heads it is known.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from xietong.areas.dispatch.rules.snapshots import Figure, Source, canonical

SHARE = "%"
SHARES = (SHARE, "％")


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in a blank: the figure with its unit, or fixed words without the name of a figure."""

    address: str
    label: str
    name: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a mapping holds in another edition, and the addresses with the labels of what does not."""

    mapping: dict[str, str]
    constants: dict[str, str]
    lost: tuple[str, ...]


def blanks_of(layout: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The labels of the blanks by their addresses, in the order of the form."""
    return {
        cell["address"]: cell["label"] for grid in layout for row in grid["rows"] for cell in row if cell["is_blank"]
    }


def suggested(label: str, names: Iterable[str]) -> str:
    """The figure whose name stands in a label, the longest of several; none is an empty text."""
    said = "".join(label.split())
    return max((name for name in names if name in said), key=len, default="")


def suggestions(layout: Iterable[Mapping[str, Any]], names: Sequence[str]) -> dict[str, str]:
    found = {address: suggested(label, names) for address, label in blanks_of(layout).items()}
    return {address: name for address, name in found.items() if name}


def kept_in(
    before: Iterable[Mapping[str, Any]],
    after: Iterable[Mapping[str, Any]],
    *,
    mapping: Mapping[str, str],
    constants: Mapping[str, str],
) -> Kept:
    """A blank stays what it was where it is blank in the new edition too, under the same label."""
    old, new = blanks_of(before), blanks_of(after)
    same = {address for address, label in old.items() if new.get(address) == label}
    gone = [address for address in old if address not in same and (address in mapping or address in constants)]
    return Kept(
        {address: name for address, name in mapping.items() if address in same},
        {address: text for address, text in constants.items() if address in same},
        tuple(known_by(address, old[address]) for address in gone),
    )


def known_by(address: str, label: str) -> str:
    return f"{address} {label}".strip()


def values_of(
    labels: Mapping[str, str], mapping: Mapping[str, str], constants: Mapping[str, str], figures: Iterable[Figure]
) -> list[Value]:
    """What belongs into each blank, in the order of the form."""
    by_name = {one.name: one for one in figures}
    found = []
    for address, label in labels.items():
        if address in mapping:
            figure = by_name[mapping[address]]
            found.append(Value(address, label, figure.name, fitting(figure.value, label), figure.unit))
        elif address in constants:
            found.append(Value(address, label, "", constants[address]))
    return found


def fitting(value: str, label: str) -> str:
    """A share without its mark, where the head of the form bears the mark already."""
    return value.removesuffix(SHARE) if any(mark in label for mark in SHARES) else value


def frozen(
    *,
    title: str,
    to_whom: str,
    month: str,
    day: str,
    kind: str,
    layout: Sequence[Mapping[str, Any]],
    values: Sequence[Value],
    figures: Iterable[Figure],
) -> dict[str, Any]:
    """What a report says, as the database keeps it: its values, the rows behind them, the form around them."""
    used = {one.name for one in values}
    content: dict[str, Any] = {
        "title": title,
        "to_whom": to_whom,
        "month": month,
        "day": day,
        "kind": kind,
        "layout": list(layout),
        "values": [asdict(one) for one in values],
        "figures": [asdict(one) for one in figures if one.name in used],
    }
    plain: dict[str, Any] = json.loads(canonical(content))
    return plain


def figures_of(content: Mapping[str, Any]) -> list[Figure]:
    """The figures that a report was made of, with their rows."""
    return [
        Figure(**{**one, "sources": tuple(Source(**row) for row in one["sources"])})
        for one in content.get("figures", ())
    ]


def texts_of(content: Mapping[str, Any]) -> dict[str, str]:
    """What is written into the file, by address."""
    return {one["address"]: one["value"] for one in content.get("values", ())}
