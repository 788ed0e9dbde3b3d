"""Compiles the loops that no array expression does in one pass, when they are first needed."""

from collections.abc import Callable
from functools import cache, update_wrapper
from types import FunctionType
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


@cache
def compiled(loop: F, *, parallel: bool = False, calling: tuple[Callable[..., Any], ...] = ()) -> F:
    """A plain loop over arrays, compiled by numba and kept on disk for the next process.

    The loop itself stays an ordinary function, so that it can be followed step by step. Numba is imported
    here: whoever counts nothing does not wait for it.

    Parameters
    ----------
    loop
        A function of arrays and numbers within what numba compiles; division by zero gives inf or nan.
    parallel
        Whether its ``prange`` loops run on all cores; its module says ``prange = range``, which holds until then.
    calling
        Plain functions that the loop calls by their names, each after those that it calls itself; compiled with it.
    """
    import numba  # noqa: PLC0415

    names: dict[str, Any] = {
        each.__name__: compiled(each, calling=calling[:place]) for place, each in enumerate(calling)
    }
    if parallel:
        names["prange"] = numba.prange
    renamed = update_wrapper(FunctionType(loop.__code__, loop.__globals__ | names), loop)
    if parallel:
        # What is kept on disk is found by name and types alone: one form would be taken for the other.
        renamed.__qualname__ += ".parallel"
    made: F = numba.njit(renamed, cache=True, parallel=parallel, error_model="numpy")
    return made
