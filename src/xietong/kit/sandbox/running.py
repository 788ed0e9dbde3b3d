"""The parent: start a child, wait, and turn what happened into a value or an exception."""

import logging
import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from xietong.kit.sandbox import building, limits, wire
from xietong.kit.sandbox.errors import Crashed, SandboxError, TooLarge, TooSlow, Unreadable

Value = TypeVar("Value")

KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "LD_LIBRARY_PATH", "SYSTEMROOT")
OUT_OF_TIME = frozenset(getattr(signal, name, None) for name in ("SIGXCPU", "SIGALRM")) - {None}
ALLOCATION_FAILURES = (b"memory allocation of", b"bad_alloc", b"Cannot allocate memory", b"MemoryError")
"""What native libraries say when they abort for want of memory."""

NOISE_BYTES = 4096


def run(
    function: Callable[..., Value],
    *args: object,
    memory_mb: int = 512,
    seconds: float = 20,
    **named: object,
) -> Value:
    """Call ``function(*args, **named)`` in a limited child process and return its value.

    The function must live at the top of an importable module and declare its return type, made of the types
    listed in ``wire``. Arguments are anything picklable.

    Raises ``Unreadable`` when the function does; ``TooLarge``, ``TooSlow`` or ``Crashed`` (all of them
    ``Unreadable``) when the child does not survive; ``TypeError`` or ``RuntimeError`` when the caller is at
    fault.
    """
    rule = building.return_rule(function)
    call = pickle.dumps((function, args, named))
    _warn_without_limits()
    with (
        tempfile.TemporaryFile() as inbox,
        tempfile.TemporaryFile() as outbox,
        tempfile.TemporaryFile() as noise,
    ):
        inbox.write(call)
        inbox.seek(0)
        status = _wait(_start(memory_mb, seconds, inbox, outbox, noise), seconds)
        said = _tail(noise)
        if status is None or -status in OUT_OF_TIME:
            raise TooSlow(f"{function.__qualname__} exceeded {seconds} s")
        if status != 0:
            raise _death(status, said)
        outbox.seek(0)
        return cast(Value, _value(rule, outbox.read(limits.ANSWER_BYTES)))


@cache
def _warn_without_limits() -> None:
    if not limits.are_enforced():
        logging.getLogger(__name__).warning("no resource limits on this system: only wall time is held")


def _start(
    memory_mb: int, seconds: float, inbox: BinaryIO, outbox: BinaryIO, noise: BinaryIO
) -> subprocess.Popen[bytes]:
    # -P keeps the working directory off the import path; -B because the child may be out of disk quota.
    command = [sys.executable, "-P", "-B", "-m", "xietong.kit.sandbox.child", str(memory_mb), str(seconds)]
    return subprocess.Popen(  # noqa: S603  nothing in the command comes from outside
        command, stdin=inbox, stdout=outbox, stderr=noise, env=_environment(), start_new_session=True
    )


def _environment() -> dict[str, str]:
    """The parent's import path and locale, and none of its secrets."""
    kept = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    path = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)
    return kept | {"PYTHONPATH": path, "PYTHONUTF8": "1"}


def _wait(process: subprocess.Popen[bytes], seconds: float) -> int | None:
    """The exit status, or None for a child that had to be stopped."""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the child, and on a time-out with it whatever it has started."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _tail(noise: BinaryIO) -> bytes:
    size = noise.seek(0, os.SEEK_END)
    noise.seek(max(0, size - NOISE_BYTES))
    return noise.read()


def _death(status: int, said: bytes) -> SandboxError:
    detail = f"exit status {status}: {said.decode(errors='replace')}"
    if any(phrase in said for phrase in ALLOCATION_FAILURES):
        return TooLarge(detail)
    return Crashed(detail)


def _value(rule: building.Rule, data: bytes) -> object:
    try:
        answer = wire.unpack(data)
        if answer.outcome is wire.Outcome.VALUE:
            return building.build(rule, answer.packed, answer.segment)
    except wire.Malformed as error:
        raise Crashed(f"malformed answer: {error}") from error
    raise _failure(answer)


def _failure(answer: wire.Answer) -> Exception:
    if answer.outcome is wire.Outcome.UNREADABLE:
        return Unreadable(answer.message)
    if answer.outcome is wire.Outcome.MEMORY:
        return TooLarge()
    if answer.outcome is wire.Outcome.UNLOADABLE:
        return RuntimeError(f"the call cannot be loaded in the child:\n{answer.message}")
    return Crashed(answer.message)
