"""Replicate weights of the jackknife: the sample without one school at a time, however it was stratified."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.sampling.checking import ROW, Floats, Ints, numbers, whole
from xietong.quant.sampling.pairing import PAIR, refuse_single


@dataclass(frozen=True, slots=True, eq=False)
class Replicates:
    """A sample of n rows and its R replicates.

    Attributes
    ----------
    full
        Weights of the sample, shape (n,).
    weights
        Weights of each replicate, shape (R, n); 0 for what it leaves out.
    coefficients
        By what the squared deviation of each replicate counts, shape (R,).
    freedom
        Degrees of freedom of the variance.
    """

    full: Floats
    weights: Floats
    coefficients: Floats
    freedom: int


def jk1(weights: ArrayLike, groups: ArrayLike) -> Replicates:
    """The jackknife of a sample without strata: each replicate leaves one of G groups out.

    The others count G ÷ (G − 1) times, the squared deviation (G − 1) ÷ G; G − 1 degrees of freedom.

    Parameters
    ----------
    weights
        Shape (n,), finite, from 0 up.
    groups
        Shape (n,), whole numbers: the school of each row, or a random group of schools.

    Raises
    ------
    ValueError
        Something is not allowed; a group has no weight; or there is one group only.

    References
    ----------
    Tukey, J. W. (1958). Bias and confidence in not-quite large samples. Annals of Mathematical Statistics 29.
    Wolter, K. M. (2007). Introduction to Variance Estimation, 2nd edition. Springer. Chapter 4.

    Examples
    --------
    >>> found = jk1([1, 1, 2], [0, 0, 1])
    >>> found.weights.tolist(), found.coefficients.tolist(), found.freedom
    ([[0.0, 0.0, 4.0], [2.0, 2.0, 0.0]], [0.5, 0.5], 1)
    """
    return jkn(weights, groups, np.zeros(len(np.asarray(groups)), dtype=np.int64))


def jkn(weights: ArrayLike, schools: ArrayLike, strata: ArrayLike) -> Replicates:
    """The jackknife of a stratified sample: each replicate leaves one school of one stratum out.

    In a stratum of nₕ schools the others count nₕ ÷ (nₕ − 1) times, the squared deviation (nₕ − 1) ÷ nₕ; degrees of
    freedom Σ (nₕ − 1). With `zones` for strata this is the jackknife of TIMSS since 2015, of both schools of a pair.

    Parameters
    ----------
    weights
        Shape (n,), finite, from 0 up.
    schools
        Shape (n,), whole numbers: the school of each row, each school with a number of its own.
    strata
        Shape (n,), whole numbers: stratum or zone of each row.

    Raises
    ------
    ValueError
        Something is not allowed; a school has no weight or lies in two strata; or a stratum has one school only:
        what that does to the variance is not known, and the caller has to say which stratum it is joined with.

    References
    ----------
    Rust, K. F., Rao, J. N. K. (1996). Variance estimation for complex surveys using replication techniques.
    Statistical Methods in Medical Research 5.

    Examples
    --------
    >>> jkn([1, 1, 1, 1], [0, 1, 2, 3], [0, 0, 5, 5]).weights[0].tolist()
    [0.0, 2.0, 1.0, 1.0]
    """
    full = numbers(weights, "weights", ROW, lowest=0)
    nest = _nest(full, schools, strata, "stratum")
    size = nest.size[nest.stratum]
    times = np.where(nest.stratum[:, None] == nest.stratum[nest.school], (size / (size - 1))[:, None], 1.0)
    times[nest.school, np.arange(len(full))] = 0
    return Replicates(full, times * full, (size - 1) / size, int((nest.size - 1).sum()))


def jk2(weights: ArrayLike, schools: ArrayLike, zone: ArrayLike, seed: int | np.random.Generator) -> Replicates:
    """The jackknife of paired schools: each replicate leaves one school of one pair out, drawn by lot.

    The other school of the pair counts twice, the squared deviation once; one degree of freedom for each zone. Half
    the replicates of `jkn`, for a statistic that takes long.

    Parameters
    ----------
    weights, schools
        As for `jkn`.
    zone
        Shape (n,), whole numbers: zone of each row.
    seed
        A whole number, or a generator to draw on with.

    Raises
    ------
    ValueError
        As for `jkn`, and for a zone of three schools or more.

    References
    ----------
    Johnson, E. G., Rust, K. F. (1992). Population inferences and variance estimation for NAEP data. Journal of
    Educational Statistics 17.

    Examples
    --------
    >>> jk2([1, 1, 3], [0, 1, 1], [0, 0, 0], seed=1).weights.tolist()
    [[0.0, 2.0, 6.0]]
    """
    full = numbers(weights, "weights", ROW, lowest=0)
    nest = _nest(full, schools, zone, "zone")
    odd = nest.size != PAIR
    if odd.any():
        at = int(odd.argmax())
        raise ValueError(f"zone {nest.codes[at]} has {nest.size[at]} schools instead of 2")
    pairs = np.argsort(nest.stratum, kind="stable").reshape(-1, PAIR)
    out = pairs[np.arange(len(pairs)), np.random.default_rng(seed).integers(PAIR, size=len(pairs))]
    times = np.where(np.arange(len(pairs))[:, None] == nest.stratum[nest.school], 2.0, 1.0)
    times[out[:, None] == nest.school] = 0
    return Replicates(full, times * full, np.ones(len(pairs)), len(pairs))


@dataclass(frozen=True, slots=True, eq=False)
class _Nest:
    """Place of the school of each row, and of the stratum of each school; code and size of each stratum."""

    school: Ints
    stratum: Ints
    codes: Ints
    size: Ints


def _nest(full: Floats, schools: ArrayLike, strata: ArrayLike, name: str) -> _Nest:
    n = len(full)
    units, first, school = np.unique(whole(schools, "schools", ROW, n), return_index=True, return_inverse=True)
    given = whole(strata, "strata", ROW, n)
    split = given != given[first][school]
    if split.any():
        row = int(split.argmax())
        raise ValueError(f"row {row}: school {units[school[row]]} lies in {name} {given[row]} and in another")
    empty = np.bincount(school, full) == 0
    if empty.any():
        raise ValueError(f"school {units[empty.argmax()]} has no weight: a school that did not take part is left out")
    codes, stratum, size = np.unique(given[first], return_inverse=True, return_counts=True)
    refuse_single(codes, size, name, "school")
    return _Nest(school, stratum, codes, size)
