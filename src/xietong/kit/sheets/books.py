"""`Book`: a kind of workbook that people hand in, and what becomes of its rows."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from xietong.kit.access.permissions import Permission
from xietong.kit.accounts.actor import Actor
from xietong.kit.sheets.declare import Checked, Problem, Sheet
from xietong.kit.sheets.journal import Journal
from xietong.kit.sheets.models import Import
from xietong.kit.sheets.planning import Known, Planned, Values


@dataclass(frozen=True, slots=True)
class Matched:
    """The rows of the database that rows of the file are about, by row number, and what is wrong between the two.

    `remarks` are said above the preview and keep nobody from going on: marked sentences with their values.
    """

    known: Mapping[int, Known]
    problems: Sequence[Problem] = ()
    remarks: Sequence[tuple[str, dict[str, str]]] = ()


class Book(ABC):
    """An area declares one for each kind of workbook; upload, checks, preview, writing and undoing are done here.

    `owner` is what the rows belong to: a plan, or a county.
    """

    key: ClassVar[str]
    permission: ClassVar[Permission[Any]]

    @abstractmethod
    def owner(self, actor: Actor, pk: int | None) -> Any:
        """What the rows belong to, read through the permission.

        Raises
            Http404, Denied: as `fetch`.
        """

    def keeper(self, owner: Any) -> dict[str, int | None]:
        """The county or university whose rows these are."""
        return {"county_id": owner.county_id, "university_id": None}

    @abstractmethod
    def sheet(self, actor: Actor, owner: Any, today: date) -> Sheet:
        """The columns, with what may be picked today."""

    def filled(self, actor: Actor, owner: Any, today: date) -> Sequence[Values]:
        """The rows that the template is handed out with."""
        return ()

    @abstractmethod
    def matched(self, actor: Actor, owner: Any, checked: Checked, today: date) -> Matched:
        """Which row of the database each row of the file is about. Queries do not grow with the rows."""

    @abstractmethod
    def hold(self, owner: Any) -> None:
        """Keeps what the rows belong to as it is until the transaction ends.

        Raises
            Refused: nothing may be taken in now.
        """

    def order(self, checked: Checked) -> Sequence[int]:
        """The numbers of the rows in the order in which they are written: what others stand on comes first."""
        return checked.numbers

    @abstractmethod
    def write(self, journal: Journal, actor: Actor, owner: Any, one: Planned, *, now: datetime) -> None:
        """Adds or changes one row, through the journal alone.

        Raises
            Refused: it cannot be; the message says why.
        """

    def before_undo(self, actor: Actor, owner: Any, made: Import) -> None:  # noqa: B027  (most books have no objection)
        """Looks at what hangs on the rows of an import, before they are brought back to what they were.

        Raises
            Refused: somebody has built on them; the message says what to do first.
        """

    def settle(self, actor: Actor, owner: Any, *, now: datetime) -> None:  # noqa: B027  (most books need none)
        """Brings along what follows from the rows, in the transaction that wrote a batch or undid an import."""


BOOKS: dict[str, Book] = {}


def register(book: Book) -> None:
    """This function will let a worker find the book; called from the `apps.py` of its area."""
    if book.key in BOOKS and type(BOOKS[book.key]) is not type(book):
        msg = f"book {book.key} is registered twice"
        raise ValueError(msg)
    BOOKS[book.key] = book
