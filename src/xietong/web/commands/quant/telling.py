"""Says on standard error how far it is: standard output belongs to results."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Tells what is done, once it is, and how long it took."""
    begun = time.perf_counter()
    yield
    tell(f"{what} in {time.perf_counter() - begun:.1f} s")


def tell(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)  # noqa: T201
