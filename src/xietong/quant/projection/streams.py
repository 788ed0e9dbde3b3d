"""Random numbers that depend on a seed and a key alone: a stream for each area, whoever else is projected.

A stream is a SplitMix64 generator: its n-th number is a function of where the stream starts and of n, so that
neither threads nor the order of areas matter.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from xietong.quant.projection.checking import Array

Words = NDArray[np.uint64]

SEEDS, KEYS = 2**64, 2**63
STEP, FIRST, SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
BY_16, BY_27, BY_30, BY_31, BY_32, BY_48 = (np.uint64(bits) for bits in (16, 27, 30, 31, 32, 48))
LOW = np.uint64(0xFFFF)
MIDDLE, SCALE = 2.0 * 65535.0, (3.0 / (65536.0**2 - 1.0)) ** 0.5
# A sum of four uniforms has flat tails; this cubic of it has variance 1 and kurtosis 3.
LINEAR, CUBIC = 0.9490355216555489, 0.018641505975653734


def starts(seed: int, keys: Sequence[int] | Words) -> Words:
    """Where the stream of each key starts, and last that of their county.

    Raises
    ------
    ValueError
        If seed or keys lie outside their range, or a key comes twice.
    """
    if not 0 <= seed < SEEDS:
        raise ValueError(f"the seed is {seed}, not between 0 and 2**64 - 1")
    if len(set(keys)) < len(keys) or not all(0 <= key < KEYS for key in keys):
        raise ValueError("keys of areas are different numbers from 0 to 2**63 - 1")
    places = np.array([*(int(key) + 1 for key in keys), 0], dtype=np.uint64)
    return mixed(mixed(np.array([seed], dtype=np.uint64)) + places * STEP)


def mixed(words: Words) -> Words:
    """The finaliser of SplitMix64: neighbouring words become unrelated.

    References
    ----------
    Steele, G. L., Lea, D. and Flood, C. H. (2014), "Fast splittable pseudorandom number generators", OOPSLA '14.
    """
    words = (words ^ (words >> BY_30)) * FIRST
    words = (words ^ (words >> BY_27)) * SECOND
    return words ^ (words >> BY_31)


def draw(start: np.uint64, place: int, out: Array) -> None:
    """This function will fill ``out`` with standard normal numbers of a stream, from a place of it on."""
    for number in range(out.size):
        word = start + np.uint64(place + number + 1) * STEP
        word = (word ^ (word >> BY_30)) * FIRST
        word = (word ^ (word >> BY_27)) * SECOND
        word ^= word >> BY_31
        four = (word & LOW) + ((word >> BY_16) & LOW) + ((word >> BY_32) & LOW) + (word >> BY_48)
        even = (np.float64(np.int64(four)) - MIDDLE) * SCALE
        out[number] = even * (LINEAR + CUBIC * even * even)
