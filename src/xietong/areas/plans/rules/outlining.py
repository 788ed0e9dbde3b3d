"""Correcting an outline: the text stays as it is, only where clauses begin and how deep they stand changes.

An outline is a flat list in the order of the text. Who stands below whom follows from the levels, where a
clause ends from the next one that stands as high; only an item inside a paragraph ends before that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xietong.areas.plans.rules.reader import headings
from xietong.areas.plans.rules.reader.values import Kind

DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause of an outline. `key` is None for one that a split has made.

    `path` is its own part of the number ("(二)" of "三(二)"); `stops` is the end of an item inside a paragraph,
    None for a clause that lasts until the next.
    """

    key: int | None
    path: str
    label: str
    heading: str
    level: int
    start: int
    stops: int | None


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with what follows from its place: its parent (an index), its end, its whole number, its kind."""

    entry: Entry
    parent: int | None
    end: int
    number: str
    kind: Kind


def promote(entries: Sequence[Entry], at: int) -> list[Entry] | None:
    """This function will raise a clause with all below it by a level; None where it stands highest already."""
    return None if entries[at].level == 1 else shifted(entries, at, -1)


def demote(entries: Sequence[Entry], at: int) -> list[Entry] | None:
    """This function will lower a clause with all below it by a level; None where nothing stands above to hold it."""
    if at == 0 or entries[at].level > entries[at - 1].level or deepest_below(entries, at) == DEEPEST:
        return None
    return shifted(entries, at, 1)


def nest(entries: Sequence[Entry], at: int, under: int) -> list[Entry] | None:
    """This function will put a clause below another; None where the order of the text does not allow that.

    The other must be the clause before it, or stand above that one.
    """
    if under not in path_to(entries, at - 1):
        return None
    by = entries[under].level + 1 - entries[at].level
    return None if deepest_below(entries, at) + by > DEEPEST else shifted(entries, at, by)


def merge(entries: Sequence[Entry], at: int) -> list[Entry] | None:
    """This function will give the words of a clause to the one before it; None for the first."""
    if at == 0:
        return None
    gone, before = entries[at], entries[at - 1]
    joined = replace(before, stops=None if before.stops is None or gone.stops is None else gone.stops)
    return settled([*entries[: at - 1], joined, *entries[at + 1 :]])


def split(entries: Sequence[Entry], at: int, position: int, length: int) -> list[Entry] | None:
    """This function will begin a new clause of the same level inside the own words of one; None outside them."""
    own = place(entries, length)
    following = entries[at + 1].start if at + 1 < len(entries) else length
    here = entries[at]
    begins = here.start + len(here.label)
    if not begins < position < min(own[at].end, following):
        return None
    taken = {entry.path for entry in entries}
    path = next(name for n in range(1, len(entries) + 2) if (name := f"·续{n}") not in taken)
    made = Entry(None, path, "", "", here.level, position, here.stops)
    return [*entries[:at], replace(here, stops=None), made, *entries[at + 1 :]]


def place(entries: Sequence[Entry], length: int) -> list[Placed]:
    """This function will work out parents, ends, numbers and kinds in a text of this length."""
    found: list[Placed] = []
    for at, entry in enumerate(entries):
        above = path_to(entries, at)[1:2]
        parent = above[0] if above else None
        over = found[parent] if parent is not None else None
        limit = next((later.start for later in entries[at + 1 :] if later.level <= entry.level), length)
        limit = min(limit, over.end) if over else limit
        found.append(
            Placed(
                entry,
                parent,
                limit if over is None or entry.stops is None else min(entry.stops, limit),
                (over.number if over else "") + entry.path,
                headings.kind(entry.heading, over.kind if over else None),
            )
        )
    return found


def path_to(entries: Sequence[Entry], at: int) -> list[int]:
    """The clause itself and those that it stands in, from the inside out."""
    found: list[int] = []
    for index in range(at, -1, -1):
        if not found or entries[index].level < entries[found[-1]].level:
            found.append(index)
        if entries[index].level == 1:
            break
    return found


def shifted(entries: Sequence[Entry], at: int, by: int) -> list[Entry]:
    last = end_of_branch(entries, at)
    moved = [replace(entry, level=entry.level + by) for entry in entries[at:last]]
    return settled([*entries[:at], *moved, *entries[last:]])


def end_of_branch(entries: Sequence[Entry], at: int) -> int:
    level = entries[at].level
    return next((index for index in range(at + 1, len(entries)) if entries[index].level <= level), len(entries))


def deepest_below(entries: Sequence[Entry], at: int) -> int:
    return max(entry.level for entry in entries[at : end_of_branch(entries, at)])


def settled(entries: Sequence[Entry]) -> list[Entry]:
    """No clause stands more than a level below the one before it."""
    found: list[Entry] = []
    for entry in entries:
        deepest = found[-1].level + 1 if found else 1
        found.append(entry if entry.level <= deepest else replace(entry, level=deepest))
    return found
