"""The registry: an area publishes its measures under names that higher areas read, and need not know the area."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Grain(StrEnum):
    """What one value is about. A school year is named by its first year (2025), a month by 202511."""

    SCHOOL_YEAR = "school_year"
    COUNTY_MONTH = "county_month"


class Combine(StrEnum):
    """How the values of several schools make one of the county."""

    SUM = "sum"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Measure:
    """A fact by its name. `unit` is a word of the field (人, 平方米, 元); without `stages` every stage has it.

    `is_private` says that no page shows it for a single school.
    """

    name: str
    label: Any
    unit: str
    combine: Combine = Combine.SUM
    stages: tuple[str, ...] = ()
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The value of a measure for one unit and stage."""

    measure: str
    unit_id: int
    stage: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Origin:
    """A row that a value was counted from: what it is, how much it brings, where it comes from, where it is shown."""

    label: str
    value: str
    source: str
    as_of: date | None
    url: str = ""


Rows = Callable[[int, int], Iterable[Row]]
Origins = Callable[[str, int, int, int, str], Iterable[Origin]]


@dataclass(frozen=True, slots=True)
class Publication:
    """What one area publishes of one grain.

    `rows(county_id, period)` counts every measure of a county anew; its queries do not grow with the schools.
    `origins(measure, county_id, period, unit_id, stage)` lists what one value was counted from.
    """

    area: str
    grain: Grain
    measures: tuple[Measure, ...]
    rows: Rows
    origins: Origins


PUBLICATIONS: list[Publication] = []


def publish(publication: Publication) -> None:
    """This function will let everybody read the measures; called from the `apps.py` of their area.

    Raises
        ValueError: another area publishes a measure of that name.
    """
    if publication in PUBLICATIONS:
        return
    taken = {one.name for one in measures()}
    twice = sorted(taken & {one.name for one in publication.measures})
    if twice:
        msg = f"measures published twice: {', '.join(twice)}"
        raise ValueError(msg)
    PUBLICATIONS.append(publication)


def measures() -> list[Measure]:
    """Every measure that is published, the lower areas' first."""
    return [measure for publication in PUBLICATIONS for measure in publication.measures]


def publication_of(name: str) -> Publication:
    """Who publishes a measure.

    Raises
        KeyError: nobody does.
    """
    for publication in PUBLICATIONS:
        if any(one.name == name for one in publication.measures):
            return publication
    raise KeyError(name)
