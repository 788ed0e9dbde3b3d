"""The refusals that only a program meets."""

from xietong.kit.errors import Refused


class Insecure(Refused):
    """A token came over plain http although the site has https."""


class ScopeMissing(Refused):
    """The token was not made for this; carries the scope that it lacks."""

    def __init__(self, message: str, *, scope: str) -> None:
        super().__init__(message)
        self.scope = scope


class TooManyRequests(Refused):
    """The token has used up its minute; carries the seconds that are left of it."""

    def __init__(self, message: str, *, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


class Conflict(Refused):
    """The row is in a state in which this cannot be done."""


class KeyReused(Refused):
    """An idempotency key came with another body than the first time."""


class BadValue(Refused):
    """One value of the request cannot be; carries where it was sent and its pointer."""

    def __init__(self, message: str, *, place: str, pointer: str) -> None:
        super().__init__(message)
        self.place = place
        self.pointer = pointer
