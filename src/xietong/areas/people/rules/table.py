"""What the rule table says, as exact numbers: 4.2 is forty-two tenths, and no verdict hangs on a binary fraction."""

from collections.abc import Container, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction


class RuleFault(ValueError):
    """A rule is missing, or says nothing that can be reckoned with; `code` names it, `value` is what it says."""

    def __init__(self, code: str, value: str | None = None) -> None:
        super().__init__(f"rule {code} is missing" if value is None else f"rule {code} cannot be {value!r}")
        self.code, self.value = code, value


def number(values: Mapping[str, str], code: str) -> Fraction:
    """A number above nothing. Raises RuleFault."""
    if code not in values:
        raise RuleFault(code)
    try:
        found = Decimal(values[code])
    except InvalidOperation:
        raise RuleFault(code, values[code]) from None
    if not found.is_finite() or found <= 0:
        raise RuleFault(code, values[code])
    return Fraction(found)


def words(values: Mapping[str, str], code: str, allowed: Container[str]) -> list[str]:
    """Some of a list of words, or none of them. Raises RuleFault."""
    if code not in values:
        raise RuleFault(code)
    found = values[code].split()
    if any(one not in allowed for one in found):
        raise RuleFault(code, values[code])
    return found


def choice(values: Mapping[str, str], code: str, allowed: Container[int]) -> int:
    """One of some whole numbers. Raises RuleFault."""
    if code not in values:
        raise RuleFault(code)
    text = values[code]
    if not (text.isascii() and text.isdigit() and int(text) in allowed):
        raise RuleFault(code, text)
    return int(text)
