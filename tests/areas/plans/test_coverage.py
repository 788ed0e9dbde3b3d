"""Whose is every sentence: its share as a figure, context said by a person, the way to tasks and back."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests import build, planning
from xietong.areas.plans import actions, queries
from xietong.areas.plans.models import Plan, Sentence
from xietong.areas.plans.rules.coverage import Cover, Coverage, counted, cover_of
from xietong.kit.audit.models import Entry

pytestmark = pytest.mark.django_db

TEXT = "提质方案\n为落实要求，制定本方案。\n一、工作任务\n（一）建平台。责任单位：县教体局。县里形势很好。\n"


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


@pytest.fixture
def plan(cast: build.Cast) -> Plan:
    return actions.import_plan(cast.office, data=TEXT.encode(), name="方案.txt", now=build.NOW)


def covers(cast: build.Cast, plan: Plan) -> dict[str, str]:
    page = queries.coverage_page(cast.office, plan.pk, only_open=False)
    return {one.text: one.cover.value for part in page.clauses for one in part.sentences}


def sentence(plan: Plan, words: str) -> Sentence:
    return next(one for one in plan.sentences.select_related("plan") if words in one.text)


@pytest.mark.parametrize(
    ("is_heading", "has_tasks", "is_context", "cover"),
    [
        (True, True, False, Cover.TASK),
        (True, False, False, Cover.HEADING),
        (False, True, True, Cover.TASK),
        (False, False, True, Cover.CONTEXT),
        (False, False, False, Cover.OPEN),
    ],
)
def test_cover_of(*, is_heading: bool, has_tasks: bool, is_context: bool, cover: Cover) -> None:
    assert cover_of(is_heading=is_heading, has_tasks=has_tasks, is_context=is_context) is cover


def test_coverage_says_a_hundred_only_when_nothing_is_open() -> None:
    assert Coverage(task=199, context=0, open=1).share == Decimal(99)
    assert Coverage(task=1, context=1, open=0).share == Decimal(100)
    assert Coverage().share is None
    assert counted([Cover.TASK, Cover.OPEN, Cover.HEADING, Cover.CONTEXT]) == Coverage(1, 1, 1)


def test_import_hangs_tasks_on_their_sentences(cast: build.Cast, plan: Plan) -> None:
    assert covers(cast, plan) == {
        "提质方案": "heading",
        "为落实要求，制定本方案。": "open",
        "一、工作任务": "heading",
        "（一）建平台。": "task",
        "责任单位：县教体局。": "task",
        "县里形势很好。": "task",
    }
    assert queries.plan_coverage(plan) == Coverage(task=3, context=0, open=1)


def test_say_context_names_who_and_when(cast: build.Cast, plan: Plan) -> None:
    row = sentence(plan, "制定本方案")
    said = actions.say_context(cast.office, plan, [row.pk], reason="依据", now=build.NOW)
    row.refresh_from_db()
    assert (said, row.context_by, row.context_at, row.context_reason) == (1, cast.office.label, build.NOW, "依据")
    assert queries.plan_coverage(plan) == Coverage(task=3, context=1, open=0)
    assert Entry.objects.filter(action="plans.say_context").count() == 1

    assert actions.take_back_context(cast.office, plan, [row.pk], now=build.NOW) == 1
    row.refresh_from_db()
    assert (row.context_by, row.context_at, row.context_reason) == ("", None, "")
    assert queries.plan_coverage(plan).open == 1


def test_say_context_leaves_sentences_with_tasks(cast: build.Cast, plan: Plan) -> None:
    with_task, without = sentence(plan, "形势很好"), sentence(plan, "制定本方案")
    assert actions.say_context(cast.office, plan, [with_task.pk, without.pk], now=build.NOW) == 1
    assert list(plan.sentences.exclude(context_at=None)) == [without]


def test_say_context_refuses_when_every_one_has_a_task(cast: build.Cast, plan: Plan) -> None:
    with pytest.raises(actions.CoveredByTask):
        actions.say_context(cast.office, plan, [sentence(plan, "形势很好").pk], now=build.NOW)
    assert plan.sentences.exclude(context_at=None).count() == 0


def test_context_of_a_foreign_plan_is_not_touched(cast: build.Cast, plan: Plan) -> None:
    other = actions.import_plan(cast.office, data=TEXT.encode(), name="另一份.txt", now=build.NOW)
    assert actions.say_context(cast.office, plan, [sentence(other, "制定本方案").pk], now=build.NOW) == 0
    assert Sentence.objects.exclude(context_at=None).count() == 0


def test_add_sources_hangs_a_task_on_more_sentences(cast: build.Cast, plan: Plan) -> None:
    task = plan.tasks.get()
    row = sentence(plan, "制定本方案")
    for _twice in range(2):
        actions.add_sources(cast.office, task, [row], now=build.NOW)
    assert queries.plan_coverage(plan) == Coverage(task=4, context=0, open=0)
    assert next(one.text for one in queries.sources_of(task)) == "为落实要求，制定本方案。"


def test_pages_lead_from_the_sentence_to_the_filing_and_back(cast: build.Cast, plan: Plan) -> None:
    task = plan.tasks.get()
    task.lead_unit, task.state, task.title, task.due_on = cast.school, "under_way", "建好平台", build.TODAY
    task.save()
    planning.report(task=task, text="平台已上线。")
    client = build.client(cast.office)

    page = client.get(reverse("plans:coverage", args=[plan.pk])).content.decode()
    assert "建好平台" in page
    traced = client.get(reverse("plans:sentence", args=[sentence(plan, "责任单位").pk])).content.decode()
    assert "平台已上线。" in traced
    shown = client.get(reverse("plans:task", args=[task.pk])).content.decode()
    assert "责任单位：县教体局。" in shown


def test_page_marks_attaches_and_makes_tasks_of_what_is_ticked(cast: build.Cast, plan: Plan) -> None:
    client, row = build.client(cast.office), sentence(plan, "制定本方案")
    client.post(reverse("plans:context", args=[plan.pk]), {"pk": [row.pk, "x"], "reason": "依据"})
    assert queries.plan_coverage(plan).open == 0
    client.post(reverse("plans:context_back", args=[plan.pk]), {"pk": [row.pk]})
    assert queries.plan_coverage(plan).open == 1

    attach = reverse("plans:attach", args=[plan.pk])
    assert "为落实要求" in client.post(attach, {"pk": [row.pk]}).content.decode()
    assert client.post(attach, {"pk": [row.pk], "task": ""}).status_code == 422
    assert client.post(attach, {"pk": [row.pk], "task": plan.tasks.get().pk}).status_code == 302
    assert queries.plan_coverage(plan).open == 0

    new = reverse("plans:task_add", args=[plan.pk]) + f"?pk={row.pk}"
    assert "为落实要求，制定本方案。" in client.get(new).content.decode()
    assert client.post(new, {"number": "补-1", "title": "落实要求"}).status_code == 302
    made = plan.tasks.get(title="落实要求")
    assert list(made.sentences.all()) == [row]


def test_page_shows_only_what_is_open_when_asked(cast: build.Cast, plan: Plan) -> None:
    client = build.client(cast.office)
    page = client.get(reverse("plans:coverage", args=[plan.pk]), {"open": "1"}).content.decode()
    assert "为落实要求" in page
    assert "县里形势很好" not in page
    actions.say_context(cast.office, plan, [sentence(plan, "制定本方案").pk], now=build.NOW)
    page = client.get(reverse("plans:coverage", args=[plan.pk]), {"open": "1"}).content.decode()
    assert "没有未落实的句子" in page
