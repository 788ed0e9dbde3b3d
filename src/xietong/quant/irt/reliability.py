"""How much of what differs between estimates of persons is a difference of persons."""

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.irt.ability import Estimates
from xietong.quant.responses import weights_of


def marginal_reliability(estimates: Estimates, weights: ArrayLike | None = None) -> float:
    """Reliability of EAP: var(EAP) ÷ (var(EAP) + mean PSD²), from 0 to 1.

    Persons without an estimate do not count. NaN if there are none, or there is neither difference nor error.

    Parameters
    ----------
    estimates
        Of `eap`, N persons of one group.
    weights
        Shape (N,), finite, from 0 up; left out, every row is one person.

    Raises
    ------
    ValueError
        The weights do not fit, or one cannot be; the message names the first such row, counted from 0.

    References
    ----------
    Bock, R. D., Mislevy, R. J. (1982). Adaptive EAP estimation of ability in a microcomputer environment. Applied
    Psychological Measurement 6.

    Examples
    --------
    >>> import numpy as np
    >>> marginal_reliability(Estimates(np.array([-1.0, 1.0]), np.array([0.5, 0.5])))
    0.8
    """
    between, within = _variances(estimates, weights)
    return between / (between + within) if between + within > 0 else float("nan")


def separation_reliability(estimates: Estimates, weights: ArrayLike | None = None) -> float:
    """Person separation reliability of WLE: 1 − mean SE² ÷ var(WLE), at most 1.

    Below 0 where the estimates differ less than their errors let expect. Persons without an estimate do not count.
    NaN if there are none, or nothing differs. Parameters and errors are those of `marginal_reliability`, with
    estimates of `wle`.

    References
    ----------
    Wright, B. D., Masters, G. N. (1982). Rating Scale Analysis. MESA Press.
    Adams, R. J. (2005). Reliability as a measurement design effect. Studies in Educational Evaluation 31.

    Examples
    --------
    >>> import numpy as np
    >>> separation_reliability(Estimates(np.array([-1.0, 1.0]), np.array([0.5, 0.5])))
    0.75
    """
    between, within = _variances(estimates, weights)
    return 1 - within / between if between > 0 else float("nan")


def _variances(estimates: Estimates, weights: ArrayLike | None) -> tuple[float, float]:
    """The variance of the estimates and the mean of their squared errors; NaN if nobody counts."""
    own = weights_of(weights, len(estimates.value))
    counted = (own > 0) & ~np.isnan(estimates.value)
    if not counted.any():
        return float("nan"), float("nan")
    value, share = estimates.value[counted], own[counted] / own[counted].sum()
    # from the first, so that equal estimates have no variance at all
    distance = value - value[0]
    return float(share @ (distance - share @ distance) ** 2), float(share @ estimates.error[counted] ** 2)
