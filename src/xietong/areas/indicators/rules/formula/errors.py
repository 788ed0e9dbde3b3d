"""What can be wrong with a formula: a code, where in the text it is, and the values that its sentence needs.

The text of ``start:end`` is what has to be changed. Sentences are for the caller, who knows the reader's language.
"""

from typing import Any


class FormulaError(Exception):
    """The text is no formula, or means nothing."""

    code = "formula"

    def __init__(self, start: int = 0, end: int = 0, **values: Any) -> None:
        super().__init__(self.code, start, end, values)
        self.start, self.end, self.values = start, end, values


class TooLong(FormulaError):
    """The text has more than ``most`` characters."""

    code = "too_long"


class TooDeep(FormulaError):
    """More than ``most`` brackets or levels in each other, those of the indicators referred to among them."""

    code = "too_deep"


class BadCharacter(FormulaError):
    """No formula holds this ``character``."""

    code = "bad_character"


class BadNumber(FormulaError):
    """A number has more than ``most`` digits."""

    code = "bad_number"


class Unexpected(FormulaError):
    """``found`` (empty at the end) stands where something ``expected`` should."""

    code = "unexpected"


class UnknownFunction(FormulaError):
    """No function has this ``name``; ``likely`` ones are like it."""

    code = "unknown_function"


class WrongArguments(FormulaError):
    """The ``function`` takes ``least`` to ``most`` (None: any number of) arguments, and got ``given``."""

    code = "wrong_arguments"


class NumberExpected(FormulaError):
    """A condition stands where a number should."""

    code = "number_expected"


class ConditionExpected(FormulaError):
    """A number stands where a condition should."""

    code = "condition_expected"


class UnknownStage(FormulaError):
    """No stage has this ``name``; ``likely`` ones are like it."""

    code = "unknown_stage"


class UnknownMeasure(FormulaError):
    """No measure has this ``name``; ``likely`` ones are like it or bear it in Chinese."""

    code = "unknown_measure"


class UnknownIndicator(FormulaError):
    """No indicator has this ``name`` as its code; ``likely`` ones are like it."""

    code = "unknown_indicator"


class BadUnit(FormulaError):
    """This is no ``unit``. It stands in the definition of the measure or indicator, not in the formula."""

    code = "bad_unit"


class UnitMismatch(FormulaError):
    """What is counted in ``found`` stands where ``wanted`` should."""

    code = "unit_mismatch"


class AmbiguousNumber(FormulaError):
    """A bare number beside a share counted in ``unit`` could be read two ways: 85 or 85 %."""

    code = "ambiguous_number"


class DividesByZero(FormulaError):
    """The denominator is always zero."""

    code = "divides_by_zero"


class NestedAggregate(FormulaError):
    """The aggregate ``function`` stands inside another."""

    code = "nested_aggregate"


class NothingToCount(FormulaError):
    """The aggregate ``function`` holds no measure whose rows it could go through."""

    code = "nothing_to_count"


class StagesApart(FormulaError):
    """Inside the aggregate ``function`` no stage is left that all its measures are taken of."""

    code = "stages_apart"


class NotByRow(FormulaError):
    """What has this ``name`` has no value for a single school, and stands inside an aggregate."""

    code = "not_by_row"


class NotAdditive(FormulaError):
    """The rows of the measure ``name`` do not add up; it may stand inside aggregates only."""

    code = "not_additive"


class NoStages(FormulaError):
    """The measure ``name`` is of the whole county and not by stage."""

    code = "no_stages"


class Cycle(FormulaError):
    """Indicators need each other: each of ``codes`` the next, the first again at the end."""

    code = "cycle"


class BrokenIndicator(FormulaError):
    """``indicator`` has a formula that does not hold here; ``why`` is its own error, with places in its own text."""

    code = "broken_indicator"
