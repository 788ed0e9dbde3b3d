"""领导看板 on paper: one page of A4 however much there is; and no wider than a phone as a picture."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from pypdfium2 import PdfDocument

from tests import build, planning
from tests.journeys.every_page import cookies

pytestmark = [pytest.mark.browser, pytest.mark.once]
NAME, WORDS = "教师队伍建设和教研联合体联合教研活动" * 5, "教师不够，场地也没有交付，" * 30


@pytest.fixture
def cast(live_server: Any) -> build.Cast:
    planning.rules()
    cast = build.cast()
    plan = planning.plan(county=cast.county)
    cast.school.short_name = "云岭县第一小学第二教学点（原石桥中心小学分校）"
    cast.school.save()
    late = build.TODAY - timedelta(days=3)
    for _ in range(9):
        rows = [
            planning.task(plan=plan, lead_unit=cast.school, state="under_way", title=NAME, due_on=day)
            for day in (late, late, build.TODAY)
        ]
        planning.report(task=rows[0], text=WORDS)
        planning.extension(task=rows[1], reason=WORDS[:300], due_on=late)
        planning.instruction(task=rows[2], text=WORDS[:300])
    return cast


def test_a_crowded_briefing_is_one_page_and_fits_a_phone(cast: build.Cast, page_desk: Any, live_server: Any) -> None:
    page_desk.context.add_cookies(cookies(build.client(cast.office), live_server.url))
    page_desk.goto(reverse("plans:briefing"))
    assert page_desk.get_by_text("另有").count() == 3
    paper = PdfDocument(page_desk.pdf(prefer_css_page_size=True))
    assert len(paper) == 1
    paper.close()
    page_desk.goto(f"{reverse('plans:briefing')}?form=phone")
    assert page_desk.locator("main").bounding_box()["width"] == 390
