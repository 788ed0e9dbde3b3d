"""The form of a progress report, as a page without scripts or a client without the hidden number sends it."""

from xietong.areas.plans.forms import ReportForm


def test_report_form_without_a_request_number_has_none() -> None:
    """An empty text would be the same number for every report, and the second one would be refused."""
    form = ReportForm(data={"text": "按计划推进。"})

    assert form.is_valid()
    assert form.cleaned_data["request_key"] is None
