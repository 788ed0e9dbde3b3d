"""`Permission` says, per role, which rows; `visible` and `fetch` are the only two ways to them.

A stranger gets 404, as if the row did not exist. Somebody who sees the row but may not act on it
now gets `Denied` with the reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from xietong.kit.accounts.actor import Actor
from xietong.kit.errors import Denied

M = TypeVar("M", bound=Model)
Scope = Callable[[Actor], Q]

PERMISSIONS: dict[str, "Permission[Any]"] = {}


def anything(_actor: Actor) -> Q:
    """Every row: for tables without a county, and for pages without rows."""
    return Q()


def still_open(_row: Any) -> str | None:
    return None


@dataclass(frozen=True, eq=False)
class Permission(Generic[M]):
    """One thing that may be done to the rows of one model, by which roles, within which scope.

    `unless` gives the reason why a row that is in scope cannot be acted on now. A permission of a
    page without rows has no model. `label` is what the table of roles and rights shows.
    """

    code: str
    model: type[M] | None
    grants: Mapping[str, Scope]
    label: Any = ""
    unless: Callable[[M], str | None] = still_open

    def __post_init__(self) -> None:
        if self.code in PERMISSIONS:
            msg = f"permission {self.code} is declared twice"
            raise ValueError(msg)
        PERMISSIONS[self.code] = self

    def held_by(self, actor: Actor | None) -> bool:
        return actor is not None and actor.role in self.grants


def visible(actor: Actor, permission: Permission[M]) -> QuerySet[M]:
    """The rows that this actor may do this to."""
    if permission.model is None:
        msg = f"{permission.code} is about no rows"
        raise TypeError(msg)
    scope = permission.grants.get(actor.role)
    rows = permission.model._default_manager.all()
    return rows.filter(scope(actor)) if scope else rows.none()


def fetch(actor: Actor, permission: Permission[M], pk: object, *, join: tuple[str, ...] = ()) -> M:
    """This function will open one row through the same filter as the list.

    `join` names the relations that are read with the row.

    Raises
        Http404: the row does not exist for this actor.
        Denied: it does, but cannot be acted on now.
    """
    row = visible(actor, permission).filter(pk=pk).select_related(*join).first()
    if row is None:
        raise Http404
    reason = permission.unless(row)
    if reason:
        raise Denied(reason)
    return row


def may(actor: Actor, permission: Permission[M], row: M) -> bool:
    """Whether to offer an action on a row at hand; the action itself is guarded by `fetch`."""
    return (
        permission.held_by(actor)
        and permission.unless(row) is None
        and visible(actor, permission).filter(pk=row.pk).exists()
    )
