"""The limits a child puts on itself before it touches anything untrusted.

They are set by the child and not by a ``preexec_fn``, which is unsafe in a threaded parent.
"""

import importlib.util
import math
import signal

ANSWER_BYTES = 256 * 1024 * 1024
"""No file the child writes, its answer included, may grow beyond this."""

ORPHAN_GRACE = 5
"""Seconds after which a child whose parent has died ends itself."""


def are_enforced() -> bool:
    """Whether this system can hold memory and processor time; without, only the wall-time limit stands."""
    return importlib.util.find_spec("resource") is not None


def apply(memory_mb: int, seconds: float) -> None:
    """Limit this process for good."""
    if not are_enforced():
        return
    import resource  # noqa: PLC0415  absent outside Unix

    memory = memory_mb * 1024 * 1024
    processor = math.ceil(seconds)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (ANSWER_BYTES, ANSWER_BYTES))
    signal.setitimer(signal.ITIMER_REAL, seconds + ORPHAN_GRACE)
