"""Bytes as text, in the encodings met in practice."""

import codecs
import re

CONTROLS = re.compile("[\x01-\x08\x0e-\x1f]")


def decoded(data: bytes, *, whole: bool = True) -> str | None:
    """The text, without its byte order mark, or None for bytes that are no text.

    With ``whole=False`` the data may end within a character.
    """
    for encoding in _candidates(data):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(data, final=whole)
        except UnicodeDecodeError:
            continue
        return None if _is_binary(text) else text.removeprefix("\ufeff")
    return None


def _candidates(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8", "gb18030")


def _is_binary(text: str) -> bool:
    """GB18030 decodes much that is no text: a stray control character is kept, many of them are not."""
    return "\0" in text or len(CONTROLS.findall(text)) * 100 > len(text)
