"""The declaration of a workbook: its columns, what each may hold, and what makes a row the same row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Wrong = tuple[str, dict[str, str]]
"""A marked sentence that says what is wrong, with its values."""

Rule = Callable[[str], Wrong | None]
"""Of a value as text: None, or what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words. `digits` says that they are a code: kept as text, full-width digits made plain."""

    longest: int = 200
    digits: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number with at most so many decimals, within bounds."""

    decimals: int = 0
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day, as Excel keeps it or as people write it."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """是 or 否."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several, or several of them; what may be written for each stands in `options`, word → value."""

    options: Mapping[str, str] = field(default_factory=dict)
    several: bool = False

    @property
    def shown(self) -> list[str]:
        """What is offered: of several words for the same value the first."""
        firsts: dict[str, str] = {}
        for word, value in self.options.items():
            firsts.setdefault(value, word)
        return list(firsts.values())


Kind = Text | Number | Day | YesNo | Choice


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `header` is what the template says, `synonyms` what others call it.

    An empty cell of a column that `keeps` changes nothing; what is `private` is not repeated in a preview.
    """

    key: str
    header: str
    kind: Kind = Text()
    synonyms: tuple[str, ...] = ()
    required: bool = False
    rule: Rule | None = None
    example: str = ""
    note: str = ""
    width: int = 16
    keeps: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A kind of workbook. `unique` names the columns that together make a row the same row.

    `called` are the columns by which a list names a row.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    note: str = ""
    called: tuple[str, ...] = ()

    @property
    def title_columns(self) -> tuple[str, ...]:
        return self.called or (self.columns[0].key,)

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    def with_options(self, options: Mapping[str, Mapping[str, str]]) -> "Sheet":
        """This function will fill the choices that are known only when somebody imports: column → word → value."""
        columns = tuple(
            replace(column, kind=replace(column.kind, options=dict(options[column.key])))
            if column.key in options and isinstance(column.kind, Choice)
            else column
            for column in self.columns
        )
        return replace(self, columns=columns)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a cell, or in a row as a whole (`column` is empty): a marked sentence with its values.

    `row` is the number that Excel shows. `cell` is the cell's name ("D17"), or empty.
    """

    row: int
    column: str
    cell: str
    found: str
    sentence: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a workbook says after all checks.

    `headers` holds the text over each column that was found, `texts` those over all columns of the file.
    `numbers` are the rows that Excel shows; `columns` holds for each column its values as text in canonical
    form (a day as 2024-03-01, a list joined by line feeds), an empty text for nothing. `letters` are what Excel
    calls the columns that were found.
    """

    sheet_name: str
    headers: dict[str, str]
    texts: tuple[str, ...]
    numbers: tuple[int, ...]
    columns: dict[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    remarks: tuple[tuple[str, dict[str, str]], ...]
    letters: dict[str, str]

    def cell(self, key: str, row: int) -> str:
        """The name of a cell ("D17"), or nothing where the file does not have the column."""
        return f"{self.letters[key]}{row}" if key in self.letters else ""

    def rows(self) -> list[dict[str, Any]]:
        """Every row as a mapping of columns, with its number under the empty key."""
        names = list(self.columns)
        return [
            dict(zip(names, values, strict=True)) | {"": number}
            for number, values in zip(self.numbers, zip(*self.columns.values(), strict=True), strict=True)
        ]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The texts over columns that nothing is read from."""
        used = set(self.headers.values())
        return tuple(text for text in self.texts if text not in used)

    @property
    def lacking(self) -> bool:
        """Whether a column is missing, so that no row can be right."""
        return any(not problem.cell and not problem.found for problem in self.problems)

    @property
    def bad_rows(self) -> frozenset[int]:
        return frozenset(problem.row for problem in self.problems)
