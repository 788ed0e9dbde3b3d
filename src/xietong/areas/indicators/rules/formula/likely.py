"""What somebody may have meant who wrote an unknown word."""

from collections.abc import Mapping
from difflib import get_close_matches

MOST = 3
LONGEST = 64


def likely(word: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The names most like a word, or whose Chinese label is; `names` gives the label of each."""
    labels: dict[str, list[str]] = {}
    for name, label in names.items():
        for known in dict.fromkeys((name, label)):
            labels.setdefault(known, []).append(name)
    close = get_close_matches(word[:LONGEST], labels, MOST)
    return tuple(dict.fromkeys(name for known in close for name in labels[known]))[:MOST]
