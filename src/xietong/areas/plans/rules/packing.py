"""How the files of a 迎检材料包 are called: safe on every system, told apart by their number."""

import re
import unicodedata
from datetime import date
from pathlib import PurePath

CLAUSE, TASK, UNIT, WHAT = 20, 24, 14, 10
"""Characters of each part; with number, day and extension a name stays under the 255 bytes of a file system."""

FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
EXTENSION = re.compile(r"\.[0-9A-Za-z]{1,8}")
NAMELESS = "_"


def safe(text: str, longest: int) -> str:
    """A part of a name without control characters, slashes and whatever else a system forbids, cut."""
    normal = unicodedata.normalize("NFC", text)
    seen = "".join(one for one in normal if one.isspace() or not unicodedata.category(one).startswith("C"))
    words = " ".join(FORBIDDEN.sub("_", seen).split())
    return words[:longest].strip(" .") or NAMELESS


def extension(name: str) -> str:
    """The extension of a name with its dot, if it is one that every system takes."""
    found = PurePath(name).suffix
    return found.lower() if EXTENSION.fullmatch(found) else ""


def packed_name(number: int, *, clause: str, task: str, unit: str, on: date, ending: str, what: str = "") -> str:
    """序号-条款-任务-单位-日期.ext; the number alone makes it unique. `what` says what it is if not evidence."""
    parts = [f"{number:04}", safe(clause, CLAUSE), safe(task, TASK), safe(unit, UNIT)]
    if what:
        parts.append(safe(what, WHAT))
    return f"{'-'.join(parts)}-{on:%Y%m%d}{ending}"
