"""A formula written out: as text that reads back to the same, and in pieces that others put into words."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from xietong.areas.indicators.rules.formula.nodes import (
    PREFIXES,
    Call,
    Chain,
    Expression,
    Indicator,
    Level,
    Measure,
    Number,
    Prefix,
    Scaled,
)


class PieceKind(StrEnum):
    NUMBER = "number"
    UNIT = "unit"
    MEASURE = "measure"
    STAGE = "stage"
    INDICATOR = "indicator"
    FUNCTION = "function"
    SIGN = "sign"
    PREFIX = "prefix"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a sign or a mark of a formula, with the blanks around it."""

    kind: PieceKind
    text: str


OPEN, CLOSE = Piece(PieceKind.MARK, "("), Piece(PieceKind.MARK, ")")
COMMA = Piece(PieceKind.MARK, ", ")


def written(node: Expression) -> str:
    """The one form of a formula; parsed again it gives the same."""
    return "".join(piece.text for piece in pieces(node) if piece.kind is not PieceKind.UNIT)


def pieces(node: Expression) -> Iterator[Piece]:
    match node:
        case Number():
            yield from number(node)
        case Measure():
            yield from measure(node)
        case Indicator():
            yield Piece(PieceKind.INDICATOR, f"@{node.code}")
        case Call():
            yield Piece(PieceKind.FUNCTION, node.function)
            yield OPEN
            for place, part in enumerate(node.parts):
                yield from (COMMA,) if place else ()
                yield from pieces(part)
            yield CLOSE
        case Prefix():
            yield Piece(PieceKind.PREFIX, "-" if node.sign == "-" else f"{node.sign} ")
            yield from operand(node.parts[0], PREFIXES[node.sign])
        case Chain():
            yield from operand(node.parts[0], node.level)
            for sign, part in zip(node.signs, node.parts[1:], strict=True):
                yield Piece(PieceKind.SIGN, f" {sign} ")
                yield from operand(part, node.level)
        case _:
            yield from pieces(node.parts[0])


def number(node: Number) -> Iterator[Piece]:
    yield Piece(PieceKind.NUMBER, f"{node.value:f}{'%' if node.is_percent else ''}")
    if node.unit:
        yield Piece(PieceKind.UNIT, f" {node.unit}")


def measure(node: Measure) -> Iterator[Piece]:
    yield Piece(PieceKind.MEASURE, node.name)
    for place, stage in enumerate(node.stages):
        yield Piece(PieceKind.MARK, ", " if place else "[")
        yield Piece(PieceKind.STAGE, stage)
    yield from (Piece(PieceKind.MARK, "]"),) if node.stages else ()


def operand(node: Expression, level: Level) -> Iterator[Piece]:
    """A part between signs of a level: in brackets if its own signs do not bind closer."""
    inner = node.parts[0] if isinstance(node, Scaled) else node
    if isinstance(inner, Chain) and inner.level <= level:
        yield OPEN
        yield from pieces(inner)
        yield CLOSE
    else:
        yield from pieces(inner)
