"""How exports write schools, years, grades and classes."""

import pytest

from xietong.areas.orgs.rules.exports import (
    CLOSED_SCHOOL,
    NO_GRADE,
    NO_YEAR,
    OTHER_YEAR,
    UNKNOWN_SCHOOL,
    OfYear,
    SchoolWords,
    class_name,
    fault_of_grade,
    grade_at,
    number_of,
    spelled,
    year_of,
)

pytestmark = pytest.mark.once

NINE = ("primary", "middle")


@pytest.mark.parametrize(
    ("words", "stages", "found"),
    [
        ("一年级", NINE, ("primary", 1)),
        ("七年级", NINE, ("middle", 7)),
        ("7", NINE, ("middle", 7)),
        ("7.0", NINE, ("middle", 7)),
        ("初一", NINE, ("middle", 7)),
        ("初中二年级", NINE, ("middle", 8)),
        ("小学三年级", NINE, ("primary", 3)),
        ("高一", NINE, None),
        ("十年级", NINE, None),
        ("一年级", ("middle",), ("middle", 7)),
        ("四年级", ("middle",), None),
        ("高三", ("middle", "high"), ("high", 12)),
        ("十二年级", ("middle", "high"), ("high", 12)),
        ("3", ("high",), ("high", 12)),
        ("小班", ("kindergarten",), ("kindergarten", 1)),
        ("大班", NINE, None),
        ("初一", ("special",), ("special", 7)),
        ("小学一年级", ("special",), ("special", 1)),
        ("九年级", ("special",), ("special", 9)),
        ("初九", ("special",), ("special", 9)),
        ("小班", ("special",), None),
        ("毕业班", NINE, None),
    ],
)
def test_grade_at_understands_the_ways_of_writing_a_grade(
    words: str, stages: tuple[str, ...], found: tuple[str, int] | None
) -> None:
    assert grade_at(words, stages) == found


def test_fault_of_grade_tells_what_is_no_grade() -> None:
    assert fault_of_grade("初一") is None
    assert fault_of_grade("毕业班") == (NO_GRADE, {})


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("3", "3班"),
        ("3.0", "3班"),
        ("（3）班", "3班"),
        ("三班", "3班"),
        ("七年级（3）班", "3班"),
        ("七（3）班", "3班"),
        ("初一3班", "3班"),
        ("2024级3班", "3班"),
        ("十班", "10班"),
        ("十二班", "12班"),
        ("二十一班", "21班"),
        ("二十班", "20班"),
        ("0", "0"),
        ("火箭班", "火箭班"),
    ],
)
def test_class_name_is_the_same_however_it_is_written(words: str, name: str) -> None:
    assert class_name(words) == name


@pytest.mark.parametrize(
    ("word", "number"), [("3", 3), ("三", 3), ("十", 10), ("十三", 13), ("三十", 30), ("三十九", 39)]
)
def test_number_of_reads_chinese_numerals(word: str, number: int) -> None:
    assert number_of(word) == number


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("2026", 2026),
        ("2026年", 2026),
        ("2026.0", 2026),
        ("2026-2027", 2026),
        ("2026—2027学年", 2026),
        ("今年", None),
    ],
)
def test_year_of_reads_a_school_year(words: str, year: int | None) -> None:
    assert year_of(words) == year


def test_of_year_tells_the_other_year_and_what_is_none() -> None:
    rule = OfYear(2026)
    assert rule("2026—2027学年") is None
    assert rule("2025-2026") == (OTHER_YEAR, {"year": "2026-2027"})
    assert rule("去年") == (NO_YEAR, {"year": "2026-2027"})


def test_school_words_tell_why_a_school_is_not_known() -> None:
    rule = SchoolWords({"一小": 1}, {"老校": CLOSED_SCHOOL})
    assert rule(" 一 小 ") is None
    assert rule("老校") == (CLOSED_SCHOOL, {})
    assert rule("别的") == (UNKNOWN_SCHOOL, {})


def test_spelled_takes_width_blanks_and_a_float_away() -> None:
    assert spelled("云岭县（第一） 小学") == "云岭县(第一)小学"
    assert spelled("2136000001.0") == "2136000001"
