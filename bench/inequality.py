"""Coefficients of variation of 200,000 schools in 2,900 counties, seven indicators, beside what others count with.

`make bench`, or `python bench/inequality.py [--rows 200000] [--groups 2900] [--rounds 15]`. Lognormal values, one in
a hundred missing, rows in no order; every engine has its data in its own form beforehand. They take turns, round by
round, and must agree. Ours checks its input; the floor is the same sum as a bare compiled loop that checks nothing.
A peer that is not installed is named as missing (`pip install --group bench`). Milliseconds are for orientation.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from xietong.quant.compiling import compiled
from xietong.quant.inequality import contributions, gini, mean_log_deviation, theil, weighted

Array = NDArray[np.float64]
Engine = Callable[[], object]
INDICATORS = 7
COUNTY = 80
"""Schools of one county whose parts in its coefficient are asked for."""
PEERS = ("numpy", "numba", "polars", "pandas")
NAMES = [f"x{k}" for k in range(INDICATORS)]


class Schools:
    def __init__(self, rows: int, groups: int) -> None:
        chance = np.random.default_rng(0)
        self.n_groups = groups
        self.county = chance.integers(0, groups, rows).astype(np.int32)
        self.pupils = chance.integers(30, 3000, rows).astype(float)
        self.values: Array = chance.lognormal(0, 0.3, (rows, INDICATORS))
        self.values[chance.random(self.values.shape) < 0.01] = np.nan


def ours(schools: Schools) -> Engine:
    return lambda: weighted(schools.values, schools.pupils, schools.county, schools.n_groups).cv


def floor(schools: Schools) -> Engine:
    loop = compiled(bare)
    return lambda: loop(schools.values, schools.pupils, schools.county, schools.n_groups)


def bare(values: Array, pupils: Array, county: NDArray[np.int32], n_groups: int) -> Array:
    """Welford's sums and nothing else."""
    rows, indicators = values.shape
    weight = np.zeros((n_groups, indicators))
    mean, square = np.zeros_like(weight), np.zeros_like(weight)
    for row in range(rows):
        group, own = county[row], pupils[row]
        for k in range(indicators):
            value = values[row, k]
            if value == value:  # noqa: PLR0124  (only NaN is unequal to itself)
                weight[group, k] += own
                distance = value - mean[group, k]
                mean[group, k] += distance * own / weight[group, k]
                square[group, k] += own * distance * (value - mean[group, k])
    return np.sqrt(square / weight) / mean


def two_passes(schools: Schools) -> Engine:
    def count() -> Array:
        found = np.empty((schools.n_groups, INDICATORS))
        for k in range(INDICATORS):
            has_value = ~np.isnan(schools.values[:, k])
            value, own, group = schools.values[has_value, k], schools.pupils[has_value], schools.county[has_value]
            weight = np.bincount(group, own, schools.n_groups)
            mean = np.bincount(group, own * value, schools.n_groups) / weight
            square = np.bincount(group, own * (value - mean[group]) ** 2, schools.n_groups)
            found[:, k] = np.sqrt(square / weight) / mean
        return found

    return count


def polar(schools: Schools) -> Engine:
    frame = pl.DataFrame(dict(zip(NAMES, schools.values.T.copy(), strict=True))).with_columns(pl.all().fill_nan(None))
    frame = frame.with_columns(county=schools.county, pupils=schools.pupils)

    def coefficient(name: str) -> pl.Expr:
        value, own = pl.col(name), pl.col("pupils")
        weight = pl.when(value.is_not_null()).then(own).sum()
        mean = (value * own).sum() / weight
        return (((((value - mean) ** 2) * own).sum() / weight).sqrt() / mean).alias(name)

    asked = [coefficient(name) for name in NAMES]
    return lambda: frame.group_by("county").agg(asked).sort("county").drop("county").to_numpy()


