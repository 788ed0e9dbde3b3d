"""What an import writes, kept so that all of it can be taken back to the letter."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, TypeVar

from django.apps import apps
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from xietong.kit.errors import Refused
from xietong.kit.records.versioned import Versioned
from xietong.kit.records.writing import checked
from xietong.kit.sheets.models import Entry, Import

R = TypeVar("R", bound=models.Model)
AT_ONCE = 200


class ChangedSince(Refused):
    """A row has been changed or used after the import that is to be taken back; names it."""


class Journal:
    """The one way in which a book writes: no audit row for each, for the import has one and this is its detail."""

    def __init__(self, made: Import) -> None:
        self.made = made
        self.entries: list[Entry] = []

    def add(self, row: R) -> R:
        """This function will insert a row.

        Raises
            Refused: a field or constraint of the model does not hold.
        """
        checked(row)
        row.save(force_insert=True)
        self.note(row, None, snapshot(row))
        return row

    def add_all(self, model: type[models.Model], rows: list[Any]) -> None:
        """This function will insert many rows of a table at once; references and uniqueness the book vouches for.

        Raises
            Refused: a field does not hold.
        """
        for row in rows:
            checked(row, fields_only=True)
        for row in model._default_manager.bulk_create(rows):
            self.note(row, None, snapshot(row))

    def change(self, row: R, *, always: bool = False, **values: Any) -> R:
        """This function will change fields of a row that was read under the lock of the import.

        A row that says the same already stays untouched, unless `always`: where rows that belong to it change.

        Raises
            Refused: a field or constraint of the model does not hold.
        """
        before = snapshot(row)
        if not always and all(getattr(row, name) == value for name, value in values.items()):
            return row
        for name, value in values.items():
            setattr(row, name, value)
        if isinstance(row, Versioned):
            row.version += 1
        checked(row)
        row.save()
        self.note(row, before, snapshot(row))
        return row

    def remove(self, row: models.Model) -> None:
        self.note(row, snapshot(row), None)
        row.delete()

    def note(self, row: models.Model, before: Any, after: Any) -> None:
        label, name = row._meta.label_lower, str(row)[:200]
        entry = Entry(made_by=self.made, model=label, row_id=row.pk, name=name, before=before, after=after)
        self.entries.append(entry)

    def save(self) -> None:
        """Rows of one table stand together, in the order in which they were written."""
        order = list(dict.fromkeys(entry.model for entry in self.entries))
        Entry.objects.bulk_create(sorted(self.entries, key=lambda entry: order.index(entry.model)))
        self.entries = []


def snapshot(row: models.Model) -> dict[str, Any]:
    """Every column of a row, as JSON keeps it."""
    return {field.attname: kept(field, row) for field in stored_fields(type(row))}


def stored_fields(model: type[models.Model]) -> list[Any]:
    """The columns that a row is written with; those that the database works out follow from them."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def kept(field: Any, row: models.Model) -> Any:
    value = field.value_from_object(row)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(field, models.DecimalField) and value is not None:
        return f"{value:.{field.decimal_places}f}"  # as the database gives it back: 6 becomes 6.00
    return value if value is None or isinstance(field, models.JSONField) else field.value_to_string(row)


def revived(model: type[models.Model], values: Any) -> models.Model:
    row = model()
    for field in stored_fields(model):
        value = values[field.attname]
        setattr(row, field.attname, None if value is None else field.to_python(value))
    return row


def take_back(made: Import, *, left: list[str] | None = None) -> Iterator[None]:
    """This function will undo an import, the last entry first, and pause after each stretch.

    What was undone is marked, so that a broken-off undoing goes on where it stopped. With `left` rows that have
    been changed or used meanwhile stay as they are, and their names are put there.

    Raises
        ChangedSince: a row has been changed, used or removed meanwhile, and there is no `left`.
    """
    while entries := list(made.entries.filter(undone=False).order_by("-pk")[:AT_ONCE]):
        for (label, is_added), stretch in groupby(entries, lambda one: (one.model, one.before is None)):
            model, held = apps.get_model(label), list(stretch)
            rows = model._default_manager.select_for_update().in_bulk([one.row_id for one in held])
            together = is_added and not is_tree(model) and left is None
            for chosen in [held] if together else ([one] for one in held):
                try:
                    with transaction.atomic():
                        undo(model, chosen, rows)
                except ChangedSince:
                    if left is None:
                        raise
                    left.extend(one.name for one in chosen)
        made.entries.filter(pk__gte=entries[-1].pk).update(undone=True)
        yield


def is_tree(model: type[models.Model]) -> bool:
    """Whether rows stand below others of the same table; they are taken back one by one, the lower ones first."""
    return any(field.related_model is model for field in model._meta.concrete_fields)


def undo(model: type[models.Model], entries: list[Entry], rows: dict[Any, models.Model]) -> None:
    """Entries of one kind: rows that were added, or one that was changed or removed."""
    first = entries[0]
    if first.after is None:
        revived(model, first.before).save(force_insert=True)
        return
    for one in entries:
        same_as_left(one, rows)
    if first.before is None:
        drop(model, entries)
    else:
        revived(model, first.before).save(force_update=True)


def same_as_left(entry: Entry, rows: dict[Any, models.Model]) -> None:
    row = rows.get(entry.row_id)
    if row is None or snapshot(row) != entry.after:
        raise ChangedSince(_("“%(name)s”在导入后又改过或去掉了，不能整体撤销。") % {"name": entry.name})


def drop(model: type[models.Model], entries: list[Entry]) -> None:
    try:
        model._default_manager.filter(pk__in=[entry.row_id for entry in entries]).delete()
    except ProtectedError as error:
        used = {row.pk for key in error.protected_objects for row in parents(key, model)}
        name = next((entry.name for entry in entries if entry.row_id in used), entries[0].name)
        raise ChangedSince(_("“%(name)s”在导入后已被使用，不能整体撤销。") % {"name": name}) from error


def parents(row: models.Model, model: type[models.Model]) -> list[models.Model]:
    """The rows of a table that a row refers to."""
    fields = [field for field in row._meta.concrete_fields if field.related_model is model]
    return [getattr(row, field.name) for field in fields if getattr(row, field.attname)]
