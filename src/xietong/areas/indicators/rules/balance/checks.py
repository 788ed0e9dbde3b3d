"""One thing that is asked for: a figure of the county, a figure of each school or class, or what a person found."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from xietong.areas.indicators.rules.balance.figures import (
    HUNDRED,
    Comparator,
    Number,
    State,
    excess,
    holds,
    is_borderline,
    quotient,
    rounded,
)


class Excuse(StrEnum):
    """Relaxations that one public program has; whether the whole country does is not known."""

    BUILT_EARLIER = "built_earlier"
    MANY_MIGRANTS = "many_migrants"
    SMALL_CLASSES = "small_classes"


@dataclass(frozen=True, slots=True)
class Case:
    """A school, a class or a subject that something is asked of; `excuse` is a relaxation that it falls under."""

    where: str
    value: Fraction | None
    limit: Fraction
    detail: str = ""
    excuse: Excuse | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person says of a requirement that nothing can be reckoned for, and the papers that show it."""

    is_met: bool
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome. Of many cases value and threshold are those of the one that is farthest off."""

    code: str
    state: State
    comparator: Comparator | None = None
    threshold: Fraction | None = None
    value: Fraction | None = None
    shown: Decimal | None = None
    is_borderline: bool = False
    offenders: tuple[Case, ...] = ()
    excused: tuple[Case, ...] = ()
    missing: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


def measured(
    code: str,
    value: Number | None,
    comparator: Comparator,
    limit: Fraction,
    *,
    places: int,
    missing: tuple[str, ...] = (),
) -> Check:
    """A figure of the county. While a school is missing the value is of the others, and nothing is judged."""
    if value is None:
        return Check(code, State.NOT_REPORTED, comparator, limit, missing=missing)
    exact = Fraction(value)
    met = State.MET if holds(exact, comparator, limit) else State.NOT_MET
    return Check(
        code,
        State.NOT_REPORTED if missing else met,
        comparator,
        limit,
        exact,
        rounded(exact, places),
        is_borderline(exact, comparator, limit, places),
        missing=missing,
    )


def share(
    code: str,
    part: Number | None,
    whole: Number | None,
    limit: Fraction,
    *,
    places: int,
    may_be_empty: bool = False,
    missing: tuple[str, ...] = (),
) -> Check:
    """At least so many percent. A whole of 0 is an answer only for a group that a county may lack altogether."""
    if may_be_empty and not missing and part == whole == 0:
        return Check(code, State.EMPTY, Comparator.AT_LEAST, limit)
    value = quotient(part, whole, per=HUNDRED)
    return measured(code, value, Comparator.AT_LEAST, limit, places=places, missing=missing)


def everywhere(
    code: str, cases: Iterable[Case], comparator: Comparator, *, places: int = 0, is_relaxed: bool = False
) -> Check:
    """Each single case must keep to its limit; one that does not outweighs those that are missing."""
    judged: list[tuple[Case, Fraction]] = []
    excused, missing = [], []
    for one in cases:
        if one.value is None:
            missing.append(one.where)
        elif is_relaxed and one.excuse and not holds(one.value, comparator, one.limit):
            excused.append(one)
        else:
            judged.append((one, one.value))
    offenders = tuple(one for one, value in judged if not holds(value, comparator, one.limit))
    state = State.MET if judged or excused else State.EMPTY
    check = Check(
        code,
        State.NOT_MET if offenders else State.NOT_REPORTED if missing else state,
        comparator,
        is_borderline=any(is_borderline(value, comparator, one.limit, places) for one, value in judged),
        offenders=offenders,
        excused=tuple(excused),
        missing=tuple(dict.fromkeys(missing)),
    )
    if not judged:
        return check
    worst, value = max(judged, key=lambda pair: excess(pair[1], comparator, pair[0].limit))
    return replace(check, threshold=worst.limit, value=value, shown=rounded(value, places))


def found(code: str, finding: Finding | None) -> Check:
    """What a person found; that something is met is nothing without evidence."""
    if finding is None or (finding.is_met and not finding.evidence):
        return Check(code, State.NOT_REPORTED)
    return Check(code, State.MET if finding.is_met else State.NOT_MET, evidence=finding.evidence)
