"""Answers that one page asks for more than once: its panels do not know of each other."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

ANSWERS: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """While this lasts nothing is written, and a question of `asked_once` is answered from its first answer."""
    token = ANSWERS.set({})
    try:
        yield
    finally:
        ANSWERS.reset(token)


def asked_once(question: Callable[P, T]) -> Callable[P, T]:
    """A query of plain values whose answer cannot be changed; outside of `one_reading` it asks every time."""

    @wraps(question)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        held = ANSWERS.get()
        if held is None:
            return question(*args, **kwargs)
        key = (question, args, tuple(kwargs.items()))
        if key not in held:
            held[key] = question(*args, **kwargs)
        found: T = held[key]
        return found

    return answer
