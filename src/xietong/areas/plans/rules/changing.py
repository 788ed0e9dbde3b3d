"""What of an issued task may be changed by proposal, and how its values are written down as texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

DAYS = frozenset({"starts_on", "due_on"})
FIELDS = ("title", "lead_unit", "starts_on", "due_on", "rhythm", "deliverable", "quantity", "measure")


@dataclass(frozen=True, slots=True)
class Amended:
    """One field of a proposal: what it says and what it is to say, as texts; the key of a unit beside its name."""

    field: str
    before: str
    after: str
    key: int | None = None

    @property
    def stored(self) -> dict[str, Any]:
        return {"before": self.before, "after": self.after, "key": self.key}


def written(value: Any) -> str:
    """A value as a text that compares: days in ISO form, figures without trailing zeros."""
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else f"{value}"


def amendments(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Amended]:
    """The fields that would differ, in their usual order."""
    return [
        Amended(name, written(before[name]), written(after[name]), getattr(after[name], "pk", None))
        for name in FIELDS
        if name in after and written(before[name]) != written(after[name])
    ]


def value_of(one: Amended) -> Any:
    """The value that a text stands for."""
    if one.field == "lead_unit":
        return one.key
    if not one.after:
        return None if one.field in DAYS | {"quantity"} else ""
    if one.field in DAYS:
        return date.fromisoformat(one.after)
    return Decimal(one.after) if one.field == "quantity" else one.after


def kept(stored: Mapping[str, Any]) -> list[Amended]:
    """A proposal as its row holds it."""
    return [Amended(name, **stored[name]) for name in FIELDS if name in stored]
