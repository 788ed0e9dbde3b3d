"""Which forms have a route of approval, and what a step of one is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 4


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is called, and who answers it.

    `role` is a role code. With `at_unit` only those of the unit that files may answer, else anybody of the
    county in that role.
    """

    title: str
    role: str
    at_unit: bool = False

    @classmethod
    def kept(cls, stored: Mapping[str, Any]) -> "Step":
        return cls(stored["title"], stored["role"], stored["at_unit"])

    @property
    def stored(self) -> dict[str, Any]:
        return {"title": self.title, "role": self.role, "at_unit": self.at_unit}


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of paper that is approved. `steps` is the route of a county that has set none of its own."""

    code: str
    label: Any
    steps: tuple[Step, ...]


FORMS: dict[str, Form] = {}


def register(code: str, *, label: Any, steps: tuple[Step, ...]) -> None:
    """This function will make a form known, from the `apps.py` of its area."""
    if not 1 <= len(steps) <= LONGEST:
        msg = f"the route of {code} has {len(steps)} steps, not one to {LONGEST}"
        raise ValueError(msg)
    FORMS[code] = Form(code, label, steps)
