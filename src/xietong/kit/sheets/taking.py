"""Taking a workbook in: looking at what it would do, doing it batch by batch, and undoing it as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.jobs.enqueue import enqueue
from xietong.kit.jobs.models import OPEN, Job
from xietong.kit.marking import gettext_noop
from xietong.kit.records.writing import add, change, locked
from xietong.kit.sheets import models
from xietong.kit.sheets.books import Book
from xietong.kit.sheets.declare import Checked, Problem, Sheet
from xietong.kit.sheets.journal import ChangedSince, Journal, take_back
from xietong.kit.sheets.models import Import
from xietong.kit.sheets.planning import Deed, Known, Planned, cut, digest, plan
from xietong.kit.sheets.safely import check_safely
from xietong.kit.words import said

TAKE_IN = "sheets.take_in"
AT_ONCE = 100
WAITED_FOR = 300
"""Up to so many rows are written while somebody waits; more are a job."""

SAME_ROW = gettext_noop("第%(row)s行与第%(other)s行是同一条记录；请只保留一行。")


class NotImported(Refused):
    """The file has faults, asks for nothing, or the rows are not any more what was looked at."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a file would do. `order` are the rows without a fault of their own, as they will be written."""

    sheet: Sheet
    checked: Checked
    planned: tuple[Planned, ...]
    order: tuple[int, ...]

    @property
    def digest(self) -> str:
        return digest(self.planned)

    @property
    def asks_for_something(self) -> bool:
        return any(one.deed is not Deed.SAME for one in self.planned)


def look(
    book: Book, actor: Actor, owner: Any, data: bytes, mapping: Mapping[str, str | None], *, today: date
) -> Look:
    """This function will read an upload and say what it would do.

    Raises
        Unreadable: the file is no table that could be read, is hostile or too large.
    """
    sheet = book.sheet(actor, owner, today)
    read = check_safely(data, sheet, mapping)
    checked, planned = judged(book, actor, owner, sheet, read, today=today)
    return Look(sheet, checked, tuple(planned), tuple(order_of(book, read)))


def order_of(book: Book, read: Checked) -> list[int]:
    """By what the file alone says, so that work that was broken off finds its place again."""
    bad = read.bad_rows
    return [] if read.lacking else [row for row in book.order(read) if row not in bad]


def judged(
    book: Book, actor: Actor, owner: Any, sheet: Sheet, read: Checked, *, today: date
) -> tuple[Checked, list[Planned]]:
    """The rows beside those of the database, with the faults that only the two together have."""
    matched = book.matched(actor, owner, read, today)
    faults = [*read.problems, *matched.problems, *same_rows(matched.known)]
    checked = replace(
        read,
        problems=tuple(sorted(faults, key=lambda one: (one.row, one.cell))),
        remarks=(*read.remarks, *matched.remarks),
    )
    return checked, plan(checked, sheet, matched.known)


def same_rows(known: Mapping[int, Known]) -> Iterator[Problem]:
    firsts: dict[int, int] = {}
    for row, one in known.items():
        other = firsts.setdefault(one.pk, row)
        if other != row:
            yield Problem(row, "", "", str(other), SAME_ROW, {"row": str(row), "other": str(other)})


def take_in(
    actor: Actor,
    book: Book,
    owner: Any,
    *,
    looked: Look,
    seen: str,
    upload: tuple[str, str, bytes],
    mapping: Mapping[str, str | None],
    skips: bool = False,
    now: datetime,
) -> Import:
    """This function will do what a file asks for, at once or, where it is long, as a job.

    `seen` is the digest of what the person looked at, `upload` the key, name and bytes of the file. With `skips`
    the rows with faults are left out and listed; otherwise it is all or nothing.

    Raises
        NotImported: the file has faults, asks for nothing, or the rows have changed since the person looked.
        Refused: the file has been taken in already, or a row cannot be written; nothing was.
    """
    if looked.checked.problems and not skips:
        raise NotImported(_("文件还有问题，请改好后重新上传。"))
    if not looked.asks_for_something:
        raise NotImported(_("文件的内容与现有的完全相同，没有需要导入的。"))
    key, name, data = upload
    with transaction.atomic():
        book.hold(owner)
        fresh = judged(book, actor, owner, looked.sheet, cut(looked.checked, looked.order), today=day_of(now))[1]
        if seen != digest(fresh):
            raise NotImported(_("在您核对以后，现有的记录有了变化，请重新核对。"))
        made = Import(
            **book.keeper(owner),
            book=book.key,
            owner_id=owner.pk,
            name=name[:200],
            sha256=sha256(data).hexdigest(),
            by=actor.label[:200],
            at=now,
            skips=skips,
            total=len(looked.order),
            left_out=[[one.row, told(one)] for one in looked.checked.problems if one.row not in set(looked.order)],
        )
        add(actor, made, action=TAKE_IN, now=now)
        if len(looked.order) > WAITED_FOR:
            payload = {"import": made.pk, "upload": key, "mapping": dict(mapping)}
            enqueue(TAKE_IN, key=job_key(made), payload=payload, actor=actor, now=now, county_id=made.county_id)
        else:
            for _step in take(made, book, actor, owner, looked.sheet, looked.checked, looked.order, now=now):
                pass
    return made


