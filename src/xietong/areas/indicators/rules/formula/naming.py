"""Which measures and indicators a formula names, and in which order formulas have to be worked out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from xietong.areas.indicators.rules.formula.errors import Cycle
from xietong.areas.indicators.rules.formula.nodes import (
    AGGREGATES,
    SHIFTS,
    Call,
    Composite,
    Expression,
    Function,
    Indicator,
    Measure,
    Stage,
    walk,
)


@dataclass(frozen=True, slots=True)
class Names:
    """Each once, in the order of the text."""

    measures: tuple[str, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A measure at a period, which is empty where there is none such."""

    measure: str
    stages: tuple[Stage, ...]
    period: str


def names(expression: Expression) -> Names:
    """What a formula names itself, not what the indicators in it do."""
    found = list(walk(expression))
    return Names(
        tuple(dict.fromkeys(node.name for node in found if isinstance(node, Measure))),
        tuple(dict.fromkeys(node.code for node in found if isinstance(node, Indicator))),
    )


def looks_back(expression: Expression) -> int:
    """At most so many periods back a formula looks itself."""
    return sum(isinstance(node, Call) and node.function is Function.PREVIOUS for node in walk(expression))


def is_compared(expression: Expression) -> bool:
    """Whether a formula itself looks at another period."""
    return any(isinstance(node, Call) and node.function in SHIFTS for node in walk(expression))


def order(formulas: Mapping[str, Expression]) -> tuple[str, ...]:
    """The codes of formulas, each behind those that it refers to. Raises Cycle."""
    needs = {code: names(formula).indicators for code, formula in formulas.items()}
    try:
        return tuple(code for code in TopologicalSorter(needs).static_order() if code in formulas)
    except CycleError as error:
        # There each is needed by the next.
        raise Cycle(codes=tuple(reversed(error.args[1]))) from None


def uses(
    parts: Iterable[Expression],
    period: str,
    plans: Mapping[str, Expression],
    shifted: Callable[[Function, str], str],
) -> tuple[Use, ...]:
    """Every measure that parts of a formula need outside aggregates, each once.

    ``plans`` are those of the indicators that are gone into; ``shifted`` gives the period to which a function leads
    from another.
    """
    found: dict[Use, None] = {}
    seen: set[tuple[str, str]] = set()
    pending = [(part, period) for part in reversed([*parts])]
    while pending:
        part, at = pending.pop()
        if isinstance(part, Measure):
            found[Use(part.name, part.stages, at)] = None
        elif isinstance(part, Indicator) and part.code in plans and (part.code, at) not in seen:
            seen.add((part.code, at))
            pending.append((plans[part.code], at))
        elif isinstance(part, Composite) and not (isinstance(part, Call) and part.function in AGGREGATES):
            inner = shifted(part.function, at) if isinstance(part, Call) and part.function in SHIFTS else at
            pending.extend((below, inner) for below in reversed(part.parts))
    return tuple(found)
