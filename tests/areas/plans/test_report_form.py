"""The form of a progress report, as a page without scripts or a client without the hidden number sends it."""

from decimal import Decimal

import pytest

from tests import build, planning
from xietong.areas.plans.forms import ReportForm

pytestmark = pytest.mark.django_db


def test_report_form_without_a_request_number_has_none() -> None:
    """An empty text would be the same number for every report, and the second one would be refused."""
    form = ReportForm(
        planning.task(plan=planning.plan(), lead_unit=build.organisation()), data={"text": "按计划推进。"}
    )

    assert form.is_valid()
    assert form.cleaned_data["request_key"] is None


def test_report_form_asks_only_what_the_task_has() -> None:
    plan, unit = planning.plan(), build.organisation()
    bare = planning.task(plan=plan, lead_unit=unit)
    full = planning.task(
        plan=plan, lead_unit=unit, rhythm="每月", quantity=40, measure="人次", measured=Decimal("12.00")
    )
    planning.occurrence(task=full)
    reached = planning.milestone(task=full)

    assert list(ReportForm(bare).fields) == ["text", "claims_completion", "request_key"]
    form = ReportForm(full, data={"text": "好。", "milestones": [reached.pk], "quantity": "20", "carried_out": "0"})
    assert form.is_valid()
    assert form.fields["quantity"].initial == "12"
    assert (form.cleaned_data["milestones"], form.cleaned_data["carried_out"]) == ([reached], False)
