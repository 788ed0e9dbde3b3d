"""Run one function on untrusted bytes in a child process with limits.

Every upload is parsed through :func:`run`: a hostile or broken file can then exhaust, stall or crash only the
child. The child is spawned, never forked, so it may be started from any thread of the web server.

The sandbox holds memory, processor and wall time, and keeps the parent's environment (with its secrets) from
the child. It is no jail against code that has taken over the child: that still runs as the same user.
"""

from xietong.kit.sandbox.errors import Crashed, SandboxError, TooLarge, TooSlow, Unreadable
from xietong.kit.sandbox.limits import are_enforced
from xietong.kit.sandbox.running import run

__all__ = ["Crashed", "SandboxError", "TooLarge", "TooSlow", "Unreadable", "are_enforced", "run"]
