"""The written documents that the reader is tried on, and a reading of one in lines that a person can check."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from xietong.areas.plans.rules.reader import (
    KnownOrganisation,
    Mention,
    Reading,
    SourceLine,
    clean,
    outline_text,
    proposals,
    read,
)
from xietong.areas.plans.rules.reader.values import Quantity

FOLDER = Path(__file__).parent / "corpus"
REGISTER = [
    KnownOrganisation(name, name)
    for name in (
        "云岭县教育体育局", "云岭县财政局", "云岭县人力资源和社会保障局", "云岭县市场监督管理局", "云岭县第三小学",
        "云岭县幼儿园", "云岭师范学院",
    )
]  # fmt: skip


class Place:
    def __init__(self, table: int, row: int, column: int) -> None:
        self.table, self.row, self.column = table, row, column


def names() -> list[str]:
    return sorted(path.name.removesuffix(".expected.json") for path in FOLDER.glob("*.expected.json"))


def lines(name: str) -> list[SourceLine]:
    """The lines of `<name>.txt` or `.md`, or those that a word processor gave, `<name>.json`: text, level, place."""
    path = next(path for path in sorted(FOLDER.glob(f"{name}.*")) if not path.name.endswith(".expected.json"))
    content = path.read_bytes().decode("utf-8")
    if path.suffix == ".json":
        return [
            SourceLine(text, level, Place(*place) if place else None) for text, level, place in json.loads(content)
        ]
    return [SourceLine(line) for line in content.split("\n")]


def reading(name: str) -> Reading:
    return read(clean(lines(name)).lines, register=REGISTER)


def expected(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.expected.json").read_text(encoding="utf-8"))


def told(name: str) -> dict[str, list[str]]:
    """What was read, without what is empty."""
    cleaned = clean(lines(name))
    found = read(cleaned.lines, register=REGISTER)
    text = outline_text(found)
    parts: dict[str, list[str]] = {
        "left out": list(cleaned.dropped),
        "joined": [str(cleaned.joined)] if cleaned.joined else [],
        "frame": [f"{each.part}: {each.said}" + (f" = {each.on}" if each.on else "") for each in found.frame.parts],
        "head": [found.head.words.split("\n")[0]] if found.head.words else [],
        "title": [found.title.words],
        "outline": [f"{'  ' * (one.level - 1)}{one.label}{one.heading} <{one.kind}>" for one in found.clauses],
        "phases": [f"{one.name}: {one.starts_on} / {one.ends_on}" for one in found.phases],
        "units": [f"{one.text}{named(one)}" for one in found.organisations],
        "documents": [f"{one.status}: {one.name} {one.number or ''}".strip() for one in found.documents],
        "dates": [
            f"{one.text}: {one.first_on} / {one.last_on} / {one.waits or one.deadline_on}" for one in found.dates
        ],
        "rhythms": [
            f"{one.text}: {one.interval} {one.every}{f' {one.day}' if one.day else ''}" for one in found.rhythms
        ],
        "figures": [figure(one) for one in found.quantities],
        "answering": [
            f"{one.text}: {one.part} {'+'.join(unit.name for unit in one.units)}" for one in found.responsibilities
        ],
        "objectives": [
            f"{one.title} | {figure(one.target) if one.target else ''} | {one.due_on}" for one in found.objectives
        ],
        "tables": [" ".join(table.columns) + f" × {len(table.rows)}" for table in found.tables],
        "tasks": list(tasks(found)),
        "warnings": [one.message for one in found.warnings],
    }
    assert text == "\n".join(line.text for line in cleaned.lines)
    return {name: values for name, values in parts.items() if values}


def named(unit: Mention) -> str:
    if unit.key:
        return f" = {unit.name}"
    return f" ({unit.kind})" if unit.kind == "role" else " ?"


def figure(one: Quantity) -> str:
    upper = f"–{one.upper:f}" if one.upper is not None else ""
    return f"{one.text}: {one.comparison} {one.value:f}{upper}{one.unit} {one.per or ''}·{one.noun or ''}"


def tasks(found: Reading) -> Iterator[str]:
    made = proposals(found)
    for one in made:
        said = [
            f"{one.number} {one.title}",
            "+".join(unit.name for unit in one.leads),
            "+".join(unit.name for unit in one.support),
            str(one.due_on or ""),
            one.rhythm or "",
            one.deliverable or "",
            "everyone" if one.for_everyone else "",
        ]
        depth = depth_of(made, one.parent)
        yield "  " * depth + " | ".join(said).rstrip(" |")


def depth_of(made: Sequence[Any], parent: int | None) -> int:
    return 0 if parent is None else 1 + depth_of(made, made[parent].parent)
