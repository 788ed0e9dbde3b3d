"""The answers that tell something: of items that have an estimate, in categories that the items have."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xietong.quant.items import Items
from xietong.quant.responses import NOT_PRESENTED, Codes, Responses, most_answered

CELLS = 1 << 19
"""So many numbers are worked on at once, about 4 MB in each array."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What N persons did on the K items with an estimate.

    Attributes
    ----------
    codes
        Shape (N, K): the category reached, or `NOT_PRESENTED`.
    items
        Those K items.
    places
        Shape (K,): which of the J items they are.
    """

    codes: Codes
    items: Items
    places: NDArray[np.int64]

    def blocks(self, width: int) -> Iterator[slice]:
        """Rows that fit into memory together if each takes so many numbers."""
        step = max(1, CELLS // max(1, width))
        for start in range(0, len(self.codes), step):
            yield slice(start, min(start + step, len(self.codes)))

    def most(self) -> int:
        """How many items the person with the most answers has."""
        return most_answered(self.codes)


def answers_of(responses: Responses, items: Items) -> Answers:
    """The answers that tell something.

    Raises
    ------
    ValueError
        There are not as many items as columns, an answer is omitted, or a code is no category of its item; the
        message names the first such row and item, counted from 0.
    """
    n = responses.codes.shape[1]
    if len(items.kinds) != n:
        raise ValueError(f"{len(items.kinds)} items have parameters, {n} have responses")
    responses.refuse_omitted()
    known = ~np.isnan(items.slopes)
    steps = np.where(known, (~np.isnan(items.intercepts)).sum(axis=1), np.iinfo(np.int8).max)
    over = responses.codes.max(axis=0, initial=NOT_PRESENTED) > steps
    if over.any():
        row, item = np.argwhere(responses.codes > steps)[0]
        raise ValueError(f"row {row}, item {item}: the answer has a category that the item does not have")
    places = np.flatnonzero(known)
    codes = responses.codes if known.all() else np.ascontiguousarray(responses.codes[:, places])
    return Answers(codes, items.take(places.tolist()), places)
