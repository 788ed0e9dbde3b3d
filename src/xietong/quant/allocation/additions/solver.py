"""HiGHS behind the few words that the programme needs: columns, rows, a run, an answer."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xietong.quant.allocation.additions.county import Floats
from xietong.quant.allocation.additions.tangents import Rows

TOLERANCE = 1e-9  # of linear programmes; what they give is still moved inside before it is judged
# Its own heuristics in whole numbers take most of the time and find what the rounding here has found before.
UNUSED = ("rins", "rens", "root_reduced_cost")


class End(Enum):
    """How a run ended."""

    OPTIMAL = 1
    INFEASIBLE = 2
    STOPPED = 3


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a run gave: a valid lower bound, and the values of the columns if there are any."""

    end: End
    bound: float
    values: Floats | None


class Solver:
    """One model that keeps its basis from run to run. One thread and one seed: the same question, the same answer."""

    def __init__(self) -> None:
        import highspy  # noqa: PLC0415

        self.highspy: Any = highspy
        self.model = self.highspy.Highs()
        self.is_whole = False
        self.set(output_flag=False, threads=1, random_seed=0)
        self.set(primal_feasibility_tolerance=TOLERANCE, mip_abs_gap=0.0)
        self.set(**{f"mip_heuristic_run_{name}": False for name in UNUSED})

    def set(self, **options: float) -> None:
        for name, value in options.items():
            self.model.setOptionValue(name, value)

    def copy(self) -> "Solver":
        """A second solver with the same model."""
        other = Solver()
        other.model.passModel(self.model.getLp())
        return other

    @property
    def seconds(self) -> float:
        """What all runs took together."""
        return float(self.model.getRunTime())

    def add_columns(self, lower: Floats, upper: Floats) -> None:
        self.model.addVars(len(lower), lower, upper)

    def add_rows(self, rows: Rows) -> None:
        if not len(rows):
            return
        lengths = np.concatenate([np.full(len(block), block.shape[1]) for block in rows.index])
        index = np.concatenate([block.ravel() for block in rows.index]).astype(np.int32)
        value = np.concatenate([block.ravel() for block in rows.value])
        lower, upper = np.concatenate(rows.lower), np.concatenate(rows.upper)
        starts = (np.cumsum(lengths) - lengths).astype(np.int32)
        self.model.addRows(len(lower), lower, upper, len(index), starts, index, value)

    def price(self, cost: Floats) -> None:
        """This function will set what is minimised."""
        self.model.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)

    def bound(self, columns: NDArray[np.intp], lower: Floats, upper: Floats) -> None:
        """This function will set between what columns may lie."""
        self.model.changeColsBounds(columns.size, columns.ravel().astype(np.int32), lower.ravel(), upper.ravel())

    def make_whole(self, columns: NDArray[np.intp]) -> None:
        """This function will let columns have whole values only."""
        kinds = np.full(columns.size, int(self.highspy.HighsVarType.kInteger), np.uint8)
        self.model.changeColsIntegrality(columns.size, columns.astype(np.int32), kinds)
        self.is_whole = True

    def start_from(self, values: Floats) -> None:
        """This function will hand over a solution that is known."""
        solution = self.highspy.HighsSolution()
        solution.col_value = values.tolist()
        self.model.setSolution(solution)

    def run(self, seconds: float) -> Answer:
        """This function will solve the model, at most so long."""
        self.set(time_limit=max(seconds, 0.0))
        self.model.run()
        info, end = self.model.getInfo(), self.end()
        if end is End.INFEASIBLE:
            return Answer(end, np.inf, None)
        if self.is_whole:
            has = np.isfinite(info.objective_function_value)
            return Answer(end, info.mip_dual_bound, self.values() if has else None)
        if end is End.STOPPED:
            return Answer(end, -np.inf, None)
        return Answer(end, info.objective_function_value, self.values())

    def end(self) -> End:
        states = self.highspy.HighsModelStatus
        ends = {
            states.kOptimal: End.OPTIMAL,
            states.kInfeasible: End.INFEASIBLE,
            states.kUnboundedOrInfeasible: End.INFEASIBLE,  # nothing costs less than nothing
        }
        return ends.get(self.model.getModelStatus(), End.STOPPED)

    def values(self) -> Floats:
        return np.array(self.model.getSolution().col_value)
