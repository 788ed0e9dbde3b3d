"""What does not fit together in a record, and what needs a word."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from xietong.areas.orgs.rules.checks import Facts, Finding, Place, Weight, findings, plain
from xietong.areas.orgs.rules.fields import FIELDS

pytestmark = pytest.mark.once

STAGES = ("primary", "middle")
JUMP = Decimal("33.34")


def everything(value: int = 100, pupils: int = 40) -> dict[Place, Decimal]:
    return {
        (stage, grade, code): Decimal(pupils if spec.grades else value)
        for code, spec in FIELDS.items()
        for stage, grade in spec.places(STAGES)
    }


def classes(pupils: int = 40) -> list[tuple[str, int, str, int]]:
    return [(stage, grade, "1班", pupils) for stage, grade in FIELDS["pupils"].places(STAGES)]


def found(
    changed: Mapping[Place, Any] | None = None,
    *,
    rolls: list[tuple[str, int, str, int]] | None = None,
    before: Mapping[Place, Decimal] | None = None,
) -> list[Finding]:
    """What is found when these figures are not as they should be; None takes a figure away."""
    said = everything() | {place: Decimal(value) for place, value in (changed or {}).items() if value is not None}
    figures = {place: value for place, value in said.items() if (changed or {}).get(place, 0) is not None}
    return list(findings(Facts(STAGES, figures, classes() if rolls is None else rolls, before or {}), JUMP))


def told(rows: list[Finding]) -> list[tuple[str, str, int, str]]:
    return [(one.code, one.stage, one.grade, one.subject) for one in rows]


def test_a_record_that_fits_has_no_findings() -> None:
    assert found() == []
    assert found(before=everything()) == []


def test_a_figure_that_is_not_there_is_missing_unless_it_is_optional() -> None:
    rows = found({("primary", 0, "posts"): None, ("primary", 0, "boarders"): None})
    assert told(rows) == [("missing", "primary", 0, "posts")]
    assert rows[0].weight is Weight.FAULT
    assert rows[0].key == ("missing", "primary/0/posts")


def test_a_figure_of_the_whole_school_stands_for_its_stages() -> None:
    lone = {("primary", 0, "classrooms"): None, ("middle", 0, "classrooms"): None, ("", 0, "classrooms"): 50}
    assert found(lone) == []
    assert told(found({("", 0, "classrooms"): 50})) == [("twice", "", 0, "classrooms")]


@pytest.mark.parametrize(
    ("changed", "rolls", "code"),
    [
        ({}, [("primary", 1, "1班", 39), *classes()[1:]], "classes_sum"),
        ({}, classes()[1:], "no_classes"),
        ({("primary", 1, "pupils"): 0}, classes(), "no_pupils"),
        ({("primary", 1, "pupils"): 0}, [("primary", 1, "1班", 0), *classes()[1:]], "empty_class"),
    ],
)
def test_classes_and_grades_fit(changed: dict[Place, Any], rolls: Any, code: str) -> None:
    [one] = found(changed, rolls=rolls)
    assert (one.code, one.stage, one.grade, one.weight) == (code, "primary", 1, Weight.FAULT)


def test_classes_of_a_grade_are_summed() -> None:
    rolls = [("primary", 1, "1班", 25), ("primary", 1, "2班", 25), *classes()[1:]]
    [one] = found(rolls=rolls)
    assert one.values == {"classes": "50", "figure": "40", "apart": "10"}


def test_a_part_is_no_larger_than_the_whole() -> None:
    rows = found(
        {
            ("primary", 0, "indoor_sports_area"): 101,
            ("middle", 0, "boarders"): 121,
            ("middle", 0, "training_funds"): "100.5",
        }
    )
    assert told(rows) == [
        ("part_above_whole", "primary", 0, "indoor_sports_area"),
        ("part_above_whole", "middle", 0, "boarders"),
        ("part_above_whole", "middle", 0, "training_funds"),
    ]
    assert rows[2].values == {"figure": "100.5", "other": "100"}


def test_a_jump_needs_a_word_above_the_limit_only() -> None:
    before = everything()
    assert found({("primary", 0, "classrooms"): 133}, before=before) == []
    [one] = found({("primary", 0, "classrooms"): 134}, before=before)
    assert (one.code, one.weight, one.subject) == ("jump", Weight.WORD, "classrooms")
    assert one.values == {"name": FIELDS["classrooms"].name, "before": "100", "figure": "134", "limit": "33.34"}


def test_a_jump_from_nothing_and_to_nothing_is_one() -> None:
    before = everything() | {("primary", 0, "boarders"): Decimal(0), ("middle", 0, "boarders"): Decimal(0)}
    rows = found({("primary", 0, "boarders"): 5, ("middle", 0, "boarders"): 0}, before=before)
    assert told(rows) == [("jump", "primary", 0, "boarders")]


def test_a_figure_without_one_last_year_is_no_jump() -> None:
    before = {place: value for place, value in everything().items() if place[2] != "classrooms"}
    assert found({("primary", 0, "classrooms"): 900}, before=before) == []


def test_plain_takes_needless_zeros_away() -> None:
    assert [plain(Decimal(one)) for one in ("100.00", "0.50", "0")] == ["100", "0.5", "0"]
