"""任务分解表: the same rows on the page and in the document."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from docx import Document

from tests import build, planning

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> build.Cast:
    planning.rules()
    return build.cast()


def document(response: Any) -> Any:
    return Document(BytesIO(b"".join(response)))


def test_breakdown_gives_every_task_as_a_document(cast: build.Cast) -> None:
    plan = planning.plan(county=cast.county, title="提质方案", document_no="云府字〔2026〕1号")
    planning.task(
        plan=plan,
        number="三-1",
        title="建平台",
        lead_unit=cast.school,
        supports=(cast.other_school, cast.university),
        due_on=date(2026, 12, 31),
        rhythm="每学期",
        deliverable="总结",
    )
    planning.task(plan=plan, number="三-2", title="办活动", lead_unit=None, due_on=None, state="draft")
    url = reverse("plans:breakdown", args=[plan.pk])
    client = build.client(cast.office)
    assert "建平台" in client.get(url).content.decode()
    response = client.get(url, {"export": "docx"})
    assert "%E4%BB%BB%E5%8A%A1%E5%88%86%E8%A7%A3%E8%A1%A8.docx" in response["Content-Disposition"]
    made = document(response)
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["编号", "任务", "牵头单位", "协办单位", "完成期限", "成果"],
        ["三-1", "建平台", "一小", "二小、云岭师范学院", "2026年12月31日，每学期", "总结"],
        ["三-2", "办活动", "", "", "", ""],
    ]
    assert made.paragraphs[1].text == "云岭县　云府字〔2026〕1号　2025年9月1日"


def test_breakdown_of_an_invented_county_says_so(cast: build.Cast) -> None:
    for county, invented in ((cast.county, True), (cast.next_county, False)):
        county.is_fictional = invented
        county.save()
        plan = planning.plan(county=county)
        client = build.client(cast.office if county == cast.county else cast.stranger)
        response = client.get(reverse("plans:breakdown", args=[plan.pk]), {"export": "docx"})
        header = document(response).sections[0].header._element.xml
        assert ('string="演示"' in header) is invented


def test_breakdown_is_chinese_whoever_asks(cast: build.Cast) -> None:
    plan = planning.plan(county=cast.county, title="提质方案")
    client = build.client(cast.office)
    client.cookies["django_language"] = "en"
    made = document(client.get(reverse("plans:breakdown", args=[plan.pk]), {"export": "docx"}))
    assert made.paragraphs[0].text == "提质方案任务分解表"
