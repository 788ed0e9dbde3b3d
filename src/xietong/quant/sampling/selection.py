"""Draws schools by their size, and pupils in them: the two stages of a sampled monitoring."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.sampling.checking import SCHOOL, STRATUM, Flags, Floats, Ints, below, whole


@dataclass(frozen=True, slots=True, eq=False)
class Schools:
    """What was drawn from a frame of n schools.

    Attributes
    ----------
    sampled
        Shape (k,): rows of the frame, stratum by stratum; in each the certain ones, then the others in the order in
        which the systematic draw passed them, which `replication.zones` wants.
    probability
        Shape (n,): that the school is drawn; 0 for a school of size 0.
    certain
        Shape (n,): whether the school is in every possible sample.
    """

    sampled: Ints
    probability: Floats
    certain: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Pupils:
    """Pupils drawn in k schools.

    Attributes
    ----------
    school, pupil
        Shape (m,): place of the school among the k, and of the pupil in the list of his school, from 0, ascending.
    probability
        Shape (k,): that a pupil of the school is drawn, once the school is; NaN for a school without pupils.
    """

    school: Ints
    pupil: Ints
    probability: Floats


def select_schools(
    sizes: ArrayLike,
    strata: ArrayLike,
    number: ArrayLike,
    seed: int | np.random.Generator,
    implicit: ArrayLike | None = None,
) -> Schools:
    """Draws a fixed number of schools of each stratum with probability proportional to size, systematically.

    With n schools to draw from sizes Mᵢ of total M, a school of nMᵢ ≥ M is certain. It is taken out, n and M go down,
    and that is repeated until no school is certain. Of the others

    πᵢ = n Mᵢ ÷ M,

    and school i is drawn where u + j (j = 0, …, n − 1), with u uniform on [0, 1), falls into its stretch of length
    πᵢ. Before that they are put in order: by implicit stratum, within it by size, up and down in turns.

    Parameters
    ----------
    sizes
        Shape (n,), whole numbers from 0 up: pupils of the grade. A school of size 0 is never drawn.
    strata
        Shape (n,), whole numbers from 0 to S − 1.
    number
        Shape (S,), from 1 up: schools to draw in each stratum.
    seed
        A whole number, or a generator to draw on with.
    implicit
        Shape (n,), whole numbers from 0 up: what the sample is spread over (township, kind of school); left out,
        over the sizes alone.

    Raises
    ------
    ValueError
        A shape or a number is not allowed; or a stratum has fewer schools with pupils than are asked for. The message
        names the school or stratum, counted from 0.

    References
    ----------
    Madow, W. G. (1949). On the theory of systematic sampling, II. Annals of Mathematical Statistics 20.
    LaRoche, S., Joncas, M., Foy, P. (2016). Sample design in TIMSS 2015. Methods and Procedures in TIMSS 2015.

    Examples
    --------
    >>> found = select_schools([90, 30, 30, 0, 30], [0, 0, 0, 0, 0], [2], seed=1)
    >>> found.probability.round(4), found.certain.nonzero()[0].tolist(), len(found.sampled)
    (array([1.    , 0.3333, 0.3333, 0.    , 0.3333]), [0], 2)
    """
    size = whole(sizes, "sizes", SCHOOL)
    n, wanted = len(size), whole(number, "numbers of schools", STRATUM, lowest=1)
    code = below(whole(strata, "strata", SCHOOL, n), len(wanted), "strata", SCHOOL)
    spread = np.zeros(n, dtype=np.int64) if implicit is None else whole(implicit, "implicit strata", SCHOOL, n)
    chance = np.random.default_rng(seed)
    probability, certain, sampled = np.zeros(n), np.zeros(n, dtype=bool), [np.zeros(0, dtype=np.int64)]
    for stratum, (rows, asked) in enumerate(zip(_of_each(code, size, len(wanted)), wanted.tolist(), strict=True)):
        if len(rows) < asked:
            raise ValueError(f"stratum {stratum} has {len(rows)} schools with pupils; {asked} are asked for")
        path = rows[serpentine(size[rows], spread[rows])]
        certain[path] = certainties(size[path], asked)
        sure, others = path[certain[path]], path[~certain[path]]
        left, total = asked - len(sure), int(size[others].sum())
        probability[sure], probability[others] = 1, size[others] * left / max(total, 1)
        sampled += [sure, others[systematic(size[others], left, chance.random())]]
    return Schools(np.concatenate(sampled), probability, certain)


def _of_each(code: Ints, size: Ints, strata: int) -> list[Ints]:
    """The rows of the schools with pupils, stratum by stratum."""
    rows = np.argsort(code, kind="stable")
    rows = rows[size[rows] > 0]
    return np.split(rows, np.searchsorted(code[rows], np.arange(1, strata)))[:strata]


def serpentine(sizes: Ints, implicit: Ints) -> Ints:
    """The order by implicit stratum, sizes upwards in the first and downwards in the next, and so on."""
    _, stratum = np.unique(implicit, return_inverse=True)
    return np.lexsort((np.where(stratum % 2, -sizes, sizes), stratum))


def certainties(sizes: Ints, number: int) -> Flags:
    """Which units are certain: those as large as the interval, again and again, as the interval shrinks."""
    certain = np.zeros(len(sizes), dtype=bool)
    while True:
        left = number - int(certain.sum())
        more = ~certain & (sizes * left >= sizes[~certain].sum())
        if not more.any():
            return certain
        certain |= more


def systematic(sizes: Ints, number: int, start: float) -> Ints:
    """The places, ascending, of `number` units that the points start, start + 1, … fall on.

    Unit i stretches over number × sizeᵢ ÷ total, all of them shorter than 1; start lies on [0, 1).
    """
    ends = np.concatenate(([0], np.cumsum(sizes))) * number / max(int(sizes.sum()), 1)
    return np.flatnonzero(np.diff(np.ceil(ends - start)))


def select_pupils(enrolled: ArrayLike, number: int, seed: int | np.random.Generator) -> Pupils:
    """Draws the same number of pupils in each school, each with equal probability and without replacement.

    π = min(number, N) ÷ N: where the school has no more than that, all its N pupils are taken.

    Parameters
    ----------
    enrolled
        Shape (k,), whole numbers from 0 up: pupils on the list of each sampled school.
    number
        Pupils to draw in a school, from 1 up.
    seed
        A whole number, or a generator to draw on with.

    Raises
    ------
    ValueError
        A number is not allowed; the message names the school, counted from 0.

    References
    ----------
    Cochran, W. G. (1977). Sampling Techniques, 3rd edition. Wiley. Chapter 11.

    Examples
    --------
    >>> found = select_pupils([40, 2], 3, seed=1)
    >>> found.school.tolist(), found.pupil[3:].tolist(), found.probability.tolist()
    ([0, 0, 0, 1, 1], [0, 1], [0.075, 1.0])
    """
    lists = whole(enrolled, "pupils", SCHOOL)
    if number < 1:
        raise ValueError(f"{number} pupils are to be drawn in a school, not at least one")
    chance = np.random.default_rng(seed)
    taken = np.minimum(lists, number)
    drawn = [
        np.sort(chance.choice(n, size, replace=False))
        for n, size in zip(lists.tolist(), taken.tolist(), strict=True)
        if n
    ]
    probability = np.divide(taken, lists, out=np.full(len(lists), np.nan), where=lists > 0)
    place = np.repeat(np.arange(len(lists)), taken)
    return Pupils(place, np.concatenate([np.zeros(0, dtype=np.int64), *drawn]), probability)
