"""What is being built, told line by line: somebody is waiting for it."""

from time import monotonic


class Progress:
    """Prints each stage with the seconds that have gone by."""

    def __init__(self) -> None:
        self.begun = monotonic()

    def say(self, stage: str) -> None:
        print(f"[{monotonic() - self.begun:5.1f} s] {stage}", flush=True)  # noqa: T201
