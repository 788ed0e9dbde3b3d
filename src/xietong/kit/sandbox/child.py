"""The child: ``python -m xietong.kit.sandbox.child MEMORY_MB SECONDS``.

Standard input holds the pickled call, written by the parent and therefore trusted. The answer goes to the
file that was standard output; output itself is turned to standard error first, because native libraries
print there.
"""

import os
import pickle
import sys
import traceback

from xietong.kit.sandbox import limits, wire
from xietong.kit.sandbox.errors import Unreadable

OUT_OF_MEMORY = wire.pack(wire.Answer(wire.Outcome.MEMORY, ""))
"""Made ahead: when it is needed there is no memory left to make it."""


def answer() -> bytes:
    """Carry out the call that waits on standard input."""
    try:
        function, args, named = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  the parent wrote it
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:  # noqa: BLE001  whatever it is, the caller's code is at fault and is told so
        return _failure(wire.Outcome.UNLOADABLE, traceback.format_exc())
    try:
        return wire.pack(wire.Answer(wire.Outcome.VALUE, ""), function(*args, **named))
    except MemoryError:
        return OUT_OF_MEMORY
    except Unreadable as refusal:
        return _failure(wire.Outcome.UNREADABLE, refusal.message)
    except Exception:  # noqa: BLE001  parsers fail on hostile files in any way they like
        return _failure(wire.Outcome.ERROR, traceback.format_exc())


def _failure(outcome: wire.Outcome, message: str) -> bytes:
    return wire.pack(wire.Answer(outcome, message))


def main() -> None:
    """Limit, read, call, answer, leave without running anybody's exit handlers."""
    limits.apply(int(sys.argv[1]), float(sys.argv[2]))
    outbox = os.dup(1)
    os.dup2(2, 1)
    packed = answer()
    if len(packed) > limits.ANSWER_BYTES:
        packed = OUT_OF_MEMORY
    with os.fdopen(outbox, "wb") as file:
        file.write(packed)
    os._exit(0)


if __name__ == "__main__":
    main()
