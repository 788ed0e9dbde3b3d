"""Numbers of official documents."""

import pytest

from xietong.areas.dispatch.rules.numbering import official_number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("云教字〔2026〕12号", "云教字〔2026〕12号"),
        (" 云教字[2026] 12号", "云教字〔2026〕12号"),
        ("〔2026〕4号", "〔2026〕4号"),
        ("", None),
        ("12号", None),
        ("云教字〔2026〕第12号", None),
        ("云教字〔2026〕012号", None),
        ("云教字〔26〕12号", None),
    ],
)
def test_a_number_has_its_code_its_year_and_its_place(typed: str, kept: str | None) -> None:
    assert official_number(typed) == kept
