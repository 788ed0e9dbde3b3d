"""The site as granian serves it, which holds still inside a transaction when a test asks for it.

After the first row that is written into the table HOLD_AFTER it says "held" and never comes back: what a
process looks like that is killed in the middle of a save.
"""

import os
from threading import Event
from typing import Any

from django.db.backends.signals import connection_created

from xietong.web.wsgi import application

__all__ = ["application"]

HOLD_AFTER = os.environ.get("HOLD_AFTER", "")


def hold(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    result = execute(sql, params, many, context)
    if sql.startswith("INSERT") and f'INTO "{HOLD_AFTER}"' in sql and context["connection"].in_atomic_block:
        os.write(1, b"held\n")
        Event().wait()
    return result


def watch(connection: Any, **_kwargs: Any) -> None:
    # In front: wrappers of a request are taken off the end.
    connection.execute_wrappers.insert(0, hold)


if HOLD_AFTER:
    connection_created.connect(watch)
