"""The kinds of notices that a county may have counted in its group, each made known from an `apps.py`."""

from typing import Any

KINDS: dict[str, Any] = {}


def register(code: str, label: Any) -> None:
    """This function will make a kind known; `label` says in a few words what happened, and names nobody."""
    KINDS[code] = label


def choices() -> list[tuple[str, Any]]:
    return list(KINDS.items())
