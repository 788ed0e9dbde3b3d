"""School years and terms."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.areas.orgs.rules.calendar import SchoolYear, SchoolYearError, Term

days = st.dates(date(1950, 1, 1), date(2200, 12, 31))
steps = st.integers(-200, 200)
ONE_DAY = timedelta(days=1)


def test_school_year_has_code_label_and_ends() -> None:
    year = SchoolYear(2025)

    assert (year.code, year.label) == ("2025-2026", "2025—2026学年")
    assert (year.starts_on, year.ends_on) == (date(2025, 9, 1), date(2026, 8, 31))


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2025, 8, 31), 2024),
        (date(2025, 9, 1), 2025),
        (date(2026, 1, 1), 2025),
        (date(2026, 8, 31), 2025),
    ],
)
def test_school_year_containing_a_day(day: date, start: int) -> None:
    assert SchoolYear.containing(day) == SchoolYear(start)


@pytest.mark.parametrize(
    "text",
    [
        "2025-2026",
        "2025—2026学年",
        "2025——2026学年",
        "2025–2026 学年度",
        " 2025～2026 ",
        "2025至2026学年",
        "2025/2026",
    ],
)
def test_school_year_parse_reads_the_usual_forms(text: str) -> None:
    assert SchoolYear.parse(text) == SchoolYear(2025)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "学年应写成“2025-2026”的形式。"),
        ("2025", "学年应写成“2025-2026”的形式。"),
        ("25-26", "学年应写成“2025-2026”的形式。"),
        ("2025-2026学期", "学年应写成“2025-2026”的形式。"),
        ("2025-2027", "学年的两个年份应前后相连，如“2025-2026”。"),
        ("2026-2025", "学年的两个年份应前后相连，如“2025-2026”。"),
    ],
)
def test_school_year_parse_refuses_with_a_reason(text: str, message: str) -> None:
    with pytest.raises(SchoolYearError) as refusal:
        SchoolYear.parse(text)

    assert str(refusal.value) == message


@given(day=days)
def test_school_year_and_term_hold_the_days_they_contain(day: date) -> None:
    year, term = SchoolYear.containing(day), Term.containing(day)

    assert year.starts_on <= day <= year.ends_on
    assert term.starts_on <= day <= term.ends_on
    assert term.year == year


@given(day=days)
def test_years_and_terms_follow_each_other_without_a_gap(day: date) -> None:
    year, term = SchoolYear.containing(day), Term.containing(day)

    assert SchoolYear.containing(year.ends_on + ONE_DAY) == year.shifted(1)
    assert Term.containing(term.ends_on + ONE_DAY) == term.shifted(1)
    assert Term.containing(term.starts_on - ONE_DAY) == term.shifted(-1)


@given(day=days, n=steps)
def test_shifted_there_and_back_is_where_it_began(day: date, n: int) -> None:
    year, term = SchoolYear.containing(day), Term.containing(day)

    assert year.shifted(n).shifted(-n) == year
    assert term.shifted(n).shifted(-n) == term
    assert year.shifted(n).start - year.start == n
    assert term.shifted(2 * n).year == year.shifted(n)


def test_terms_of_a_year_have_labels_and_meet_in_february() -> None:
    first, second = SchoolYear(2025).terms

    assert (first.label, second.label) == ("2025—2026学年第一学期", "2025—2026学年第二学期")
    assert (first.starts_on, first.ends_on) == (date(2025, 9, 1), date(2026, 1, 31))
    assert (second.starts_on, second.ends_on) == (date(2026, 2, 1), date(2026, 8, 31))


def test_terms_and_years_sort_by_time() -> None:
    first, second = SchoolYear(2025).terms

    assert sorted([second, SchoolYear(2026).terms[0], first]) == [first, second, SchoolYear(2026).terms[0]]
    assert sorted([SchoolYear(2026), SchoolYear(2025)]) == [SchoolYear(2025), SchoolYear(2026)]
