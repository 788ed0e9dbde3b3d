"""Workbooks taken in as a page does it, without the child process that reads an upload."""

from collections.abc import Mapping
from typing import Any

from tests import build
from xietong.kit.accounts.actor import Actor
from xietong.kit.sheets import taking
from xietong.kit.sheets.books import Book
from xietong.kit.sheets.checking import check
from xietong.kit.sheets.models import Import
from xietong.kit.sheets.taking import Look

Mapped = Mapping[str, str | None]


def look(book: Book, actor: Actor, owner: Any, data: bytes, mapping: Mapped | None = None) -> Look:
    sheet = book.sheet(actor, owner, build.TODAY)
    read = check(data, sheet, mapping)
    checked, planned = taking.judged(book, actor, owner, sheet, read, today=build.TODAY)
    return Look(sheet, checked, tuple(planned), tuple(taking.order_of(book, read)))


def take_in(
    book: Book,
    actor: Actor,
    owner: Any,
    data: bytes,
    *,
    looked: Look | None = None,
    skips: bool = False,
    upload: str = "",
) -> Import:
    seen = looked or look(book, actor, owner, data)
    return taking.take_in(
        actor,
        book,
        owner,
        looked=seen,
        seen=seen.digest,
        upload=(upload, "表.xlsx", data),
        mapping={},
        skips=skips,
        now=build.NOW,
    )


def told(looked: Look) -> list[str]:
    """What a person reads of what is wrong."""
    return [taking.told(one) for one in looked.checked.problems]
