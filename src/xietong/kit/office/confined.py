"""``python -m xietong.kit.office.confined MEMORY_MB SECONDS PROGRAM…``: a foreign program under our limits.

Runs as the first process of its group. The parent ends the group; should the parent be gone, the alarm that
``limits`` sets does.
"""

import os
import signal
import subprocess
import sys

from xietong.kit.sandbox import limits


def end_group(_signal: int, _frame: object) -> None:
    """End this process and whatever it has started."""
    os.killpg(0, signal.SIGKILL)


def main() -> int:
    """Limit, watch, run."""
    limits.apply(int(sys.argv[1]), float(sys.argv[2]))
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, end_group)
    return subprocess.call(sys.argv[3:])  # noqa: S603  the command is our parent's


if __name__ == "__main__":
    sys.exit(main())
