"""How often, read from a task's own words, and the periods that follow."""

from datetime import date

import pytest

from xietong.areas.plans.rules.rhythms import ONCE, Beat, Rhythm, TermSpan, beat_of, begun, periods

pytestmark = pytest.mark.once

SPRING = TermSpan("2024—2025学年第二学期", 2024, 2, date(2025, 2, 17), date(2025, 7, 4))
AUTUMN = TermSpan("2025—2026学年第一学期", 2025, 1, date(2025, 9, 1), date(2026, 1, 20))
NEXT = TermSpan("2025—2026学年第二学期", 2025, 2, date(2026, 3, 2), date(2026, 7, 3))
TERMS = (AUTUMN, SPRING, NEXT)


@pytest.mark.parametrize(
    ("words", "beat"),
    [
        ("", ONCE),
        ("定期", ONCE),
        ("一次", ONCE),
        ("每月", Beat(Rhythm.MONTHLY)),
        ("每月25日前", Beat(Rhythm.MONTHLY, 1, 25)),
        ("每周", Beat(Rhythm.MONTHLY)),
        ("每季度", Beat(Rhythm.MONTHLY, 3)),
        ("每半年", Beat(Rhythm.MONTHLY, 6)),
        ("每年", Beat(Rhythm.MONTHLY, 12)),
        ("每两年", Beat(Rhythm.MONTHLY, 24)),
        ("每学期", Beat(Rhythm.TERMLY)),
        ("每学年", Beat(Rhythm.TERMLY, 2)),
        ("常态化", Beat(Rhythm.STANDING)),
    ],
)
def test_beat_of_reads_the_words(words: str, beat: Beat) -> None:
    assert beat_of(words) == beat


@pytest.mark.parametrize(
    ("words", "first", "last", "found"),
    [
        ("每月", (2025, 11, 20), (2026, 1, 10),
         [("2025-11", "2025-11-30"), ("2025-12", "2025-12-31"), ("2026-01", "2026-01-10")]),
        ("每月31日前", (2026, 2, 1), (2026, 2, 28), [("2026-02", "2026-02-28")]),
        ("每季度", (2025, 2, 10), (2025, 5, 1), [("2025年第1季度", "2025-03-31"), ("2025年第2季度", "2025-05-01")]),
        ("每半年", (2025, 7, 1), (2026, 6, 30), [("2025年下半年", "2025-12-31"), ("2026年上半年", "2026-06-30")]),
        ("每年", (2025, 3, 1), (2026, 8, 31), [("2025年", "2025-12-31"), ("2026年", "2026-08-31")]),
        ("每两年", (2025, 3, 1), (2026, 8, 31), [("2025-01—2026-12", "2026-08-31")]),
        ("每学期", (2025, 3, 1), (2026, 8, 31),
         [(SPRING.label, "2025-07-04"), (AUTUMN.label, "2026-01-20"), (NEXT.label, "2026-07-03")]),
        ("每学年", (2025, 3, 1), (2026, 8, 31), [("2024—2025学年", "2025-07-04"), ("2025—2026学年", "2026-07-03")]),
        ("常态化", (2025, 9, 10), (2025, 12, 1), [(AUTUMN.label, "2025-12-01")]),
        ("", (2025, 9, 10), (2025, 12, 1), []),
    ],
)  # fmt: skip
def test_periods_span_a_task_and_are_cut_to_it(words: str, first: tuple, last: tuple, found: list) -> None:
    made = list(periods(beat_of(words), date(*first), date(*last), terms=TERMS))

    assert [(one.label, f"{one.due_on}") for one in made] == found
    assert all(date(*first) <= one.starts_on <= one.due_on <= date(*last) for one in made)


def test_begun_are_the_periods_that_are_asked_about() -> None:
    made = list(periods(beat_of("每月"), date(2026, 1, 1), date(2026, 12, 31), terms=()))

    assert [one.label for one in begun(made, date(2026, 2, 28))] == ["2026-01", "2026-02"]
