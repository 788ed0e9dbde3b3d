"""Which rows files hang on, and the permission by which those rows, and so their files, are seen."""

from typing import Any

from xietong.kit.access.permissions import Permission

OWNERS: dict[str, Permission[Any]] = {}


def register_owner(owner_type: str, permission: Permission[Any]) -> None:
    """This function will let files hang on rows of one kind; called from `apps.py` of their area."""
    if OWNERS.setdefault(owner_type, permission) is not permission:
        msg = f"files of {owner_type} are already seen by {OWNERS[owner_type].code}"
        raise ValueError(msg)
