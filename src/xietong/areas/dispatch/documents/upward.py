"""What the forms of higher bureaus are filled with, and the file that comes of it."""

from datetime import date

from xietong.areas.dispatch.documents.month import material_of_month
from xietong.areas.dispatch.documents.wording import figure, words
from xietong.areas.dispatch.models import Cycle, UpwardReport
from xietong.areas.dispatch.rules.snapshots import Figure
from xietong.areas.dispatch.rules.upward import texts_of
from xietong.kit.blanks import fill_form
from xietong.kit.pages.templatetags.pages import day
from xietong.kit.words import for_the_record

OF_A_MEETING = frozenset({"made", "present"})  # figures that no month has


def upward_figures(cycle: Cycle, today: date) -> tuple[Figure, ...]:
    """This function will count a month as its bulletin does, and add what a form asks about the month itself."""
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
    return (*material_of_month("bulletin", cycle, today).figures, *of_the_month)


def upward_names() -> dict[str, str]:
    """The figures that may stand in a form, each with its meaning."""
    kept = words()["figures"]
    return {one["name"]: one["meaning"] for key, one in kept.items() if key not in OF_A_MEETING}


def upward_file(row: UpwardReport) -> bytes:
    """This function will fill the form of that day with what was frozen: the same report, the same bytes."""
    return fill_form(bytes(row.template.content), texts_of(row.content))
