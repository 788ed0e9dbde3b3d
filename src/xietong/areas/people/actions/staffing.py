"""A row of the staff register written: what somebody is in a school year, and what he teaches where."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xietong.areas.orgs.actions import touch
from xietong.areas.orgs.models import RegisterYear, Source
from xietong.areas.people.models import Person, StaffRecord, Teaching
from xietong.kit.sheets.journal import Journal


@dataclass(frozen=True, slots=True)
class Lesson:
    """A subject that somebody teaches at the school of a record, with its periods a week where they are known."""

    record_id: int
    stage: str
    subject: str
    periods: Decimal | None
    is_main: bool = False

    @property
    def place(self) -> tuple[int, str, str]:
        return self.record_id, self.stage, self.subject


def write_staff(
    journal: Journal, register: RegisterYear, person: Person, *, lessons: Iterable[Lesson], **fields: Any
) -> StaffRecord:
    """This function will enter what an export says of somebody in a school year, or correct it; his lessons become
    those given.

    Raises
        Refused: a field or constraint does not hold.
    """
    fields |= {"source": Source.STAFF, "as_of": register.as_of}
    row = StaffRecord.objects.filter(register=register, person=person).first()
    if row is None:
        row = journal.add(StaffRecord(county_id=register.county_id, register=register, person=person, **fields))
    else:
        journal.change(row, **fields)
    write_lessons(journal, row, {one.place: one for one in lessons})
    touch(row.record_id)
    return row


def write_lessons(journal: Journal, row: StaffRecord, wanted: dict[tuple[int, str, str], Lesson]) -> None:
    """Those that have gone make way first, for of the main ones there is one at any time."""
    held = {(one.record_id, one.stage, one.subject): one for one in row.teaching.all()}
    for place, one in held.items():
        if place not in wanted:
            journal.remove(one)
    for place, lesson in sorted(wanted.items(), key=lambda pair: pair[1].is_main):
        if place in held:
            journal.change(held[place], periods=lesson.periods, is_main=lesson.is_main)
        else:
            fresh = Teaching(county_id=row.county_id, staff=row, record_id=lesson.record_id, stage=lesson.stage)
            fresh.subject, fresh.periods, fresh.is_main = lesson.subject, lesson.periods, lesson.is_main
            journal.add(fresh)
