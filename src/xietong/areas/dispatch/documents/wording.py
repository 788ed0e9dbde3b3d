"""What a document can say: figures, lists and charts by name, and the words it begins with, as data of this area."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template
from typing import Any

from xietong.areas.dispatch.rules.snapshots import Figure, Graph, Line, Listing, Section, Source

NAMED = "named"


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to say today: a draft begins with it, and it is frozen when the draft is sent for approval."""

    title: str
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    listings: tuple[Listing, ...]
    graphs: tuple[Graph, ...]
    rolls: Mapping[str, tuple[str, ...]]


@cache
def words() -> dict[str, Any]:
    path = resources.files("xietong.areas.dispatch").joinpath("data/documents.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def figure(key: str, value: object, sources: Iterable[Source] = ()) -> Figure:
    kept = words()["figures"][key]
    return Figure(kept["name"], str(value), kept["unit"], kept["meaning"], tuple(sources))


def counting(key: str, sources: Sequence[Source]) -> Figure:
    """A figure that is the number of its rows."""
    return figure(key, len(sources), sources)


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "—"


def listing(key: str, lines: Iterable[Line] = ()) -> Listing:
    kept = words()["lists"][key]
    return Listing(kept["name"], tuple(kept["heads"]), tuple(kept["widths"]), tuple(lines))


def named_lines(lines: Iterable[Line]) -> Listing:
    """The list of the units that a circular names."""
    return listing(NAMED, lines)


def graph(key: str, labels: Sequence[str], *series: Sequence[float]) -> Graph:
    kept = words()["graphs"][key]
    return Graph(
        kept["name"],
        tuple(labels),
        tuple((name, tuple(values)) for name, values in zip(kept["series"], series, strict=True)),
        kept["unit"],
    )


def material(
    kind: str,
    values: Mapping[str, str],
    *,
    figures: Mapping[str, Figure],
    listings: Mapping[str, Listing],
    graphs: Mapping[str, Graph] | None = None,
    texts: Mapping[str, tuple[str, tuple[Source, ...]]] | None = None,
    rolls: Mapping[str, tuple[str, ...]] | None = None,
) -> Material:
    """The words of a kind with what was counted; a section that has nothing to say is left out."""
    kept, held = words()[kind], Held(figures, listings, graphs or {}, texts or {}, values)
    sections = [held.section(one) for one in kept["sections"] if held.counts(one.get("when", ""))]
    return Material(
        Template(kept["title"]).substitute(values),
        tuple(one for one in sections if one.text or one.listing),
        tuple(figures.values()),
        tuple(listings.values()),
        tuple((graphs or {}).values()),
        rolls or {},
    )


@dataclass(frozen=True, slots=True)
class Held:
    figures: Mapping[str, Figure]
    listings: Mapping[str, Listing]
    graphs: Mapping[str, Graph]
    texts: Mapping[str, tuple[str, tuple[Source, ...]]]
    values: Mapping[str, str]

    def counts(self, key: str) -> bool:
        """Whether there is anything of a figure; no key is always."""
        return not key or self.figures[key].value != "0"

    def section(self, kept: Mapping[str, Any]) -> Section:
        sentences = [one["text"] for one in kept.get("sentences", ()) if self.counts(one.get("when", ""))]
        text, sources = self.texts.get(kept.get("words", ""), ("", ()))
        said = Template("".join(sentences)).safe_substitute(self.values)
        listing, graph = self.listings.get(kept.get("listing", "")), self.graphs.get(kept.get("graph", ""))
        return Section(
            kept["heading"],
            "\n".join(filter(None, (said, text))),
            listing.name if listing and (listing.lines or kept["listing"] == NAMED) else "",
            graph.name if graph and graph.labels else "",
            sources,
        )


def harmless(text: str) -> str:
    """Words of others in a text in which braces mean something."""
    return text.replace("{", "｛").replace("}", "｝").strip()
