"""The words and signs of a formula. What a Chinese input method types counts as what it stands for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from xietong.areas.indicators.rules.formula.errors import BadCharacter

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_TYPED = dict(zip(map(ord, "×∗÷∕−–—、【】≦≧⩽⩾"), "**//---,[]≤≥≤≥", strict=True))
_FOLD = {**_WIDE, **_TYPED}
_SPELLED = {"≤": "<=", "≥": ">="}
_KEYWORDS = frozenset({"and", "or", "not"})
_TOKEN = re.compile(
    r"""
      (?P<blank>  \s+ )
    | (?P<number> [0-9]+ (?: \.[0-9]+ )? )
    | (?P<name>   [^\W\d] \w* )
    | (?P<code>   @ [A-Za-z0-9]+ (?: [.-][A-Za-z0-9]+ )* )
    | (?P<sign>   <= | >= | [-+*/()\[\],<>=≤≥%] )
    | (?P<other>  . )
    """,
    re.VERBOSE | re.DOTALL,
)


class Kind(StrEnum):
    NUMBER = "number"
    NAME = "name"
    CODE = "code"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """This function will cut a text into tokens, an empty one at the end. Raises BadCharacter."""
    folded = text.translate(_FOLD)
    for found in _TOKEN.finditer(folded):
        start, end = found.span()
        if found.lastgroup == "other":
            raise BadCharacter(start, end, character=text[start:end])
        if found.lastgroup != "blank":
            yield token(str(found.lastgroup), found[0], start, end)
    yield Token(Kind.END, "", len(text), len(text))


def token(group: str, written: str, start: int, end: int) -> Token:
    kind = Kind.SIGN if written in _KEYWORDS else Kind(group)
    return Token(kind, _SPELLED.get(written, written).removeprefix("@"), start, end)
