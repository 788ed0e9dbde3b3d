"""The language of formulas over measures: read, checked with its units, evaluated down to the rows, explained.

    parsing ─ tokens ─ likely, words ─ nodes
    checking ─ planning ─ fitting ─ units
             ─ naming
    evaluating ─ run ─ outcomes
               ─ arithmetic, reducing
    explaining ─ writing

The standard library only, and no eval: a formula can do nothing but what is here.
"""

from xietong.areas.indicators.rules.formula.arithmetic import Reason
from xietong.areas.indicators.rules.formula.checking import check
from xietong.areas.indicators.rules.formula.errors import (
    AmbiguousNumber,
    BadCharacter,
    BadNumber,
    BadUnit,
    BrokenIndicator,
    ConditionExpected,
    Cycle,
    DividesByZero,
    FormulaError,
    NestedAggregate,
    NoStages,
    NotAdditive,
    NotByRow,
    NothingToCount,
    NumberExpected,
    StagesApart,
    TooDeep,
    TooLong,
    Unexpected,
    UnitMismatch,
    UnknownFunction,
    UnknownIndicator,
    UnknownMeasure,
    UnknownStage,
    WrongArguments,
)
from xietong.areas.indicators.rules.formula.evaluating import evaluate
from xietong.areas.indicators.rules.formula.explaining import explain
from xietong.areas.indicators.rules.formula.facts import Checked, Combine, Grain, IndicatorFacts, MeasureFacts
from xietong.areas.indicators.rules.formula.naming import Names, is_compared, looks_back, names, order
from xietong.areas.indicators.rules.formula.nodes import Expression, Function, Stage
from xietong.areas.indicators.rules.formula.outcomes import (
    Data,
    Input,
    Missing,
    Outcome,
    Tally,
    Undefined,
    UnitKey,
    Value,
)
from xietong.areas.indicators.rules.formula.parsing import parse
from xietong.areas.indicators.rules.formula.units import Unit
from xietong.areas.indicators.rules.formula.writing import Piece, PieceKind, written
