"""A checked formula as people read it: Chinese names, × and ÷, and the units in which bare numbers are read."""

from xietong.areas.indicators.rules.formula.facts import Checked
from xietong.areas.indicators.rules.formula.words import FUNCTION_WORDS, SIGN_WORDS, STAGE_WORDS
from xietong.areas.indicators.rules.formula.writing import Piece, PieceKind, pieces

MARKS = {"(": "（", ")": "）", "[": "（", "]": "）", ", ": "、"}
SIGNS = {"*": "×", "/": "÷", "-": "−", "<=": "≤", ">=": "≥"}


def explain(checked: Checked) -> tuple[Piece, ...]:
    """The pieces of a formula in Chinese, in order. Functions, stages, and, or, not are marked for the catalogue."""
    return tuple(Piece(piece.kind, said(checked, piece)) for piece in pieces(checked.plan))


def said(checked: Checked, piece: Piece) -> str:
    text = piece.text.strip()
    match piece.kind:
        case PieceKind.MEASURE:
            return checked.measures[text].label
        case PieceKind.INDICATOR:
            return checked.indicators[text.removeprefix("@")].label
        case PieceKind.FUNCTION:
            return FUNCTION_WORDS[text]
        case PieceKind.STAGE:
            return STAGE_WORDS[text]
        case PieceKind.MARK:
            return MARKS[piece.text]
        case PieceKind.SIGN | PieceKind.PREFIX:
            return SIGN_WORDS.get(text) or SIGNS.get(text, text)
    return text
