"""What every measure takes: rows of values, each with a weight and the code of its group, as arrays of one type."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Values of shape (n, K) with NaN where missing, weights and codes of groups of shape (n,)."""

    values: Floats
    weights: Floats
    groups: Codes
    n_groups: int

    def counted(self, k: int) -> tuple[Floats, Floats, Codes]:
        """Value, weight and group of the rows that count for indicator k: with a value and a weight above 0."""
        column = self.values[:, k]
        counts = (self.weights > 0) & ~np.isnan(column)
        return column[counts], self.weights[counts], self.groups[counts]

    def refuse_negative(self) -> None:
        """Raises ValueError for the first row that counts and has a negative value."""
        is_negative = (self.values < 0) & (self.weights > 0)[:, None]
        if is_negative.any():
            row = int(is_negative.any(axis=1).argmax())
            raise ValueError(f"row {row}: a value is negative")


def rows_of(values: ArrayLike, weights: ArrayLike, groups: ArrayLike | None, n_groups: int) -> Rows:
    """The arrays that a caller gave, if their shapes fit each other; without groups all rows are in group 0."""
    table = np.ascontiguousarray(values, dtype=np.float64)
    if table.ndim != 2:  # noqa: PLR2004
        raise ValueError(f"values have {table.ndim} dimensions instead of 2 (rows, indicators)")
    n = len(table)
    codes = np.zeros(n, dtype=np.int64) if groups is None else np.asarray(groups)
    if codes.dtype.kind not in "iu":
        raise ValueError(f"groups are {codes.dtype} instead of whole numbers")
    given = np.ascontiguousarray(weights, dtype=np.float64)
    for name, array in (("weights", given), ("groups", codes)):
        if array.shape != (n,):
            raise ValueError(f"{name} have the shape {array.shape} instead of ({n},)")
    return Rows(table, given, np.ascontiguousarray(codes, dtype=np.int64), n_groups)


def complaint(rows: Rows, row: int) -> str:
    """Why a row cannot be counted."""
    weight, group = rows.weights[row], rows.groups[row]
    if not 0 <= group < rows.n_groups:
        return f"row {row}: group {group} is none of 0 to {rows.n_groups - 1}"
    if not 0 <= weight < np.inf:
        return f"row {row}: weight {weight} is no finite number from 0 up"
    return f"row {row}: a value is infinite"
