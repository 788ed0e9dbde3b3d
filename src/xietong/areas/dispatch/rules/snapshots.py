"""What a document says once it is frozen: words, figures with the rows behind them, lists; the digest; what differs.

Words hold figures by name in braces: 本月应报{应报单位}个单位. A snapshot is data all through, so that the same
snapshot makes the same document for ever, whatever becomes of the rows.
"""

import difflib
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

NAME = re.compile(r"\{([^{}\n]{1,40})\}")
LOOSE = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Source:
    """A row behind a figure or a line: of which kind, its key, and how it read when it was frozen."""

    kind: str
    pk: int
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is printed, what it counts, and the rows that it counts."""

    name: str
    value: str
    unit: str = ""
    meaning: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list."""

    cells: tuple[str, ...]
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list with its columns; widths count as shares of the page."""

    name: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Graph:
    """What the chart of a document shows."""

    name: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the text under a heading, with the list and the chart that follow it, by their names."""

    heading: str
    text: str
    listing: str = ""
    graph: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a document says but its number, which comes from elsewhere. `head` are its fixed places."""

    title: str
    day: str
    head: Mapping[str, str]
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...] = ()
    listings: tuple[Listing, ...] = ()
    graphs: tuple[Graph, ...] = ()
    rolls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def figure(self, name: str) -> Figure | None:
        return next((one for one in self.figures if one.name == name), None)

    def listing(self, name: str) -> Listing | None:
        return next((one for one in self.listings if one.name == name), None)

    def graph(self, name: str) -> Graph | None:
        return next((one for one in self.graphs if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure, or a line of a list, that is not what it was; None where it was not or is no longer there."""

    name: str
    before: str | None
    after: str | None

    @property
    def change(self) -> str:
        """By how much, where both are plain numbers."""
        try:
            moved = float(plain(self.after)) - float(plain(self.before))
        except ValueError:
            return ""
        return f"{moved:+g}" if moved else ""


def plain(value: str | None) -> str:
    return (value or "").rstrip("%")


def packed(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot as the database keeps it."""
    content: dict[str, Any] = json.loads(canonical(asdict(snapshot)))
    return content


def unpacked(content: Mapping[str, Any]) -> Snapshot:
    return Snapshot(
        title=content["title"],
        day=content["day"],
        head=dict(content["head"]),
        sections=tuple(
            Section(**{**one, "sources": tuple(Source(**row) for row in one["sources"])})
            for one in content["sections"]
        ),
        figures=tuple(
            Figure(**{**one, "sources": tuple(Source(**row) for row in one["sources"])}) for one in content["figures"]
        ),
        listings=tuple(
            Listing(one["name"], tuple(one["heads"]), tuple(one["widths"]), tuple(map(line_of, one["lines"])))
            for one in content["listings"]
        ),
        graphs=tuple(
            Graph(
                one["name"],
                tuple(one["labels"]),
                tuple((name, tuple(values)) for name, values in one["series"]),
                one["unit"],
            )
            for one in content["graphs"]
        ),
        rolls={name: tuple(lines) for name, lines in content["rolls"].items()},
    )


def line_of(content: Mapping[str, Any]) -> Line:
    source = content["source"]
    return Line(tuple(content["cells"]), Source(**source) if source else None)


def canonical(content: Any) -> str:
    """The same content is the same text, whichever database kept it."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def pieces(text: str) -> list[tuple[bool, str]]:
    """A text in pieces: (True, the name of a figure) or (False, words)."""
    found = NAME.split(text)
    return [(bool(place % 2), one) for place, one in enumerate(found) if one]


def filled(text: str, figures: Mapping[str, Figure]) -> str:
    return NAME.sub(lambda match: figures[match[1]].value, text)


def unknown_names(text: str, known: Iterable[str]) -> list[tuple[str, str]]:
    """What stands in braces and is no figure, with the likeliest one; a loose brace is one too."""
    names = list(known)
    wrong = [name for name in NAME.findall(text) if name not in names]
    loose = LOOSE.findall(NAME.sub("", text))
    return [(name, next(iter(difflib.get_close_matches(name, names, 1, 0.4)), "")) for name in [*wrong, *loose[:1]]]


def figures_changed(before: Snapshot, after: Snapshot) -> list[Difference]:
    """The figures of both that are not alike, in the order of the later one, then those that are gone."""
    old = {one.name: one.value for one in before.figures}
    new = {one.name: one.value for one in after.figures}
    return [
        Difference(name, old.get(name), new.get(name)) for name in {**new, **old} if old.get(name) != new.get(name)
    ]


def lines_changed(before: Listing, after: Listing) -> list[Difference]:
    """The lines of a list that came, went or read otherwise; a line is known by its row, or by its first cell.

    What was filed is another row each month: it is known by its matter and unit.
    """
    old = {key_of(one): one for one in before.lines}
    new = {key_of(one): one for one in after.lines}
    return [
        Difference(
            (new.get(key) or old[key]).cells[0],
            said(old[key]) if key in old else None,
            said(new[key]) if key in new else None,
        )
        for key in {**new, **old}
        if (old[key].cells if key in old else None) != (new[key].cells if key in new else None)
    ]


def key_of(line: Line) -> tuple[str, int | str]:
    if line.source is None:
        return "", line.cells[0]
    return line.source.kind, line.source.words if line.source.kind == "entry" else line.source.pk


def said(line: Line) -> str:
    return "　".join(line.cells[1:])
