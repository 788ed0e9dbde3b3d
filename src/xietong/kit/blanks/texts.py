"""A value as it is written into a file."""

import re

PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?")
LONG_CODE = re.compile(r"-?0\d")  # 0123 is a code, not a number
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_number(text: str) -> bool:
    return PLAIN.fullmatch(text) is not None and LONG_CODE.match(text) is None


def printable(text: str) -> str:
    """Without the characters that no file of this kind may hold."""
    return UNPRINTABLE.sub("", text)
