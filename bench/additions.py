"""The cheapest additions of generated counties: rounds, bound, cost and time, beside simpler ways to the same end.

`python bench/additions.py [--schools 80 360] [--runs 3] [--gap 0.005] [--seed 1]`. Schools are invented: some with
one stage, some with both; small ones are rich by the pupil and large ones poor, as in a real county. Costs are
invented too, in thousands of yuan. Beside ours stand

- the units' own rules alone, as a linear programme without coefficients: what no solution can cost less than;
- two rules of thumb: give every unit all its thresholds, or the cheapest six and the floor of the seventh; then,
  while a coefficient is above its limit, raise every unit below the mean to the mean;
- the same search with one tangent for each coefficient instead of one for each unit: its bound after so many rounds.

Seconds are for orientation.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from xietong.quant.allocation.additions import Additions, Standard, Terms, Units, cheapest, passes, shortfall
from xietong.quant.allocation.additions.county import Floats
from xietong.quant.allocation.additions.programme import Point, Programme
from xietong.quant.allocation.additions.tangents import Rows
from xietong.quant.allocation.additions.task import task_of

# L1 to L7 of primary and middle stages: teachers above qualification, backbone, sports and arts, teaching area,
# sports area, equipment, multimedia rooms.
STANDARD = Standard(
    scale=np.array([100, 100, 100, 1, 1, 1, 100.0]),
    thresholds=np.array([[4.2, 1, 0.9, 4.5, 7.5, 2000, 2.3], [5.3, 1, 0.9, 5.8, 10.2, 2500, 2.4]]),
    limits=np.array([0.50, 0.45]),
    floor=0.85,
    min_met=6,
)
COST = np.array([100, 30, 100, 3, 0.5, 0.001, 40])
INTEGER = np.array([True, True, True, False, False, False, True])
LEVEL = np.array([1.35, 1.3, 1.15, 1.35, 1.4, 1.2, 1.25])
LEAN = np.array([0.9, 0.6, 0.6, 1, 1.1, 0.8, 1])
SPREAD = 0.6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schools", type=int, nargs="*", default=[80, 360])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--gap", type=float, default=0.005)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in ("numpy", "highspy")))
    for schools in args.schools:
        compare(schools, args.seed, args.runs, args.gap)


def compare(schools: int, seed: int, runs: int, gap: float) -> None:
    units, terms = county(schools, seed)
    cv = passes(units, STANDARD).cv
    print(f"\n{schools} schools, {len(units.pupils)} units, coefficients {cv.min():.2f}–{cv.max():.2f}")
    timed(units, terms, runs, gap)  # the first imports HiGHS
    seconds, answer = timed(units, terms, runs, gap)
    show_rounds(answer)
    print("\n| way | cost | ÷ ours | s |\n|---|--:|--:|--:|")
    row("ours", answer.cost, answer, seconds)
    row("ours: proved bound", answer.bound, answer)
    row("units' own rules, linear, no coefficients", answer.rounds[0].bound, answer)
    for name, start in (("every threshold", every(units)), ("cheapest six", six(units, terms))):
        row(f"{name}, then to the mean", cost(terms, to_the_mean(units, start)), answer)
    for rounds in (len(answer.rounds), 100):
        begun = time.perf_counter()
        bound = one_tangent_each(units, terms, rounds)
        row(f"one tangent a coefficient: bound after {rounds} rounds", bound, answer, time.perf_counter() - begun)
    capped = replace(terms, caps=np.where(INTEGER, np.floor(0.9 * answer.additions.sum(axis=0)), np.inf))
    seconds, refused = timed(units, capped, runs, gap)
    named = ", ".join(f"L{one.index[0] + 1} {one.allowed:.0f} → {one.needed:.0f}" for one in refused.blocked)
    print(f"\ncapped at nine tenths of those teachers and rooms: {refused.status.value} in {seconds:.2f} s: {named}")


def county(schools: int, seed: int) -> tuple[Units, Terms]:
    """Half primary schools, three eighths with both stages, the rest middle schools."""
    random = np.random.default_rng(seed)
    both = schools * 3 // 8
    primary = schools // 2 + both
    middle = schools - schools // 2
    group = np.repeat([0, 1], [primary, middle])
    pupils = np.exp(random.normal(np.where(group == 0, 5.6, 6.2), 0.9)).round().clip(50, 2400)
    small = (300 / pupils)[:, None] ** (0.35 * LEAN)
    ratios = STANDARD.thresholds[group] * LEVEL * small * np.exp(random.normal(0, SPREAD, (len(group), 7)))
    totals = ratios * pupils[:, None] / STANDARD.scale
    totals = np.where(INTEGER, totals.round(), totals)
    units = Units(totals, pupils, group, np.ones(len(group), bool))
    cost = COST * np.exp(random.normal(0, 0.05, totals.shape))
    return units, Terms(cost, np.full(totals.shape, np.inf), INTEGER, np.full(7, np.inf))


def timed(units: Units, terms: Terms, runs: int, gap: float) -> tuple[float, Additions]:
    """Median seconds, and the answer, which is the same every time."""
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        answer = cheapest(units, STANDARD, terms, gap=gap)
        seconds.append(time.perf_counter() - begun)
    if np.isfinite(answer.cost) and not passes(units, STANDARD, answer.additions).passed:
        raise SystemExit("what was found does not pass")
    return statistics.median(seconds), answer


def show_rounds(answer: Additions) -> None:
    print(f"{answer.status.value}, gap {answer.gap:.2%}")
    print("\n| round | cuts | bound | best | over a limit |\n|--:|--:|--:|--:|--:|")
    for number, one in enumerate(answer.rounds, 1):
        print(f"| {number} | {one.cuts:,} | {one.bound:,.0f} | {one.best:,.0f} | {one.violation:.2%} |")


def row(name: str, value: float, answer: Additions, seconds: float | None = None) -> None:
    print(f"| {name} | {value:,.0f} | {value / answer.cost:.3f} | {'' if seconds is None else f'{seconds:.2f}'} |")


def cost(terms: Terms, additions: Floats) -> float:
    return float((terms.cost * additions).sum())


# The rules of thumb


def every(units: Units) -> Floats:
    """All thresholds of every unit."""
    short = shortfall(units, STANDARD)
    return np.where(INTEGER, short.whole_threshold, short.threshold)


def six(units: Units, terms: Terms) -> Floats:
    """All thresholds but the dearest, of which the floor."""
    short = shortfall(units, STANDARD)
    floor, full = np.where(INTEGER, short.whole_floor, short.floor), every(units)
    is_dearest = np.arange(7) == (terms.cost * (full - floor)).argmax(axis=1)[:, None]
    return np.where(is_dearest, floor, full)


def to_the_mean(units: Units, additions: Floats) -> Floats:
    """Raises whoever is below the mean to it, as often as a coefficient is above its limit."""
    additions = additions.copy()
    while not (keeps := passes(units, STANDARD, additions).groups).all():
        for g, k in np.argwhere(~keeps):
            here = units.group == g
            totals = units.totals[here, k] + additions[here, k]
            wanted = np.maximum(totals.sum() / units.pupils[here].sum() * units.pupils[here] - totals, 0)
            additions[here, k] += np.ceil(wanted) if INTEGER[k] else wanted
    return additions


class Plain(Programme):
    """The same programme with one tangent for each coefficient."""

    def add_tangents(self, rows: Rows, c: int, point: Point) -> None:
        self.add_closing(rows, c, point)


def one_tangent_each(units: Units, terms: Terms, rounds: int) -> float:
    programme = Plain(task_of(units, STANDARD, terms), seconds=600)
    bound = -np.inf
    for _ in range(rounds):
        outcome = programme.solve()
        bound = max(bound, outcome.bound)
        if outcome.point is None or not programme.cut(outcome.point):
            break
    return bound


if __name__ == "__main__":
    main()
