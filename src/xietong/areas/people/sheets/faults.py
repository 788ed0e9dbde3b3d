"""What is wrong with a row of the staff export beside the roster and the schools of the register."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xietong.areas.orgs import queries as orgs
from xietong.areas.people import queries
from xietong.areas.people.sheets.columns import SIDES
from xietong.areas.people.sheets.roster import wrong_person
from xietong.kit.marking import gettext_noop
from xietong.kit.sheets import Problem
from xietong.kit.sheets.planning import Deed, Planned, Values
from xietong.kit.sheets.taking import SAME_ROW

NOT_IN_ROSTER = gettext_noop("第%(row)s行：“%(name)s”不在人员名册里；请先在“人员”用“Excel 导入”导入同一份文件。")
CONFIRMED = gettext_noop("第%(row)s行：%(school)s的校长已经确认本学年资料，不能改动；要改，请先撤回确认。")
NO_SUBJECT = gettext_noop("第%(row)s行：专任教师请填主要任教学科。")
NO_STAGE = gettext_noop("第%(row)s行：%(school)s有几个学段，请填任教学段。")
OTHER_STAGE = gettext_noop("第%(row)s行：%(school)s没有这个学段。")
NO_MAIN = gettext_noop("第%(row)s行：填了兼教或走教，请先填主要任教学科。")
SAME_SUBJECT = gettext_noop("第%(row)s行：兼教学科与主要任教学科或另一兼教学科相同，请合并。")
PERIODS_ALONE = gettext_noop("第%(row)s行：填了课时，没有填对应的学科或走教学校。")
OWN_SCHOOL = gettext_noop("第%(row)s行：走教学校就是所在学校；走教填另外的学校。")

Fault = tuple[str, str, str]
"""The column to be put right, the sentence, and the school if it is another than the row's own."""


@dataclass(frozen=True, slots=True)
class Schools:
    """The records of a register by school, with the stages that each school has."""

    records: Mapping[str, Any]

    @classmethod
    def of(cls, register: Any) -> "Schools":
        return cls({str(pk): row for pk, row in orgs.records_by_school(register).items()})

    @classmethod
    def named(cls, register: Any, row: Values) -> "Schools":
        """Those alone that a row names, for each row is written by itself."""
        keys = [int(pk) for pk in (row["organisation"], *visited(row))]
        return cls({str(pk): record for pk, record in queries.records_of(register, keys).items()})

    def words(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for pk, row in self.records.items():
            for word in (str(row.school), row.school.name, *row.school.aliases):
                found.setdefault(word, pk)
        return found

    def stage(self, school: str, asked: str) -> str:
        """The stage asked for, or the only one that the school has; empty where that is not clear."""
        stages = orgs.stages_of(self.records[school])
        if asked in stages:
            return asked
        return stages[0] if len(stages) == 1 else ""

    def name(self, school: str) -> str:
        return str(self.records[school].school)


def not_found(row: Mapping[str, Any], people: Sequence[Any]) -> Iterator[Problem]:
    if not people:
        yield Problem(row[""], "name", "", row["name"], NOT_IN_ROSTER, {"row": str(row[""]), "name": row["name"]})
    yield from wrong_person(row, people)


def same_people(people: Mapping[int, int]) -> Iterator[Problem]:
    """Rows about one person, of whom the register has nothing yet."""
    firsts: dict[int, int] = {}
    for row, pk in people.items():
        other = firsts.setdefault(pk, row)
        if other != row:
            yield Problem(row, "name", "", str(other), SAME_ROW, {"row": str(row), "other": str(other)})


def wrong_with(one: Planned, schools: Schools) -> Iterator[Problem]:
    """What in a row does not go together, at the column to be put right."""
    stage = schools.stage(one.after["organisation"], one.after["stage"])
    for column, sentence, school in (
        *wrong_stage(one.after, stage),
        *wrong_subjects(one.after, stage),
        *wrong_visits(one.after, stage, schools),
    ):
        told = {"row": str(one.row), "school": schools.name(school or one.after["organisation"])}
        yield Problem(one.row, column, "", one.after["name"], sentence, told)


def wrong_stage(row: Values, stage: str) -> Iterator[Fault]:
    if row["stage"] and stage != row["stage"]:
        yield "stage", OTHER_STAGE, ""
    elif row["subject"] and not stage:
        yield "stage", NO_STAGE, ""


def wrong_subjects(row: Values, stage: str) -> Iterator[Fault]:
    if not row["subject"] and row["is_teacher"] == "yes" and stage != "kindergarten":
        yield "subject", NO_SUBJECT, ""
    elif not row["subject"] and (row["second"] or row["third"] or row["visits"]):
        yield "subject", NO_MAIN, ""
    taught = [row[name] for name in ("subject", "second", "third") if row[name]]
    if len(taught) != len(set(taught)):
        yield "second", SAME_SUBJECT, ""
    for subject, periods in (("subject", "periods"), *SIDES, ("visits", "visit_periods")):
        if row[periods] and not row[subject]:
            yield periods, PERIODS_ALONE, ""


def wrong_visits(row: Values, stage: str, schools: Schools) -> Iterator[Fault]:
    for school in visited(row):
        if school == row["organisation"]:
            yield "visits", OWN_SCHOOL, ""
        elif not schools.stage(school, stage):
            yield "visits", OTHER_STAGE, school


def confirmed(one: Planned, schools: Schools) -> Iterator[Problem]:
    """Of a row that changes something: the schools that it is about, now and before, whose heads have confirmed."""
    if one.deed is Deed.SAME:
        return
    before = [one.known.values] if one.known else []
    about = [school for values in (one.after, *before) for school in (values["organisation"], *visited(values))]
    for school in dict.fromkeys(about):
        if schools.records[school].confirmed_at:
            told = {"row": str(one.row), "school": schools.name(school)}
            yield Problem(one.row, "organisation", "", one.after["name"], CONFIRMED, told)


def visited(row: Values) -> list[str]:
    return [school for school in row["visits"].split("\n") if school]
