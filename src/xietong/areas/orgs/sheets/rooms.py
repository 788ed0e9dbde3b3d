"""Rooms for music and art, each with its size."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xietong.areas.orgs import actions, queries
from xietong.areas.orgs.sheets.enrolment import row_of
from xietong.areas.orgs.sheets.register import SCHOOL, YEAR, Judge, RegisterBook, good_rows, personal_columns
from xietong.kit.accounts.actor import Actor
from xietong.kit.sheets import Checked, Choice, Column, Number, Sheet, Text
from xietong.kit.sheets.books import Matched
from xietong.kit.sheets.journal import Journal
from xietong.kit.sheets.planning import Known, Planned, Values

KINDS = {
    "音乐教室": "music",
    "音乐": "music",
    "音乐专用教室": "music",
    "美术教室": "art",
    "美术": "art",
    "美术专用教室": "art",
}

ROOMS = Sheet(
    "register.rooms",
    "音乐美术教室",
    (
        SCHOOL,
        YEAR,
        Column(
            "kind",
            "类别",
            Choice(KINDS),
            synonyms=("教室类别", "教室类型", "用途"),
            required=True,
            example="音乐教室",
        ),
        Column(
            "name", "名称", Text(40), synonyms=("教室名称", "教室编号", "门牌号"), required=True, example="音乐教室1"
        ),
        Column(
            "area",
            "面积（平方米）",
            Number(2, 1, 2000),
            synonyms=("使用面积", "建筑面积", "面积"),
            required=True,
            example="96",
        ),
    ),
    called=("school", "name"),
    note="每行一间音乐或美术专用教室。学校、类别、名称都相同的会修改，其余新增；导入从不删除。",
)


class RoomBook(RegisterBook):
    """A room by school, kind and name."""

    key = ROOMS.key
    declared = ROOMS

    def filled(self, actor: Actor, owner: Any, today: date) -> Sequence[Values]:
        return [
            {"school": record.school.name, "year": "", "kind": one.kind, "name": one.name, "area": f"{one.area:.2f}"}
            for record in queries.held_records(owner)
            for one in sorted(record.rooms.all(), key=lambda room: (room.kind, room.name))
        ]

    def matched(self, actor: Actor, owner: Any, checked: Checked, today: date) -> Matched:
        records = queries.records_by_word(owner)
        judge, known = Judge(checked), {}
        for row in good_rows(checked):
            record = judge.record_of(row, records)
            if judge.is_first(row, (record.pk, row["kind"], row["name"])):
                held = {(one.kind, one.name): one for one in record.rooms.all()}
                one = held.get((row["kind"], row["name"]))
                if one is not None:
                    known[row[""]] = Known(one.pk, {**row_of(row), "area": f"{one.area:.2f}"})
        return Matched(known, [*judge.problems, *personal_columns(checked.texts)])

    def write(self, journal: Journal, actor: Actor, owner: Any, one: Planned, *, now: datetime) -> None:
        record = queries.record_of_word(owner, one.after["school"])
        where = {"kind": one.after["kind"], "name": one.after["name"]}
        pk = one.known.pk if one.known else None
        actions.write_room(journal, pk, record, area=Decimal(one.after["area"]), as_of=owner.as_of, **where)
