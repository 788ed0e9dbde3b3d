"""What a token may be made for. Areas name their scopes in `apps.py`; a role still decides about every row."""

from typing import Any

ANY = "any"
"""The scope of an operation that every valid token may use."""

SCOPES: dict[str, Any] = {}


def register(code: str, *, label: Any) -> None:
    """This function will let tokens be made for a scope; `label` says what a program may do with it."""
    if SCOPES.setdefault(code, label) is not label:
        msg = f"scope {code} is registered twice"
        raise ValueError(msg)


def known(code: str) -> bool:
    return code == ANY or code in SCOPES
