"""Rotated booklets: which blocks of items go together, so that every block meets every other equally often."""

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from xietong.quant.sampling.balance import positions
from xietong.quant.sampling.checking import Ints

MOST_BOOKLETS = 200
"""More booklets than this are not printed."""

Blocks = tuple[tuple[int, ...], ...]

CYCLIC: dict[tuple[int, int], Blocks] = {
    (7, 3): ((0, 1, 3),),
    (7, 4): ((0, 1, 2, 4),),
    (9, 4): ((0, 1, 2, 4), (0, 1, 4, 6)),
    (11, 5): ((0, 1, 2, 4, 7),),
    (13, 3): ((0, 1, 4), (0, 2, 7)),
    (13, 4): ((0, 1, 3, 9),),
    (15, 7): ((0, 1, 2, 4, 5, 8, 10),),
    (21, 5): ((0, 1, 4, 14, 16),),
    (31, 6): ((0, 1, 3, 8, 12, 18),),
}
"""Difference sets and families by (blocks, blocks per booklet): moved round by 1, 2, … they give all booklets."""

LISTED: dict[tuple[int, int], Blocks] = {
    (6, 3): (
        *((0, 1, 2), (0, 1, 3), (0, 2, 4), (0, 3, 5), (0, 4, 5)),
        *((1, 2, 5), (1, 3, 4), (1, 4, 5), (2, 3, 4), (2, 3, 5)),
    ),
    (8, 4): tuple(each for each in combinations(range(8), 4) if not each[0] ^ each[1] ^ each[2] ^ each[3]),
    (9, 3): (
        *((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8)),
        *((0, 4, 8), (1, 5, 6), (2, 3, 7), (0, 5, 7), (1, 3, 8), (2, 4, 6)),
    ),
}
"""Designs that no cycle gives; (9, 3) are the lines of the affine plane of order 3, (8, 4) the planes of order 2."""


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """A balanced incomplete block design of v blocks of items in b booklets of k blocks.

    Attributes
    ----------
    booklets
        Shape (b, k): the blocks of each booklet, position by position, from 0.
    blocks
        v, how many blocks there are.
    """

    booklets: Ints
    blocks: int

    @property
    def repeats(self) -> int:
        """r = bk ÷ v: in how many booklets each block is."""
        return int(self.booklets.size) // self.blocks

    @property
    def meetings(self) -> int:
        """λ = r(k − 1) ÷ (v − 1): in how many booklets each pair of blocks is."""
        return self.repeats * (int(self.booklets.shape[1]) - 1) // (self.blocks - 1)

    @property
    def positions(self) -> Ints:
        """Shape (v, k): how often each block is at each position."""
        return positions(self.booklets, self.blocks)


def balanced_design(blocks: int, per_booklet: int) -> Design:
    """Booklets in which each block is equally often, and each pair of blocks equally often.

    A known difference set or family, moved round, where there is one (7 × 3, 13 × 4, …), else a listed design, else
    all combinations of k blocks, which for k = 2 are all pairs. Where booklets come in whole cycles (from a
    difference set; from combinations if v and k have no common divisor) each block is equally often at each position.

    Parameters
    ----------
    blocks
        v, from 3 up.
    per_booklet
        k, from 2 to v − 1.

    Raises
    ------
    ValueError
        A number is out of range, or no design is known and there are more than 200 combinations.

    References
    ----------
    Frey, A., Hartig, J., Rupp, A. A. (2009). An NCME instructional module on booklet designs in large-scale
    assessments of student achievement. Educational Measurement: Issues and Practice 28.
    Colbourn, C. J., Dinitz, J. H. (2007). Handbook of Combinatorial Designs, 2nd edition. CRC Press.

    Examples
    --------
    >>> found = balanced_design(7, 3)
    >>> found.booklets[:2].tolist(), len(found.booklets), found.repeats, found.meetings
    ([[0, 1, 3], [1, 2, 4]], 7, 3, 1)
    """
    if not 2 <= per_booklet < blocks:  # noqa: PLR2004
        raise ValueError(f"booklets of {per_booklet} out of {blocks} blocks: a booklet has 2 or more, but not all")
    key = (blocks, per_booklet)
    if key in LISTED:
        return Design(np.array(LISTED[key]), blocks)
    if key not in CYCLIC and comb(*key) > MOST_BOOKLETS:
        raise ValueError(
            f"no design of {blocks} blocks, {per_booklet} in a booklet, is known here, and all combinations would be "
            f"{comb(*key)} booklets"
        )
    starts = CYCLIC.get(key, tuple(combinations(range(blocks), per_booklet)))
    return Design(np.array(_moved_round(starts, blocks)), blocks)


def _moved_round(starts: Blocks, blocks: int) -> list[tuple[int, ...]]:
    """The cycles of the starting booklets, one after the other, each combination once."""
    seen: set[frozenset[int]] = set()
    found = []
    for start in starts:
        for step in range(blocks):
            booklet = tuple((block + step) % blocks for block in start)
            if frozenset(booklet) not in seen:
                seen.add(frozenset(booklet))
                found.append(booklet)
    return found
