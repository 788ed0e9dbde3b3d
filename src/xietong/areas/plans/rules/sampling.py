"""抽查: which of many are drawn by lot. The label of a draw is its seed, so that anybody can draw it again."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256


def drawn(seed: str, items: Iterable[int], number: int) -> list[int]:
    """The first of all items in the order of their lots; the order in which they are given does not matter."""
    return sorted(set(items), key=lambda item: (lot(seed, item), item))[: max(0, number)]


def lot(seed: str, item: int) -> bytes:
    return sha256(f"{seed}:{item}".encode()).digest()


def label(from_on: date, to_on: date, number: int, chance: str) -> str:
    """What a draw is called: of which days, how many, and the part that nobody chose."""
    return f"{from_on:%Y%m%d}-{to_on:%Y%m%d}-{number}-{chance}"
