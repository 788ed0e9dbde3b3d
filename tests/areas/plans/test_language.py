"""Steps, remarks and titles are stored alike whoever acts, and read in the reader's language."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests import build, planning
from xietong.areas.plans import actions
from xietong.areas.plans.models import Step
from xietong.areas.plans.templatetags.plans import course
from xietong.kit.pages.templatetags.pages import said

pytestmark = pytest.mark.django_db
TEXT = "提质行动方案\n一、工作任务\n（二）落实经费。制定经费管理办法。\n"


@pytest.fixture(autouse=True)
def actor_reads_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def in_chinese(step: Step) -> str:
    with translation.override("zh-hans"):
        return str(course([step]))


def test_course_tells_of_a_successor_in_the_language_of_the_reader() -> None:
    planning.rules()
    cast = build.cast()
    giver, taker = build.somebody(cast.school), build.somebody(cast.school, name="接任者")
    planning.task(plan=planning.plan(county=cast.county), lead_unit=cast.school, state="under_way", owner=giver)

    actions.give_tasks_to_successor(cast.office, giver_id=giver.pk, successor_id=taker.pk, now=build.NOW)

    step = Step.objects.get()
    assert step.note == "接任者"
    assert "接任者 takes over as person in charge" in str(course([step]))
    assert "负责人由接任者接任" in in_chinese(step)


def test_course_leaves_what_somebody_wrote() -> None:
    school = build.organisation()
    task = planning.task(plan=planning.plan(county=school.county), lead_unit=school, state="under_way")
    step = planning.step(task=task, note="其他", who="李兰")

    assert '<p class="process-note">其他</p>' in str(course([step]))


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("2026-10-31 — 设备晚到。", "期限：2026年10月31日 — 设备晚到。"),
        ("2026-10-31", "期限：2026年10月31日"),
        ("2026-13-31 不是日子", "2026-13-31 不是日子"),
        ("设备晚到。", "设备晚到。"),
    ],
)
def test_course_says_until_when(note: str, shown: str) -> None:
    school = build.organisation()
    task = planning.task(plan=planning.plan(county=school.county), lead_unit=school, state="under_way")
    step = planning.step(task=task, action="ask_later", note=note)

    assert f'<p class="process-note">{shown}</p>' in in_chinese(step)


def test_import_plan_keeps_remarks_as_sentences_and_titles_in_chinese() -> None:
    plan = actions.import_plan(build.cast().office, data=TEXT.encode(), name="短方案.txt", now=build.NOW)

    sentence = "第%(line)s行：编号不连续：原文为“%(found)s”，按顺序应为“%(expected)s”"
    values = {"line": "3", "found": "(二)", "expected": "(一)"}
    assert plan.warnings[0] == {"sentence": sentence, "values": values}
    with translation.override("zh-hans"):
        assert said(plan.warnings[0]) == "第3行：编号不连续：原文为“(二)”，按顺序应为“(一)”"
    assert "制定经费管理办法" in set(plan.tasks.values_list("title", flat=True))
