"""What areas put into a calendar: things that fall on a day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from xietong.kit.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class Happening:
    """Something on a day. `key` names it for ever; `kind` in words what it is; names of people do not belong here.

    `tone` colours the kind, `light` is that of a deadline; `changed_at` tells when its day was last written.
    What takes time in a diary has its `hours` and the `room` where it is; `edition` counts how often it was changed.
    """

    key: str
    on: date
    kind: str
    title: str
    url: str
    place: str = ""
    tone: str = "grey"
    light: str = "none"
    is_done: bool = False
    changed_at: datetime | None = None
    hours: tuple[datetime, datetime] | None = None
    room: str = ""
    edition: int = 0


# (role, first day, last day, today) → what falls on those days for the role
Provide = Callable[[Actor, date, date, date], Iterable[Happening]]
PROVIDERS: list[Provide] = []


def add_days(provider: Provide) -> None:
    if provider not in PROVIDERS:
        PROVIDERS.append(provider)


def days_of(actor: Actor, first: date, last: date, today: date) -> list[Happening]:
    """What all areas have for a role from a day to a day, in order."""
    found = [one for provider in PROVIDERS for one in provider(actor, first, last, today)]
    return sorted(found, key=lambda one: (one.on, one.key))
