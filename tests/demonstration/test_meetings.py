"""The meetings of the demonstration: eighteen months of them, as the product itself would have left them behind."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import build, dispatching, planning
from xietong.areas.dispatch import queries
from xietong.areas.dispatch.models import AgendaItem, Attendance, Confirmation, Decision, DecisionStep, Meeting
from xietong.areas.orgs.models import OrgKind
from xietong.web.demonstration.meetings import lay_meetings
from xietong.web.demonstration.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> build.Cast:
    planning.rules()
    cast = build.cast()
    for n in range(4):
        build.organisation(kind=OrgKind.SECTION, name=f"第{n}股")
    plan = planning.plan(county=cast.county)
    planning.task(plan=plan, lead_unit=cast.school, state="under_way", title="演示任务", due_on=date(2026, 5, 1))
    planning.task(plan=plan, lead_unit=cast.school, state="under_way", title="演示任务二")
    months = [date(2024 + (11 + n) // 12, (11 + n) % 12 + 1, 1) for n in range(18)]
    lay_meetings(plan, [dispatching.cycle(month=one, due_on=one + timedelta(days=27)) for one in months])
    return cast


def words(model: type[Any], *names: str) -> list[str]:
    return [word for row in model.objects.values_list(*names) for word in row if word]


def test_every_month_has_its_meeting(laid: build.Cast) -> None:
    rows = list(Meeting.objects.order_by("starts_at"))
    assert [one.state for one in rows] == ["fixed"] * 16 + ["circulated", "planned"]
    assert [one.starts_at for one in rows] == sorted(one.starts_at for one in rows)
    assert (rows[-2].starts_at < NOW < rows[-1].starts_at, rows[-2].confirm_by >= TODAY) == (True, True)
    assert all(4 <= row.agenda.count() <= 6 for row in rows[1:-1])
    assert {one.state for one in Attendance.objects.filter(meeting=rows[-1])} == {"expected"}
    assert {one.state for one in Attendance.objects.filter(meeting=rows[0])} >= {"present", "excused"}


def test_decisions_stand_in_every_state_and_have_their_course(laid: build.Cast) -> None:
    assert set(Decision.objects.values_list("state", flat=True)) == {"open", "claimed", "closed", "cancelled"}
    assert Decision.objects.filter(state="open", due_on__lt=TODAY).exists()
    assert not Decision.objects.filter(closed_at__gt=NOW).exists()
    assert DecisionStep.objects.filter(action="make").count() == Decision.objects.count()
    for state in ("claimed", "closed"):
        row = Decision.objects.filter(state=state).first()
        page = queries.decision_page(laid.office, row.pk, TODAY)
        assert [one.action for one in page.steps][-2:] == ["claim", "make"]
    assert Confirmation.objects.exclude(text="").count() == 1


def test_what_was_lived_is_marked_as_a_demonstration(laid: build.Cast) -> None:
    said = [
        *words(Meeting, "title", "place", "chair", "minutes"),
        *words(Decision, "text", "closing_note"),
        *words(DecisionStep, "note"),
        *words(AgendaItem, "title"),
        *words(Confirmation, "text", "answered_by"),
    ]
    assert [word for word in said if "演示" not in word] == []
