"""Reads: what was taken in of a book, and what somebody said about its columns."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from xietong.kit.sheets.books import Book
from xietong.kit.sheets.models import Import, Mapping


def imports_of(book: Book, owner: Any) -> QuerySet[Import]:
    return Import.objects.filter(**book.keeper(owner), book=book.key, owner_id=owner.pk).order_by("-at", "-pk")


def import_of(book: Book, owner: Any, pk: int) -> Import:
    return get_object_or_404(imports_of(book, owner), pk=pk)


def mapping_of(book: Book, owner: Any) -> dict[str, str | None]:
    """Column → the text that somebody said stands over it, or None for one that is not to be read."""
    row = Mapping.objects.filter(**book.keeper(owner), book=book.key).first()
    return dict(row.columns) if row else {}


def is_being_filled(county_id: int, owner_id: int, *, books: str) -> bool:
    """Whether an import into one of these books, given by how their keys begin, is not finished."""
    rows = Import.objects.filter(county_id=county_id, owner_id=owner_id, book__startswith=books)
    return rows.filter(state=Import.State.RUNNING).exists()


def last_imports(county_id: int, owner_id: int, *, books: str) -> dict[str, Import]:
    """The latest import into each of these books that has not been undone, given by how their keys begin."""
    rows = Import.objects.filter(county_id=county_id, owner_id=owner_id, book__startswith=books)
    kept = rows.exclude(state=Import.State.UNDONE).order_by("at", "pk")
    return {row.book: row for row in kept.defer("left_out")}
