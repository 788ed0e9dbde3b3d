"""Whether tests catch faults that are planted in the core formulas of `xietong.quant`: `python tools/mutations.py`.

Each fault is one line of a copy of the sources, changed; the tests named beside it have to fail then. Not a part of
`make test`: it takes some minutes. Ends with 1 if a fault goes unseen, or stands no longer where it is planted.
"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Fault:
    """A file of `xietong.quant`, what stands there, what is put in its place, and tests that should see it."""

    file: str
    line: str
    changed: str
    tests: str


# ruff: noqa: E501
FAULTS = (
    Fault("irt/chances.py", "able = lower + (1 - lower) * right", "able = lower + right", "chances"),
    Fault("irt/chances.py", "rise = wrong if lower == 0 else (1 - lower) * wrong * right / able", "rise = wrong", "chances"),
    Fault("irt/chances.py", "down = reached[k + 1, q] / (reached[k, q] * gap)", "down = reached[k + 1, q] / gap", "chances"),
    Fault("irt/chances.py", "gap = -np.expm1(fall) if fall < 0 else np.nan", "gap = 1.0", "chances"),
    Fault("irt/chances.py", "(points[k] - mean / total) * nodes[q]", "(points[k] - mean) * nodes[q]", "chances"),
    Fault("irt/maximisation.py", "gradient[item, one] += counts[item, k, q] * slope", "gradient[item, one] += slope", "maximisation"),
    Fault("irt/maximisation.py", "step[worse] /= 2", "step[worse] *= 1", "maximisation"),
    Fault("irt/maximisation.py", "slope = above / below", "slope = 2 * above / below", "maximisation"),
    Fault("irt/maximisation.py", "variance = (populations[group] * (nodes - mean) ** 2)", "variance = (populations[group] * nodes**2)", "calibration"),
    Fault("irt/expectation.py", "share = weights[row] / total", "share = 1 / total", "expectation"),
    Fault("irt/expectation.py", "log += weights[row] * (scaled + np.log(total))", "log += weights[row] * np.log(total)", "expectation"),
    Fault("irt/acceleration.py", "found[place] += share * by_image[own, place]", "found[place] += by_image[own, place]", "acceleration"),
    Fault("irt/nodes.py", "FINEST = 1.25", "FINEST = 4.0", "nodes or traps"),
    Fault("irt/starting.py", "found.item_rest < 0", "found.item_rest < -2", "traps"),
    Fault("irt/errors.py", "found += scores.T @ (scores * rows.weights[:, None])", "found += scores.T @ scores", "errors"),
    Fault("irt/errors.py", "(2 * DIFFERENCE)", "DIFFERENCE", "errors"),
    Fault("irt/recursion.py", "before[..., :-points]", "scores[..., :-points]", "recursion"),
    Fault("irt/fit.py", "((seen - wanted) ** 2 / wanted)", "((seen - wanted) ** 2 / np.maximum(seen, 1))", "irt_fit"),
    Fault("irt/fit.py", "freedom += len(starts) - 1", "freedom += len(starts)", "irt_fit"),
    Fault("irt/fit.py", "free=np.zeros(len(own))", "free=None", "irt_fit"),
    Fault("irt/dependence.py", "residual = seen * (codes - expected)", "residual = seen * codes", "dependence"),
    Fault("irt/plausible.py", "width**2 / 12", "width**2 / 2", "plausible"),
    Fault("logarithms.py", "return room * (1 - items.lower[:, None]), guessed", "return room, guessed", "logarithms"),
    Fault("logarithms.py", "slope**2 * (distance**2 - spread)", "slope**2 * distance**2", "logarithms or ability"),
    Fault("classical/odds.py", "np.maximum(distance - 0.5, 0)", "distance", "odds or functioning"),
    Fault("classical/odds.py", "variance += (agree * against + differ * for_)", "variance += (agree * for_ + differ * against)", "odds"),
    Fault("classical/reliability.py", "np.round(1 - alpha, DIGITS)", "np.round(alpha, DIGITS)", "reliability"),
    Fault("classical/items.py", "ratio(reached - score, possible - marks.full[item])", "ratio(reached, possible)", "classical_items"),
    Fault("linking/moments.py", "other.std() / own.std()", "own.std() / other.std()", "linking_moments"),
    Fault("linking/moments.py", "stretch * _difficulties(source).mean()", "_difficulties(source).mean()", "linking_moments"),
    Fault("sampling/replication.py", "(size / (size - 1))[:, None]", "1.0", "replication"),
    Fault("sampling/replication.py", "times * full, (size - 1) / size", "times * full, np.ones(len(size))", "replication"),
    Fault("sampling/jackknife.py", "(1 + 1 / many)", "1.0", "replication or survey"),
    Fault("sampling/effects.py", "1 + (many - 1) * rho", "1 + many * rho", "effects"),
    Fault("sampling/multilevel.py", "within * ratio * (1 - reliability)", "within * ratio", "multilevel"),
    Fault("sampling/selection.py", "more = ~certain & (sizes * left >= sizes[~certain].sum())", "more = ~certain & (sizes * left >= 2 * sizes[~certain].sum())", "selection"),
)  # fmt: skip


def main() -> int:
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        verdicts = list(threads.map(judged, FAULTS))
    for fault, verdict in zip(FAULTS, verdicts, strict=True):
        print(f"{verdict:8} {fault.file}: {fault.line}  →  {fault.changed}")
    print(f"{verdicts.count('caught')} of {len(FAULTS)} faults were caught")
    return 0 if set(verdicts) == {"caught"} else 1


def judged(fault: Fault) -> str:
    """Whether the tests fail with the fault in a copy: "caught", "UNSEEN", or "MISSING" where it cannot be planted."""
    with TemporaryDirectory() as name:
        copy = Path(name)
        for part in ("src", "tests"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        path = copy / "src" / "xietong" / "quant" / fault.file
        source = path.read_text("utf-8")
        if fault.line not in source:
            return "MISSING"
        path.write_text(source.replace(fault.line, fault.changed, 1), "utf-8")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            "tests/quant",
            "-k",
            fault.tests,
        ]
        environment = {**os.environ, "PYTHONPATH": str(copy / "src"), "HYPOTHESIS_STORAGE_DIRECTORY": name}
        code = subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False).returncode
        return "caught" if code == 1 else "UNSEEN"


if __name__ == "__main__":
    sys.exit(main())
