"""Two versions of one policy beside each other, clause by clause."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from xietong.areas.plans.rules.reader.characters import fold

ALIKE = 0.4
"""Clauses that share so much are one that was changed: Dice coefficient of the pairs of characters."""

LONGEST = 4_000
"""Longer words are shown as a whole: the comparison by characters takes the square of their length."""

SHORTEST = 2
"""A shorter run that happens to be in both stands for nothing."""


class Change(StrEnum):
    """What became of a clause."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Part:
    """The own words of one clause, without its number."""

    number: str
    heading: str
    words: str


class Side(StrEnum):
    """Which version has some words."""

    OLD = "old"
    NEW = "new"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words and the version that has them."""

    text: str
    side: Side


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause of each version, as indices; one is None where the other stands alone."""

    change: Change
    old: int | None
    new: int | None


def pairs(old: Sequence[Part], new: Sequence[Part]) -> list[Pair]:
    """This function will pair the clauses in the order of the new version; what was removed follows what preceded it.

    Equal words come first, then the same number and heading, then the same heading, then likeness.
    """
    found: dict[int, int] = {}
    for key in (whole, place, title):
        match_by(key, old, new, found)
    match_alike(old, new, found)
    return list(in_order(old, new, found))


def essence(words: str) -> str:
    """Words without marks, blanks and the width of characters."""
    return re.sub(r"\W+", "", fold(words))


def whole(part: Part) -> str:
    return essence(part.heading + part.words)


def place(part: Part) -> str:
    return f"{part.number} {essence(part.heading)}" if part.heading else ""


def title(part: Part) -> str:
    return essence(part.heading)


def match_by(key: Callable[[Part], str], old: Sequence[Part], new: Sequence[Part], found: dict[int, int]) -> None:
    """Pairs those still free whose keys are equal, in their order."""
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    taken = set(found.values())
    for index, part in enumerate(old):
        if index not in taken and key(part):
            waiting[key(part)].append(index)
    for index, part in enumerate(new):
        if index not in found and waiting.get(key(part)):
            found[index] = waiting[key(part)].pop(0)


def match_alike(old: Sequence[Part], new: Sequence[Part], found: dict[int, int]) -> None:
    """Pairs those still free that share most, the most alike first."""
    taken = set(found.values())
    holding: defaultdict[str, set[int]] = defaultdict(set)
    grams = {index: shingles(whole(part)) for index, part in enumerate(old) if index not in taken}
    for index, own in grams.items():
        for gram in own:
            holding[gram].add(index)
    candidates = []
    for index, part in enumerate(new):
        if index in found:
            continue
        own = shingles(whole(part))
        shared = Counter(other for gram in own for other in holding.get(gram, ()))
        for other, common in shared.items():
            alike = 2 * common / (len(own) + len(grams[other]))
            if alike >= ALIKE:
                candidates.append((-alike, index, other))
    for _alike, index, other in sorted(candidates):
        if index not in found and other not in taken:
            found[index] = other
            taken.add(other)


def shingles(words: str) -> set[str]:
    return {words[at : at + 2] for at in range(len(words) - 1)} or {words}


def in_order(old: Sequence[Part], new: Sequence[Part], found: dict[int, int]) -> Iterator[Pair]:
    kept = set(found.values())
    shown = 0

    def removed(until: int) -> Iterator[Pair]:
        nonlocal shown
        for index in range(shown, until):
            if index not in kept:
                yield Pair(Change.REMOVED, index, None)
        shown = max(shown, until)

    for index, part in enumerate(new):
        other = found.get(index)
        if other is None:
            yield Pair(Change.ADDED, None, index)
            continue
        yield from removed(other)
        yield Pair(change_of(old[other], part), other, index)
    yield from removed(len(old))


def change_of(old: Part, new: Part) -> Change:
    if whole(old) != whole(new):
        return Change.CHANGED
    return Change.SAME if old.number == new.number else Change.MOVED


def stretches(old: str, new: str) -> list[Stretch]:
    """This function will show what was taken out of some words and put into them; joined, each side is whole."""
    if max(len(old), len(new)) > LONGEST:
        return list(parted(old, new))
    found: list[Stretch] = []
    held_old = held_new = ""
    before, after = tokens(old), tokens(new)
    for code, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        words = "".join(before[i:j])
        if code == "equal" and len(words) >= SHORTEST:
            found += [*parted(held_old, held_new), Stretch(words, Side.BOTH)]
            held_old = held_new = ""
        else:
            held_old, held_new = held_old + words, held_new + "".join(after[k:m])
    return [*found, *parted(held_old, held_new)]


def tokens(words: str) -> list[str]:
    """Characters, but figures and Latin words as one: 100 became 120, not 1, 2 and 0."""
    return re.findall(r"[0-9A-Za-z.%]+|.", words, re.DOTALL)


def parted(old: str, new: str) -> Iterator[Stretch]:
    """Words that only one version has, the old ones first."""
    return (each for each in (Stretch(old, Side.OLD), Stretch(new, Side.NEW)) if each.text)
