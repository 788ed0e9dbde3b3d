"""Which task waits for which: a task for its sub-tasks and for those it needs. A circle would wait for ever."""

from collections.abc import Mapping, Sequence


def circle(waits: Mapping[int, Sequence[int]]) -> list[int]:
    """The keys of a circle in the order of waiting, the first again at the end; empty where there is none.

    `waits` gives for each task those that must be done before it: its sub-tasks and what it needs.
    """
    finished: set[int] = set()
    for start in waits:
        path: list[int] = []
        found = walk(start, waits, path, finished)
        if found:
            return found
    return []


def walk(start: int, waits: Mapping[int, Sequence[int]], path: list[int], finished: set[int]) -> list[int]:
    """Depth first without recursion: chains of tasks may be long."""
    pending = [(start, iter(waits.get(start, ())))]
    path.append(start)
    on_path = {start}
    while pending:
        task, rest = pending[-1]
        following = next(rest, None)
        if following is None:
            finished.add(task)
            on_path.discard(task)
            pending.pop()
            path.pop()
        elif following in on_path:
            return [*path[path.index(following) :], following]
        elif following not in finished:
            on_path.add(following)
            path.append(following)
            pending.append((following, iter(waits.get(following, ()))))
    return []
