"""The pages of docs/generated: what the code itself knows, so that they cannot disagree with it."""

from collections.abc import Iterator
from importlib import import_module

from django.apps import apps
from django.utils import translation

from xietong.areas.orgs.models import Role
from xietong.kit.access.permissions import PERMISSIONS
from xietong.kit.events.bus import SUBSCRIPTIONS
from xietong.kit.measures.declare import PUBLICATIONS
from xietong.kit.ruletable.table import shipped

HEAD = "<!-- made by `make docs`; do not edit -->\n\n"


def pages() -> dict[str, str]:
    """File name → text of every generated page."""
    with translation.override("zh-hans"):
        made = {
            "areas.md": areas(),
            "roles.md": roles(),
            "rules.md": rules(),
            "events.md": events(),
        }
    return {name: HEAD + "\n".join(lines) + "\n" for name, lines in made.items()}


def areas() -> Iterator[str]:
    yield "# Areas\n"
    for config in apps.get_app_configs():
        if config.name.startswith("xietong.areas."):
            about = (import_module(config.name).__doc__ or "").strip()
            yield f"## {config.label} · {config.verbose_name}\n\n{about}\n"


def roles() -> Iterator[str]:
    """Which role may do what, generated from the declarations that guard the pages."""
    yield "# Roles and rights\n\nA mark: the role may do it within its scope (own county, own organisation, …).\n"
    names = [(role.value, str(role.label)) for role in Role]
    yield "| permission | | " + " | ".join(label for _, label in names) + " |"
    yield "|---|---|" + "|".join(":-:" for _ in names) + "|"
    for code, permission in sorted(PERMISSIONS.items()):
        marks = " | ".join("●" if role in permission.grants else "" for role, _ in names)
        yield f"| `{code}` | {permission.label} | {marks} |"


def rules() -> Iterator[str]:
    yield "# Rule table\n\nConfidence A, B2, B: from documents; C and D: county defaults, never national rules.\n"
    yield "| code | name | value | unit | scope | document | from | confidence |\n|---|---|---|---|---|---|---|---|"
    for row in sorted(shipped(), key=lambda one: one["code"]):
        yield (
            f"| `{row['code']}` | {row['name']} | {row['value']} | {row['unit']} | {row['scope']} "
            f"| {row['document']} {row['document_no']} | {row['effective_from']} | {row['confidence']} |"
        )


def events() -> Iterator[str]:
    yield "# Events and measures\n"
    for event, heard in sorted(SUBSCRIPTIONS.items(), key=lambda pair: pair[0].__qualname__):
        area = event.__module__.split(".")[2]
        listeners = ", ".join(sorted(one.area for one in heard))
        yield f"## {area}.{event.__name__}\n\n{event.__doc__}\n\nHeard by: {listeners}\n"
    yield from measures()


def measures() -> Iterator[str]:
    """What areas count from their rows, under the names by which indicators read it."""
    yield "## Measures\n\nCounted from the rows of an area and stored; a private one is never shown for one school.\n"
    yield "| name | | unit | of | area |\n|---|---|---|---|---|"
    for publication in PUBLICATIONS:
        for one in publication.measures:
            private = " (private)" if one.is_private else ""
            yield f"| `{one.name}` | {one.label}{private} | {one.unit} | {publication.grain} | {publication.area} |"
