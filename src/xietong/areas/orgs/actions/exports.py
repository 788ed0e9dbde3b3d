"""Writes of what an export says of a school, through the journal of its import."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from xietong.areas.orgs.actions.records import touch
from xietong.areas.orgs.models import CareFigure, Figure, Room, SchoolClass, SchoolRecord, Source
from xietong.areas.orgs.rules.checks import Place
from xietong.kit.errors import Refused
from xietong.kit.sheets.journal import Journal
from xietong.kit.sheets.models import Import


def write_figures(
    journal: Journal, row: SchoolRecord, *, values: Mapping[Place, Decimal], source: str, as_of: date
) -> None:
    """This function will enter what an export says of a school; a figure that the county put right is left alone."""
    held = {(one.stage, one.grade, one.field): one for one in row.figures.all()}
    told: dict[str, Any] = {"source": source, "as_of": as_of}
    fresh = [
        Figure(county_id=row.county_id, record=row, stage=stage, grade=grade, field=code, value=value, **told)
        for (stage, grade, code), value in values.items()
        if (stage, grade, code) not in held
    ]
    journal.add_all(Figure, fresh)
    for place, figure in held.items():
        if place in values and figure.source != Source.COUNTY:
            journal.change(figure, value=values[place], **told)
    touch(row.pk)


def write_care(journal: Journal, row: SchoolRecord, *, stage: str, pupils: Mapping[str, int], as_of: date) -> None:
    """This function will enter how many children of each group a stage of a school has."""
    held = {one.group: one for one in row.care.filter(stage=stage)}
    told: dict[str, Any] = {"source": Source.STATISTICS, "as_of": as_of}
    for group, number in pupils.items():
        if group in held:
            journal.change(held[group], pupils=number, **told)
        else:
            journal.add(
                CareFigure(county_id=row.county_id, record=row, stage=stage, group=group, pupils=number, **told)
            )
    touch(row.pk)


def write_class(
    journal: Journal, pk: int | None, row: SchoolRecord, *, pupils: int, as_of: date, **place: Any
) -> None:
    """This function will add or change a class as the pupil register has it."""
    told: dict[str, Any] = {"pupils": pupils, "source": Source.ENROLMENT, "as_of": as_of}
    if pk is None:
        journal.add(SchoolClass(county_id=row.county_id, record=row, **place, **told))
    else:
        journal.change(SchoolClass.objects.get(pk=pk, record=row), **told)
    touch(row.pk)


def write_room(
    journal: Journal, pk: int | None, row: SchoolRecord, *, area: Decimal, as_of: date, **place: Any
) -> None:
    """This function will add or change a room for music or art as the statistics have it."""
    told: dict[str, Any] = {"area": area, "source": Source.STATISTICS, "as_of": as_of}
    if pk is None:
        journal.add(Room(county_id=row.county_id, record=row, **place, **told))
    else:
        journal.change(Room.objects.get(pk=pk, record=row), **told)
    touch(row.pk)


def must_be_unconfirmed(made: Import) -> None:
    """This function will see that no head has put his name under what an import wrote, before it is undone.

    Raises
        Refused: somebody has; says whose confirmation must be withdrawn first.
    """
    written = [one.after or one.before or {} for one in made.entries.filter(undone=False)]
    keys = {int(row["record_id"]) for row in written}
    confirmed = SchoolRecord.objects.filter(pk__in=keys, confirmed_at__isnull=False).select_related("school").first()
    if confirmed:
        raise Refused(
            _("%(school)s的校长在导入后已经确认；要撤销导入，请先撤回它的确认。") % {"school": confirmed.school}
        )
    touch(*keys)
