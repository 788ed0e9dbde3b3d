"""Bands of cohort survival for every county: ours beside a bare compiled loop and beside numpy, in one run.

`make bench`, or `python bench/projection.py [--counties 2900] [--years 15] [--draws 1000] [--rounds 3]`. Twelve
grades, quantiles of 10, 50 and 90 %. The loop is what one would write first: no checks, single precision, totals of
all grades only and sorted as a whole; the streams of two neighbouring counties are the same but for one number. Ours
is a whole call of `band`. The rounds alternate, so that whatever else the machine does falls on all.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numba
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from xietong.quant.projection import Band, band

GRADES, RATIO, SD = 12, 0.995, 0.02
STAGES = (slice(0, 6), slice(6, 9), slice(9, 12))


@dataclass
class Way:
    """One way to the bands: what it took, in seconds by the clock and of all processors."""

    name: str
    call: Callable[[], Any]
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def measure(self) -> None:
        wall, processor = time.perf_counter(), time.process_time()
        self.call()
        self.wall.append(time.perf_counter() - wall)
        self.processor.append(time.process_time() - processor)

    def line(self, loop: "Way") -> str:
        wall, processor = statistics.median(self.wall), statistics.median(self.processor)
        ratio = processor / statistics.median(loop.processor)
        times = wall / statistics.median(loop.wall)
        return f"| {self.name} | {len(self.wall)} | {wall:.2f} | {processor:.2f} | {times:.2f} | {ratio:.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (("counties", 2900), ("years", 15), ("draws", 1000), ("rounds", 3)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "llvmlite")))
    print(f"{asked.counties} counties, {GRADES} grades, {asked.years} years, {asked.draws} draws")
    start = np.random.default_rng(1).integers(200, 3000, (asked.counties, GRADES)).astype(np.float64)
    loop = numba.njit(parallel=True, fastmath=True)(bare)
    small = start.astype(np.float32)
    begun = time.perf_counter()
    ours(start[:4], asked.years, asked.draws)
    print(f"first call of band, compiled or found on disk: {time.perf_counter() - begun:.1f} s")
    loop(small[:4], asked.draws, asked.years, 1)
    ways = [
        Way("the bare loop", lambda: loop(small, asked.draws, asked.years, 1)),
        Way("ours: all grades", lambda: ours(start, asked.years, asked.draws)),
        Way(
            "ours: three stages, deviations in common",
            lambda: ours(start, asked.years, asked.draws, alike=0.5, rho=0.2, error=0.01, groups=STAGES),
        ),
    ]
    for _ in range(asked.rounds):
        for way in ways:
            way.measure()
    arrays = Way("numpy, single precision, 50 counties at once", lambda: in_numpy(small, asked.years, asked.draws))
    arrays.measure()
    print("\n| what | rounds | median s | processor s | time ÷ loop | processor ÷ loop |\n|---|--:|--:|--:|--:|--:|")
    for way in (*ways, arrays):
        print(way.line(ways[0]))
    agree(start[:100], asked.years, asked.draws, loop)


def ours(start: Any, years: int, draws: int, **settings: Any) -> Band:
    entrants = np.repeat(start[:, :1], years, axis=1)
    ratios = np.full((len(start), GRADES - 1), RATIO)
    return band(start, entrants, ratios, SD, seed=1, sd_entrants=SD, draws=draws, **{"alike": 0.0} | settings)


def agree(start: Any, years: int, draws: int, loop: Any) -> None:
    """This function will print how far the bands of the first year are from the loop's, and what one thread gives."""
    told, plain = ours(start, years, draws), loop(start.astype(np.float32), draws, years, 1)
    # The loop lets its first grade shrink as the others; ours takes entrants, so that only the first year compares.
    expected = plain[:, 0] / told.areas[:, 0, 0]
    print(f"first year, loop ÷ ours: {expected.min():.4f} to {expected.max():.4f}")
    numba.set_num_threads(1)
    alone = ours(start, years, draws)
    print(f"the same bits with one thread: {bool((alone.areas == told.areas).all())}")


def bare(start: Any, draws: int, years: int, seed: int) -> Any:
    counties, grades = start.shape
    found = np.empty((counties, years, 3))
    for county in numba.prange(counties):
        state = np.uint64(seed) + np.uint64(county) * np.uint64(0x9E3779B97F4A7C15)
        total, pupils = np.empty((years, draws), np.float32), np.empty(grades, np.float32)
        for draw in range(draws):
            pupils[:] = start[county]
            for year in range(years):
                both = np.float32(0)
                for grade in range(grades - 1, -1, -1):
                    state += np.uint64(0x9E3779B97F4A7C15)
                    word = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
                    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
                    word ^= word >> np.uint64(31)
                    four = np.int64(word & np.uint64(65535)) + np.int64((word >> np.uint64(16)) & np.uint64(65535))
                    four += np.int64((word >> np.uint64(32)) & np.uint64(65535)) + np.int64(word >> np.uint64(48))
                    normal = np.float32(four - 131070) * np.float32(2.6429e-05)
                    below = pupils[grade - 1] if grade > 0 else pupils[0]
                    pupils[grade] = below * (np.float32(RATIO) + np.float32(SD) * normal)
                    both += pupils[grade]
                total[year, draw] = both
        for year in range(years):
            ordered = np.sort(total[year])
            found[county, year, 0] = ordered[draws // 10]
            found[county, year, 1] = ordered[draws // 2]
            found[county, year, 2] = ordered[9 * draws // 10]
    return found


def in_numpy(start: Any, years: int, draws: int, at_once: int = 50) -> Any:
    chance = np.random.Generator(np.random.SFC64(0))
    found = np.empty((len(start), years, 3))
    for first in range(0, len(start), at_once):
        pupils = np.repeat(start[first : first + at_once, None], draws, axis=1)
        for year in range(years):
            moved = chance.standard_normal(pupils.shape, dtype=np.float32) * np.float32(SD) + np.float32(RATIO)
            below = np.concatenate((pupils[..., :1], pupils[..., :-1]), axis=-1)
            pupils = below * moved
            totals = pupils.sum(axis=-1)
            found[first : first + at_once, year] = np.quantile(totals, [0.1, 0.5, 0.9], axis=1).T
    return found


if __name__ == "__main__":
    main()
