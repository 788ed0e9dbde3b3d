"""Who gets which booklet, and what that leaves of the responses."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from xietong.quant.responses import NOT_PRESENTED, OMITTED, Responses
from xietong.quant.sampling.booklets import Design
from xietong.quant.sampling.checking import PUPIL, Flags, Ints, below, whole
from xietong.quant.sampling.pairing import places_within


def assign_booklets(schools: ArrayLike, booklets: int, seed: int | np.random.Generator) -> Ints:
    """The booklet of each pupil, shape (n,): in each school one after the other, from a start drawn by lot.

    So within a school no booklet is given out more than once more often than another, and over all schools each
    booklet is given to each pupil with the same probability.

    Parameters
    ----------
    schools
        Shape (n,), whole numbers: the school of each pupil, in any order; in each school the order of the list.
    booklets
        How many booklets there are, from 1 up.
    seed
        A whole number, or a generator to draw on with.

    Raises
    ------
    ValueError
        A number is not allowed.

    Examples
    --------
    >>> assign_booklets([5, 5, 9, 5, 5], 3, seed=1).tolist()
    [1, 2, 1, 0, 1]
    """
    if booklets < 1:
        raise ValueError(f"there are {booklets} booklets, not at least one")
    _, school, size = np.unique(whole(schools, "schools", PUPIL), return_inverse=True, return_counts=True)
    place = places_within(school, size)
    starts = np.random.default_rng(seed).integers(booklets, size=len(size))
    return np.asarray((starts[school] + place) % booklets)


def presented(design: Design, blocks: ArrayLike, booklets: ArrayLike) -> Flags:
    """Whether each item was in the booklet of each pupil, shape (n, J).

    Parameters
    ----------
    design
        Which blocks are in which booklet.
    blocks
        Shape (J,): the block of each item.
    booklets
        Shape (n,): the booklet of each pupil.

    Raises
    ------
    ValueError
        A block or booklet is not in the design; the message names the item or pupil, counted from 0.

    Examples
    --------
    >>> design = Design(np.array([[0, 1], [1, 2], [2, 0]]), 3)
    >>> presented(design, [0, 1, 2], [1]).tolist()
    [[False, True, True]]
    """
    inside = np.zeros((len(design.booklets), design.blocks), dtype=bool)
    np.put_along_axis(inside, design.booklets, values=True, axis=1)
    block = below(whole(blocks, "blocks", "item"), design.blocks, "blocks", "item")
    book = below(whole(booklets, "booklets", PUPIL), len(inside), "booklets", PUPIL)
    return np.asarray(inside[np.ix_(book, block)])


def in_booklets(responses: Responses, design: Design, blocks: ArrayLike, booklets: ArrayLike) -> Responses:
    """The responses with each blank told apart: not presented where the booklet lacks the item, else left out.

    Parameters
    ----------
    responses
        n pupils on J items, a blank marked either way.
    design, blocks, booklets
        As for `presented`.

    Raises
    ------
    ValueError
        The shapes do not fit, or there is an answer to an item that was not in the booklet. The message names the
        first such pupil and item, counted from 0.

    Notes
    -----
    An item that was withdrawn from all booklets has to be taken out of the responses first: its blanks would count
    as left out.

    Examples
    --------
    >>> from xietong.quant.responses import responses_of
    >>> design = Design(np.array([[0, 1], [1, 2], [2, 0]]), 3)
    >>> in_booklets(responses_of([[1, -1, -1], [-1, 0, -2]]), design, [0, 1, 2], [0, 1]).codes.tolist()
    [[1, -2, -1], [-1, 0, -2]]
    """
    there, codes = presented(design, blocks, booklets), responses.codes
    if there.shape != codes.shape:
        raise ValueError(f"codes have the shape {codes.shape}; blocks and booklets are of {there.shape}")
    strange = (codes >= 0) & ~there
    if strange.any():
        row, item = np.argwhere(strange)[0]
        raise ValueError(f"pupil {row}, item {item}: an answer, but the item was not in the booklet")
    blank = np.where(there, np.int8(OMITTED), np.int8(NOT_PRESENTED))
    return replace(responses, codes=np.where(codes < 0, blank, codes))
