"""Bands around the path: the same cohorts carried on a thousand times with ratios that vary from year to year."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.compiling import compiled
from xietong.quant.projection.checking import AREA, GRADE, YEAR, Array, checked, share
from xietong.quant.projection.simulation import simulating
from xietong.quant.projection.streams import draw, starts
from xietong.quant.projection.survival import Course, bounds, coursed, yearly

QUANTILES = (0.1, 0.5, 0.9)
BLOCKS = 16  # of areas that are summed up one after another, whatever the number of threads


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Quantiles of the pupils of each group of grades, then of all grades, ascending.

    ``areas`` is areas × years × (groups + 1) × quantiles; ``together`` the same for the sum of all areas, without
    their axis. Quantiles of areas do not add up to those of their sum.
    """

    quantiles: tuple[float, ...]
    areas: Array
    together: Array


def band(
    enrolment: ArrayLike,
    entrants: ArrayLike,
    ratios: ArrayLike,
    sd: ArrayLike,
    *,
    seed: int,
    error: ArrayLike = 0.0,
    sd_entrants: ArrayLike = 0.0,
    error_entrants: ArrayLike = 0.0,
    arrivals: ArrayLike = 0.0,
    alike: float = 1.0,
    rho: ArrayLike = 0.0,
    groups: Sequence[slice] = (),
    quantiles: Sequence[float] = QUANTILES,
    draws: int = 1000,
    keys: Sequence[int] | None = None,
) -> Band:
    r"""Carry the cohorts of every area on many times, and give the quantiles of what comes out.

    .. math::

        G_{a,t,k} = \max(0, G_{a,t-1,k-1} \max(0, q_{a,t,k} + s_{a,t,k} z_{a,t,k} + d_{a,t,k} z_{a,0,k}) + M_{a,t,k})

    with deviations z that are new in every year t, and one that lasts, for the ratio itself is only known with an
    error. They are standard normal,

    .. math::

        z_{a,t,k} = \sqrt{\rho_k}\, c_{t,k} + \sqrt{1 - \rho_k}\, b_{a,t,k}, \qquad
        b_{a,t,k} = \sqrt{h}\, u_{a,t} + \sqrt{1 - h}\, e_{a,t,k}

    with c, common to all areas, made like b. The entrants vary in the same way, but alone: h is 0 for them.

    An area has a stream of random numbers of its own, given by seed and key. So its result is the same to the
    last bit for any number of threads, and neither other areas nor more years change it.

    Parameters
    ----------
    enrolment, entrants, ratios, arrivals
        As for `survive`.
    sd, error
        s and d: standard deviation of the ratios between years, and standard error of the ratios; shaped like
        ``ratios``.
    sd_entrants, error_entrants
        The same of the entrants, as a share of them; broadcast to areas × years. Births that are not known yet want
        more than those that are.
    seed
        From 0 to 2**64 - 1.
    alike
        h, the correlation of two grades of an area. 1, which is usual, gives the widest band of a total.
    rho
        Correlation of two areas, for each grade (grade 0: the entrants) or one for all. It widens the band of all
        areas together, and does nothing to that of one.
    groups
        Stages, as slices of the grades.
    quantiles
        Ascending; between two draws they are interpolated.
    draws
        How many times.
    keys
        A number of each area that stays with it when areas are sorted or left out; otherwise its place.

    Raises
    ------
    ValueError
        As `survive`; or if a setting is outside its range.

    Notes
    -----
    The normal numbers are sums of four uniforms, made normal up to the fourth moment; from 1 to 99 % their
    quantiles are those of the normal to within 0.03.
    """
    course = coursed(enrolment, entrants, ratios, arrivals)
    areas, years, grades = course.factors.shape
    chosen, parts = settled(quantiles, draws), bounds(groups, grades)
    within = np.array([0.0, *[share(alike, "alike")] * (grades - 1)])
    shares = components(within, rho)
    widths = np.stack((wide(course, sd, sd_entrants, "sd"), wide(course, error, error_entrants, "error")), axis=2)
    numbers = range(areas) if keys is None else keyed(keys, areas)
    *streams, common = starts(seed, numbers)
    found = np.empty((areas, years, len(parts), len(chosen)))
    sums = np.zeros((min(BLOCKS, areas), years, len(parts), draws))
    simulating()(
        np.argsort(numbers),
        np.array(streams),
        *(np.ascontiguousarray(each) for each in (course.enrolment, course.factors, widths, course.arrivals)),
        county(common, within, years + 1, draws),
        shares,
        parts,
        np.array(chosen) * (draws - 1),
        found,
        sums,
    )
    together = np.quantile(sums.sum(axis=0), chosen, axis=-1)
    return Band(chosen, found, np.moveaxis(together, 0, -1))


def settled(quantiles: Sequence[float], draws: int) -> tuple[float, ...]:
    chosen = tuple(share(each, "a quantile") for each in quantiles)
    if not chosen or list(chosen) != sorted(chosen):
        raise ValueError(f"quantiles ascend; {chosen} do not")
    if draws < 1:
        raise ValueError(f"{draws} draws give no band")
    return chosen


def keyed(keys: Sequence[int], areas: int) -> Sequence[int]:
    if len(keys) != areas:
        raise ValueError(f"{len(keys)} keys do not fit {areas} areas")
    return keys


def wide(course: Course, steps: ArrayLike, entrants: ArrayLike, what: str) -> Array:
    """Standard deviations shaped like the factors of the course: of the entrants in pupils, then of the ratios."""
    areas, years, grades = course.factors.shape
    share_of = checked(entrants, f"{what} of entrants", (AREA, YEAR), shape=(areas, years))
    entering = course.factors[..., 0] * share_of
    return np.concatenate((entering[..., None], yearly(steps, what, (areas, years, grades))), axis=2)


def components(within: Array, rho: ArrayLike) -> Array:
    """How much of a deviation is common to areas, to the grades of one, and to neither: roots of shares, by grade."""
    areas = np.array([share(each, "rho") for each in checked(rho, "rho", (GRADE,), shape=within.shape)])
    roots: Array = np.sqrt(np.stack((areas, (1 - areas) * within, (1 - areas) * (1 - within)), axis=-1))
    return roots


def county(start: np.uint64, within: Array, years: int, draws: int) -> Array:
    """The deviations common to all areas, years × grades × draws."""
    own = np.empty((years, within.size + 1, draws))
    compiled(draw)(start, 0, own.reshape(own.size))
    common: Array = np.sqrt(within)[:, None] * own[:, -1:] + np.sqrt(1 - within)[:, None] * own[:, :-1]
    return common
