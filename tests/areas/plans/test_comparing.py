"""A new version of a policy beside the earlier one, and what goes on of the earlier one's tasks."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests import build, planning
from xietong.areas.plans import actions
from xietong.areas.plans.models import Plan, Task
from xietong.areas.plans.rules.comparing import LONGEST, Change, Part, Side, pairs, stretches
from xietong.kit.audit.models import Entry

OLD = [
    Part("一", "工作目标", "到2026年质量明显提升。"),
    Part("二", "工作任务", ""),
    Part("二(一)", "建设平台", "搭建县级教研平台。"),
    Part("二(二)", "培训教师", "每年培训教师100人次，由高校承办。"),
    Part("二(三)", "", "开展结对帮扶活动，城乡学校一对一结对。"),
    Part("三", "组织保障", "成立领导小组。"),
]
NEW = [
    Part("一", "工作目标", "到2026年质量明显提升。"),
    Part("二", "工作任务", ""),
    Part("二(一)", "培训教师", "每年培训教师120人次，由高校承办。"),
    Part("二(二)", "", "开展结对帮扶活动，城乡学校一对一结对，每学期两次。"),
    Part("二(三)", "评估质量", "每年评估一次。"),
    Part("四", "组织保障", "成立领导小组。"),
]


def changes(old: list[Part], new: list[Part]) -> list[tuple[str, int | None, int | None]]:
    return [(each.change.value, each.old, each.new) for each in pairs(old, new)]


def test_pairs_tell_same_moved_changed_added_and_removed() -> None:
    assert changes(OLD, NEW) == [
        ("same", 0, 0),
        ("same", 1, 1),
        ("removed", 2, None),
        ("changed", 3, 2),
        ("changed", 4, 3),
        ("added", None, 4),
        ("moved", 5, 5),
    ]


def test_pairs_of_nothing_are_additions_or_removals() -> None:
    assert changes([], NEW[:1]) == [("added", None, 0)]
    assert changes(OLD[:1], []) == [("removed", 0, None)]


def test_the_most_alike_are_paired_first() -> None:
    old = [Part("1", "", "建设甲乙丙丁平台"), Part("2", "", "建设甲乙平台和课程")]
    new = [Part("5", "", "建设甲乙丙丁平台并试用"), Part("6", "", "完全不同的一句话")]
    assert changes(old, new) == [("changed", 0, 0), ("added", None, 1), ("removed", 1, None)]


parts = st.builds(
    Part, st.sampled_from("一二三四"), st.text("甲乙丙", max_size=3), st.text("甲乙丙丁。，", max_size=12)
)


@given(st.lists(parts, max_size=8), st.lists(parts, max_size=8))
def test_pairs_name_every_clause_once(old: list[Part], new: list[Part]) -> None:
    found = pairs(old, new)
    assert sorted(each.old for each in found if each.old is not None) == list(range(len(old)))
    assert [each.new for each in found if each.new is not None] == list(range(len(new)))
    for each in found:
        assert (each.change is Change.ADDED) == (each.old is None)
        assert (each.change is Change.REMOVED) == (each.new is None)


@given(st.text("甲乙丙丁，。", max_size=30), st.text("甲乙丙丁，。", max_size=30))
def test_stretches_joined_give_both_sides(old: str, new: str) -> None:
    found = stretches(old, new)
    assert "".join(each.text for each in found if each.side is not Side.NEW) == old
    assert "".join(each.text for each in found if each.side is not Side.OLD) == new


def test_stretches_show_what_changed() -> None:
    assert [(each.text, each.side.value) for each in stretches("培训100人次。", "培训120人次。")] == [
        ("培训", "both"),
        ("100", "old"),
        ("120", "new"),
        ("人次。", "both"),
    ]


def test_stretches_of_very_long_words_are_shown_whole() -> None:
    assert [each.side for each in stretches("甲" * (LONGEST + 1), "乙")] == [Side.OLD, Side.NEW]


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def version(plan: Plan, *parts: Part) -> Plan:
    for order, part in enumerate(parts):
        fields = {"number": part.number, "label": part.number, "text": part.words, "level": 1, "order": order}
        planning.clause(plan=plan, heading=part.heading, start=order * 100, end=order * 100 + 100, **fields)
    return plan


@pytest.fixture
def earlier(cast: build.Cast) -> Plan:
    return version(planning.plan(county=cast.county, title="提质方案"), *OLD)


@pytest.fixture
def draft(cast: build.Cast, earlier: Plan) -> Plan:
    return version(planning.draft(county=cast.county, title="提质方案（修订）", replaces=earlier), *NEW)


def old_task(cast: build.Cast, plan: Plan, number: str, title: str, order: int | None, **fields: object) -> Task:
    clause = None if order is None else plan.clauses.get(order=order)
    words = {"number": number, "title": title, "clause": clause, "lead_unit": cast.school} | fields
    return planning.task(plan=plan, supports=(cast.university,), **words)


@pytest.mark.django_db
def test_carry_over_completes_the_same_and_adds_the_others(cast: build.Cast, earlier: Plan, draft: Plan) -> None:
    trained = old_task(cast, earlier, "1", "培训教师", 3, state="under_way", rhythm="每年")
    helped = old_task(cast, earlier, "2", "结对帮扶", 4, state="issued")
    free = old_task(cast, earlier, "9", "日常调度", None, state="issued")
    old_task(cast, earlier, "3", "搭建平台", 2, state="issued")
    old_task(cast, earlier, "4", "成立小组", 5, state="verified")
    clause = draft.clauses.get(order=2)
    mine = planning.task(
        plan=draft, state="draft", number="2", title="培训教师。", clause=clause, lead_unit=None, due_on=None
    )
    sentence = planning.sentence(plan=draft, clause=draft.clauses.get(order=3), start=300, end=310)

    done = actions.carry_over(cast.office, draft, now=build.NOW)

    assert (done.filled, done.added, done.left) == (1, 2, 1)
    mine.refresh_from_db()
    assert (mine.lead_unit, mine.due_on, mine.rhythm) == (cast.school, date(2026, 12, 31), "每年")
    assert [one.unit for one in mine.supports.all()] == [cast.university]
    added = draft.tasks.exclude(pk=mine.pk).order_by("number")
    assert [(one.number, one.title, one.carried_from) for one in added] == [
        ("2-1", "结对帮扶", helped),
        ("9", "日常调度", free),
    ]
    assert mine.carried_from == trained
    assert [one.sentence for one in added[0].sources.all()] == [sentence]
    assert not added[1].sources.exists()
    assert set(Entry.objects.values_list("action", flat=True)) == {"plans.carry_task"}

    again = actions.carry_over(cast.office, draft, now=build.NOW)
    assert (again.filled, again.added, again.left) == (0, 0, 1)


@pytest.mark.django_db
def test_carry_over_keeps_what_a_task_has_of_its_own(cast: build.Cast, earlier: Plan, draft: Plan) -> None:
    old_task(cast, earlier, "1", "培训教师", 3, state="issued", due_on=date(2025, 1, 1))
    clause = draft.clauses.get(order=2)
    own = {"lead_unit": cast.other_school, "supports": (cast.school,), "due_on": date(2027, 1, 1)}
    mine = planning.task(plan=draft, state="draft", title="培训教师", clause=clause, **own)

    actions.carry_over(cast.office, draft, now=build.NOW)

    mine.refresh_from_db()
    assert (mine.lead_unit, mine.due_on) == (cast.other_school, date(2027, 1, 1))
    assert [one.unit for one in mine.supports.all()] == [cast.school]


@pytest.mark.django_db
def test_carry_over_is_refused_without_an_earlier_version_and_behind_the_draft(cast: build.Cast, draft: Plan) -> None:
    alone = planning.draft(county=cast.county)
    with pytest.raises(actions.WrongState, match="没有旧版本"):
        actions.carry_over(cast.office, alone, now=build.NOW)
    Plan.objects.filter(pk=draft.pk).update(state=Plan.State.APPROVING)
    with pytest.raises(actions.WrongState):
        actions.carry_over(cast.office, draft, now=build.NOW)


@pytest.mark.django_db
def test_page_compares_and_carries(cast: build.Cast, earlier: Plan, draft: Plan) -> None:
    old_task(cast, earlier, "1", "培训教师", 3, state="issued")
    client = build.client(cast.office)
    address = reverse("plans:compare", args=[draft.pk])

    shown = client.get(address).content.decode()
    assert "<del>100</del><ins>120</ins>" in shown
    assert "到2026年质量明显提升" not in shown
    assert "1 培训教师" in shown
    assert "到2026年质量明显提升" in client.get(f"{address}?all=1").content.decode()
    assert address in client.get(reverse("plans:reading", args=[draft.pk])).content.decode()

    answer = client.post(reverse("plans:carry", args=[draft.pk]), follow=True)
    assert "补充 0 项，新增 1 项" in answer.content.decode()
    assert "沿用 1 项" in client.get(address).content.decode()

    alone = planning.draft(county=cast.county)
    assert client.get(reverse("plans:compare", args=[alone.pk])).status_code == 404
    assert build.client(cast.stranger).get(address).status_code == 404


@pytest.mark.django_db
def test_page_says_when_nothing_changed(cast: build.Cast, earlier: Plan) -> None:
    draft = version(planning.draft(county=cast.county, replaces=earlier), *OLD)
    shown = build.client(cast.office).get(reverse("plans:compare", args=[draft.pk])).content.decode()
    assert "两个版本的条款完全相同" in shown
