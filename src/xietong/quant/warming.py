"""Compiles beforehand what numba compiles, so that nobody who looks at a page waits for it."""

from collections.abc import Iterator

import numpy as np


def warm() -> Iterator[str]:
    """Runs each family once on next to nothing and names it; what was compiled stays on disk for other processes.

    Examples
    --------
    >>> list(warm())
    ['inequality', 'projection', 'irt']
    """
    from xietong.quant import inequality, projection  # noqa: PLC0415  (they would import each other at the start)
    from xietong.quant.irt import calibrate, standard_errors, wle  # noqa: PLC0415
    from xietong.quant.irt.packing import ALONE  # noqa: PLC0415
    from xietong.quant.responses import responses_of  # noqa: PLC0415

    values, weights = np.array([[1.0], [2.0]]), np.ones(2)
    inequality.weighted(values, weights)
    inequality.gini(values, weights)
    yield "inequality"
    projection.band(np.ones((1, 1)), np.ones((1, 1)), np.ones((1, 0)), np.ones((1, 0)), seed=0, draws=2)
    yield "projection"
    for rows in (4, ALONE):
        # Few rows are counted by one thread, many by all: two forms of the same loops.
        answers = responses_of(np.resize([[0, 1, 2], [1, 0, 1], [1, 2, 0], [0, 0, 1]], (rows, 3)))
        found = calibrate(answers, ["2pl", "grm", "gpcm"], most_cycles=2)
    standard_errors(found, answers)
    wle(answers, found.items)
    yield "irt"
