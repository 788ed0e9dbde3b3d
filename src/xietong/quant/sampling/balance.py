"""Says why booklets are not balanced."""

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.sampling.checking import Ints, below, whole


def imbalances(booklets: ArrayLike, blocks: int) -> tuple[str, ...]:
    """Why booklets are not balanced, one sentence for each reason; empty for a balanced design.

    Looks for a block that is twice in a booklet, blocks in a different number of booklets, and pairs of blocks that
    meet in a different number of booklets.

    Parameters
    ----------
    booklets
        Shape (b, k), whole numbers from 0 to blocks − 1.
    blocks
        How many blocks there are.

    Raises
    ------
    ValueError
        The shape or a block is not allowed.

    Examples
    --------
    >>> imbalances([[0, 1], [1, 2]], 3)
    ('block 0 is in 1 booklets, block 1 in 2', 'blocks 0 and 2 meet in 0 booklets, blocks 0 and 1 in 1')
    """
    table = _table(booklets, blocks)
    times = np.zeros((len(table), blocks), dtype=np.int64)
    np.add.at(times, (np.arange(len(table))[:, None], table), 1)
    said = [
        f"block {block} is {times[book, block]} times in booklet {book}" for book, block in np.argwhere(times > 1)
    ]
    inside = (times > 0).astype(np.int64)
    count, (one, other) = inside.sum(axis=0), np.triu_indices(blocks, 1)
    meet = (inside.T @ inside)[one, other]
    if np.ptp(count):
        low, high = int(count.argmin()), int(count.argmax())
        said.append(f"block {low} is in {count[low]} booklets, block {high} in {count[high]}")
    if meet.size and np.ptp(meet):
        low, high = int(meet.argmin()), int(meet.argmax())
        pairs = f"blocks {one[low]} and {other[low]} meet in {meet[low]} booklets, "
        said.append(pairs + f"blocks {one[high]} and {other[high]} in {meet[high]}")
    return tuple(said)


def misplacements(booklets: ArrayLike, blocks: int) -> tuple[str, ...]:
    """Which blocks are not equally often at each position, one sentence for each; parameters as for `imbalances`.

    Examples
    --------
    >>> misplacements([[0, 1], [1, 2], [0, 2]], 3)[0]
    'block 0 is 2 times at position 0, 0 times at position 1'
    """
    counts = positions(_table(booklets, blocks), blocks)
    return tuple(
        f"block {block} is {row.max()} times at position {row.argmax()}, {row.min()} times at position {row.argmin()}"
        for block, row in enumerate(counts)
        if np.ptp(row)
    )


def _table(booklets: ArrayLike, blocks: int) -> Ints:
    found = np.asarray(booklets)
    if found.ndim != 2 or not found.size:  # noqa: PLR2004
        raise ValueError(f"booklets have the shape {found.shape} instead of (b, k), none of them empty")
    rows = [
        below(whole(row, f"blocks of booklet {book}", "position"), blocks, f"blocks of booklet {book}", "position")
        for book, row in enumerate(found)
    ]
    return np.array(rows)


def positions(booklets: Ints, blocks: int) -> Ints:
    """How often each block is at each position, shape (blocks, k)."""
    counts = np.zeros((blocks, booklets.shape[1]), dtype=np.int64)
    np.add.at(counts, (booklets, np.arange(booklets.shape[1])), 1)
    return counts
