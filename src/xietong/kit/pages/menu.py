"""The side menu, in the words of the policy: areas add their entries, each shown to whoever may open it."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from xietong.kit.access.permissions import Permission
from xietong.kit.accounts.request import Request


@dataclass(frozen=True, slots=True)
class Entry:
    label: Any
    url_name: str
    permission: Permission[Any]


@dataclass(frozen=True, slots=True)
class Group:
    label: Any
    icon: str
    order: int
    entries: tuple[Entry, ...]


@dataclass(slots=True)
class Item:
    label: str
    url: str
    icon: str = ""
    active: bool = False
    children: list["Item"] = field(default_factory=list)


GROUPS: list[Group] = []


def add(group: Group) -> None:
    """This function will put a group into the menu; `order` is its place in the policy."""
    if group not in GROUPS:
        GROUPS.append(group)
        GROUPS.sort(key=lambda one: one.order)


def menu_of(request: Request) -> list[Item]:
    """The groups with at least one entry for the role acted in; the longest matching address is active."""
    items = []
    for group in GROUPS:
        children = [
            Item(str(entry.label), reverse(entry.url_name))
            for entry in group.entries
            if entry.permission.held_by(request.actor)
        ]
        if children:
            label = str(group.label) if len(children) > 1 else children[0].label
            items.append(Item(label, children[0].url, group.icon, children=children))
    mark_active(items, request.path)
    return items


def crumbs_of(items: list[Item]) -> list[tuple[str, str | None]]:
    """Where the page stands by the menu; a page below an entry gives its own."""
    for item in items:
        for child in item.children:
            if child.active:
                return [(child.label, None)] if len(item.children) == 1 else [(item.label, None), (child.label, None)]
    return []


def mark_active(items: list[Item], path: str) -> None:
    matches = [
        (len(child.url), item, child)
        for item in items
        for child in item.children
        if path == child.url or (child.url != "/" and path.startswith(child.url))
    ]
    if matches:
        _, item, child = max(matches, key=lambda match: match[0])
        item.active = child.active = True
