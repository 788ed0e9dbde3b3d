"""What areas put on the pages that join them: to-dos, and panels of the workbench."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xietong.kit.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits for a person in one of his roles. `light` is green, yellow, red or none.

    What nobody has to do (`is_offered`) stands below what somebody waits for.
    """

    label: str
    tone: str
    title: str
    url: str
    org: str = ""
    due_on: date | None = None
    light: str = "none"
    since: datetime | None = None
    is_offered: bool = False


Todos = Callable[[Actor, date], Iterable[Todo]]
Show = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a joint page. `show` returns the template's context, or None where there is nothing for the role.

    It takes the actor and the day; at a place about one row (`unit`: an organisation) the key of that row too.
    """

    place: str
    order: int
    template: str
    show: Show


TODOS: list[Todos] = []
PANELS: list[Panel] = []


def add_todos(provider: Todos) -> None:
    if provider not in TODOS:
        TODOS.append(provider)


def add_panel(panel: Panel) -> None:
    if panel not in PANELS:
        PANELS.append(panel)
        PANELS.sort(key=lambda one: one.order)


def panels_at(place: str, actor: Actor, today: date, subject: int | None = None) -> list[tuple[str, dict[str, Any]]]:
    """(template, context) of every panel that has something to show to this role at this place, about this row."""
    about = () if subject is None else (subject,)
    shown = ((panel.template, panel.show(actor, today, *about)) for panel in PANELS if panel.place == place)
    return [(template, context) for template, context in shown if context is not None]


def todos_of(actors: Iterable[Actor], today: date) -> list[tuple[Actor, Todo]]:
    """The to-dos of all roles of a person, the most urgent first.

    What waits for him in several roles stands once, in the last of them: after a handover that is the one taken over.
    """
    found = {todo: actor for actor in actors for provider in TODOS for todo in provider(actor, today)}
    pairs = [(actor, todo) for todo, actor in found.items()]
    return sorted(pairs, key=lambda pair: (pair[1].is_offered, pair[1].due_on or date.max, pair[1].title))
