"""A formula as people read it."""

import pytest

from tests.areas.indicators.figures import checked
from xietong.areas.indicators.rules.formula import Function, Piece, PieceKind, Stage, explain
from xietong.areas.indicators.rules.formula.words import FUNCTION_WORDS, STAGE_WORDS

pytestmark = pytest.mark.once


def read(text: str, unit: str) -> str:
    return " ".join(piece.text for piece in explain(checked(text, unit)))


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("teachers/pupils[primary,middle]", "%", "专任教师 ÷ 在校生 （ 小学 、 初中 ）"),
        ("-(fees+2*fees)", "元", "− （ 公用经费 + 2 × 公用经费 ）"),
        ("(fees+equipment_value)/2", "元", "（ 公用经费 + 教学仪器设备值 ） ÷ 2"),
        ("max(0,fees-equipment_value)", "元", "最大值 （ 0 元 、 公用经费 − 教学仪器设备值 ）"),
        ("share(class_size<=45 and not pupils>=2*40 or fees=1)", "%",
         "学校占比 （ 最大班额 ≤ 45 人 且 非 在校生 ≥ 2 人 × 40 或 公用经费 = 1 元 ）"),
        ("count(pass_rate>=85 %)", "所", "学校数 （ 合格率 ≥ 85% ）"),
        ("count(@WORTH>1-(2-abs(-3)))", "所",
         "学校数 （ 生均设备值 > 1 元/人 − （ 2 元/人 − 绝对值 （ − 3 元/人 ） ） ）"),
        ("10-count(pupils>1)", "所", "10 所 − 学校数 （ 在校生 > 1 人 ）"),
        ("@SATISFIED - previous(@SATISFIED)", "%", "满意度 − 上期 （ 满意度 ）"),
        ("cv(fees,pupils)", "1", "校际差异系数 （ 公用经费 、 在校生 ）"),
        ("5", "", "5"),
    ],
)  # fmt: skip
def test_explain_says_a_formula_in_chinese(text: str, unit: str, words: str) -> None:
    assert read(text, unit) == words


def test_pieces_say_of_which_kind_they_are() -> None:
    assert explain(checked("-pupils[middle] * 1 + 5 * @RATIO * teachers", "人"))[:8] == (
        Piece(PieceKind.PREFIX, "−"),
        Piece(PieceKind.MEASURE, "在校生"),
        Piece(PieceKind.MARK, "（"),
        Piece(PieceKind.STAGE, "初中"),
        Piece(PieceKind.MARK, "）"),
        Piece(PieceKind.SIGN, "×"),
        Piece(PieceKind.NUMBER, "1"),
        Piece(PieceKind.SIGN, "+"),
    )


def test_every_function_and_stage_has_its_word() -> None:
    assert set(FUNCTION_WORDS) == set(Function)
    assert set(STAGE_WORDS) == set(Stage)
