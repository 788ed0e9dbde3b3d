"""The staff roster as a workbook: people, each with the post that he holds."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xietong.areas.orgs import queries as orgs
from xietong.areas.people import access, actions, queries
from xietong.areas.people.rules.identity import IdentityNumber, fault_of_identity, fault_of_phone
from xietong.kit.accounts.actor import Actor
from xietong.kit.marking import gettext_noop
from xietong.kit.sheets import Checked, Choice, Column, Day, Problem, Sheet, Text
from xietong.kit.sheets.books import Book, Matched
from xietong.kit.sheets.journal import Journal
from xietong.kit.sheets.planning import Known, Planned, Values
from xietong.kit.words import for_the_record

OTHER_NAME = gettext_noop(
    "第%(row)s行：这个%(header)s登记的姓名是“%(found)s”，与文件不同；请核对，改名请在人员页面办理。"
)
SEVERAL = gettext_noop("第%(row)s行：有%(n)s位“%(name)s”符合，请填身份证号，或者另一个工号。")
OTHER_SEX = gettext_noop("第%(row)s行：性别与身份证号不符；请核对。")


ROSTER = Sheet(
    "people.roster",
    "人员名册",
    (
        Column("name", "姓名", Text(60), synonyms=("教师姓名", "教职工姓名"), required=True, example="陈演示"),
        Column(
            "identity",
            "身份证号",
            Text(40, digits=True),
            synonyms=("身份证件号", "身份证号码", "身份证件号码", "证件号码"),
            rule=fault_of_identity,
            note="18 位，加密保存；空着不改。",
            width=22,
            keeps=True,
            private=True,
        ),
        Column(
            "phone",
            "手机号",
            Text(30, digits=True),
            synonyms=("手机", "手机号码", "联系电话", "联系方式"),
            rule=fault_of_phone,
            note="加密保存；空着不改。",
            keeps=True,
            private=True,
        ),
        Column("sex", "性别", Choice(), keeps=True, note="填了身份证号可不填。"),
        Column("staff_no", "工号", Text(20, digits=True), synonyms=("教职工号", "教工号", "教师编号")),
        Column(
            "organisation",
            "单位",
            Choice(),
            synonyms=("机构", "学校", "学校名称", "所在学校", "工作单位", "任职单位"),
            required=True,
            width=24,
        ),
        Column("post", "岗位", Text(60), synonyms=("职务", "岗位类别", "担任职务"), required=True, example="教师"),
        Column(
            "kind", "性质", Choice(), synonyms=("用人形式", "编制情况", "是否在编"), keeps=True, note="不填为在编。"
        ),
        Column("subject", "任教学科", Text(40), synonyms=("学科", "主要任教学科", "任课学科")),
        Column(
            "from_on",
            "任职日期",
            Day(),
            synonyms=("任职时间", "到岗日期", "进本校年月", "来校时间"),
            note="不填为导入当天。",
            keeps=True,
        ),
    ),
    called=("name", "organisation"),
    note="每行一人的一个岗位。身份证号、工号或本单位的姓名相同的会修改，其余新增；离开和调动不在这里办理。",
)
SEXES = ("1", "2")
HIDDEN = "登记的号码"


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a county or university, as rows of a file may name them."""

    by_hash: Mapping[str, Any]
    by_staff_no: Mapping[str, list[Any]]
    by_name: Mapping[tuple[str, str], list[Any]]

    @classmethod
    def of(cls, people: Sequence[Any]) -> "Roster":
        by_staff_no, by_name = defaultdict(list), defaultdict(list)
        for person in people:
            if person.staff_no:
                by_staff_no[person.staff_no].append(person)
            for place in {str(post.organisation_id) for post in person.held}:
                by_name[person.name, place].append(person)
        return cls({one.identity_hash: one for one in people if one.identity_hash}, by_staff_no, by_name)


