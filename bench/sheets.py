"""A roster of 100,000 rows × 20 columns read and checked, beside the readers that others use.

`make bench`, or `python bench/sheets.py [--rows 100000] [--rounds 3]`. Every reader runs in a process of
its own, in turn, so that peak memory is its own; a round runs them all. The time is that of reading, for
ours of reading and checking every cell; `child` is the whole way of an upload: start, read, check, answer.
A peer that is not installed is named as missing (`pip install --group bench`).
"""

import argparse
import multiprocessing
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import xlsxwriter

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from xietong.kit.sheets import Choice, Column, Day, Number, Sheet, Text, YesNo, check_safely, kinds
from xietong.kit.sheets.checking import check

ROSTER = Sheet(
    "bench.roster",
    "学生名册",
    (
        Column("code", "学籍号", Text(30, digits=True), required=True),
        Column("name", "姓名", Text(40), required=True),
        Column("sex", "性别", Choice({"男": "1", "女": "2"}), required=True),
        Column("born", "出生日期", Day()),
        Column("nation", "民族"),
        Column("identity", "身份证号", Text(18, digits=True)),
        Column("school", "学校代码", Text(20, digits=True)),
        Column("school_name", "学校名称"),
        Column("grade", "年级", Number(0, 1, 12)),
        Column("form", "班级", Number(0, 1, 30)),
        Column("entered", "入学日期", Day()),
        Column("household", "户口", Choice({"农村": "1", "城镇": "2"})),
        Column("address", "住址"),
        Column("boards", "是否寄宿", YesNo()),
        *(Column(f"mark{n}", header, Number(1)) for n, header in enumerate(("语文", "数学", "英语", "科学"))),
        Column("height", "身高", Number(1, 50, 230)),
        Column("remark", "备注"),
    ),
    unique=("code",),
)
COUNTED = len(ROSTER.columns)
PEERS = ("fastexcel", "polars", "python-calamine", "openpyxl", "pandas", "django-import-export", "tablib")


def roster(rows: int) -> bytes:
    """Names, codes of 18 digits as text, dates, booleans, blanks; the same for the same number of rows."""
    chance, file = Random(7), BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [column.header for column in ROSTER.columns])
        for number in range(1, rows + 1):
            page.write_row(number, 0, pupil(number, chance))
    return file.getvalue()


def pupil(number: int, chance: Random) -> list[object]:
    from datetime import date, timedelta  # noqa: PLC0415

    school = chance.randrange(400)
    return [
        f"G{510000000000000000 + number}",
        "".join(chance.choice("王李张刘陈杨赵黄周吴伟芳娜敏静丽强磊军洋") for _ in range(chance.choice((2, 3)))),
        chance.choice("男女"),
        date(2008, 1, 1) + timedelta(chance.randrange(3000)),
        "汉族",
        f"{chance.randrange(110000, 660000)}{chance.randrange(19900101, 20151231)}{chance.randrange(1000, 9999)}",
        3151000000 + school,
        f"第{school}小学",
        chance.randrange(1, 10),
        chance.randrange(1, 20),
        date(2020, 9, 1),
        chance.choice(("农村", "城镇")),
        f"某县某乡某村{chance.randrange(3000)}号",
        chance.random() < 0.3,
        *(None if chance.random() < 0.05 else round(chance.gauss(75, 12), 1) for _ in range(4)),
        round(min(229, max(51, chance.gauss(150, 12))), 1),
        None,
    ]


def ours(data: bytes) -> int:
    return len(check(data, ROSTER).numbers)


def child(data: bytes) -> int:
    return len(check_safely(data, ROSTER).numbers)


def bare(data: bytes) -> int:
    import fastexcel  # noqa: PLC0415

    return int(fastexcel.read_excel(data).load_sheet(0).to_polars().height)


def calamine(data: bytes) -> int:
    import python_calamine  # noqa: PLC0415

    return len(python_calamine.CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()) - 1


