"""What the workbooks of a register need to know: which school a word means, and what its record holds."""

from collections import defaultdict
from collections.abc import Mapping

from xietong.areas.orgs.models import SCHOOLS, Organisation, RegisterYear, SchoolClass, SchoolRecord, Source
from xietong.areas.orgs.queries.register import stages_of
from xietong.areas.orgs.rules.exports import (
    CLOSED_SCHOOL,
    NEW_SCHOOL,
    SEVERAL_SCHOOLS,
    SchoolWords,
    class_number,
    spelled,
)

STATISTICS = Source.STATISTICS.value


def school_words(register: RegisterYear) -> SchoolWords:
    """What the schools of a register are called; of the county's other schools why they are not in it."""
    entered = set(register.records.values_list("school_id", flat=True))
    meant: dict[str, dict[int, Organisation]] = defaultdict(dict)
    for school in Organisation.objects.filter(county_id=register.county_id, kind__in=sorted(SCHOOLS)):
        for word in filter(None, (school.name, school.short_name, school.code, *school.aliases)):
            meant[spelled(word)][school.pk] = school
    known, refused = {}, {}
    for word, schools in meant.items():
        here = [pk for pk in schools if pk in entered]
        if len(here) == 1:
            known[word] = here[0]
        elif here:
            refused[word] = SEVERAL_SCHOOLS
        else:
            closed = all(one.closed_on and one.closed_on <= register.as_of for one in schools.values())
            refused[word] = CLOSED_SCHOOL if closed else NEW_SCHOOL
    return SchoolWords(known, refused)


def held_records(register: RegisterYear) -> list[SchoolRecord]:
    """The records of a register with all that hangs on them, in six queries."""
    rows = SchoolRecord.objects.filter(register=register).select_related("school")
    return list(rows.prefetch_related("figures", "classes", "rooms", "care").order_by("school__order", "school_id"))


def records_by_word(register: RegisterYear) -> Mapping[str, SchoolRecord]:
    """The same records by every word that means their school."""
    by_school = {row.school_id: row for row in held_records(register)}
    return {word: by_school[school] for word, school in school_words(register).known.items()}


def record_of_word(register: RegisterYear, word: str) -> SchoolRecord:
    """The record of the school that a word means, which is known to mean one of the register."""
    rows = SchoolRecord.objects.filter(register=register).select_related("school")
    found = list(rows.filter(school__name=word)) or list(rows.filter(school__short_name=word))
    if len(found) == 1:
        return found[0]
    return rows.get(school_id=school_words(register).known[spelled(word)])


def class_order(row: SchoolClass) -> tuple[int, int, int, str]:
    """Classes as people list them: by stage and grade, 2班 before 10班, and those with a name last."""
    stages = stages_of(row.record)
    place = stages.index(row.stage) if row.stage in stages else len(stages)
    return place, row.grade, class_number(row.name) or 1000, row.name