def panda(schools: Schools) -> Engine:
    import pandas as pd  # noqa: PLC0415

    frame = pd.DataFrame(schools.values, columns=NAMES)
    county, pupils = pd.Series(schools.county), pd.Series(schools.pupils)

    def count() -> object:
        weight = frame.notna().mul(pupils, axis=0).groupby(county).sum()
        mean = frame.mul(pupils, axis=0).groupby(county).sum() / weight
        distance = frame - mean.reindex(county).set_axis(frame.index)
        square = (distance**2).mul(pupils, axis=0).groupby(county).sum()
        return (np.sqrt(square / weight) / mean).to_numpy()

    return count


ENGINES: dict[str, Callable[[Schools], Engine]] = {
    "ours, with its checks": ours,
    "floor: the bare compiled loop": floor,
    "numpy, two passes of bincount": two_passes,
    "polars expressions": polar,
    "pandas, whole columns": panda,
}


def others(schools: Schools) -> dict[str, Engine]:
    rows = (schools.values, schools.pupils, schools.county, schools.n_groups)
    pupils = schools.pupils[:COUNTY]
    totals = np.random.default_rng(1).lognormal(0, 0.3, COUNTY) * pupils
    return {
        "Gini": lambda: gini(*rows),
        "Theil, within and between": lambda: theil(*rows),
        "mean log deviation, within and between": lambda: mean_log_deviation(*rows),
        f"contributions, one county of {COUNTY} schools": lambda: contributions(totals, pupils),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--groups", type=int, default=2_900)
    parser.add_argument("--rounds", type=int, default=15)
    args = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.platform()}, {os.cpu_count()} cores, {processor()}")
    print(", ".join(f"{name} {installed(name)}" for name in PEERS))
    print(f"{args.rows:,} schools × {INDICATORS} indicators, {args.groups:,} counties, {args.rounds} rounds")
    schools = Schools(args.rows, args.groups)
    engines = ready(schools)
    agree(engines)
    report(measured(engines, args.rounds), "ours, with its checks")
    report(measured(others(schools), args.rounds))
    print(f"load at the end {os.getloadavg()[0]:.1f}")


def processor() -> str:
    """The processor's own name, where the system tells."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "processor unknown"
    )


def installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def ready(schools: Schools) -> dict[str, Engine]:
    """The engines that are installed, each with its data in its own form."""
    found = {}
    for name, prepare in ENGINES.items():
        try:
            found[name] = prepare(schools)
        except ImportError as missing:
            print(f"{name}: not installed: {missing.name}")
    return found


def agree(engines: dict[str, Engine]) -> None:
    first, *rest = (np.asarray(count(), dtype=float) for count in engines.values())
    for name, answer in zip(list(engines)[1:], rest, strict=True):
        assert np.allclose(answer, first, rtol=1e-11, atol=0, equal_nan=True), f"{name} has other coefficients"


def measured(engines: dict[str, Engine], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every run; all engines once a round, after a first time that does not count."""
    for count in engines.values():
        count()
    found: dict[str, list[float]] = {name: [] for name in engines}
    for _round in range(rounds):
        for name, count in engines.items():
            begun = time.perf_counter()
            count()
            found[name].append(1000 * (time.perf_counter() - begun))
    return found


def report(found: dict[str, list[float]], base: str = "") -> None:
    """Median, least and most; beside a base the ratios of the medians and of the least, which others disturb less."""
    print(f"{'':46}{'median ms':>10}{'least':>9}{'most':>9}" + (f"{'÷ ours':>9}{'least ÷':>9}" if base else ""))
    for name, runs in found.items():
        median, least = statistics.median(runs), min(runs)
        line = f"{name:46}{median:>10.2f}{least:>9.2f}{max(runs):>9.2f}"
        if base:
            line += f"{median / statistics.median(found[base]):>9.2f}{least / min(found[base]):>9.2f}"
        print(line)


if __name__ == "__main__":
    main()