def streamed(data: bytes) -> int:
    import openpyxl  # noqa: PLC0415

    page = openpyxl.load_workbook(BytesIO(data), read_only=True).worksheets[0]
    return sum(1 for _row in page.iter_rows(values_only=True)) - 1


def streamed_and_checked(data: bytes) -> int:
    """The openpyxl way of the same work: every cell of a row looked at with the same rules."""
    import openpyxl  # noqa: PLC0415

    rows = openpyxl.load_workbook(BytesIO(data), read_only=True).worksheets[0].iter_rows(values_only=True)
    next(rows)
    count = 0
    for row in rows:
        for column, value in zip(ROSTER.columns, row, strict=True):
            if value is not None:
                kinds.read(str(value), column.kind, column.rule)
        count += 1
    return count


def panda(data: bytes) -> int:
    import pandas as pd  # noqa: PLC0415

    return len(pd.read_excel(BytesIO(data), engine="openpyxl"))


def tabular(data: bytes) -> int:
    """How django-import-export gets at its rows."""
    import import_export  # noqa: F401, PLC0415
    import tablib  # noqa: PLC0415

    return len(tablib.Dataset().load(data, format="xlsx"))


READERS: dict[str, Callable[[bytes], int]] = {
    "ours: read and checked": ours,
    "ours: whole upload in the child": child,
    "fastexcel, bare read": bare,
    "python-calamine, bare read": calamine,
    "openpyxl read-only, bare read": streamed,
    "openpyxl read-only, same checks": streamed_and_checked,
    "pandas with openpyxl": panda,
    "django-import-export (tablib)": tabular,
}


def measured(name: str, path: Path, answers: "multiprocessing.Queue[tuple[float, float, int] | str]") -> None:
    data = path.read_bytes()
    try:
        begin = time.perf_counter()
        rows = READERS[name](data)
    except ImportError as missing:
        answers.put(f"not installed: {missing.name}")
        return
    except Exception as error:  # noqa: BLE001  (said by the parent, which would wait for an answer)
        answers.put(f"failed: {type(error).__name__} {error!r}")
        return
    took = time.perf_counter() - begin
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    answers.put((took, peak, rows))


def run(name: str, path: Path) -> tuple[float, float, int] | str:
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[tuple[float, float, int] | str] = context.Queue()
    process = context.Process(target=measured, args=(name, path, answers))
    process.start()
    answer = answers.get(timeout=600)
    process.join()
    return answer


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {multiprocessing.cpu_count()} cores")
    print(", ".join(f"{name} {installed(name)}" for name in PEERS))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        path.write_bytes(roster(wanted.rows))
        print(
            f"{wanted.rows} rows × {COUNTED} columns, {path.stat().st_size / 2**20:.1f} MiB, {wanted.rounds} rounds"
        )
        found: dict[str, list[tuple[float, float, int]]] = {name: [] for name in READERS}
        for _round in range(wanted.rounds):
            for name in READERS:
                answer = run(name, path)
                if isinstance(answer, str):
                    print(f"{name}: {answer}")
                else:
                    found[name].append(answer)
    report(found, wanted.rows)
    return 0


def installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def report(found: dict[str, list[tuple[float, float, int]]], rows: int) -> None:
    medians = {name: statistics.median(took for took, _peak, _rows in runs) for name, runs in found.items() if runs}
    mine = medians["ours: read and checked"]
    print(f"{'':34}{'median s':>10}{'peak MiB':>10}{'÷ ours':>8}")
    for name, median in medians.items():
        counts = {count for _took, _peak, count in found[name]}
        assert counts == {rows}, f"{name} read {counts} rows"
        peak = max(peak for _took, peak, _rows in found[name])
        print(f"{name:34}{median:>10.2f}{peak:>10.0f}{median / mine:>8.2f}")


if __name__ == "__main__":
    raise SystemExit(main())
