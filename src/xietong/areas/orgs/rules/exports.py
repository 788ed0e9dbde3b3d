"""How exports write schools, school years, grades and classes. A child process that reads a file loads this."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import NullTranslations

from xietong.areas.orgs.rules.calendar import SchoolYear, SchoolYearError
from xietong.areas.orgs.rules.fields import GRADES

# Marks a sentence for the catalogue; whoever knows the reader's language says it.
gettext_noop = NullTranslations().gettext

UNKNOWN_SCHOOL = gettext_noop("“%(found)s”不是本县的学校；请填机构名册里的全称、简称或标识码。")
SEVERAL_SCHOOLS = gettext_noop("“%(found)s”是几所学校的叫法；请填全称或标识码。")
CLOSED_SCHOOL = gettext_noop("“%(found)s”已撤并，不在本学年资料里；请从文件中去掉这一行。")
NEW_SCHOOL = gettext_noop("“%(found)s”还不在本学年资料里；请先在学年页点“补充新设学校”。")
NO_YEAR = gettext_noop("“%(found)s”不是学年；应写成“%(year)s”。")
OTHER_YEAR = gettext_noop(
    "文件是“%(found)s”的，正在导入的是 %(year)s 学年；请导出这个学年的文件，或到那个学年去导入。"
)
NO_GRADE = gettext_noop("“%(found)s”不是年级；请写成“一年级”“初一”“高一”或“小班”的样子。")

Wrong = tuple[str, dict[str, str]]

PLAIN_YEAR = re.compile(r"(\d{4})(?:\.0+)?(?:年|学年度?)?")
NUMERALS = "零一二三四五六七八九十"
NUMBER = r"(\d{1,2}|[一二三四五六七八九]?十?[一二三四五六七八九十])"
OF_KINDERGARTEN = {"小班": 1, "中班": 2, "大班": 3}
OF_REGULAR = ("primary", "middle")
STAGE_MARKS = {"小": "primary", "初": "middle", "高": "high"}
GRADE = re.compile(rf"(?:([小初高])[学中]?)?{NUMBER}(?:\.0+)?(?:年级)?")
CLASSES = (
    re.compile(rf"(?:.*级)?\(?{NUMBER}\)?班?"),
    re.compile(rf"[小初高]?[1-9一二三四五六七八九]\({NUMBER}\)班?"),
    re.compile(rf"[小初高][一二三四五六]{NUMBER}班"),
)


def spelled(words: str) -> str:
    """Words as they are compared: one width, no blanks, and no trace of a code that Excel took for a number."""
    return re.sub(r"\.0+$", "", re.sub(r"\s", "", unicodedata.normalize("NFKC", words)))


@dataclass(frozen=True, slots=True)
class SchoolWords:
    """What the schools of a register are called, word → key, and words that mean none of them, each with the reason.

    Called, it says what is wrong with a name.
    """

    known: Mapping[str, int]
    refused: Mapping[str, str]

    def __call__(self, words: str) -> Wrong | None:
        word = spelled(words)
        return None if word in self.known else (self.refused.get(word, UNKNOWN_SCHOOL), {})


@dataclass(frozen=True, slots=True)
class OfYear:
    """Called, it says what is wrong with a school year that ought to be the one that begins in `start`."""

    start: int

    def __call__(self, words: str) -> Wrong | None:
        wanted = SchoolYear(self.start)
        found = year_of(words)
        if found is None:
            return NO_YEAR, {"year": wanted.code}
        return None if found == self.start else (OTHER_YEAR, {"year": wanted.code})


def year_of(words: str) -> int | None:
    """The first year of a school year as exports write it: 2025-2026, 2025—2026学年, 2025."""
    plain = PLAIN_YEAR.fullmatch(words.strip())
    if plain:
        return int(plain[1])
    try:
        return SchoolYear.parse(words).start
    except SchoolYearError:
        return None


def fault_of_grade(words: str) -> Wrong | None:
    """What is wrong with a grade, before it is known at which school it is."""
    return None if parsed(words) else (NO_GRADE, {})


def parsed(words: str) -> tuple[str, int] | None:
    """The stage that a grade names, which may be none, and its number."""
    word = spelled(words)
    if word in OF_KINDERGARTEN:
        return "kindergarten", OF_KINDERGARTEN[word]
    found = GRADE.fullmatch(word)
    return (STAGE_MARKS.get(found[1], ""), number_of(found[2])) if found else None


def number_of(word: str) -> int:
    """3, 三, 十, 十二, 二十一."""
    if word.isdecimal():
        return int(word)
    tens, mark, ones = word.rpartition("十")
    if not mark:
        return NUMERALS.index(word)
    return 10 * (NUMERALS.index(tens) if tens else 1) + (NUMERALS.index(ones) if ones else 0)


def grade_at(words: str, stages: tuple[str, ...]) -> tuple[str, int] | None:
    """Stage and grade at a school of these stages, or None where it has no such grade.

    七年级, 初一, 7 and, at a school of this stage alone, 一年级 are the same.
    """
    found = parsed(words)
    if found is None:
        return None
    mark, number = found
    if "special" in stages and mark in OF_REGULAR:
        number += 0 if number in GRADES[mark] else GRADES[mark][0] - 1
        mark = "special"
    within = [stage for stage in stages if mark in ("", stage)]
    for stage in within:
        if number in GRADES[stage]:
            return stage, number
    if len(within) == 1 and (shifted := number + GRADES[within[0]][0] - 1) in GRADES[within[0]]:
        return within[0], shifted
    return None


def class_number(words: str) -> int:
    """The number of a class however it is written: 七年级（3）班, 初一(3)班 and 3; 0 for one with a name instead."""
    word = spelled(words)
    found = next((found for form in CLASSES if (found := form.fullmatch(word))), None)
    return number_of(found[1]) if found else 0


def class_name(words: str) -> str:
    """A class as it is called here: by its number, or by its name."""
    number = class_number(words)
    return f"{number}班" if number else spelled(words)
