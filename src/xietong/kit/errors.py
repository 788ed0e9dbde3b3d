"""The refusals that reach a person, each with a sentence in the interface language."""

from typing import Any


class Refused(Exception):
    """The action cannot be carried out as asked; nothing was changed. The message says what to do."""


class Denied(Refused):
    """A known actor may see the row, but not do this now; the message says why."""


class NotReady(Refused):
    """The installation lacks something that only its administrator can put right; the message says what."""


class Stale(Refused):
    """The row changed since the form was opened. Carries the row as it stands."""

    def __init__(self, message: str, *, current: Any) -> None:
        super().__init__(message)
        self.current = current
