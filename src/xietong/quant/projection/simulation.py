"""The loops of the Monte Carlo projection: plain functions that are compiled when they are first needed."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from xietong.quant.compiling import compiled
from xietong.quant.projection.checking import Array
from xietong.quant.projection.streams import Words, draw

prange = range  # until it is compiled

Whole = NDArray[np.int64]
NARROW, WIDE = 1e-9, 1e300


def deviate(county: Array, shares: Array, own: Array) -> None:
    """This function will turn independent numbers of an area, grades × draws, into its deviations.

    The last row of ``own`` holds what the grades have in common.
    """
    grades, draws = county.shape
    common = own[grades]
    for grade in range(grades):
        wide, alone = county[grade], own[grade]
        areas, within, neither = shares[grade]
        for number in range(draws):
            alone[number] = areas * wide[number] + within * common[number] + neither * alone[number]


def move(pupils: Array, factors: Array, widths: Array, arrivals: Array, passing: Array, lasting: Array) -> None:
    """This function will carry every draw of an area one grade on, highest grade first.

    Row 0 of ``pupils`` is ones, the base that entrants are a multiple of.
    """
    grades, draws = factors.size, pupils.shape[1]
    for grade in range(grades - 1, -1, -1):
        below, here, this_year, always = pupils[grade], pupils[grade + 1], passing[grade], lasting[grade]
        factor, yearly, steady, added = factors[grade], widths[0, grade], widths[1, grade], arrivals[grade]
        for number in range(draws):
            times = factor + yearly * this_year[number] + steady * always[number]
            here[number] = max(0.0, below[number] * max(0.0, times) + added)


def arrange(values: Array, heads: Whole, out: Array) -> None:
    """This function will sort values into ``out``: into narrow buckets first, after which few are out of order.

    Values that all lie within a billionth count as equal.
    """
    low, high = values.min(), values.max()
    out[:] = values
    if not NARROW < high - low < WIDE:
        return
    each = (heads.size - 2) / (high - low)
    heads[:] = 0
    for value in values:
        heads[int((value - low) * each) + 1] += 1
    for bucket in range(1, heads.size):
        heads[bucket] += heads[bucket - 1]
    for value in values:
        bucket = int((value - low) * each)
        out[heads[bucket]] = value
        heads[bucket] += 1
    for last in range(1, out.size):
        value, place = out[last], last
        while place > 0 and out[place - 1] > value:
            out[place] = out[place - 1]
            place -= 1
        out[place] = value


def tally(
    pupils: Array, groups: Whole, ranks: Array, heads: Whole, total: Array, ordered: Array, found: Array, sums: Array
) -> None:
    """This function will add the totals of each group to ``sums`` and write their quantiles to ``found``."""
    for group in range(groups.shape[0]):
        total[:] = 0.0
        for grade in range(groups[group, 0], groups[group, 1]):
            total += pupils[grade + 1]
        sums[group] += total
        arrange(total, heads, ordered)
        for place in range(ranks.size):
            lower = int(ranks[place])
            upper = min(lower + 1, total.size - 1)
            found[group, place] = ordered[lower] + (ranks[place] - lower) * (ordered[upper] - ordered[lower])


def simulate(
    order: Whole,
    starts: Words,
    enrolment: Array,
    factors: Array,
    widths: Array,
    arrivals: Array,
    county: Array,
    shares: Array,
    groups: Whole,
    ranks: Array,
    found: Array,
    sums: Array,
) -> None:
    """This function will write quantiles of each area to ``found`` and draws of blocks of areas to ``sums``.

    The blocks are the same for any number of threads, and so are the roundings of their sums. The first numbers of a
    stream and of the county are those that last.
    """
    areas, years, grades = factors.shape
    blocks, draws = sums.shape[0], county.shape[2]
    size = (grades + 1) * draws
    for block in prange(blocks):
        pupils, total, ordered = np.ones((grades + 1, draws)), np.empty(draws), np.empty(draws)
        passing, lasting, heads = np.empty(size), np.empty(size), np.empty(2 * draws + 2, np.int64)
        now, always = passing.reshape((grades + 1, draws)), lasting.reshape((grades + 1, draws))
        for place in range(block * areas // blocks, (block + 1) * areas // blocks):
            area = order[place]
            for grade in range(grades):
                pupils[grade + 1] = enrolment[area, grade]
            draw(starts[area], 0, lasting)
            deviate(county[0], shares, always)
            for year in range(years):
                draw(starts[area], (year + 1) * size, passing)
                deviate(county[year + 1], shares, now)
                move(pupils, factors[area, year], widths[area, year], arrivals[area, year], now, always)
                tally(pupils, groups, ranks, heads, total, ordered, found[area, year], sums[block, year])


def simulating() -> Callable[..., None]:
    """The loop over areas, compiled."""
    made: Callable[..., None] = compiled(simulate, parallel=True, calling=(draw, deviate, move, arrange, tally))
    return made
