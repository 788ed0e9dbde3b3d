"""Packs the answers of a person into few bytes: one byte says what was done on several items.

Eight dichotomous items have 256 patterns; the likelihood of each is worked out once a cycle, and a person's is the
product of a few of them instead of one factor for every item.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xietong.quant.compiling import compiled
from xietong.quant.irt.layout import Floats, Layout, Places
from xietong.quant.responses import NOT_PRESENTED, OMITTED, Responses

prange = range

PATTERNS = 256
"""A byte tells so many apart."""

ALONE = 8_000
"""One thread goes through fewer rows than this: where the machine has other work, waiting for a second costs more."""

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Packed:
    """The answers of N persons as B bytes each.

    Attributes
    ----------
    patterns
        Shape (N, B).
    order
        Shape (J',): the items in the order in which they are packed.
    starts
        Shape (B + 1,): which of them lie in a byte.
    states
        Shape (J',): how many states each has, in that order: its categories, and one more for "nothing known".
    weights, groups
        Shape (N,): how many persons a row stands for, and of which population.
    """

    patterns: Bytes
    order: Places
    starts: Places
    states: Places
    weights: Floats
    groups: Places

    def rows(self, chosen: slice | Places) -> "Packed":
        return Packed(
            self.patterns[chosen], self.order, self.starts, self.states, self.weights[chosen], self.groups[chosen]
        )


def packed(responses: Responses, layout: Layout, groups: Places) -> Packed:
    """The answers of the items that are estimated, packed."""
    states = np.array([len(used) + 1 for used in layout.used], dtype=np.int64)
    known = responses.codes.min(axis=0, initial=0)[layout.items] >= 0
    states -= known
    order = np.argsort(states, kind="stable")
    starts = np.array(split(states[order].tolist()), dtype=np.int64)
    lookup = state_of_code(layout, states, int(responses.categories.max()))
    patterns = np.zeros((len(responses.codes), len(starts) - 1), dtype=np.uint8)
    compiled(pack, parallel=len(responses.codes) >= ALONE)(
        responses.codes, layout.items[order], lookup[order], states[order], starts, patterns
    )
    return Packed(patterns, order, starts, states[order], responses.weights, groups)


def tallied(responses: Responses) -> Floats:
    """How many persons (by weight) are in each category of each item, shape (J, M)."""
    found = np.zeros((responses.codes.shape[1], int(responses.categories.max()) - OMITTED))
    compiled(tally)(responses.codes, responses.weights, found)
    return found[:, -OMITTED:]


def tally(codes: NDArray[np.int8], weights: Floats, found: Floats) -> None:
    for row in range(len(codes)):
        for item in range(codes.shape[1]):
            found[item, codes[row, item] + 2] += weights[row]


def split(states: list[int]) -> list[int]:
    """Where a new byte begins, so that the states of its items multiply to what a byte can tell apart."""
    starts, room = [0], PATTERNS
    for place, count in enumerate(states):
        if count > room:
            starts.append(place)
            room = PATTERNS
        room //= count
    return [*starts, len(states)]


def state_of_code(layout: Layout, states: Places, most: int) -> Bytes:
    """Of each item, the state of codes −2 (omitted) to the highest; what was not asked is the last.

    Codes that only rows of weight 0 have are 0 here, which nobody counts.
    """
    found = np.zeros((len(states), most - OMITTED), dtype=np.uint8)
    for item, used in enumerate(layout.used):
        found[item, NOT_PRESENTED - OMITTED] = len(used)
        found[item, np.array(used) - OMITTED] = np.arange(len(used))
    return found


def pack(
    codes: NDArray[np.int8], items: Places, lookup: Bytes, states: Places, starts: Places, patterns: Bytes
) -> None:
    for row in prange(len(codes)):
        for byte in range(len(starts) - 1):
            pattern = 0
            for place in range(starts[byte], starts[byte + 1]):
                pattern = pattern * states[place] + lookup[place, codes[row, items[place]] + 2]
            patterns[row, byte] = pattern
