"""The workbooks of a plan: its 任务分解表, and what happened before the system was there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from xietong.areas.orgs import queries as orgs
from xietong.areas.plans import access, actions, queries
from xietong.areas.plans.rules.waiting import circle
from xietong.kit.accounts.actor import Actor
from xietong.kit.marking import gettext_noop
from xietong.kit.sheets import Checked, Choice, Column, Day, Number, Problem, Sheet, Text, YesNo
from xietong.kit.sheets.books import Book, Matched
from xietong.kit.sheets.journal import Journal
from xietong.kit.sheets.planning import Known, Planned, Values
from xietong.kit.words import for_the_record

NO_SUCH_TASK = gettext_noop("第%(row)s行：“上级任务”里的“%(found)s”既不在方案的任务里，也不在这个文件里。")
BELOW_ITSELF = gettext_noop("第%(row)s行：任务之间互相等待：%(circle)s。请去掉其中一项的上级任务。")
MOST = 999_999_999_999

BREAKDOWN = Sheet(
    access.BREAKDOWN,
    "任务分解表",
    (
        Column(
            "number",
            "编号",
            Text(20),
            synonyms=("序号", "任务编号"),
            required=True,
            example="三(一)-1",
            note="同一编号的任务会被修改，新编号会新增。",
        ),
        Column(
            "title",
            "任务",
            synonyms=("任务名称", "工作任务", "重点任务", "具体措施"),
            required=True,
            example="打造一批优质学校",
            width=48,
        ),
        Column("lead_unit", "牵头单位", Choice(), synonyms=("责任单位", "牵头部门"), width=24),
        Column(
            "supports",
            "协办单位",
            Choice(several=True),
            synonyms=("配合单位", "协同单位"),
            width=30,
        ),
        Column("starts_on", "开始日期", Day(), synonyms=("开始时间",)),
        Column(
            "due_on",
            "完成期限",
            Day(),
            synonyms=("完成时限", "完成时间", "截止日期"),
            example="2026-12-31",
        ),
        Column("rhythm", "频次", Text(20), example="每学期"),
        Column("deliverable", "成果", synonyms=("成果形式", "交付成果"), example="总结报告", width=30),
        Column("quantity", "目标数量", Number(2, 0, MOST), synonyms=("数量", "目标值"), example="40"),
        Column("measure", "计量单位", Text(20), synonyms=("单位（计量）",), example="人次"),
        Column("parent", "上级任务", Text(20), synonyms=("上级任务编号",), note="子任务填上级任务的编号。"),
        Column("for_everyone", "面向各单位", YesNo(), synonyms=("范围",), keeps=True),
        Column(
            "is_past",
            "补录",
            YesNo(),
            synonyms=("以前已完成", "是否已完成", "是否完成"),
            keeps=True,
            note="使用本系统以前已经完成的填“是”：不亮灯、不催办，下达后直接记为已完成。",
        ),
    ),
    unique=("number",),
    called=("number", "title"),
    note="每行一项任务。空着的单元格会清空原有内容；整列不要的可以删去，原有内容不变。导入从不删除任务。",
)
PAST = Sheet(
    access.PAST,
    "历史补录",
    (
        Column("code", "编号", Text(40), synonyms=("序号",), required=True, example="2024-01"),
        Column("kind", "类别", Choice(), synonyms=("类型",), required=True, example="会议"),
        Column("on", "日期", Day(), synonyms=("时间", "发生日期"), required=True, example="2024-09-12"),
        Column("title", "名称", synonyms=("标题", "事项"), required=True, example="领导小组第一次会议", width=40),
        Column("text", "内容", Text(4000), synonyms=("情况", "主要内容"), width=60),
        Column("document_no", "文号", Text(60), synonyms=("发文字号",)),
        Column("task", "对应任务", Choice(), synonyms=("任务编号",), note="填任务编号。"),
        Column("unit", "单位", Choice(), synonyms=("责任单位", "牵头单位"), width=24),
    ),
    unique=("code",),
    called=("code", "title"),
    note="每行一件已经发生的事。空着的单元格会清空原有内容；导入从不删除。",
)


def units_by_word(actor: Actor, today: date) -> dict[str, str]:
    """Every unit that a task may be given to, by its name, short name and aliases."""
    words: dict[str, str] = {}
    for unit in [*orgs.units_by_id(actor, today).values(), *orgs.universities_by_id().values()]:
        for word in (str(unit), unit.name, unit.short_name, *unit.aliases):
            if word:
                words.setdefault(word, str(unit.pk))
    return words


def by_number(checked: Checked, key: str, rows: Iterable[tuple[str, Known]]) -> Matched:
    """The rows of the file that name the number of a row at hand."""
    present = dict(rows)
    pairs = zip(checked.numbers, checked.columns[key], strict=True)
    return Matched({row: present[number] for row, number in pairs if number in present})


class BreakdownBook(Book):
    """任务分解表 of a draft: a task by its number."""

    key = access.BREAKDOWN
    permission = access.CHANGE_PLAN

    def owner(self, actor: Actor, pk: int | None) -> Any:
        return queries.plan_to_change(actor, pk or 0)

    def sheet(self, actor: Actor, owner: Any, today: date) -> Sheet:
        words = units_by_word(actor, today)
        return BREAKDOWN.with_options({"lead_unit": words, "supports": words})

    def filled(self, actor: Actor, owner: Any, today: date) -> Sequence[Values]:
        return [task_values(task) for task in queries.drafts(owner)]

    def matched(self, actor: Actor, owner: Any, checked: Checked, today: date) -> Matched:
        tasks = queries.drafts(owner)
        known = by_number(checked, "number", ((task.number, Known(task.pk, task_values(task))) for task in tasks))
        numbers = {task.pk: task.number for task in tasks}
        waits = [(numbers[task], numbers[needed]) for task, needed in queries.needed_pairs(owner.pk)]
        parents = {task.number: task.parent.number if task.parent else "" for task in tasks}
        return Matched(known.known, list(faults_of_parents(checked, parents, waits)))

    def order(self, checked: Checked) -> Sequence[int]:
        """A task before its sub-tasks."""
        rows = {row["number"]: row for row in checked.rows()}

        def depth(row: Any) -> int:
            above, seen = row["parent"], {row["number"]}
            while above in rows and above not in seen:
                seen.add(above)
                above = rows[above]["parent"]
            return len(seen)

        return [row[""] for row in sorted(checked.rows(), key=depth)]

    def hold(self, owner: Any) -> None:
        actions.hold_draft(owner)

    def write(self, journal: Journal, actor: Actor, owner: Any, one: Planned, *, now: datetime) -> None:
        actions.write_task(journal, owner, one.known.pk if one.known else None, one.after)


def faults_of_parents(
    checked: Checked, parents: Mapping[str, str], needs: Iterable[tuple[str, str]]
) -> Iterator[Problem]:
    """What is wrong with the tasks that others are parts of, by number; `parents` and `needs` are as things stand."""
    rows = {row["number"]: row for row in checked.rows()}
    given = {number: row["parent"] for number, row in rows.items()} if "parent" in checked.headers else {}
    after = {**parents, **given}
    for number, parent in given.items():
        if parent and parent not in after:
            yield fault_of_parent(rows[number], NO_SUCH_TASK, found=parent)
    keys = {number: key for key, number in enumerate(after)}
    waits: dict[int, list[int]] = {}
    for before, number in [*((parent, number) for number, parent in after.items()), *needs]:
        if before in keys:
            waits.setdefault(keys[before], []).append(keys[number])
    numbers = [list(after)[key] for key in circle({key: waits[key] for key in sorted(waits)})]
    for number in [one for one in numbers if one in given][:1]:
        yield fault_of_parent(rows[number], BELOW_ITSELF, circle=" → ".join(numbers))


def fault_of_parent(row: Mapping[str, Any], sentence: str, **values: str) -> Problem:
    return Problem(row[""], "parent", "", row["parent"] or row["number"], sentence, {"row": str(row[""]), **values})


def task_values(task: Any) -> Values:
    return {
        "number": task.number,
        "title": task.title,
        "lead_unit": str(task.lead_unit_id or ""),
        "supports": "\n".join(sorted(str(one.unit_id) for one in task.supports.all())),
        "starts_on": f"{task.starts_on or ''}",
        "due_on": f"{task.due_on or ''}",
        "rhythm": task.rhythm,
        "deliverable": task.deliverable,
        "quantity": "" if task.quantity is None else f"{task.quantity:f}",
        "measure": task.measure,
        "parent": task.parent.number if task.parent else "",
        "for_everyone": "是" if task.for_everyone else "否",
        "is_past": "是" if task.is_past else "否",
    }


class PastBook(Book):
    """历史补录 of a plan: an entry by its number."""

    key = access.PAST
    permission = access.CHANGE_PAST

    def owner(self, actor: Actor, pk: int | None) -> Any:
        return queries.plan_to_complete(actor, pk or 0)

    def sheet(self, actor: Actor, owner: Any, today: date) -> Sheet:
        tasks = {task.number: str(task.pk) for task in queries.tasks_by_id(owner).values()}
        with for_the_record():
            kinds = {label: code for code, label in queries.past_kinds()}
        return PAST.with_options({"kind": kinds, "task": tasks, "unit": units_by_word(actor, today)})

    def filled(self, actor: Actor, owner: Any, today: date) -> Sequence[Values]:
        return [past_values(row) for row in queries.past(owner)]

    def matched(self, actor: Actor, owner: Any, checked: Checked, today: date) -> Matched:
        rows = queries.past(owner)
        return by_number(checked, "code", ((row.code, Known(row.pk, past_values(row))) for row in rows))

    def hold(self, owner: Any) -> None:
        actions.hold_open(owner)

    def write(self, journal: Journal, actor: Actor, owner: Any, one: Planned, *, now: datetime) -> None:
        pk = one.known.pk if one.known else None
        actions.write_past(journal, owner, pk, one.after, by=actor.label, now=now)


def past_values(row: Any) -> Values:
    return {
        "code": row.code,
        "kind": row.kind,
        "on": row.on.isoformat(),
        "title": row.title,
        "text": row.text,
        "document_no": row.document_no,
        "task": str(row.task_id or ""),
        "unit": str(row.unit_id or ""),
    }
