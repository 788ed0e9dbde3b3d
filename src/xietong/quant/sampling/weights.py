"""How many pupils of the county each pupil that took part stands for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.sampling.checking import (
    PUPIL,
    ROW,
    SCHOOL,
    Flags,
    Floats,
    Ints,
    below,
    flags,
    numbers,
    probabilities,
    whole,
)


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Of m sampled pupils, shape (m,).

    Attributes
    ----------
    base
        1 ÷ (π of the school × π of the pupil in it).
    school_factor, pupil_factor
        What schools, and pupils of the same school, that did not take part add; 0 where it was the pupil's own.
    """

    base: Floats
    school_factor: Floats
    pupil_factor: Floats

    @property
    def final(self) -> Floats:
        """The product of the three; 0 for a pupil that did not take part."""
        return self.base * self.school_factor * self.pupil_factor


def pupil_weights(
    school_probability: ArrayLike,
    enrolled: ArrayLike,
    strata: ArrayLike,
    schools_took_part: ArrayLike,
    pupil_probability: ArrayLike,
    school: ArrayLike,
    pupils_took_part: ArrayLike,
) -> Weights:
    """Base weights and what non-response adds, for schools within strata and for pupils within schools.

    base           1 ÷ (πₛ πₚ)
    school factor  Σ Nₛ ÷ πₛ over all sampled schools of the stratum ÷ the same over those that took part
    pupil factor   sampled pupils of the school ÷ those of them that took part

    So the final weights add up, in each stratum, to Σ Nₛ ÷ πₛ, the pupils that the sample of schools stands for, as
    long as each school has drawn πₚ Nₛ pupils.

    Parameters
    ----------
    school_probability, enrolled, strata, schools_took_part, pupil_probability
        Shape (k,), of the sampled schools: πₛ; Nₛ, pupils on the list; code of the stratum; True or False; πₚ.
    school, pupils_took_part
        Shape (m,), of the sampled pupils: place of the school among the k; True or False.

    Raises
    ------
    ValueError
        Something is not allowed; nobody of a stratum took part, or nobody of a school that is said to have taken
        part. A school in which everybody was absent did not take part: say so, and its stratum stands in for it.

    References
    ----------
    Rust, K. (2014). Sampling, weighting, and variance estimation in international large-scale assessments. In:
    Handbook of International Large-Scale Assessment. CRC Press.

    Examples
    --------
    >>> found = pupil_weights([0.5, 0.5], [4, 4], [0, 0], [True, False], [0.5, 0.5], [0, 0], [True, False])
    >>> found.base.tolist(), found.final.tolist()
    ([4.0, 4.0], [16.0, 0.0])
    """
    first = probabilities(school_probability, "probabilities", SCHOOL)
    k = len(first)
    inside = flags(schools_took_part, "schools that took part", k)
    second = probabilities(pupil_probability, "probabilities of pupils", SCHOOL, k)
    place = below(whole(school, "schools", PUPIL), k, "schools", PUPIL)
    present = flags(pupils_took_part, "pupils that took part", len(place))
    stood_for = whole(enrolled, "pupils on the list", SCHOOL, k) / first
    of_schools = response_factors(stood_for, inside, strata, "stratum")
    refuse_empty(inside, np.bincount(place[present], minlength=k))
    counted = np.flatnonzero(inside[place])
    of_pupils = np.zeros(len(place))
    of_pupils[counted] = response_factors(np.ones(len(counted)), present[counted], place[counted], "school")
    return Weights(1 / (first * second)[place], of_schools[place], of_pupils)


def refuse_empty(inside: Flags, present: Ints) -> None:
    empty = inside & (present == 0)
    if empty.any():
        raise ValueError(f"school {int(empty.argmax())} is said to have taken part, but none of its pupils did")


def base_weights(school_probability: ArrayLike, pupil_probability: ArrayLike) -> Floats:
    """1 ÷ (π of the school × π of the pupil in it), shape (n,), one row for each school or pupil.

    Raises
    ------
    ValueError
        A probability is not above 0 and at most 1; the message names the row, counted from 0.

    References
    ----------
    Horvitz, D. G., Thompson, D. J. (1952). A generalization of sampling without replacement from a finite universe.
    Journal of the American Statistical Association 47.

    Examples
    --------
    >>> base_weights([0.5, 1.0], [0.1, 0.25]).tolist()
    [20.0, 4.0]
    """
    first = probabilities(school_probability, "probabilities of schools", ROW)
    return np.asarray(1 / (first * probabilities(pupil_probability, "probabilities of pupils", ROW, len(first))))


def response_factors(weights: ArrayLike, took_part: ArrayLike, cells: ArrayLike, name: str = "cell") -> Floats:
    """By how much those that took part are raised so that they stand for all of their cell.

    f = Σ w over the cell ÷ Σ w over those of the cell that took part; 0 for a row that did not take part.

    Parameters
    ----------
    weights, took_part, cells
        Shape (n,): finite, from 0 up; True or False; whole numbers from 0 up.
    name
        What a cell is, for the message.

    Raises
    ------
    ValueError
        Something is not allowed, or nobody of a cell took part: the weight would be lost. The message names the cell.

    References
    ----------
    Little, R. J. A. (1986). Survey nonresponse adjustments for estimates of means. International Statistical
    Review 54.

    Examples
    --------
    >>> response_factors([10, 10, 20, 5], [True, True, False, True], [0, 0, 0, 1]).tolist()
    [2.0, 2.0, 0.0, 1.0]
    """
    weight = numbers(weights, "weights", ROW, lowest=0)
    here = flags(took_part, "rows that took part", len(weight))
    cell = whole(cells, f"codes of {name}", ROW, len(weight))
    whole_cell, part = np.bincount(cell, weight), np.bincount(cell, weight * here)
    empty = (part == 0) & (np.bincount(cell) > 0)
    if empty.any():
        at = int(empty.argmax())
        raise ValueError(f"{name} {at}: nobody took part who could stand for its weight of {whole_cell[at]:g}")
    return np.where(here, whole_cell[cell] / part[cell], 0.0)
