"""Calibration of tests beside the bare loop and beside what others estimate with, in one process.

`make bench`, or `python bench/irt.py [--rounds 5] [--quick] [--million] [--jackknife]`. Exams are generated
(`bench/exams.py`); every engine has the answers in its own form beforehand, and its estimates are judged by one
log-likelihood on 241 abilities. Engines take turns, round by round, after a first time that does not count. Ours
checks and packs each time; the floor (`bench/bare_irt.py`) does neither and knows no missing answer. `--quick` takes
the smallest exam only, `--million` adds 1,000,000 persons × 60 items in a process of its own, `--jackknife` a hundred
replicates. A peer that is not installed is named as missing (`pip install --group bench`; mirt for R from CRAN).
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
import warnings
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

# Threads of BLAS stay awake beside those of the engines; one peer is five times slower with them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench import r_mirt  # noqa: E402  (found only from the root)
from bench.bare_irt import Bare  # noqa: E402
from bench.calibrators import FLOOR, OURS, WAYS, Engine, can  # noqa: E402
from bench.exams import Exam, distance, exam, log_likelihood  # noqa: E402
from xietong.quant.irt.calibration import Calibration, calibrate  # noqa: E402
from xietong.quant.irt.errors import standard_errors  # noqa: E402
from xietong.quant.irt.expectation import expected  # noqa: E402
from xietong.quant.irt.maximisation import chance_table, priors_of  # noqa: E402
from xietong.quant.irt.packing import tallied  # noqa: E402
from xietong.quant.irt.task import Task, task_of  # noqa: E402
from xietong.quant.responses import responses_of  # noqa: E402

EXAMS = (
    ("2pl", 5_000, 40, 1), ("2pl", 50_000, 60, 2), ("2pl", 200_000, 60, 3),
    ("grm", 10_000, 30, 5), ("gpcm", 10_000, 30, 6), ("3pl", 20_000, 40, 4),
)  # fmt: skip
MILLION = ("2pl", 1_000_000, 60, 7)
PEERS = ("numpy", "numba", "scipy", "theta-irt", "jax", "mirt", "girth")


@dataclass
class Runs:
    """Milliseconds of every run, by the clock and of the processors, which others on the machine disturb less."""

    found: Any
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def measure(self, count: Engine) -> None:
        wall, processor = time.perf_counter(), time.process_time()
        count()
        self.wall.append(1000 * (time.perf_counter() - wall))
        self.processor.append(1000 * (time.process_time() - processor))

    @property
    def figures(self) -> tuple[float, float, float]:
        return statistics.median(self.wall), min(self.wall), statistics.median(self.processor)

    def over(self, base: "Runs") -> str:
        return " / ".join(f"{own / other:.2f}" for own, other in zip(self.figures, base.figures, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    for name in ("quick", "million", "jackknife"):
        parser.add_argument(f"--{name}", action="store_true")
    parser.add_argument("--child", choices=("first", "million"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        alone(asked.child)
        return
    warnings.simplefilter("ignore")
    print(f"Python {platform.python_version()}, {platform.platform()}, {os.cpu_count()} cores, {processor()}")
    print(", ".join(f"{name} {installed(name)}" for name in PEERS))
    threads = {name: os.environ.get(name, "all cores") for name in ("NUMBA_NUM_THREADS", "RAYON_NUM_THREADS")}
    print(", ".join(f"{name} {count}" for name, count in threads.items()), f"load {os.getloadavg()[0]:.1f}")
    print(r_mirt.version())
    for sizes in EXAMS[:1] if asked.quick else EXAMS:
        compare(exam(*sizes), asked.rounds)
    first_calls()
    if asked.jackknife:
        jackknife(exam(*EXAMS[0]), asked.rounds)
    if asked.million:
        print("\na million in one process:", child("million"), end="")
    print(f"load at the end {os.getloadavg()[0]:.1f}")


def processor() -> str:
    """The processor's own name, where the system tells."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, "processor unknown")


def installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def compare(exam: Exam, rounds: int) -> None:
    """Prints what every engine takes for an exam and how good its estimates are, and what the parts of ours take."""
    print(f"\n{exam}, {rounds} rounds")
    engines: dict[str, Engine] = {}
    for name, (prepare, _read) in WAYS.items():
        if can(name, exam):
            try:
                engines[name] = prepare(exam)
            except ImportError as missing:
                print(f"{name}: not installed: {missing.name}")
    runs = measured(engines, rounds)
    print("Ratios: of the medians / of the least / of the processors' time.")
    print("| engine | median ms | least | processor ms | ÷ floor | ÷ ours | log-likelihood | slopes off by |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    floor, own = runs[FLOOR], runs[OURS]
    for name, one in runs.items():
        found = WAYS[name][1](exam, one.found)
        times = " | ".join(f"{time:.1f}" for time in one.figures)
        judged = f"{log_likelihood(exam, found):.4f} | {distance(exam, found):.4f}"
        print(f"| {name} | {times} | {one.over(floor)} | {one.over(own)} | {judged} |")
    print(f"cycles: floor {floor.found[1]}, ours {own.found.cycles} on {len(own.found.nodes)} nodes")
    parts(exam, own.found, rounds)


def parts(exam: Exam, found: Calibration, rounds: int) -> None:
    """What a calibration consists of, each part alone."""
    responses = responses_of(exam.codes)

    def task() -> Task:
        settings: dict[str, Any] = {"free_first": False, "prior": None, "tolerance": 1e-6, "most_cycles": 500}
        return task_of(responses, tallied(responses), exam.model, None, 1, None, **settings)[0]

    packs, at = task().packs, (found.layout, found.vector, found.nodes)
    table, shares = chance_table(*at), priors_of(*at)
    bare = Bare(exam.codes, exam.model)
    point = bare.calibrate()[0]
    chance = bare.chances(point)[0]
    runs = measured(
        {
            "answers checked (`responses_of`)": lambda: responses_of(exam.codes),
            "counted, problem checked, packed": task,
            "E-step of ours": lambda: expected(packs, table, shares),
            "E-step of the floor": lambda: bare.expected(chance),
            "standard errors": lambda: standard_errors(found, responses),
        },
        rounds,
    )
    print("alone, median / least ms: " + "; ".join(line(name, one) for name, one in runs.items()))


def line(name: str, runs: Runs) -> str:
    median, least, _processor = runs.figures
    return f"{name} {median:.2f} / {least:.2f}"


def measured(engines: dict[str, Engine], rounds: int) -> dict[str, Runs]:
    """All engines once a round, after a first time that does not count."""
    runs = {name: Runs(count()) for name, count in engines.items()}
    for _round in range(rounds):
        for name, count in engines.items():
            runs[name].measure(count)
    return runs


def jackknife(exam: Exam, rounds: int) -> None:
    """A hundred calibrations, each without a hundredth of the persons, beside ten of each peer."""
    whole = calibrate(responses_of(exam.codes), exam.model)
    group = np.random.default_rng(0).permutation(len(exam.codes)) % 100

    def replicates() -> list[Calibration]:
        weights = [np.where(group == one, 0.0, 100 / 99) for one in range(100)]
        answers = [responses_of(exam.codes, categories=2, weights=own) for own in weights]
        return [calibrate(own, exam.model, begin=whole, tolerance=1e-5) for own in answers]

    engines: dict[str, Engine] = {"ours, 100 replicates": replicates}
    for name in ("theta-irt", "mirt of PyPI"):
        try:
            engines[f"{name}, 10 fits"] = ten_times(WAYS[name][0](exam))
        except ImportError as missing:
            print(f"{name}: not installed: {missing.name}")
    runs = measured(engines, rounds)
    own = runs["ours, 100 replicates"]
    print(f"\njackknife of {exam}, {rounds} rounds")
    print("| what | median s | least | processor s | ÷ ours |\n|---|--:|--:|--:|--:|")
    for name, one in runs.items():
        times = " | ".join(f"{time / 1000:.2f}" for time in one.figures)
        print(f"| {name} | {times} | {one.over(own)} |")
    cycles = [found.cycles for found in own.found]
    slopes = np.array([found.items.slopes for found in own.found])
    spread = np.sqrt(0.99 * ((slopes - slopes.mean(axis=0)) ** 2).sum(axis=0))
    ratio = (spread / standard_errors(whole, responses_of(exam.codes)).slopes).mean()
    print(f"cycles {min(cycles)} to {max(cycles)}; errors of slopes ÷ those of the information {ratio:.2f}")


def ten_times(count: Engine) -> Engine:
    return lambda: [count() for _ in range(10)]


def first_calls() -> None:
    """In processes of their own: with nothing compiled, and with what the first has left on disk."""
    with TemporaryDirectory() as folder:
        print("\nfirst call, nothing compiled:", child("first", NUMBA_CACHE_DIR=folder), end="")
        print("first call of the next process:", child("first", NUMBA_CACHE_DIR=folder), end="")


def child(what: str, **more: str) -> str:
    command = [sys.executable, str(Path(__file__).resolve()), "--child", what]
    return subprocess.run(command, env=os.environ | more, check=True, capture_output=True, text=True).stdout


def alone(what: str) -> None:
    answers = exam(*(MILLION if what == "million" else EXAMS[0]))
    made = peak()
    begun = time.perf_counter()
    found = calibrate(responses_of(answers.codes), answers.model)
    first = time.perf_counter() - begun
    if what == "million":
        print(f"{first:.2f} s, {found.cycles} cycles, peak {peak()} MiB ({made} before, answers included)")
        return
    begun = time.perf_counter()
    calibrate(responses_of(answers.codes), answers.model)
    print(f"{first:.2f} s; the second {time.perf_counter() - begun:.3f} s")


def peak() -> int:
    """MiB that this process ever held; what its parent held does not count."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024


if __name__ == "__main__":
    main()
