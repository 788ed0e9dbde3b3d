"""What a workbook asks for, beside the rows as they stand: added, changed or the same."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from xietong.kit.sheets.declare import Checked, Choice, Column, Sheet

Values = Mapping[str, str]
"""Column → text in canonical form, as `Checked` holds it."""

HIDDEN = "••••"
"""Stands for what a preview must not repeat."""


class Deed(StrEnum):
    ADD = "add"
    CHANGE = "change"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Known:
    """A row that the database has: its key, and what it says in the columns of the sheet."""

    pk: int
    values: Values


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one row of the file. `known` is None for one that is added."""

    row: int
    deed: Deed
    known: Known | None
    after: Values

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that differ; of an added row those that say something."""
        before = self.known.values if self.known else {}
        return tuple(name for name, value in self.after.items() if before.get(name, "") != value)


def plan(checked: Checked, sheet: Sheet, known: Mapping[int, Known]) -> list[Planned]:
    """This function will say what becomes of each row without a fault.

    `known` are rows of the database, by the number of the row that is about them. What the file has no column for
    stays as it is, and so does what an empty cell of a column says that `keeps`.
    """
    if checked.lacking:
        return []
    given = [column for column in sheet.columns if column.key in checked.headers]
    nothing = dict.fromkeys((column.key for column in sheet.columns), "")
    bad, found = checked.bad_rows, []
    for row in checked.rows():
        number = row[""]
        if number in bad:
            continue
        before = known.get(number)
        asked = {column.key: row[column.key] for column in given if row[column.key] or not column.keeps}
        after = {**(before.values if before else nothing), **asked}
        deed = Deed.ADD if before is None else Deed.SAME if after == dict(before.values) else Deed.CHANGE
        found.append(Planned(number, deed, before, after))
    return found


def digest(planned: Iterable[Planned]) -> str:
    """A plan as one text, by which it is known again: what is asked for, and what it would replace."""
    told = [
        (one.row, one.known and (one.known.pk, sorted(one.known.values.items())), sorted(one.after.items()))
        for one in planned
    ]
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def counts(planned: Iterable[Planned]) -> dict[str, int]:
    held = [one.deed for one in planned]
    return {deed.value: held.count(deed) for deed in Deed}


@dataclass(frozen=True, slots=True)
class Difference:
    """A column of a changed row, in words."""

    header: str
    before: str
    after: str


def differences(sheet: Sheet, one: Planned) -> list[Difference]:
    before = one.known.values if one.known else {}
    columns = [sheet.column(key) for key in one.fields]
    return [
        Difference(column.header, shown(column, before.get(column.key, "")), shown(column, one.after[column.key]))
        for column in columns
    ]


def shown(column: Column, value: str) -> str:
    """A value in canonical form as people write it; what is private is not repeated."""
    if value and column.private:
        return HIDDEN
    if isinstance(column.kind, Choice):
        words = {one: word for word, one in reversed(list(column.kind.options.items()))}
        return "、".join(words.get(part, part) for part in value.split("\n"))
    return value


def in_words(sheet: Sheet, values: Values) -> dict[str, str]:
    return {column.key: shown(column, values[column.key]) for column in sheet.columns}


def title_of(sheet: Sheet, values: Values) -> str:
    """By what a row is called in a list."""
    return " ".join(filter(None, (shown(sheet.column(key), values[key]) for key in sheet.title_columns)))


def cut(checked: Checked, rows: Sequence[int]) -> Checked:
    """The same with these rows alone, given by their numbers."""
    wanted = set(rows)
    places = [place for place, number in enumerate(checked.numbers) if number in wanted]
    return Checked(
        checked.sheet_name,
        checked.headers,
        checked.texts,
        tuple(checked.numbers[place] for place in places),
        {key: tuple(values[place] for place in places) for key, values in checked.columns.items()},
        tuple(problem for problem in checked.problems if problem.row in wanted),
        checked.remarks,
        checked.letters,
    )
