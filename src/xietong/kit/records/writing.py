"""`add` and `change`: the two ways in which an action writes a row."""

from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from xietong.kit.accounts.actor import Actor
from xietong.kit.audit.record import record
from xietong.kit.errors import Refused, Stale
from xietong.kit.records.versioned import Versioned

R = TypeVar("R", bound=models.Model)
V = TypeVar("V", bound=Versioned)


def add(actor: Actor, row: R, *, action: str, now: datetime, reason: str = "") -> R:
    """This function will insert a row and its audit row.

    Raises
        Refused: a field or constraint of the model does not hold; nothing was written.
    """
    with transaction.atomic():
        checked(row)
        row.save(force_insert=True)
        values = {
            field.name: (None, getattr(row, field.name))
            for field in row._meta.concrete_fields
            if not field.primary_key
            and not field.generated
            and field.value_from_object(row) not in (None, "", [], {})
        }
        record(actor, action, row, now=now, changes=values, reason=reason)
    return row


def change(
    actor: Actor,
    row: V,
    *,
    action: str,
    now: datetime,
    version: int | None = None,
    reason: str = "",
    **values: Any,
) -> V:
    """This function will change fields of a row under a lock, raise its version and write an audit row.

    `version` is the one that the person saw; without it the change does not depend on what was seen.

    Raises
        Stale: the row has been changed since; carries it as it stands. Nothing was written.
        Refused: a field or constraint of the model does not hold; nothing was written.
    """
    with transaction.atomic():
        fresh = locked(row)
        if version is not None and fresh.version != version:
            raise Stale(_("这条记录刚刚被别人修改过，请核对后再保存。"), current=fresh)
        changes = differences(fresh, values)
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.version += 1
        checked(fresh)
        fresh.save(update_fields=[*values, "version"])
        record(actor, action, fresh, now=now, changes=changes, reason=reason)
    return fresh


def locked(row: R) -> R:
    """The row as it stands, held until the transaction ends."""
    found: R = type(row)._default_manager.select_for_update().get(pk=row.pk)
    return found


def differences(row: models.Model, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}


def checked(row: models.Model, *, fields_only: bool = False) -> None:
    """Looks at fields, references and constraints, or at the fields alone, which asks the database nothing."""
    try:
        if fields_only:
            row.clean_fields(exclude={field.name for field in row._meta.concrete_fields if field.is_relation})
        else:
            row.full_clean()
    except ValidationError as error:
        raise Refused(_("；").join(error.messages)) from error
