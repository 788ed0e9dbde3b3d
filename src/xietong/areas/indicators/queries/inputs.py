"""What a value was counted from: measures, school by school, down to the rows of the register."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xietong.areas.indicators.models import Indicator, Reading
from xietong.areas.indicators.queries.dictionary import county_indicators, period_asked, period_now
from xietong.areas.indicators.queries.figures import measures_of
from xietong.areas.orgs.models import Organisation, Stage
from xietong.kit.measures.declare import Measure, Origin, measures, publication_of
from xietong.kit.measures.values import values

FEWEST = 10
"""A number of children of a private group below this is not shown, not even for the whole county."""


@dataclass(frozen=True, slots=True)
class Input:
    """One measure that went into a value, as the value keeps it."""

    name: str
    label: str
    unit: str
    period: int
    stages: str
    total: float | None
    rows: int
    is_private: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What one school and stage brought to a measure."""

    school: Organisation
    stage: str
    stage_name: str
    value: float


@dataclass(frozen=True, slots=True)
class InputPage:
    """A measure school by school, or (with `origins`) the rows behind it at one school."""

    indicator: Indicator
    measure: Measure
    period: int
    school: Organisation | None
    parts: tuple[Part, ...]
    origins: tuple[Origin, ...]

    @property
    def label(self) -> str:
        return f"{self.school} {self.measure.label}" if self.school else str(self.measure.label)

    @property
    def total(self) -> float:
        return sum(one.value for one in self.parts)


def inputs_of(reading: Reading | None) -> list[Input]:
    """The measures that a kept value says went into it."""
    known = {one.name: one for one in measures()}
    return [
        Input(
            name, str(known[name].label), known[name].unit, int(period),
            _("、").join(str(Stage(stage).label) for stage in stages), shown_total(known[name], total, rows), rows,
            known[name].is_private,
        )
        for name, period, stages, total, rows in (reading.inputs if reading else [])
        if name in known
    ]  # fmt: skip


def shown_total(measure: Measure, total: float | None, rows: int) -> float | None:
    """None where it would tell of a few children, or of one school."""
    is_told = not measure.is_private or total is None or (rows > 1 and total >= FEWEST)
    return total if is_told else None


def input_page(
    row: Indicator, *, measure: str, period: str, school: str, stage: str, today: date
) -> InputPage | None:
    """Of the first measure and the latest period unless asked; None for what the indicator does not stand on, or what
    is not told for a single school."""
    needs = measures_of(county_indicators(row.county_id)).get(row.code, frozenset())
    found = next((one for one in measures() if one.name in needs and measure in {"", one.name}), None)
    if found is None or found.is_private:
        return None
    measure = found.name
    at = period_asked(period) or period_now(row.county_id, row.grain, today)
    held = values(row.county_id, [measure], [at]).rows(measure, at)
    chosen = {key: value for key, value in held.items() if not school or str(key[0]) == school}
    schools = Organisation.objects.in_bulk({key[0] for key in chosen})
    parts = [
        Part(schools[unit], one, stage_name(one), value) for (unit, one), value in chosen.items() if unit in schools
    ]
    parts.sort(key=lambda one: (one.school.order, one.school.pk, one.stage))
    where = next((one.school for one in parts), None) if school else None
    origins = tuple(publication_of(measure).origins(measure, row.county_id, at, where.pk, stage)) if where else ()
    return InputPage(row, found, at, where, tuple(parts), origins)


def stage_name(stage: str) -> str:
    return str(Stage(stage).label) if stage else ""
