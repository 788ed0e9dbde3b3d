"""Counts in the number formats that official documents use."""

import pytest

from xietong.kit.text.counting import counted


@pytest.mark.parametrize(
    ("number_format", "printed"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("unheardOf", {3: "3"}),
        (
            "chineseCounting",
            {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 101: "一百零一", 110: "一百一十"},
        ),
        ("japaneseCounting", {1000: "一千", 1001: "一千零一", 1010: "一千零一十", 9999: "九千九百九十九"}),
        ("chineseLegalSimplified", {10: "壹拾", 23: "贰拾叁"}),
        ("ideographDigital", {10: "一〇", 23: "二三"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {12: "亥"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalFullWidth", {10: "１０"}),
        ("decimalZero", {7: "07", 10: "10"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 53: "aaa"}),
        ("upperLetter", {2: "B"}),
        ("lowerRoman", {4: "iv", 9: "ix"}),
        ("upperRoman", {1994: "MCMXCIV"}),
    ],
)
def test_counted_prints_each_format(number_format: str, printed: dict[int, str]) -> None:
    assert {count: counted(count, number_format) for count in printed} == printed


@pytest.mark.parametrize("count", [-1, 0, 10_000, 999_999_999])
def test_counted_prints_counts_out_of_range_as_digits(count: int) -> None:
    assert counted(count, "chineseCounting") == str(count)
    assert counted(count, "upperRoman") == str(count)
