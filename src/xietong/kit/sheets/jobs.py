"""A long workbook, taken in by a worker."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from xietong.kit.clock.time import day_of
from xietong.kit.errors import Refused
from xietong.kit.files.uploading import uploaded
from xietong.kit.jobs.run import Outside, Run
from xietong.kit.sheets.books import BOOKS
from xietong.kit.sheets.journal import take_back
from xietong.kit.sheets.models import Import
from xietong.kit.sheets.safely import check_safely
from xietong.kit.sheets.taking import order_of, take


def take_in(run: Run) -> Iterator[Outside | None]:
    """Batch after batch; what cannot be written takes all back, unless the import skips."""
    made = Import.objects.get(pk=run.payload["import"])
    if made.state != Import.State.RUNNING:
        return
    if not made.message:
        try:
            yield from work(run, made)
        except Refused as refusal:
            made = Import.objects.get(pk=made.pk)
            made.message = str(refusal)[:300]
            made.save(update_fields=["message"])
            yield None
    if made.message:
        yield from give_up(run, made)


def work(run: Run, made: Import) -> Iterator[Outside | None]:
    book, actor = BOOKS[made.book], run.actor()
    owner = book.owner(actor, made.owner_id)
    _name, data = uploaded(actor, run.payload["upload"])
    sheet = book.sheet(actor, owner, day_of(run.now))
    read: Any = yield lambda: check_safely(data, sheet, run.payload["mapping"])
    order = order_of(book, read)
    run.total, run.done = len(order), made.handled
    for _step in take(made, book, actor, owner, sheet, read, order, now=run.now):
        run.done = made.handled
        yield None


def give_up(run: Run, made: Import) -> Iterator[None]:
    """Takes back what was written, but for rows that somebody has worked on since; those are named."""
    left: list[str] = []
    for _step in take_back(made, left=left):
        yield None
    book, actor = BOOKS[made.book], run.actor()
    book.settle(actor, book.owner(actor, made.owner_id), now=run.now)
    if left:
        said = _("导入后又改过的没有撤销：%(names)s") % {"names": "、".join(left)}
        made.message = f"{made.message}{said}"[:300]
    run.message = made.message
    made.state, made.added, made.changed, made.same = Import.State.FAILED, 0, 0, 0
    made.save()
