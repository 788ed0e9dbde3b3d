"""Anderson acceleration of a fixed-point map: the next point is what the last few steps together point to.

The EM map of a test with guessing or many categories needs hundreds of cycles to its fixed point by itself, and a
rule that stops when a step is small stops early there. With the differences of the last steps it needs ten to thirty.

References
----------
Anderson, D. G. (1965). Iterative procedures for nonlinear integral equations. Journal of the ACM 12.
Walker, H. F. & Ni, P. (2011). Anderson acceleration for fixed-point iterations. SIAM Journal on Numerical
Analysis 49.
"""

import numpy as np
from numpy.typing import NDArray

from xietong.quant.compiling import compiled

Floats = NDArray[np.float64]

MEMORY = 6
"""So many differences of steps are kept."""

INDEPENDENT = 1e-10
"""A difference of which less than this share is left beside the newer ones says nothing of its own."""


class Anderson:
    """Proposes the next point from those it has seen and what the map made of them."""

    def __init__(self) -> None:
        self.images: list[Floats] = []
        self.steps: list[Floats] = []

    def forget(self) -> None:
        """Begin anew, after a proposal that led nowhere."""
        self.images, self.steps = [], []

    def after(self, point: Floats, image: Floats) -> Floats:
        """The next point, when the map carried a point to its image."""
        self.images = [*self.images[-MEMORY:], image]
        self.steps = [*self.steps[-MEMORY:], image - point]
        if len(self.steps) == 1:
            return image
        newest_first = slice(None, None, -1)
        by_step, by_image = (np.diff(each, axis=0)[newest_first] for each in (self.steps, self.images))
        return image - combined(by_step, by_image, self.steps[-1])


def combined(by_step: Floats, by_image: Floats, step: Floats) -> Floats:
    """Σ γ ΔG (P,) for the γ that make Σ γ ΔF nearest to the step, from differences of shape (n, P)."""
    found = np.zeros_like(step)
    compiled(combine, calling=(product,))(by_step.copy(), by_image.copy(), step.copy(), found)
    return found


def combine(by_step: Floats, by_image: Floats, left: Floats, found: Floats) -> None:
    """The same by Gram–Schmidt, from the first difference on; all but what is found is used up.

    Without a call of BLAS: its threads would stay awake beside those of the expected counts.
    """
    for own in range(len(by_step)):
        whole = product(by_step[own], by_step[own])
        for base in range(own):
            share = product(by_step[base], by_step[own])
            for place in range(len(left)):
                by_step[own, place] -= share * by_step[base, place]
                by_image[own, place] -= share * by_image[base, place]
        size = product(by_step[own], by_step[own])
        # A difference that says nothing of its own is 0 from here on.
        by = 1 / np.sqrt(size) if size > INDEPENDENT**2 * whole else 0.0
        for place in range(len(left)):
            by_step[own, place] *= by
            by_image[own, place] *= by
        share = product(by_step[own], left)
        for place in range(len(left)):
            left[place] -= share * by_step[own, place]
            found[place] += share * by_image[own, place]


def product(one: Floats, other: Floats) -> float:
    total = 0.0
    for place in range(len(one)):
        total += one[place] * other[place]
    return total
