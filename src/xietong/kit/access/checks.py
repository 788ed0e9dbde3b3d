"""A system check: no URL without a permission, and no public URL without a reason."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.urls import URLResolver, get_resolver


class Route(NamedTuple):
    """One address of the site: its full path, the name by which it is reversed, and its view.

    An address of the API has one for each method, because another permission may guard each.
    """

    path: str
    name: str
    view: Any
    method: str = ""

    @property
    def address(self) -> str:
        return f"{self.method} {self.path}".strip()

    @property
    def key(self) -> str:
        return f"{self.name} {self.method}".strip()


def routes(resolver: Any = None, prefix: str = "", space: str = "") -> Iterator[Route]:
    """Every route of the site with its full path and its name within its namespaces."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, path, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            operations = getattr(entry.callback, "operations", {"": entry.callback})
            for method, view in operations.items():
                yield Route(path, f"{space}{entry.name}", view, method)


def every_url_carries_its_permission(**_kwargs: Any) -> Iterable[CheckMessage]:
    listed = settings.PUBLIC_URLS
    for route in routes():
        declared = getattr(route.view, "access", None)
        if declared is None and route.name not in listed:
            yield Error(f"{route.address} carries no permission", hint="use @page(permission)", id="access.E001")
        if route.method and not getattr(route.view, "scope", ""):
            yield Error(f"{route.address} carries no scope", hint="use Operations", id="access.E004")
        if declared is not None and route.name in listed:
            yield Error(f"{route.path} has a permission and stands among PUBLIC_URLS too", id="access.E002")
    for name in sorted(set(listed) - {route.name for route in routes()}):
        yield Error(f"PUBLIC_URLS names {name}, which is no route", id="access.E003")
