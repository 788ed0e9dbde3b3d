"""The analyst's command beside the reading of its file, and a county's monitoring that somebody waits for.

`make bench`, or `python bench/analysis.py [--rounds 5]`. 40,000 pupils × 60 items from .xlsx to the report, each time
in a process of its own as an analyst starts it, in turns with a process that only reads the file. Then, warm in one
process: 600 pupils of 20 schools on 36 items in three rotated booklets, calibrated, scored, judged, and calibrated
again without each school in turn.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import xlsxwriter

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from xietong.quant import irt, sampling  # noqa: E402  (found only from the root)
from xietong.quant.responses import Responses, responses_of  # noqa: E402

PUPILS, ITEMS = 40_000, 60
FEW, SCHOOLS, SHORT = 600, 20, 36
READ = """
import sys; from pathlib import Path
from xietong.web.commands.quant.tables import frame_of
frame_of(Path(sys.argv[1]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "polars", "fastexcel"))
    print(f"Python {platform.python_version()}, {platform.platform()}, {os.cpu_count()} cores; {packages}")
    with TemporaryDirectory() as name:
        command(Path(name), rounds)
    monitoring(rounds)


def command(folder: Path, rounds: int) -> None:
    path = folder / "answers.xlsx"
    write(path, answers(PUPILS, ITEMS, np.random.default_rng(1))[0])
    quant = [sys.executable, "-m", "xietong.web.cli", "quant"]
    ways = {
        "reading": [sys.executable, "-c", READ, str(path)],
        "items": [*quant, "items", str(path), "--id", "id", "--force", "--out", str(folder / "items")],
        "irt": [*quant, "irt", str(path), "--id", "id", "--force", "--out", str(folder / "irt")],
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, way in ways.items():
            begun = time.perf_counter()
            subprocess.run(way, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
            if turn:
                taken[name].append(time.perf_counter() - begun)
    reading = statistics.median(taken["reading"])
    print(
        f"\n{PUPILS:,} × {ITEMS} from .xlsx ({path.stat().st_size / 2**20:.1f} MiB), {rounds} rounds, whole processes"
    )
    print("| what | median s | least | beyond reading |\n|---|--:|--:|--:|")
    for name, seconds in taken.items():
        median = statistics.median(seconds)
        print(f"| {name} | {median:.2f} | {min(seconds):.2f} | {median - reading:.2f} |")


def monitoring(rounds: int) -> None:
    codes, schools = answers(FEW, SHORT, np.random.default_rng(2))
    for booklet in range(3):
        codes[booklet::3, 12 * booklet : 12 * booklet + 12] = -1
    responses = responses_of(codes, categories=2)

    def refit(weights: np.ndarray) -> np.ndarray:
        part = Responses(responses.codes, responses.categories, weights)
        return irt.calibrate(part, "2pl", begin=found, tolerance=1e-5).items.slopes

    found = irt.calibrate(responses, "2pl")
    parts: dict[str, Callable[[], object]] = {
        "calibration": lambda: irt.calibrate(responses, "2pl"),
        "errors": lambda: irt.standard_errors(found, responses),
        "abilities and plausible values": lambda: (
            irt.eap(responses, found.items), irt.plausible_values(responses, found.items, seed=1),
        ),
        "fit and dependence": lambda: (irt.booklet_fit(responses, found.items), irt.q3(responses, found.items)),
        f"{SCHOOLS} calibrations without a school": lambda: sampling.jackknife(
            refit, sampling.jk1(responses.weights, schools)
        ),
    }  # fmt: skip
    print(f"\n{FEW} pupils of {SCHOOLS} schools, {SHORT} items in 3 booklets, warm, milliseconds")
    print("| what | median | least |\n|---|--:|--:|")
    total = 0.0
    for name, part in parts.items():
        taken = []
        for turn in range(rounds + 1):
            begun = time.perf_counter()
            part()
            if turn:
                taken.append(1000 * (time.perf_counter() - begun))
        total += statistics.median(taken)
        print(f"| {name} | {statistics.median(taken):.1f} | {min(taken):.1f} |")
    print(f"| together | {total:.1f} | |")


def answers(pupils: int, items: int, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Right and wrong answers, shape (pupils, items), and schools, between which a fifth of the variance lies."""
    schools = np.arange(pupils) % SCHOOLS
    ability = 0.2**0.5 * chance.normal(size=SCHOOLS)[schools] + 0.8**0.5 * chance.normal(size=pupils)
    logits = chance.lognormal(0, 0.3, items) * (ability[:, None] - chance.normal(0, 1, items))
    return (chance.random(logits.shape) < 1 / (1 + np.exp(-logits))).astype(np.int8), schools


def write(path: Path, codes: np.ndarray) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", *(f"T{item + 1}" for item in range(codes.shape[1]))])
        for row, own in enumerate(codes.tolist(), start=1):
            sheet.write_row(row, 0, [f"P{row:06}", *own])


if __name__ == "__main__":
    main()
