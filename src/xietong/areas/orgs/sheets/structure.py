"""The register of organisations as a workbook."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from xietong.areas.orgs import access, actions, queries
from xietong.areas.orgs.rules.codes import SETTLEMENTS, fault_of_school_code
from xietong.kit.accounts.actor import Actor
from xietong.kit.marking import gettext_noop
from xietong.kit.sheets import Checked, Choice, Column, Day, Number, Problem, Sheet, Text
from xietong.kit.sheets.books import Book, Matched
from xietong.kit.sheets.journal import Journal
from xietong.kit.sheets.planning import Known, Planned, Values
from xietong.kit.words import for_the_record

NO_SUCH_UNIT = gettext_noop("第%(row)s行：“%(header)s”里的“%(found)s”既不在机构名册里，也不在这个文件里。")
NAME_TAKEN = gettext_noop("第%(row)s行：标识码属于“%(found)s”，名称“%(name)s”又已是另一个机构；请核对。")


ORGANISATIONS = Sheet(
    "orgs.organisations",
    "机构名册",
    (
        Column(
            "name",
            "全称",
            Text(120),
            synonyms=("机构名称", "单位名称", "学校名称", "学校（机构）名称"),
            required=True,
            example="云岭县第一小学",
            width=30,
        ),
        Column("short_name", "简称", Text(40), synonyms=("学校简称",), required=True, example="云岭一小"),
        Column(
            "kind", "类别", Choice(), synonyms=("机构类别", "学校类别", "办学类型"), required=True, example="小学"
        ),
        Column(
            "code",
            "标识码",
            Text(18, digits=True),
            synonyms=("学校标识码", "学校（机构）标识码", "学校代码"),
            rule=fault_of_school_code,
            note="10 位数字，没有可不填。",
            width=14,
        ),
        Column("parent", "上级", Text(120), synonyms=("上级机构", "主管部门", "举办者"), width=24),
        Column(
            "files_through", "代报单位", Text(120), note="村小、教学点由中心小学一并填报的，填中心小学。", width=24
        ),
        Column("aliases", "其他叫法", Text(200), note="读方案时用来认出这个单位，用顿号隔开。", width=24),
        Column("urban_rural", "城乡类型", Choice()),
        Column(
            "order", "排序", Number(0, 1, 100_000), synonyms=("序号",), note="名单按此排列，不作排名。", keeps=True
        ),
        Column("opened_on", "设立日期", Day(), synonyms=("建校时间", "成立日期")),
    ),
    unique=("name",),
    called=("name",),
    note="每行一个机构。标识码或全称相同的会修改，其余新增；撤并不在这里办理。空着的单元格会清空原有内容。",
)
NAMED = ("parent", "files_through")


class OrganisationBook(Book):
    """The organisations of a county: one by its code, or else by its name."""

    key = ORGANISATIONS.key
    permission = access.CHANGE_ORGANISATION

    def owner(self, actor: Actor, pk: int | None) -> Any:
        return queries.county(actor.home)

    def keeper(self, owner: Any) -> dict[str, int | None]:
        return {"county_id": owner.pk, "university_id": None}

    def sheet(self, actor: Actor, owner: Any, today: date) -> Sheet:
        with for_the_record():
            kinds = {label: code for code, label in queries.kind_choices()}
        settlements = {word: code for code, name in SETTLEMENTS.names.items() for word in (name, code)}
        return ORGANISATIONS.with_options({"kind": kinds, "urban_rural": settlements})

    def filled(self, actor: Actor, owner: Any, today: date) -> Sequence[Values]:
        return [values(row) for row in queries.county_units(owner.pk, today)]

    def matched(self, actor: Actor, owner: Any, checked: Checked, today: date) -> Matched:
        rows = queries.county_units(owner.pk, today)
        by_code = {row.code: row for row in rows if row.code}
        by_name = {row.name: row for row in rows}
        present = {word for row in rows for word in (row.name, row.short_name)}
        present.update(*(checked.columns[key] for key in ("name", "short_name")))
        known: dict[int, Known] = {}
        problems = []
        for row in checked.rows():
            number, name = row[""], row["name"]
            found = by_code.get(row["code"]) or by_name.get(name)
            if found is not None:
                known[number] = Known(found.pk, {**values(found), **same_units(row, found)})
                if by_name.get(name, found) is not found:
                    told = {"row": str(number), "found": found.name, "name": name}
                    problems.append(Problem(number, "name", "", name, NAME_TAKEN, told))
            for key in NAMED:
                if row[key] and row[key] not in present:
                    header = ORGANISATIONS.column(key).header
                    told = {"row": str(number), "header": header, "found": row[key]}
                    problems.append(Problem(number, key, "", row[key], NO_SUCH_UNIT, told))
        return Matched(known, problems)

    def order(self, checked: Checked) -> Sequence[int]:
        """Those that others stand below, or file through, come first."""
        rows = {row[key]: row for key in ("short_name", "name") for row in checked.rows()}
        found: dict[int, None] = {}

        def visit(row: Any, above: frozenset[str]) -> None:
            for key in NAMED:
                other = rows.get(row[key])
                if other is not None and other["name"] not in above:
                    visit(other, above | {other["name"]})
            found.setdefault(row[""])

        for row in checked.rows():
            visit(row, frozenset({row["name"]}))
        return list(found)

    def hold(self, owner: Any) -> None:
        actions.hold_register(owner)

    def write(self, journal: Journal, actor: Actor, owner: Any, one: Planned, *, now: datetime) -> None:
        aliases = [word.strip() for word in re.split("[、,，]", one.after["aliases"]) if word.strip()]
        actions.write_organisation(journal, actor, one.known.pk if one.known else None, one.after, aliases=aliases)


def same_units(row: Any, unit: Any) -> dict[str, str]:
    """The units that a unit names, in the words of the row where it means the same."""
    held = {key: getattr(unit, key) for key in NAMED}
    return {key: row[key] for key, other in held.items() if other and row[key] in (other.name, other.short_name)}


def values(row: Any) -> Values:
    return {
        "name": row.name,
        "short_name": row.short_name,
        "kind": row.kind,
        "code": row.code or "",
        "parent": row.parent.name if row.parent else "",
        "files_through": row.files_through.name if row.files_through else "",
        "aliases": "、".join(row.aliases),
        "urban_rural": row.urban_rural,
        "order": str(row.order),
        "opened_on": f"{row.opened_on or ''}",
    }
