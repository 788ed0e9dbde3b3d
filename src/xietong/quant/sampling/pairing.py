"""Zones of neighbouring schools, which the jackknife takes for strata."""

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.sampling.checking import SCHOOL, Ints, whole

PAIR = 2


def zones(strata: ArrayLike) -> Ints:
    """Pairs neighbours of a systematic sample: zones for `jkn` and `jk2`, shape (k,), numbered from 0.

    Schools 1 and 2 of a stratum are a zone, 3 and 4 the next, and so on; the last zone of an odd number has three,
    which only `jkn` takes.

    Parameters
    ----------
    strata
        Shape (k,), whole numbers: stratum of each sampled school, schools in the order in which they were drawn. Let
        a certain school out: it was not drawn, and its pupils take the place of schools.

    Raises
    ------
    ValueError
        A stratum has one school only.

    References
    ----------
    Foy, P., LaRoche, S. (2016). Estimating standard errors in the TIMSS 2015 results. Methods and Procedures in
    TIMSS 2015.

    Examples
    --------
    >>> zones([0, 0, 0, 0, 0, 7, 7]).tolist()
    [0, 0, 1, 1, 1, 2, 2]
    """
    codes, stratum, size = np.unique(whole(strata, "strata", SCHOOL), return_inverse=True, return_counts=True)
    refuse_single(codes, size, "stratum", "school")
    place = places_within(stratum, size)
    pairs = size // PAIR
    return np.asarray((np.cumsum(pairs) - pairs)[stratum] + np.minimum(place // PAIR, pairs[stratum] - 1))


def places_within(code: Ints, size: Ints) -> Ints:
    """The place of each row among those of its code, from 0, with so many rows of each code."""
    place = np.empty(len(code), dtype=np.int64)
    place[np.argsort(code, kind="stable")] = np.arange(len(code)) - np.repeat(np.cumsum(size) - size, size)
    return place


def refuse_single(codes: Ints, size: Ints, name: str, unit: str) -> None:
    single = size == 1
    if single.any():
        raise ValueError(f"{name} {codes[single.argmax()]} has one {unit} only: join it with a similar {name}")
    if not len(size):
        raise ValueError(f"there is no {unit}")
