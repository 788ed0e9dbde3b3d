"""How a document reads on a page: its words with figures that open their rows, its lists, its charts in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from xietong.areas.dispatch.rules.snapshots import Section, Snapshot, pieces
from xietong.areas.dispatch.rules.states import DocumentDeed
from xietong.areas.dispatch.tables import document_tag
from xietong.kit.pages.templatetags.pages import day, timeline
from xietong.kit.words import for_the_record

register = template.Library()

DEEDS = {
    DocumentDeed.DRAFT: (_("拟稿"), "blue"),
    DocumentDeed.SUBMIT: (_("送审"), "blue"),
    DocumentDeed.BACK: (_("退回"), "red"),
    DocumentDeed.SIGN: (_("签发"), "green"),
    DocumentDeed.NUMBER: (_("编号"), "green"),
    DocumentDeed.SEAL: (_("用印"), "green"),
    DocumentDeed.SEND: (_("分发"), "green"),
    DocumentDeed.FILE: (_("归档"), "grey"),
    DocumentDeed.DROP: (_("作废"), "grey"),
}


@register.simple_tag
def document_state(row: Any) -> SafeString:
    return document_tag(row, row.get_state_display())


@register.simple_tag
def section_words(page: Any, snapshot: Snapshot, section: Section) -> SafeString:
    """The paragraphs of a section; a figure leads to its rows for whoever may follow it."""
    places = {one.name: place for place, one in enumerate(snapshot.figures)}
    lines = filter(None, map(str.strip, section.text.splitlines()))
    return format_html_join("", "<p>{}</p>", ((words(page, snapshot, places, line),) for line in lines))


def words(page: Any, snapshot: Snapshot, places: dict[str, int], line: str) -> SafeString:
    shown = (
        figure(page, snapshot, places, said) if is_figure else format_html("{}", said)
        for is_figure, said in pieces(line)
    )
    return format_html_join("", "{}", ((one,) for one in shown))


def figure(page: Any, snapshot: Snapshot, places: dict[str, int], name: str) -> SafeString:
    found = snapshot.figure(name)
    if found is None:
        return format_html("<mark>{{{}}}</mark>", name)
    if not page.opens_rows:
        return format_html("{}", found.value)
    address = reverse("dispatch:document_figure", args=[page.row.pk, places[name]])
    title = f"{found.name} · {found.meaning}"
    drawer = format_html('href="{0}" hx-get="{0}" hx-target="#drawer-body" hx-swap="innerHTML" data-drawer', address)
    return format_html('<a class="figure-link" {} title="{}">{}</a>', drawer, title, found.value)


@register.filter
def dated(said: str) -> str:
    """The day of a document as it is written on paper, whoever reads it."""
    with for_the_record():
        return day(date.fromisoformat(said))


@register.filter
def listing_of(snapshot: Snapshot, section: Section) -> Any:
    return snapshot.listing(section.listing)


@register.filter
def graph_of(snapshot: Snapshot, section: Section) -> Any:
    return snapshot.graph(section.graph)


@register.filter
def graph_rows(graph: Any) -> list[tuple[str, list[float]]]:
    """The values of a chart by label."""
    values = [series for _name, series in graph.series]
    return [(label, [one[place] for one in values]) for place, label in enumerate(graph.labels)]


@register.simple_tag
def document_course(steps: Iterable[Any]) -> SafeString:
    return timeline(steps, DEEDS)
