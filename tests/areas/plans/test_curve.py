"""How far a plan has come by month: the rule, the rows it is counted from, and the picture with its words."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests import build, planning
from xietong.areas.plans import documents, queries
from xietong.areas.plans.rules.curve import curve
from xietong.areas.plans.rules.timeline import Month

MAY, JUNE = date(2026, 5, 20), date(2026, 6, 30)
DAYS = st.lists(st.dates(date(2024, 1, 1), date(2028, 12, 31)), max_size=40)


def test_nothing_due_is_no_line() -> None:
    assert curve([], [], MAY) == ()


def test_what_is_to_come_has_no_figure_of_what_was_done() -> None:
    found = curve([MAY, JUNE, JUNE], [date(2026, 4, 2)], MAY)
    assert [(str(one.month), one.due, one.done) for one in found] == [
        ("2026-04", 0, 1), ("2026-05", 1, 1), ("2026-06", 3, None),
    ]  # fmt: skip


@given(due=DAYS, done=DAYS, today=st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_the_lines_never_fall_and_end_with_everything(due: list[date], done: list[date], today: date) -> None:
    found = curve(due, done, today)
    if not due:
        assert found == ()
        return
    assert [one.month for one in found] == [found[0].month.later(n) for n in range(len(found))]
    for values in ([one.due for one in found], [one.done for one in found if one.done is not None]):
        assert values == sorted(values)
    assert found[-1].due == len(due)
    now = next(one for one in found if one.month == Month.of(today))
    assert now.done == sum(Month.of(one).number <= Month.of(today).number for one in done)


@pytest.mark.django_db
def test_a_plan_is_counted_by_the_last_acceptance_and_by_the_day_of_what_was_past() -> None:
    cast = build.cast()
    plan, unit = planning.plan(county=cast.county), {"lead_unit": cast.school}
    verified = planning.task(plan=plan, state="verified", due_on=MAY, **unit)
    for month in (3, 4):
        planning.step(task=verified, action="accept", at=datetime(2026, month, 28, tzinfo=UTC))
    planning.task(plan=plan, state="verified", is_past=True, due_on=date(2026, 3, 1), **unit)
    planning.task(plan=plan, state="under_way", due_on=JUNE, **unit)
    planning.task(plan=plan, state="cancelled", due_on=date(2029, 1, 1), **unit)
    found = queries.progress_curve(plan, MAY)
    assert [(str(one.month), one.due, one.done) for one in found] == [
        ("2026-03", 1, 1), ("2026-04", 1, 2), ("2026-05", 2, 2), ("2026-06", 3, None),
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_page_says_the_picture_in_words_and_in_a_table() -> None:
    planning.rules()
    cast = build.cast()
    plan = planning.plan(county=cast.county)
    page = reverse("plans:plan", args=[plan.pk])
    assert "chart-picture" not in build.client(cast.office).get(page).content.decode()
    for state, day in (("verified", date(2026, 8, 1)), ("under_way", date(2026, 12, 1))):
        planning.task(plan=plan, lead_unit=cast.school, state=state, due_on=day)
    shown = build.client(cast.office).get(page).content.decode()
    assert "到2026年9月底应完成 1 项，现已完成 1 项；全部 2 项。" in shown
    assert '<th scope="row">2026年12月</th><td>2</td><td>—</td>' in shown
    assert 'role="img" aria-label="到2026年9月底' in shown


@pytest.mark.parametrize("points", [(), curve([MAY], [], MAY)])
def test_one_month_is_no_picture(points: Any) -> None:
    assert documents.progress_chart(points) is None
