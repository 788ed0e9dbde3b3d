"""The entrance for uploads: reading and checking in the sandbox."""

import os
from collections.abc import Mapping

from xietong.kit import sandbox
from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import TooLarge, Unreadable
from xietong.kit.sheets.declare import Checked, Sheet

MEMORY_MB = 1400
"""Address space, mostly reserves of the libraries: 100,000 × 20 cells end between 950 and 1000,
and what is resident stays below 512 MiB."""

SECONDS = 60
TOO_FAR = gettext_noop("表格太大，或者有单元格离数据很远；请删去数据以外的行列后另存再上传。")


def check_safely(data: bytes, sheet: Sheet, mapping: Mapping[str, str | None] | None = None) -> Checked:
    """This function will read and check an upload in a child process with limits.

    Raises
        Unreadable: the file is no table that could be read, is hostile or too large; says what to do.
    """
    try:
        return sandbox.run(confined, data, sheet, dict(mapping or {}), memory_mb=MEMORY_MB, seconds=SECONDS)
    except TooLarge as error:
        raise Unreadable(TOO_FAR) from error


def confined(data: bytes, sheet: Sheet, mapping: dict[str, str | None]) -> Checked:
    """In the child: one thread, because each reserves address space of its own."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    from xietong.kit.sheets.checking import check  # noqa: PLC0415

    return check(data, sheet, mapping)
