"""The outline of a draft is corrected: the text stays, and what hangs on a clause moves with the words."""

from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.plans import actions
from xietong.areas.plans.models import Clause, Plan
from xietong.kit.audit.models import Entry

pytestmark = pytest.mark.django_db

TEXT = """提质方案
一、工作任务
（一）建平台。责任单位：县教体局。
（二）派教师。每年选派教师支教。同时做好保障。
二、组织保障
（一）强化督导。定期开展督导。
"""


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    return actions.import_plan(cast.office, data=TEXT.encode(), name="方案.txt", now=build.NOW)


def clause(plan: Plan, heading: str) -> Clause:
    return plan.clauses.select_related("plan").get(heading=heading)


def outline(plan: Plan) -> list[tuple[str, int]]:
    return [(one.number, one.level) for one in plan.clauses.order_by("order")]


def state(plan: Plan) -> list[Any]:
    return [list(rows.order_by("pk").values()) for rows in (plan.clauses, plan.sentences, plan.tasks)]


def holds_its_words(plan: Plan) -> None:
    """Every sentence stands inside its clause, every clause inside its parent, and in the order of the text."""
    for one in plan.sentences.select_related("clause").exclude(clause=None):
        assert one.clause is not None
        assert one.clause.start <= one.start < one.end <= one.clause.end
    for row in plan.clauses.select_related("parent").exclude(parent=None):
        assert row.parent is not None
        assert row.parent.start < row.start < row.end <= row.parent.end
        assert row.level == row.parent.level + 1
    starts = list(plan.clauses.order_by("order").values_list("start", flat=True))
    assert starts == sorted(starts)


def test_promote_makes_a_chapter_of_a_section(cast: build.Cast, plan: Plan) -> None:
    actions.promote_clause(cast.office, clause(plan, "派教师"), now=build.NOW)
    assert outline(plan) == [("一", 1), ("一(一)", 2), ("(二)", 1), ("二", 1), ("二(一)", 2)]
    holds_its_words(plan)
    assert Entry.objects.latest("pk").action == "plans.promote_clause"


def test_demote_and_promote_again_leave_it_as_it_was(cast: build.Cast, plan: Plan) -> None:
    before = [(one.number, one.level, one.text, one.kind) for one in plan.clauses.order_by("order")]
    actions.demote_clause(cast.office, clause(plan, "派教师"), now=build.NOW)
    assert outline(plan)[2] == ("一(一)(二)", 3)
    holds_its_words(plan)
    actions.promote_clause(cast.office, clause(plan, "派教师"), now=build.NOW)
    assert [(one.number, one.level, one.text, one.kind) for one in plan.clauses.order_by("order")] == before


def test_nest_puts_a_chapter_below_another(cast: build.Cast, plan: Plan) -> None:
    target = clause(plan, "工作任务")
    actions.nest_clause(cast.office, clause(plan, "组织保障"), under=target, now=build.NOW)
    assert outline(plan)[3:] == [("一二", 2), ("一二(一)", 3)]
    holds_its_words(plan)


def test_merge_takes_tasks_and_sentences_along(cast: build.Cast, plan: Plan) -> None:
    given = clause(plan, "派教师")
    task = plan.tasks.get(clause=given)
    actions.merge_clause(cast.office, given, now=build.NOW)
    task.refresh_from_db()
    assert task.clause == clause(plan, "建平台")
    assert "派教师" in clause(plan, "建平台").text
    assert plan.sentences.filter(clause=given).count() == 0
    holds_its_words(plan)


def test_split_begins_a_clause_in_the_midst_of_a_sentence(cast: build.Cast, plan: Plan) -> None:
    given = clause(plan, "派教师")
    tasks = set(plan.tasks.filter(clause=given))
    at = plan.source_text.index("教师支教")
    actions.split_clause(cast.office, given, position=at, now=build.NOW)
    made = plan.clauses.get(start=at)
    assert (made.number, made.level, made.text) == ("一·续1", 2, "教师支教。同时做好保障。")
    halves = [one for one in plan.sentences.select_related("plan") if one.text in ("每年选派", "教师支教。")]
    assert [set(one.tasks.all()) for one in halves] == [tasks, tasks]
    holds_its_words(plan)