class PeopleBook(Book):
    """Those whom a county or university keeps: by identity number, or by staff number, or by name and place."""

    key = ROSTER.key
    permission = access.CHANGE_PERSON

    def owner(self, actor: Actor, pk: int | None) -> Any:
        return orgs.county(actor.county_id) if actor.county_id else orgs.university(actor.org_id or 0)

    def keeper(self, owner: Any) -> dict[str, int | None]:
        if orgs.is_county(owner):
            return {"county_id": owner.pk, "university_id": None}
        return {"county_id": None, "university_id": owner.pk}

    def sheet(self, actor: Actor, owner: Any, today: date) -> Sheet:
        places: dict[str, str] = {}
        for pk, place in queries.units_of_keeper(actor, today).items():
            for word in (str(place), place.name, *place.aliases):
                places.setdefault(word, str(pk))
        with for_the_record():
            sexes = {label: code for code, label in queries.sex_choices() if code in SEXES}
            kinds = {label: code for code, label in queries.post_kind_choices()}
        return ROSTER.with_options({"organisation": places, "sex": sexes, "kind": kinds})

    def matched(self, actor: Actor, owner: Any, checked: Checked, today: date) -> Matched:
        keeper = actions.Keeper.behind(actor)
        rows = [row for row in checked.rows() if row[""] not in checked.bad_rows]
        hashes = {row[""]: hashes_of(keeper, row) for row in rows}
        people = queries.roster(
            actor,
            hashes={one for found in hashes.values() for one in found},
            staff_numbers={row["staff_no"] for row in rows if row["staff_no"]},
            names={row["name"] for row in rows},
        )
        roster = Roster.of(people)
        known: dict[int, Known] = {}
        problems: list[Problem] = []
        for row in rows:
            found = meant(roster, hashes[row[""]], row)
            problems += wrong_with(row, found)
            if len(found) == 1:
                known[row[""]] = Known(found[0].pk, values(found[0], row, hashes[row[""]]))
        return Matched(known, problems)

    def hold(self, owner: Any) -> None:
        actions.Keeper(**self.keeper(owner)).hold()

    def write(self, journal: Journal, actor: Actor, owner: Any, one: Planned, *, now: datetime) -> None:
        pk = one.known.pk if one.known else None
        actions.write_person(journal, actions.Keeper.behind(actor), pk, one.after, now=now)


def hashes_of(keeper: Any, row: Mapping[str, str]) -> tuple[str, ...]:
    return actions.hashes_of(keeper, IdentityNumber.parse(row["identity"])) if row["identity"] else ()


def meant(roster: Roster, hashes: tuple[str, ...], row: Mapping[str, str]) -> list[Any]:
    """Those in the register whom a row may be about: one, none, or several that it does not tell apart."""
    by_number = [roster.by_hash[one] for one in hashes if one in roster.by_hash]
    if by_number:
        return by_number[:1]
    by_staff_no = roster.by_staff_no.get(row["staff_no"], [])
    if by_staff_no:
        return by_staff_no
    same = roster.by_name.get((row["name"], row["organisation"]), [])
    return [one for one in same if not (hashes and one.identity_hash) and not (row["staff_no"] and one.staff_no)]


def wrong_with(row: Mapping[str, Any], found: Sequence[Any]) -> Iterator[Problem]:
    yield from wrong_person(row, found)
    number = IdentityNumber.parse(row["identity"]) if row["identity"] else None
    if number and row["sex"] and row["sex"] != number.sex.value:
        yield Problem(row[""], "sex", "", row["sex"], OTHER_SEX, {"row": str(row[""])})


def wrong_person(row: Mapping[str, Any], found: Sequence[Any]) -> Iterator[Problem]:
    """Where a row does not tell people apart, or calls somebody otherwise than the register."""
    told = {"row": str(row[""]), "name": row["name"], "n": str(len(found))}
    if len(found) > 1:
        yield Problem(row[""], "name", "", row["name"], SEVERAL, told)
    if len(found) == 1 and found[0].name != row["name"]:
        header = "工号" if found[0].staff_no == row["staff_no"] != "" else "身份证号"
        told |= {"found": found[0].name, "header": header}
        yield Problem(row[""], "name", "", row["name"], OTHER_NAME, told)


def values(person: Any, row: Mapping[str, str], hashes: tuple[str, ...]) -> Values:
    """What the register says of somebody and of his post at the place of the row; numbers as same or other."""
    held = next((one for one in person.held if str(one.organisation_id) == row["organisation"]), None)
    same_phone = actions.is_phone_of(person, actions.phone_number(row["phone"]))
    return {
        "name": person.name,
        "identity": row["identity"] if person.identity_hash in hashes else person.identity_masked and HIDDEN,
        "phone": row["phone"] if same_phone else person.phone_masked and HIDDEN,
        "sex": person.sex,
        "staff_no": person.staff_no,
        "organisation": row["organisation"] if held else "",
        "post": held.post if held else "",
        "kind": held.kind if held else "",
        "subject": held.subject if held else "",
        "from_on": held.from_on.isoformat() if held else "",
    }
