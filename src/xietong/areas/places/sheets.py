"""Births by township and cohort as a workbook."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from xietong.areas.orgs import queries as orgs
from xietong.areas.places import access, actions, queries
from xietong.areas.places.rules.births import is_absurd
from xietong.kit.accounts.actor import Actor
from xietong.kit.marking import gettext_noop
from xietong.kit.sheets import Checked, Choice, Column, Day, Number, Problem, Sheet, Text
from xietong.kit.sheets.books import Book, Matched
from xietong.kit.sheets.journal import Journal
from xietong.kit.sheets.planning import Known, Planned, Values
from xietong.kit.words import for_the_record

ABSURD = gettext_noop(
    "第%(row)s行：%(found)s 人超过该乡镇其他年份中位数的 %(times)s 倍，请核对；无误的，在“说明”里写明原因。"
)
MOST = 200_000

BIRTHS = Sheet(
    access.BOOK,
    "出生人数",
    (
        Column("township", "乡镇", Choice(), synonyms=("乡镇名称", "街道"), required=True),
        Column(
            "year",
            "出生年度",
            Choice(),
            synonyms=("年度", "出生年份"),
            required=True,
            note="从当年 9 月 1 日到次年 8 月 31 日，如 2019-2020。",
        ),
        Column(
            "births", "出生人数", Number(0, 0, MOST), synonyms=("出生数", "新生儿数"), required=True, example="186"
        ),
        Column("source", "来源", Choice(), synonyms=("数据来源",), required=True, example="公安户籍"),
        Column("as_of", "时点", Day(), synonyms=("统计时点", "数据时点"), required=True, example="2025-09-01"),
        Column("note", "说明", Text(200), synonyms=("备注",), note="人数明显偏多的写明原因。", width=30),
    ),
    unique=("township", "year"),
    called=("township", "year"),
    note="每行一个乡镇的一个出生年度。同一乡镇同一年度会修改，其余新增；导入从不删除。",
)


class BirthsBook(Book):
    """The births of a county: one row for each township and cohort."""

    key = BIRTHS.key
    permission = access.KEEP_BIRTHS

    def owner(self, actor: Actor, pk: int | None) -> Any:
        return orgs.county(actor.home)

    def keeper(self, owner: Any) -> dict[str, int | None]:
        return {"county_id": owner.pk, "university_id": None}

    def sheet(self, actor: Actor, owner: Any, today: date) -> Sheet:
        with for_the_record():
            sources = {label: code for code, label in queries.source_choices()}
        places = {
            word: str(key)
            for key, row in queries.townships_by_id(actor).items()
            for word in (row.name, row.short_name)
        }
        years = {
            word: str(year)
            for year, name in queries.cohort_choices(today)
            for word in (name, name.replace("-", "—"), f"{name}学年")
        }
        return BIRTHS.with_options({"township": places, "year": years, "source": sources})

    def filled(self, actor: Actor, owner: Any, today: date) -> Sequence[Values]:
        return [values(row) for row in queries.births_by_cohort(owner.pk).values()]

    def matched(self, actor: Actor, owner: Any, checked: Checked, today: date) -> Matched:
        held = queries.births_by_cohort(owner.pk)
        known, problems = {}, []
        told = {(key, year): row.births for (key, year), row in held.items()}
        told |= {place_of(row): int(row["births"]) for row in checked.rows() if is_whole(row)}
        times = queries.times_of(owner.pk, today)
        for row in checked.rows():
            if not is_whole(row):
                continue
            key, year = place_of(row)
            if (key, year) in held:
                known[row[""]] = Known(held[key, year].pk, values(held[key, year]))
            others = [births for (other, when), births in told.items() if other == key and when != year]
            if not row["note"] and is_absurd(int(row["births"]), others, times):
                said = {"row": str(row[""]), "found": row["births"], "times": f"{times:g}"}
                problems.append(Problem(row[""], "births", "", row["births"], ABSURD, said))
        return Matched(known, problems)

    def hold(self, owner: Any) -> None:
        actions.hold_births(owner)

    def write(self, journal: Journal, actor: Actor, owner: Any, one: Planned, *, now: datetime) -> None:
        township, year = place_of(one.after)
        actions.write_births(
            journal,
            one.known.pk if one.known else None,
            county=owner,
            township_id=township,
            year=year,
            births=int(one.after["births"]),
            source=one.after["source"],
            as_of=date.fromisoformat(one.after["as_of"]),
            note=one.after["note"],
        )

    def settle(self, actor: Actor, owner: Any, *, now: datetime) -> None:
        actions.recount_births(actor, owner, now=now)


def is_whole(row: Mapping[str, Any]) -> bool:
    """Whether township, cohort and number were read; what was not is named at its cell already."""
    return all(row[name].isdecimal() for name in ("township", "year", "births"))


def place_of(row: Mapping[str, Any]) -> tuple[int, int]:
    return int(row["township"]), int(row["year"])


def values(row: Any) -> Values:
    return {
        "township": str(row.township_id),
        "year": str(row.year),
        "births": str(row.births),
        "source": row.source,
        "as_of": row.as_of.isoformat(),
        "note": row.note,
    }