def test_task_without_a_sentence_follows_the_merged_clause(cast: build.Cast, plan: Plan) -> None:
    given = clause(plan, "派教师")
    task = planning.task(plan=plan, state="draft", clause=given, number="补-1")
    loose = planning.task(plan=plan, state="draft", number="补-2")
    stays = planning.task(plan=plan, state="draft", clause=clause(plan, "强化督导"), number="补-3")
    actions.merge_clause(cast.office, given, now=build.NOW)
    task.refresh_from_db()
    loose.refresh_from_db()
    stays.refresh_from_db()
    assert (task.clause, loose.clause, stays.clause) == (clause(plan, "建平台"), None, clause(plan, "强化督导"))


@pytest.mark.parametrize("deed", ["promote", "demote", "merge", "nest", "split"])
def test_refusals_say_why_and_change_nothing(cast: build.Cast, plan: Plan, deed: str) -> None:
    before = state(plan)
    first, last = clause(plan, "工作任务"), clause(plan, "强化督导")
    deeds = {
        "promote": lambda: actions.promote_clause(cast.office, first, now=build.NOW),
        "demote": lambda: actions.demote_clause(cast.office, first, now=build.NOW),
        "merge": lambda: actions.merge_clause(cast.office, first, now=build.NOW),
        "nest": lambda: actions.nest_clause(cast.office, first, under=last, now=build.NOW),
        "split": lambda: actions.split_clause(cast.office, first, position=0, now=build.NOW),
    }
    with pytest.raises(actions.NotPossible):
        deeds[deed]()
    assert state(plan) == before


def test_outline_of_an_issued_plan_stands(cast: build.Cast, plan: Plan) -> None:
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.APPROVING)
    before = state(plan)
    with pytest.raises(actions.WrongState, match="方案正在审批"):
        actions.promote_clause(cast.office, clause(plan, "派教师"), now=build.NOW)
    assert state(plan) == before


def test_words_of_an_item_end_where_it_ends(cast: build.Cast) -> None:
    text = "方案\n一、工作任务\n（一）建平台。一是建机制。二是建队伍。最后形成合力。\n"
    plan = actions.import_plan(cast.office, data=text.encode(), name="方案.txt", now=build.NOW)
    item = plan.clauses.select_related("plan").get(label="二是")
    actions.promote_clause(cast.office, item, now=build.NOW)
    holds_its_words(plan)
    item.refresh_from_db()
    assert plan.source_text[item.start : item.end] == "二是建队伍。"
    assert plan.clauses.get(heading="工作任务").text == "最后形成合力。"


def test_pages_correct_the_outline(cast: build.Cast, plan: Plan) -> None:
    client, row = build.client(cast.office), clause(plan, "派教师")
    text = reverse("plans:reading", args=[plan.pk])
    shown = client.get(text).content.decode()
    assert "每年选派教师支教" in shown.replace("</a>", "").replace("\n", "") or "每年" in shown

    promote = reverse("plans:clause_move", args=[plan.pk, row.pk, "promote"])
    assert client.post(promote).headers["Location"] == text
    assert clause(plan, "派教师").level == 1
    nest = reverse("plans:clause_nest", args=[plan.pk, row.pk])
    assert client.post(nest, {"under": clause(plan, "工作任务").pk}).status_code == 302
    assert clause(plan, "派教师").level == 2
    split = reverse("plans:clause_split", args=[plan.pk])
    assert client.post(split, {"at": plan.source_text.index("同时做好")}).status_code == 302
    assert client.post(split, {"words": "每年选派", "chapter": "9"}).headers["Location"] == f"{text}?chapter=9"
    assert plan.clauses.count() == 7
    for bad in ({"words": "没有这句"}, {"at": "x"}, {}):
        assert client.post(split, bad).status_code == 404
    assert client.post(reverse("plans:clause_move", args=[plan.pk, row.pk, "burn"])).status_code == 404
    assert plan.clauses.count() == 7


def test_long_text_is_shown_chapter_by_chapter(cast: build.Cast) -> None:
    text = TEXT + "（二）强化宣传。" + "广泛宣传。" * 4100
    plan = actions.import_plan(cast.office, data=text.encode(), name="长方案.txt", now=build.NOW)
    client, url = build.client(cast.office), reverse("plans:reading", args=[plan.pk])
    first = client.get(url).content.decode()
    assert "支教" in first
    assert "广泛宣传" not in first
    second = client.get(url, {"chapter": clause(plan, "组织保障").pk}).content.decode()
    assert "广泛宣传" in second
    assert "支教" not in second
