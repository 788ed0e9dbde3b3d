"""The written documents that the reader is tried on, each beside what a reading of it must say.

`corpus/<name>.txt` or `.md` is a document; `<name>.lines.json` is one that came from a word processor, a list of
lines `[text, numbering, style, [table, row, column]]` (what is empty at the end may be left out).
`<name>.outline.json` and `<name>.findings.json` say what has to be read there.
"""

import json
from pathlib import Path
from typing import Any

from xietong.areas.plans.rules.reader import Cell, SourceLine

FOLDER = Path(__file__).parent / "corpus"


def names(half: str) -> list[str]:
    """The documents that have an expectation of this half ("outline" or "findings"), sorted."""
    return sorted(path.name.removesuffix(f".{half}.json") for path in FOLDER.glob(f"*.{half}.json"))


def lines(name: str) -> list[SourceLine]:
    processed = FOLDER / f"{name}.lines.json"
    if processed.exists():
        return [line(*parts) for parts in json.loads(processed.read_text(encoding="utf-8"))]
    path = next(path for path in (FOLDER / f"{name}.txt", FOLDER / f"{name}.md") if path.exists())
    return [SourceLine(text) for text in path.read_bytes().decode("utf-8").split("\n")]


def line(text: str, numbering: str = "", style: str = "", place: list[int] | None = None) -> SourceLine:
    return SourceLine(text, numbering, style, Cell(*place) if place else None)


def text(name: str) -> str:
    return "\n".join(each.text for each in lines(name))


def expected(name: str, half: str) -> Any:
    return json.loads((FOLDER / f"{name}.{half}.json").read_text(encoding="utf-8"))
