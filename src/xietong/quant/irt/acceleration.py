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
        newest = range(len(self.steps) - 1, 0, -1)
        by_step = [self.steps[one] - self.steps[one - 1] for one in newest]
        by_image = [self.images[one] - self.images[one - 1] for one in newest]
        return image - combined(by_step, by_image, self.steps[-1])


def combined(by_step: list[Floats], by_image: list[Floats], step: Floats) -> Floats:
    """Σ γ ΔG for the γ that make Σ γ ΔF nearest to the step, by Gram–Schmidt from the newest difference on.

    Written without a call of BLAS: its threads would stay awake beside those of the expected counts.
    """
    found = np.zeros_like(step)
    left = step.copy()
    bases: list[tuple[Floats, Floats]] = []
    for difference, image in zip(by_step, by_image, strict=True):
        own, moved = difference.copy(), image.copy()
        for base, carried in bases:
            share = (base * own).sum()
            own -= share * base
            moved -= share * carried
        size = np.sqrt((own * own).sum())
        if not size > INDEPENDENT * np.sqrt((difference * difference).sum()):
            continue
        base, carried = own / size, moved / size
        bases.append((base, carried))
        share = (base * left).sum()
        left -= share * base
        found += share * carried
    return found