def job_key(made: Import) -> str:
    return f"{TAKE_IN}:{made.pk}"


def take(
    made: Import,
    book: Book,
    actor: Actor,
    owner: Any,
    sheet: Sheet,
    read: Checked,
    order: Sequence[int],
    *,
    now: datetime,
) -> Iterator[None]:
    """This function will write the rows that have not been dealt with, and pause after each batch.

    Raises
        Refused: a row cannot be written and the import does not skip; its batch was not written.
    """
    for start in range(made.handled, len(order), AT_ONCE):
        with transaction.atomic():
            book.hold(owner)
            take_batch(made, book, actor, owner, sheet, cut(read, order[start : start + AT_ONCE]), now=now)
            made.handled = min(start + AT_ONCE, len(order))
            made.state = Import.State.DONE if made.handled == len(order) else made.state
            made.save()
        yield


def take_batch(
    made: Import, book: Book, actor: Actor, owner: Any, sheet: Sheet, rows: Checked, *, now: datetime
) -> None:
    checked, planned = judged(book, actor, owner, sheet, replace(rows, problems=()), today=day_of(now))
    for problem in checked.problems:
        leave_out(made, problem.row, told(problem))
    journal, place = Journal(made), {row: at for at, row in enumerate(book.order(rows))}
    for one in sorted(planned, key=lambda one: place[one.row]):
        if one.deed is Deed.SAME:
            made.same += 1
            continue
        written = len(journal.entries)
        try:
            with transaction.atomic():
                book.write(journal, actor, owner, one, now=now)
        except Refused as refusal:
            del journal.entries[written:]
            leave_out(made, one.row, str(refusal))
        else:
            made.added += one.deed is Deed.ADD
            made.changed += one.deed is Deed.CHANGE
    journal.save()
    book.settle(actor, owner, now=now)


def told(problem: Problem) -> str:
    """What is wrong, in the reader's language; the sentence of a rule of the field gets the cell put before it."""
    words = said(problem.sentence, problem.values)
    return words if not problem.cell or "%(cell)s" in problem.sentence else f"{problem.cell}{_('：')}{words}"


def leave_out(made: Import, row: int, why: str) -> None:
    if not made.skips:
        raise NotImported(_("第%(row)s行：%(why)s") % {"row": row, "why": why})
    made.left_out = [*made.left_out, [row, why]]


def undo(actor: Actor, book: Book, owner: Any, made: Import, *, now: datetime) -> Import:
    """This function will bring everything back to what it was before an import.

    Raises
        ChangedSince: a row has been changed, used or removed meanwhile, or it has been undone; nothing was written.
        NotImported: a worker is still at it.
    """
    with transaction.atomic():
        made = locked(made)
        if made.state in (Import.State.UNDONE, Import.State.FAILED):
            raise ChangedSince(_("这次导入已经撤销过了。"))
        if is_moving(made):
            raise NotImported(_("还在导入，请等导入完成后再撤销。"))
        book.hold(owner)
        book.before_undo(actor, owner, made)
        for _step in take_back(made):
            pass
        book.settle(actor, owner, now=now)
        return change(
            actor,
            made,
            action="sheets.undo",
            now=now,
            state=Import.State.UNDONE,
            undone_by=actor.label[:200],
            undone_at=now,
        )


def is_moving(made: Import) -> bool:
    """Whether a worker has it in hand, or will."""
    running = made.state == Import.State.RUNNING
    return running and Job.objects.filter(key=job_key(made), state__in=OPEN).exists()


def remember(
    actor: Actor, book: Book, owner: Any, columns: Mapping[str, str | None], *, now: datetime
) -> models.Mapping:
    """This function will keep what somebody said about the columns, for this file and for those to come."""
    keeper: dict[str, Any] = book.keeper(owner)
    with transaction.atomic():
        row, _created = models.Mapping.objects.update_or_create(
            book=book.key, defaults={"columns": dict(columns)}, **keeper
        )
        record(actor, "sheets.remember", row, now=now, changes={"columns": (None, dict(columns))})
    return row
