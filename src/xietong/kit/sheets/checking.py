"""Every cell of a workbook checked, column by column; nothing is repaired in silence."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from xietong.kit.marking import gettext_noop
from xietong.kit.sandbox import Unreadable
from xietong.kit.sheets import headers, kinds
from xietong.kit.sheets.declare import Checked, Column, Problem, Sheet, Text
from xietong.kit.sheets.opening import letters_of, open_book

if TYPE_CHECKING:
    import polars as pl

NO_HEADERS = gettext_noop("没有找到表头；请使用模板，或者在列对应中指定各列。")
MISSING_COLUMN = gettext_noop("缺少“%(header)s”一列；请补上这一列，或在列对应中指定。")
MISSING = gettext_noop("%(cell)s：“%(header)s”不能为空。")
TWICE = gettext_noop("第%(row)s行与第%(other)s行的%(header)s相同；请只保留一行。")
TOTALS = gettext_noop("第%(rows)s行是合计，没有读入。")
EXAMPLES = gettext_noop("第%(rows)s行是模板的示例，没有读入。")
TOTAL_WORDS = ("合计", "总计", "小计", "共计")
EXAMPLE_MARK = "示例"


def check(data: bytes, sheet: Sheet, mapping: Mapping[str, str | None] | None = None) -> Checked:
    """This function will read a workbook and check each cell; `mapping` as for `headers.find`.

    Raises
        Unreadable: the file is no table that could be read, or has no headers.
    """
    book = open_book(data)
    found = headers.find(book.grids, sheet, mapping or {})
    if found is None:
        raise Unreadable(NO_HEADERS)
    frame = body(found, sheet)
    frame, remarks = without_totals(frame)
    numbers = frame["row"].to_list()
    problems: list[Problem] = list(missing_columns(sheet, found))
    columns: dict[str, tuple[str, ...]] = {}
    letters = {key: letters_of(found.grid.offset + place) for key, place in found.places.items()}
    for column in sheet.columns:
        if column.key not in found.places:
            columns[column.key] = ("",) * len(numbers)
            continue
        values, faults = checked(frame[column.key], column)
        columns[column.key] = tuple(values)
        problems += (told(column, letters[column.key], numbers[at], words, fault) for at, words, fault in faults)
    problems += twice(sheet, columns, numbers)
    return Checked(
        found.grid.name,
        {key: found.texts[place] for key, place in found.places.items()},
        tuple(dict.fromkeys(filter(None, found.texts))),
        tuple(numbers),
        columns,
        tuple(sorted(problems, key=lambda one: (one.row, one.cell))),
        (*book.remarks, *remarks),
        letters,
    )


def body(found: headers.Found, sheet: Sheet) -> "pl.DataFrame":
    """The rows below the headers with something in them.

    Column "row" is the number that Excel shows, "first" the first text of the row, also where nothing is read from
    its column: 合计 often stands below serial numbers.
    """
    import polars as pl  # noqa: PLC0415

    if not found.places:
        return pl.DataFrame(schema={"row": pl.Int64, "first": pl.String})
    names = found.grid.frame.columns
    chosen = [pl.col(names[place]).alias(key) for key, place in found.places.items()]
    cut = found.grid.frame.slice(found.below).select(
        (pl.int_range(pl.len()) + found.below + 1).alias("row"), pl.coalesce(names).alias("first"), *chosen
    )
    cleaned = cut.with_columns(pl.col(list(found.places)).str.strip_chars().replace("", None))
    return cleaned.filter(pl.any_horizontal(pl.col(list(found.places)).is_not_null()))


def without_totals(frame: "pl.DataFrame") -> tuple["pl.DataFrame", list[tuple[str, dict[str, str]]]]:
    """The rows of data alone: sums below them and the example of the template fall away, and it is said."""
    import polars as pl  # noqa: PLC0415

    first = pl.col("first").str.replace_all(r"\s", "")
    remarks = []
    for sentence, is_one in (
        (TOTALS, first.is_in(list(TOTAL_WORDS))),
        (EXAMPLES, first.str.starts_with(EXAMPLE_MARK)),
    ):
        rows = frame.filter(is_one)["row"].to_list()
        if rows:
            remarks.append((sentence, {"rows": "、".join(map(str, rows[:20]))}))
            frame = frame.filter(~is_one)
    return frame, remarks


def missing_columns(sheet: Sheet, found: headers.Found) -> list[Problem]:
    if not found.places:
        return [Problem(found.below, "", "", "", NO_HEADERS, {})]
    return [
        Problem(found.below, column.key, "", "", MISSING_COLUMN, {"header": column.header})
        for column in sheet.columns
        if column.required and column.key not in found.places
    ]


def checked(series: "pl.Series", column: Column) -> tuple[list[str], list[tuple[int, str, kinds.Fault]]]:
    """Each distinct text of a column is looked at once: its canonical form, or what is wrong with it."""
    if is_plainly_right(series, column):
        return series.fill_null("").to_list(), []
    distinct = series.unique().drop_nulls().to_list()
    read = {words: kinds.read(words, column.kind, column.rule) for words in distinct}
    bad = {words for words, one in read.items() if isinstance(one, kinds.Fault)}
    good = {words: one for words, one in read.items() if isinstance(one, str)}
    values = series.replace_strict(list(good), list(good.values()), default="", return_dtype=series.dtype)
    faults: list[tuple[int, str, kinds.Fault]] = []
    if bad or (column.required and series.null_count()):
        empty = kinds.Fault(MISSING, {})
        for at, words in enumerate(series.to_list()):
            if words is None:
                if column.required:
                    faults.append((at, "", empty))
            elif words in bad:
                fault = read[words]
                faults.append((at, words, fault if isinstance(fault, kinds.Fault) else empty))
    return values.fill_null("").to_list(), faults


def is_plainly_right(series: "pl.Series", column: Column) -> bool:
    """Whether a column of words can be told to be right as a whole, which spares looking at each."""
    kind = column.kind
    if not isinstance(kind, Text) or column.rule or (column.required and series.null_count()):
        return False
    if series.len() == series.null_count():
        return True
    longest = series.str.len_chars().max()
    if not isinstance(longest, int) or longest > kind.longest or series.is_in(kinds.FORMULA_FAULTS).any():
        return False
    return not kind.digits or bool(series.str.contains("^[0-9A-DF-Z-]+$").all())


def told(column: Column, letters: str, row: int, words: str, fault: kinds.Fault) -> Problem:
    cell = f"{letters}{row}"
    shown = "" if column.private else words
    values = {"cell": cell, "header": column.header, "found": shown[:60], **fault.values}
    return Problem(row, column.key, cell, shown, fault.sentence, values)


def twice(sheet: Sheet, columns: Mapping[str, tuple[str, ...]], numbers: list[int]) -> list[Problem]:
    """Rows that say the same in the columns that make a row the same row."""
    if not sheet.unique:
        return []
    said = list(zip(*(columns[key] for key in sheet.unique), strict=True))
    if len(set(said)) == len(said):
        return []
    firsts: dict[tuple[str, ...], int] = {}
    found = []
    header = "、".join(sheet.column(key).header for key in sheet.unique)
    for number, values in zip(numbers, said, strict=True):
        if not all(values):
            continue
        other = firsts.setdefault(values, number)
        if other != number:
            told_of = {"row": str(number), "other": str(other), "header": header}
            found.append(Problem(number, sheet.unique[0], "", "、".join(values), TWICE, told_of))
    return found
