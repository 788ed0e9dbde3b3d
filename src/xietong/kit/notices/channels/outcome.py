"""The one interface of all channels: a batch goes in, an outcome comes out, and nothing is raised."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, ClassVar, Protocol


@dataclass(frozen=True, slots=True)
class Batch:
    """What is said at once, about so many things: to an address, or to the group.

    `key` is the same at each attempt.
    """

    text: str
    subject: str = ""
    to: str = ""
    key: str = ""
    count: int = 0


class End(StrEnum):
    SENT = "sent"
    LATER = "later"
    NEVER = "never"
    UNSURE = "unsure"
    NEEDLESS = "needless"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended, with a sentence of the system (`gettext_noop`) and its values.

    With `whole_channel` it lies with the server, not with the recipient: whatever else waits there
    rests too, for `retry_after` if the server has said how long.
    """

    end: End
    words: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    whole_channel: bool = False
    retry_after: timedelta | None = None


SENT = Outcome(End.SENT)


class Carrier(Protocol):
    """A channel that is ready to send. `per_minute` is what its server bears."""

    name: ClassVar[str]
    per_minute: ClassVar[int | None]

    def send(self, batch: Batch) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Way:
    """Where to and as whom; the secret stays out of reprs and so out of logs."""

    host: str
    port: int
    security: str = ""
    sender: str = ""
    username: str = ""
    secret: str = field(default="", repr=False)
