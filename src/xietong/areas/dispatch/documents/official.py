"""A frozen document in its template: the same snapshot, number and template make the same bytes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from xietong.areas.dispatch.rules.snapshots import Graph, Listing, Section, Snapshot, filled
from xietong.kit.docx import Column
from xietong.kit.docx.chart import Chart, Series, bar_chart, line_chart
from xietong.kit.docx.official import (
    Block,
    Bulletin,
    Circular,
    Heading,
    Minutes,
    Official,
    Picture,
    Table,
    Text,
    render,
    standard_template,
)

KINDS: dict[str, type[Official]] = {"bulletin": Bulletin, "circular": Circular, "minutes": Minutes}
SECOND = re.compile(r"^（[一二三四五六七八九十]+）")
PAGE = 156  # mm, the width of the text of GB/T 9704-2012
NO_NUMBER = {"bulletin": "第　期", "circular": "〔　　〕　号", "minutes": "〔　　〕　号"}


@dataclass(frozen=True, slots=True)
class Outside:
    """What is on a page without being frozen: its number, the code that ties it to its version, a watermark."""

    number: str = ""
    check_code: str = ""
    watermark: str = ""


@cache
def standard(kind: str) -> bytes:
    """The template that is shipped."""
    of_kind: Any = KINDS[kind]
    return standard_template(of_kind)


def made(kind: str, snapshot: Snapshot, outside: Outside, template: bytes) -> bytes:
    """This function will write a document; raises ``Unreadable`` with a sentence if its template cannot be used."""
    return render(template, official(kind, snapshot, outside))


def official(kind: str, snapshot: Snapshot, outside: Outside) -> Official:
    head, day = snapshot.head, date.fromisoformat(snapshot.day)
    values: dict[str, Any] = {
        "number": outside.number or NO_NUMBER[kind],
        "title": snapshot.title,
        "body": tuple(body(snapshot)),
        "check_code": outside.check_code,
        "watermark": outside.watermark,
    }
    if kind == "bulletin":
        values |= {"name": head["mark"], "unit": head["unit"], "day": day}
        return Bulletin(**values, **places(head, "reported_to", "sent_to", "issued_to"))
    values |= {"mark": head["mark"], "printed_by": head["unit"], "printed_on": day}
    if kind == "circular":
        return Circular(day=day, **values, **places(head, "signer", "addressee", "copied_to"))
    return Minutes(sent_to=head["sent_to"], **values, **dict[str, Any](snapshot.rolls))


def places(head: Mapping[str, str], *names: str) -> dict[str, Any]:
    return {name: head[name] for name in names}


def body(snapshot: Snapshot) -> Iterator[Block]:
    for one in snapshot.sections:
        yield from blocks(one, snapshot)


def blocks(section: Section, snapshot: Snapshot) -> Iterator[Block]:
    if section.heading:
        yield Heading(section.heading)
    words = filled(section.text, {one.name: one for one in snapshot.figures})
    for line in filter(None, map(str.strip, words.splitlines())):
        yield Heading(line, 2, numbered=False) if SECOND.match(line) else Text(line)
    listing, graph = snapshot.listing(section.listing), snapshot.graph(section.graph)
    if listing and listing.lines:
        yield table(listing)
    if graph:
        yield picture(graph)


def table(listing: Listing) -> Table:
    """Columns of numbers are centred."""
    whole = sum(listing.widths)
    columns = zip(listing.heads, listing.widths, zip(*(one.cells for one in listing.lines), strict=True), strict=True)
    return Table(
        tuple(
            Column(head, round(PAGE * width / whole), centred=all(map(str.isdigit, cells)))
            for head, width, cells in columns
        ),
        tuple(one.cells for one in listing.lines),
        caption=listing.name,
    )


def picture(graph: Graph) -> Picture:
    """Bars for a few labels; months as a line."""
    chart = Chart(graph.labels, tuple(Series(name, values) for name, values in graph.series), unit=graph.unit)
    drawn = line_chart(chart) if len(graph.series) == 1 else bar_chart(chart)
    return Picture(drawn, caption=graph.name, says=said(graph))


def said(graph: Graph) -> str:
    """A chart in words."""
    return "；".join(f"{name}：{row_said(graph, values)}" for name, values in graph.series)


def row_said(graph: Graph, values: tuple[float, ...]) -> str:
    pairs = zip(graph.labels, values, strict=True)
    return "，".join(f"{label}{value:g}{graph.unit}" for label, value in pairs)
