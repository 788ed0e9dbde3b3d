"""What the forms of higher bureaus are filled with, and the file that comes of it."""

from datetime import date

from xietong.areas.dispatch import queries
from xietong.areas.dispatch.documents.month import material_of_month
from xietong.areas.dispatch.documents.wording import figure, words
from xietong.areas.dispatch.models import Cycle, UpwardReport
from xietong.areas.dispatch.rules.snapshots import Figure, Source
from xietong.areas.dispatch.rules.upward import SHARE, texts_of
from xietong.areas.indicators.models import Indicator
from xietong.areas.indicators.queries import Level
from xietong.kit.blanks import fill_form
from xietong.kit.pages.templatetags.pages import day
from xietong.kit.words import for_the_record

UNKNOWN = "—"
OF_A_MEETING = frozenset({"made", "present"})  # figures that no month has


def upward_figures(cycle: Cycle, today: date) -> tuple[Figure, ...]:
    """This function will count a month as its bulletin does, with what a form asks about the month and indicators."""
    with for_the_record():
        plain = {
            "month_label": cycle.label,
            "month_year": cycle.month.year,
            "month_number": cycle.month.month,
            "month_from": day(cycle.span_from),
            "month_to": day(cycle.span_to),
            "filled_on": day(today),
            "county_name": cycle.county.name,
        }
        of_the_month = tuple(figure(key, value) for key, value in plain.items())
        return (
            *material_of_month("bulletin", cycle, today).figures,
            *of_the_month,
            *(of_indicator(row, level) for row, level in queries.indicator_levels(cycle.county_id, names_kept())),
        )


def of_indicator(row: Indicator, level: Level | None) -> Figure:
    """An indicator by its name, with its last value that counts; a share bears its mark, as other shares do."""
    if level is None:
        return Figure(row.name, UNKNOWN, row.unit_word, row.definition)
    mark, unit = (SHARE, "") if row.unit == SHARE else ("", row.unit_word)
    value = f"{level.value}{mark}"
    source = Source("indicator", row.pk, f"{row.name}　{level.period_name}　{value}{unit}")
    return Figure(row.name, value, unit, row.definition, (source,))


def names_kept() -> dict[str, str]:
    """What a month tells of itself, by name, with its meaning."""
    kept = words()["figures"]
    return {one["name"]: one["meaning"] for key, one in kept.items() if key not in OF_A_MEETING}


def upward_names(county_id: int) -> dict[str, str]:
    """The figures that may stand in a form of a county, each with its meaning: of the month, then its indicators."""
    kept = names_kept()
    return kept | {row.name: row.definition for row in queries.indicators_by_name(county_id, kept)}


def upward_file(row: UpwardReport) -> bytes:
    """This function will fill the form of that day with what was frozen: the same report, the same bytes."""
    return fill_form(bytes(row.template.content), texts_of(row.content))
