"""What a 任务分解表 asks for, beside the tasks as they stand: added, changed or the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

Values = dict[str, Any]
"""A task's fields by name; `lead_unit_id` a key or None, `supports` sorted keys, days as ISO texts or None."""


class Deed(StrEnum):
    ADD = "add"
    CHANGE = "change"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one row. `before` is None for a task that is added; `fields` names what differs."""

    row: int
    deed: Deed
    before: Values | None
    after: Values

    @property
    def fields(self) -> tuple[str, ...]:
        if self.before is None:
            return tuple(self.after)
        return tuple(name for name, value in self.after.items() if self.before[name] != value)


def plan(rows: Iterable[Mapping[str, Any]], given: Sequence[str], present: Mapping[str, Values]) -> list[Planned]:
    """This function will compare the rows with the tasks by number.

    `given` are the columns that the file has; what it lacks stays as it is. `present` are the tasks by number.
    """
    found = []
    for row in rows:
        asked = {field: value for column in given for field, value in fields(column, row[column])}
        before = present.get(row["number"])
        after = {**(before or EMPTY), **asked}
        deed = Deed.ADD if before is None else Deed.SAME if before == after else Deed.CHANGE
        found.append(Planned(row[""], deed, before, after))
    return found


EMPTY: Values = {
    "number": "",
    "title": "",
    "lead_unit_id": None,
    "supports": [],
    "starts_on": None,
    "due_on": None,
    "rhythm": "",
    "deliverable": "",
    "for_everyone": False,
}


def fields(column: str, words: str) -> list[tuple[str, Any]]:
    """A cell in canonical form as the field that it fills."""
    if column == "lead_unit":
        return [("lead_unit_id", int(words) if words else None)]
    if column == "supports":
        return [("supports", sorted(map(int, words.split("\n"))) if words else [])]
    if column in ("starts_on", "due_on"):
        return [(column, words or None)]
    if column == "for_everyone":
        return [(column, words == "是")]
    return [(column, words)]


def day_of(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
