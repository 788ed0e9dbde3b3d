"""The export of the staff system taken in: who is meant, what the register says of him, and what he teaches."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xietong.areas.orgs import actions as org_actions
from xietong.areas.orgs import queries as orgs
from xietong.areas.orgs.access import KEEP_REGISTER
from xietong.areas.orgs.rules.exports import OfYear
from xietong.areas.people import actions, queries
from xietong.areas.people.rules.subjects import words as subject_words
from xietong.areas.people.sheets.columns import LOOKED_UP, SHEET, SIDES
from xietong.areas.people.sheets.faults import (
    Schools,
    confirmed,
    not_found,
    same_people,
    visited,
    wrong_with,
)
from xietong.areas.people.sheets.roster import Roster, hashes_of, meant
from xietong.kit.accounts.actor import Actor
from xietong.kit.sheets import Checked, Sheet
from xietong.kit.sheets.books import Book, Matched
from xietong.kit.sheets.journal import Journal
from xietong.kit.sheets.models import Import
from xietong.kit.sheets.planning import Known, Planned, Values, plan

KEPT = ("qualification", "trained_subject", "title", "certificate_stage", "certificate_subject")
"""Columns that the register keeps as they are."""


class StaffBook(Book):
    """Those who are in the roster, by the same rules as there; each has one row in a school year."""

    key = SHEET.key
    permission = KEEP_REGISTER

    def owner(self, actor: Actor, pk: int | None) -> Any:
        return orgs.register_to_keep(actor, pk or 0)

    def sheet(self, actor: Actor, owner: Any, today: date) -> Sheet:
        schools, subjects = Schools.of(owner).words(), subject_words()
        options = {"organisation": schools, "visits": schools}
        sheet = SHEET.with_options(options | dict.fromkeys(("subject", "second", "third"), subjects))
        rules = {"year": OfYear(owner.year)}
        return replace(sheet, columns=tuple(replace(one, rule=rules.get(one.key, one.rule)) for one in sheet.columns))

    def matched(self, actor: Actor, owner: Any, checked: Checked, today: date) -> Matched:
        rows = [row for row in checked.rows() if row[""] not in checked.bad_rows]
        found = people_of(actor, rows)
        single: dict[int, Any] = {number: people[0] for number, people in found.items() if len(people) == 1}
        held = queries.staff_by_person(owner, [person.pk for person in single.values()])
        known = {
            row[""]: Known(held[person.pk].pk, values(held[person.pk], row))
            for row in rows
            if (person := single.get(row[""])) and person.pk in held
        }
        schools = Schools.of(owner)
        problems = [one for row in rows for one in not_found(row, found[row[""]])]
        problems += same_people({number: person.pk for number, person in single.items() if number not in known})
        for one in plan(checked, self.sheet(actor, owner, today), known):
            problems += wrong_with(one, schools)
            problems += confirmed(one, schools)
        return Matched(known, problems)

    def hold(self, owner: Any) -> None:
        org_actions.hold(owner)

    def write(self, journal: Journal, actor: Actor, owner: Any, one: Planned, *, now: datetime) -> None:
        row: dict[str, Any] = {**one.after, "": one.row}
        [[person]] = people_of(actor, [row]).values()
        schools = Schools.named(owner, one.after)
        actions.write_staff(
            journal,
            owner,
            person,
            lessons=lessons(one.after, schools),
            record_id=schools.records[row["organisation"]].pk,
            is_teacher=row["is_teacher"] == "yes",
            is_established=row["is_established"] == "yes",
            backbone=row["backbone"] or "none",
            **{name: row[name] for name in KEPT},
        )

    def before_undo(self, actor: Actor, owner: Any, made: Import) -> None:
        org_actions.must_be_unconfirmed(made)

    def settle(self, actor: Actor, owner: Any, *, now: datetime) -> None:
        org_actions.recount(actor, owner, now=now)


def people_of(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> dict[int, list[Any]]:
    """Those in the roster whom each row may mean, by row."""
    keeper = actions.Keeper.behind(actor)
    hashes = {row[""]: hashes_of(keeper, row) for row in rows}
    people = queries.roster(
        actor,
        hashes={one for found in hashes.values() for one in found},
        staff_numbers={row["staff_no"] for row in rows if row["staff_no"]},
        names={row["name"] for row in rows},
    )
    roster = Roster.of(people)
    return {row[""]: meant(roster, hashes[row[""]], row) for row in rows}


def lessons(row: Values, schools: Schools) -> list[actions.Lesson]:
    """What a row without faults says that somebody teaches: his main subject, others, and the main one elsewhere."""
    if not row["subject"]:
        return []
    own = schools.records[row["organisation"]].pk
    stage = schools.stage(row["organisation"], row["stage"])
    found = [actions.Lesson(own, stage, row["subject"], number(row["periods"]), is_main=True)]
    found += [actions.Lesson(own, stage, row[name], number(row[periods])) for name, periods in SIDES if row[name]]
    for school in visited(row):
        there = schools.records[school].pk
        found.append(
            actions.Lesson(there, schools.stage(school, stage), row["subject"], number(row["visit_periods"]))
        )
    return found


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def values(staff: Any, row: Mapping[str, str]) -> Values:
    """What the register says of somebody, as a row would say it."""
    main = queries.main_lesson(staff)
    beside = [one for one in staff.lessons if not one.is_main and one.record_id == staff.record_id]
    visits = [one for one in staff.lessons if one.record_id != staff.record_id]
    found = {
        "name": row["name"],
        **{name: row[name] for name in LOOKED_UP},
        "organisation": str(staff.record.school_id),
        "is_teacher": "yes" if staff.is_teacher else "no",
        "is_established": "yes" if staff.is_established else "no",
        "stage": main.stage if main else row["stage"],
        "subject": main.subject if main else "",
        "periods": written(main),
        "visits": "\n".join(sorted(str(one.record.school_id) for one in visits)),
        "visit_periods": written(visits[0] if visits else None),
        "backbone": "" if staff.backbone == "none" else staff.backbone,
        **{name: getattr(staff, name) for name in KEPT},
    }
    for (subject, periods), lesson in zip(SIDES, placed(beside, row), strict=True):
        found |= {subject: lesson.subject if lesson else "", periods: written(lesson)}
    return found


def placed(beside: Sequence[Any], row: Mapping[str, str]) -> list[Any]:
    """What somebody teaches beside his main subject, in the columns in which the row has it, else in free ones."""
    by_subject = {one.subject: one for one in beside}
    found = [by_subject.pop(row[subject], None) for subject, _periods in SIDES]
    rest = iter(by_subject.values())
    return [one or next(rest, None) for one in found]


def written(lesson: Any) -> str:
    return "" if lesson is None or lesson.periods is None else f"{lesson.periods:.1f}"
