"""Expected counts: how many persons of each ability are expected in each category, and the marginal likelihood."""

from dataclasses import dataclass

import numpy as np

from xietong.quant.compiling import compiled
from xietong.quant.irt.layout import Floats, Places
from xietong.quant.irt.packing import ALONE, PATTERNS, Bytes, Packed

prange = range

PART, PARTS = 8192, 8
"""Rows are summed up in up to eight parts of about so many, each with tables of its own. How many there are
depends on the rows alone, so that the number of threads changes no digit."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the answers say at given parameters; the counts of two parts of the persons add up to those of the whole.

    Attributes
    ----------
    categories
        Shape (J', S, Q): persons expected at each node who are in each state of an item; the state after the
        categories of an item is "nothing known".
    populations
        Shape (G, Q): persons expected at each node.
    log_likelihood
        Σ w ln P(answers).
    """

    categories: Floats
    populations: Floats
    log_likelihood: float

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.categories + other.categories,
            self.populations + other.populations,
            self.log_likelihood + other.log_likelihood,
        )


def expected(packs: Packed, table: Floats, priors: Floats) -> Counts:
    """Counts of the persons at given chances.

    Parameters
    ----------
    packs
        Their answers.
    table
        Shape (J', S, Q): the chance of each state of each item at each node.
    priors
        Shape (G, Q): the share of each population at each node.
    """
    n_items, states, nodes = table.shape
    n_bytes = len(packs.starts) - 1
    likely, scale = tables(packs, table)
    parts = parts_of(len(packs.patterns))
    summed = np.zeros((parts, n_bytes, PATTERNS, nodes))
    people = np.zeros((parts, len(priors), nodes))
    logs = np.zeros(parts)
    compiled(add_persons, parallel=len(packs.patterns) >= ALONE)(
        packs.patterns, packs.weights, packs.groups, likely, scale, priors, summed, people, logs
    )
    counts = np.zeros((n_items, states, nodes))
    compiled(unpack, calling=(fold,))(summed, packs.order, packs.starts, packs.states, counts)
    return Counts(counts, people.sum(axis=0), float(logs.sum()))


def parts_of(rows: int) -> int:
    """A power of two, so that threads get as much work as each other; one part where one thread does all."""
    if rows < ALONE:
        return 1
    return int(2 ** min(max(np.log2(rows / PART) // 1, 1), np.log2(PARTS)))


def tables(packs: Packed, table: Floats) -> tuple[Floats, Floats]:
    """The likelihood of each pattern of each byte over the nodes, by its largest, and the logarithm of that."""
    n_bytes = len(packs.starts) - 1
    likely, scale = np.zeros((n_bytes, PATTERNS, table.shape[2])), np.zeros((n_bytes, PATTERNS))
    compiled(fill)(table, packs.order, packs.starts, packs.states, likely, scale)
    return likely, scale


def fill(table: Floats, order: Places, starts: Places, states: Places, likely: Floats, scale: Floats) -> None:
    nodes = table.shape[2]
    for byte in range(len(starts) - 1):
        likely[byte, 0] = 1.0
        size = 1
        for place in range(starts[byte], starts[byte + 1]):
            count, item = states[place], order[place]
            # From the end, so that what a pattern is made of is still there when it is needed.
            for pattern in range(size * count - 1, -1, -1):
                for q in range(nodes):
                    likely[byte, pattern, q] = likely[byte, pattern // count, q] * table[item, pattern % count, q]
            size *= count
        for pattern in range(size):
            largest = 0.0
            for q in range(nodes):
                largest = max(largest, likely[byte, pattern, q])
            scale[byte, pattern] = np.log(largest)
            if largest > 0:
                for q in range(nodes):
                    likely[byte, pattern, q] /= largest


def add_persons(
    patterns: Bytes,
    weights: Floats,
    groups: Places,
    likely: Floats,
    scale: Floats,
    priors: Floats,
    summed: Floats,
    people: Floats,
    logs: Floats,
) -> None:
    """Adds the posterior of every person to the patterns that he showed and to his population, part by part."""
    n, n_bytes = patterns.shape
    parts, nodes = len(logs), priors.shape[1]
    for part in prange(parts):
        posterior = np.empty(nodes)
        log = 0.0
        for row in range(n * part // parts, n * (part + 1) // parts):
            if weights[row] == 0:
                continue
            group = groups[row]
            for q in range(nodes):
                posterior[q] = priors[group, q]
            scaled = 0.0
            for byte in range(n_bytes):
                pattern = patterns[row, byte]
                scaled += scale[byte, pattern]
                for q in range(nodes):
                    posterior[q] *= likely[byte, pattern, q]
            total = posterior.sum()
            log += weights[row] * (scaled + np.log(total))
            share = weights[row] / total
            for q in range(nodes):
                posterior[q] *= share
                people[part, group, q] += posterior[q]
            for byte in range(n_bytes):
                pattern = patterns[row, byte]
                for q in range(nodes):
                    summed[part, byte, pattern, q] += posterior[q]
        logs[part] = log


def unpack(summed: Floats, order: Places, starts: Places, states: Places, counts: Floats) -> None:
    """Folds the patterns of each byte back to the states of its items, the last item of a byte first."""
    for byte in range(len(starts) - 1):
        size = 1
        for place in range(starts[byte], starts[byte + 1]):
            size *= states[place]
        held = summed[0, byte]
        for part in range(1, len(summed)):
            for pattern in range(size):
                for q in range(held.shape[1]):
                    held[pattern, q] += summed[part, byte, pattern, q]
        for place in range(starts[byte + 1] - 1, starts[byte] - 1, -1):
            size //= states[place]
            fold(held, size, states[place], counts[order[place]])


def fold(held: Floats, size: int, states: int, counts: Floats) -> None:
    """Adds the patterns of a byte to the states of its last item, and folds the rest to the front of the byte."""
    nodes = held.shape[1]
    for pattern in range(size):
        for state in range(states):
            for q in range(nodes):
                counts[state, q] += held[pattern * states + state, q]
        for q in range(nodes):
            held[pattern, q] = held[pattern * states, q]
        for state in range(1, states):
            for q in range(nodes):
                held[pattern, q] += held[pattern * states + state, q]
