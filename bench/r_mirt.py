"""mirt for R as one of the engines of `bench/irt.py`: a process of R that holds the answers and estimates when told.

61 nodes, two threads, its usual tolerance, no standard errors. Only the clock tells what it takes: the processors'
time of another process is not counted.
"""

import csv
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bench.exams import Exam, Parameters

KINDS = {"2pl": "2PL", "3pl": "3PL", "grm": "graded", "gpcm": "gpcm"}
SCRIPT = """
given <- commandArgs(TRUE)
suppressPackageStartupMessages(library(mirt))
mirtCluster(omp_threads = 2)
answers <- read.csv(given[1])
told <- file("stdin", "r")
cat("ready\\n")
while (length(readLines(told, 1))) {
  found <- mirt(answers, 1, itemtype = given[2], quadpts = 61, SE = FALSE, verbose = FALSE,
                technical = list(NCYCLES = 5000))
  write.csv(coef(found, simplify = TRUE)$items, given[3])
  cat("done\\n")
}
"""


def version() -> str:
    """Of R and its mirt, or what of them is missing."""
    program = shutil.which("Rscript")
    if program is None:
        return "R missing, and with it its mirt"
    asked = 'cat(as.character(getRversion())); cat(" mirt", as.character(packageVersion("mirt")))'
    told = subprocess.run([program, "-e", asked], capture_output=True, text=True, check=False)
    return f"R {told.stdout}" if told.returncode == 0 else f"R {told.stdout}, mirt for R missing"


class Session:
    """R with the answers of an exam; ends with this process.

    Raises
        ImportError: R or its mirt is not there.
    """

    def __init__(self, exam: Exam) -> None:
        program = shutil.which("Rscript")
        if program is None:
            raise ImportError("R is not there", name="Rscript")
        self.folder = TemporaryDirectory()
        answers, self.found = (Path(self.folder.name, name) for name in ("answers.csv", "items.csv"))
        header = ",".join(f"I{item}" for item in range(exam.codes.shape[1]))
        np.savetxt(answers, exam.codes, fmt="%d", delimiter=",", header=header, comments="")
        self.process = subprocess.Popen(
            [program, "-e", SCRIPT, str(answers), KINDS[exam.model], str(self.found)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        if self.heard() != "ready":
            raise ImportError("R has no mirt", name="mirt for R")

    def heard(self) -> str:
        """The next word of ours among what the packages print."""
        assert self.process.stdout
        return next((line for line in map(str.strip, self.process.stdout) if line in {"ready", "done"}), "")

    def __call__(self) -> list[dict[str, str]]:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        if self.heard() != "done":
            raise RuntimeError("mirt for R gave up")
        with self.found.open(newline="") as file:
            return list(csv.DictReader(file))


def r_mirt(exam: Exam) -> Callable[[], Any]:
    return Session(exam)


def of_r_mirt(exam: Exam, found: list[dict[str, str]]) -> Parameters:
    steps = ["d"] if exam.model in {"2pl", "3pl"} else [f"d{step}" for step in range(1, int(exam.codes.max()) + 1)]
    slopes, lower, *by_step = (np.array([float(row.get(name, 0)) for row in found]) for name in ("a1", "g", *steps))
    return Parameters(slopes, np.column_stack(by_step), lower)
