"""File names as people read them. They are shown and never used as a path."""

import re
import unicodedata
from pathlib import PurePath

LONGEST = 80
"""Characters; three bytes each and an extension still fit into the 255 bytes of common file systems."""

MOST_READ = 1000
NAMELESS = "未命名"
SEPARATORS = re.compile(r"[/\\]")


def clean_name(name: str) -> str:
    """The last part of a name, without control characters and those that turn the text around."""
    last = SEPARATORS.split(name[-MOST_READ:])[-1]
    visible = "".join(
        character
        for character in unicodedata.normalize("NFC", last)
        if character.isspace() or not unicodedata.category(character).startswith("C")
    )
    return shortened(" ".join(visible.split()).strip(". ")) or NAMELESS


def shortened(name: str) -> str:
    """The name with its extension kept and its stem cut."""
    extension = PurePath(name).suffix[:10]
    return name if len(name) <= LONGEST else name[: LONGEST - len(extension)] + extension
