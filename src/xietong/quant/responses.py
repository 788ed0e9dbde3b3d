"""What persons did on items: one byte each, with what was not presented told apart from what was left out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

NOT_PRESENTED = -1
"""The item was not in the person's booklet (missing by design): it says nothing about the person."""

OMITTED = -2
"""The item was there and the person gave no answer."""

MOST = 126
"""The highest category that one byte can hold beside the two marks."""

LEAST = 2
"""An item has at least so many categories."""

Codes = NDArray[np.int8]
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Responses:
    """N persons on J items.

    Attributes
    ----------
    codes
        Shape (N, J), bytes: the category reached, 0 to m − 1, or `NOT_PRESENTED`, or `OMITTED`.
    categories
        Shape (J,): how many categories m each item has, at least two.
    weights
        Shape (N,), finite, from 0 up: how many persons a row stands for.
    """

    codes: Codes
    categories: Counts
    weights: Floats

    def refuse_omitted(self) -> None:
        """Raises ValueError with the first row and item that was omitted, counted from 0."""
        if self.codes.min(initial=0) == OMITTED:
            row, item = np.argwhere(self.codes == OMITTED)[0]
            raise ValueError(
                f"row {row}, item {item}: the answer is omitted; say whether that is wrong or not presented"
            )

    def omitted_as_wrong(self) -> "Responses":
        """The same with category 0 where an answer was left out."""
        return Responses(np.where(self.codes == OMITTED, np.int8(0), self.codes), self.categories, self.weights)

    def omitted_as_not_presented(self) -> "Responses":
        """The same with nothing known where an answer was left out."""
        codes = np.where(self.codes == OMITTED, np.int8(NOT_PRESENTED), self.codes)
        return Responses(codes, self.categories, self.weights)


def responses_of(
    codes: ArrayLike, *, categories: ArrayLike | None = None, weights: ArrayLike | None = None
) -> Responses:
    """The arrays that a caller gave, if they can be responses.

    Parameters
    ----------
    codes
        Shape (N, J), whole numbers: categories from 0 up, −1 not presented, −2 omitted. NaN in an array of floats
        counts as not presented.
    categories
        Shape (J,) or one number for all. Left out, an item has as many as its highest code says, at least two.
    weights
        Shape (N,); left out, every row is one person.

    Raises
    ------
    ValueError
        A shape does not fit, or a code or weight cannot be; the message names the first such row and item, counted
        from 0.

    Examples
    --------
    >>> found = responses_of([[1, 0], [2, -1]])
    >>> found.codes.dtype.name, found.categories.tolist(), found.weights.tolist()
    ('int8', [3, 2], [1.0, 1.0])
    """
    table = bytes_of(np.asarray(codes))
    n, items = table.shape
    highest = table.max(axis=0, initial=LEAST - 1).astype(np.int64)
    if categories is None:
        counts = highest + 1
    else:
        counts = fitted(categories, "categories", items).astype(np.int64)
        if not ((counts >= LEAST) & (counts <= MOST + 1)).all():
            raise ValueError(f"an item needs {LEAST} to {MOST + 1} categories; they are {counts.tolist()}")
    lowest = table.min(axis=0, initial=0)
    if (highest >= counts).any() or (lowest < OMITTED).any():
        row, item = np.argwhere((table >= counts) | (table < OMITTED))[0]
        raise ValueError(f"row {row}, item {item}: {table[row, item]} is no category from 0 to {counts[item] - 1}")
    return Responses(table, counts, weights_of(weights, n))


def most_answered(codes: Codes) -> int:
    """How many items the person with the most of them answered."""
    if codes.min(initial=0) >= 0:
        return codes.shape[1] if len(codes) else 0
    return int((codes >= 0).sum(axis=1).max())


def booklets_of(presented: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], Counts]:
    """The different sets of items that rows (N, J) had, shape (B, J), and which of them each had, shape (N,)."""
    packed = np.packbits(presented, axis=1)
    keys = [row.tobytes() for row in packed]
    every = sorted(set(keys))
    places = {key: place for place, key in enumerate(every)}
    sets = np.frombuffer(b"".join(every), dtype=np.uint8).reshape(len(every), packed.shape[1])
    which = np.fromiter((places[key] for key in keys), dtype=np.int64, count=len(keys))
    return np.unpackbits(sets, axis=1, count=presented.shape[1]).astype(bool), which


def bytes_of(table: NDArray[np.generic]) -> Codes:
    """The codes as bytes, in rows that lie together; refuses what is no whole number in reach of a byte."""
    if table.ndim != 2 or not table.shape[1]:  # noqa: PLR2004
        raise ValueError(f"codes have the shape {table.shape} instead of (persons, items), with at least one item")
    if table.dtype == np.int8:
        return np.ascontiguousarray(table)
    values = np.where(np.isnan(table), NOT_PRESENTED, table) if table.dtype.kind == "f" else table
    if values.dtype.kind not in "iufb":
        raise ValueError(f"codes are {values.dtype} instead of whole numbers")
    with np.errstate(invalid="ignore"):
        codes = values.astype(np.int8)
    wrong = codes != values
    if wrong.any():
        row, item = np.argwhere(wrong)[0]
        raise ValueError(f"row {row}, item {item}: {values[row, item]} is no category that a byte can hold")
    return np.ascontiguousarray(codes)


def weights_of(weights: ArrayLike | None, n: int) -> Floats:
    """How many persons each of n rows stands for, one number for all of them, or one person each.

    Raises
    ------
    ValueError
        The shape does not fit, or a weight is no finite number from 0 up; the message names the first such row.
    """
    found = np.ones(n) if weights is None else fitted(weights, "weights", n).astype(np.float64)
    wrong = ~((found >= 0) & (found < np.inf))
    if wrong.any():
        row = int(wrong.argmax())
        raise ValueError(f"row {row}: weight {found[row]} is no finite number from 0 up")
    return found


def groups_of(groups: ArrayLike, n_groups: int, n: int | None = None) -> Counts:
    """The population of each of n persons, or of as many as are given, as codes from 0 to n_groups − 1.

    Raises
    ------
    ValueError
        They are no whole numbers, of another shape, or out of range; the message names the first such row.
    """
    found = np.asarray(groups)
    if found.dtype.kind not in "iu" or found.ndim != 1 or n not in (None, len(found)):
        raise ValueError(
            f"groups are {found.dtype} of the shape {found.shape} instead of whole numbers, "
            f"({'n' if n is None else n},)"
        )
    wrong = (found < 0) | (found >= n_groups)
    if wrong.any():
        row = int(wrong.argmax())
        raise ValueError(f"row {row}: group {found[row]} is none of 0 to {n_groups - 1}")
    return np.ascontiguousarray(found, dtype=np.int64)


def fitted(values: ArrayLike, what: str, n: int) -> NDArray[np.generic]:
    found = np.asarray(values)
    if found.shape not in ((), (n,)):
        raise ValueError(f"{what} have the shape {found.shape} instead of ({n},)")
    return np.broadcast_to(found, (n,))
