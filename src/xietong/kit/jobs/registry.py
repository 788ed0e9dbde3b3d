"""The kinds of jobs, each registered by name from the `apps.py` of the area that does the work."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from xietong.kit.jobs.run import Outside, Run

Work = Callable[[Run], Iterator[Outside | None]]
LEASE = 60


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job. `lease` is how many seconds it may be silent before another worker takes it up."""

    name: str
    work: Work
    label: Any
    max_attempts: int
    lease: int


class UnknownKind(LookupError):
    """No such kind in this process: it may run an older version than the one that asked."""


KINDS: dict[str, Kind] = {}


def register(kind: str, function: Work, *, label: Any, max_attempts: int = 5, lease: int = LEASE) -> None:
    """This function will have jobs of this kind done by `function(run)`, a generator.

    Each `yield` ends a batch: what was written since the one before, with the cursor and progress in
    `run`, is committed if the worker still holds the job, or else undone. A batch stays under a second.
    After a crash the function is called anew with the `cursor` last saved.

    What takes longer and writes nothing (reading an upload, solving) is yielded as a function without
    arguments: it is called outside of any transaction, and `yield` gives its result. It ends within the
    `lease`. The function writes outside of batches nothing but its own result file.
    """
    if kind in KINDS and KINDS[kind].work is not function:
        raise ValueError(f"job kind {kind} is registered twice")
    KINDS[kind] = Kind(kind, function, label, max_attempts, lease)


def kind_named(name: str) -> Kind:
    try:
        return KINDS[name]
    except KeyError as error:
        raise UnknownKind(name) from error


def label_of(name: str) -> str:
    return str(KINDS[name].label) if name in KINDS else name
