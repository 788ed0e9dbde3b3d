"""Reads: the rows behind the figures of a document as they stand today, as far as the actor may open them."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from xietong.areas.dispatch import access
from xietong.areas.dispatch.models import Entry
from xietong.areas.dispatch.rules.snapshots import Source
from xietong.areas.indicators.access import VIEW_INDICATOR
from xietong.areas.plans.access import VIEW_TASK
from xietong.kit.access.permissions import Permission, visible
from xietong.kit.accounts.actor import Actor

PAGES: dict[str, tuple[Permission[Any], str]] = {
    "filing": (access.VIEW_FILING, "dispatch:filing"),
    "decision": (access.VIEW_DECISION, "dispatch:decision"),
    "place": (access.VIEW_MEETING, "dispatch:meeting"),
    "task": (VIEW_TASK, "plans:task"),
    "indicator": (VIEW_INDICATOR, "indicators:indicator"),
}


def addresses(actor: Actor, sources: Iterable[Source]) -> dict[tuple[str, int], str]:
    """Where each row is read; one query for each kind of rows, none for what the actor may not open."""
    wanted: dict[str, set[int]] = {}
    for one in sources:
        wanted.setdefault(one.kind, set()).add(one.pk)
    found = {
        (kind, pk): reverse(name, args=[pk])
        for kind, (permission, name) in PAGES.items()
        if kind in wanted
        for pk in visible(actor, permission).filter(pk__in=wanted[kind]).values_list("pk", flat=True)
    }
    return found | entry_addresses(actor, wanted.get("entry", set()))


def entry_addresses(actor: Actor, keys: set[int]) -> dict[tuple[str, int], str]:
    """An entry is read in its filing, at its place."""
    if not keys:
        return {}
    seen = visible(actor, access.VIEW_FILING).values("pk")
    rows = Entry.objects.filter(pk__in=keys, filing__in=seen).values_list("pk", "filing_id")
    return {("entry", pk): f"{reverse('dispatch:filing', args=[filing])}#entry-{pk}" for pk, filing in rows}
