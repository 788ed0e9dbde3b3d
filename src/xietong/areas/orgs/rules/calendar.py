"""School years and terms as numbers: which one a day belongs to, and their neighbours.

A school year runs from 1 September to 31 August. Its two terms meet, for counting, on 1 February (D): the
days on which lessons really begin and end differ by county and year and are rows of the school calendar.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from gettext import NullTranslations
from typing import Literal, Self

# Marks a sentence for the catalogue; whoever knows the reader's language says it.
gettext_noop = NullTranslations().gettext

FIRST_MONTH = 9
SECOND_TERM_MONTH = 2
WRITTEN = re.compile(r"([0-9]{4})\s*[-—–~～－至/]{1,2}\s*([0-9]{4})\s*(?:学年度?)?")

TermNumber = Literal[1, 2]
TERM_NAMES: dict[TermNumber, str] = {1: "第一学期", 2: "第二学期"}


class SchoolYearError(ValueError):
    """The text names no school year."""


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """The school year that begins in September of ``start``."""

    start: int

    @classmethod
    def containing(cls, day: date) -> Self:
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 2025-2026, 2025—2026学年 and the like.

        Raises SchoolYearError.
        """
        found = WRITTEN.fullmatch(text.strip())
        if not found:
            raise SchoolYearError(gettext_noop("学年应写成“2025-2026”的形式。"))
        start, end = int(found[1]), int(found[2])
        if end != start + 1:
            raise SchoolYearError(gettext_noop("学年的两个年份应前后相连，如“2025-2026”。"))
        return cls(start)

    @property
    def code(self) -> str:
        """2025-2026: for keys, file names and imports."""
        return f"{self.start}-{self.start + 1}"

    @property
    def label(self) -> str:
        return f"{self.start}—{self.start + 1}学年"

    @property
    def starts_on(self) -> date:
        return date(self.start, FIRST_MONTH, 1)

    @property
    def ends_on(self) -> date:
        return self.shifted(1).starts_on - timedelta(days=1)

    @property
    def terms(self) -> "tuple[Term, Term]":
        return Term(self, 1), Term(self, 2)

    def shifted(self, years: int) -> Self:
        return type(self)(self.start + years)


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """One half of a school year."""

    year: SchoolYear
    number: TermNumber

    @classmethod
    def containing(cls, day: date) -> Self:
        year = SchoolYear.containing(day)
        second = cls(year, 2)
        return second if day >= second.starts_on else cls(year, 1)

    @property
    def label(self) -> str:
        return f"{self.year.label}{TERM_NAMES[self.number]}"

    @property
    def starts_on(self) -> date:
        if self.number == 1:
            return self.year.starts_on
        return date(self.year.start + 1, SECOND_TERM_MONTH, 1)

    @property
    def ends_on(self) -> date:
        return self.shifted(1).starts_on - timedelta(days=1)

    def shifted(self, terms: int) -> "Term":
        return _term(self.position + terms)

    @property
    def position(self) -> int:
        """Terms numbered through: neighbours differ by one."""
        return 2 * self.year.start + self.number - 1


def _term(position: int) -> Term:
    start, second = divmod(position, 2)
    return Term(SchoolYear(start), 2 if second else 1)
