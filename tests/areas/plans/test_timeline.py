"""Months as a line, and tasks with their parts below them."""

from datetime import date

from xietong.areas.plans.rules.timeline import Month, Placed, Scale, Stretch, nested

YEAR = Scale(Month(2026, 1), Month(2026, 12))


def test_scale_holds_every_day_given() -> None:
    scale = Scale.around([date(2026, 3, 5), None, date(2025, 11, 30)], otherwise=date(2000, 1, 1))
    assert (scale, scale.count) == (Scale(Month(2025, 11), Month(2026, 3)), 5)
    assert [str(one) for one in scale.months()] == ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]
    assert scale.years() == [(2025, 2), (2026, 3)]


def test_scale_without_days_is_the_month_of_the_other() -> None:
    assert Scale.around([None], otherwise=date(2026, 5, 20)) == Scale(Month(2026, 5), Month(2026, 5))


def test_day_stands_where_its_month_is() -> None:
    assert (YEAR.at(date(2026, 1, 1)), YEAR.at(date(2026, 7, 1))) == (0, 50)
    assert YEAR.after(date(2026, 12, 31)) == 100
    assert (YEAR.at(date(2025, 6, 1)), YEAR.at(date(2027, 6, 1))) == (0, 100)
    assert (YEAR.after(date(2025, 6, 1)), YEAR.after(date(2027, 6, 1))) == (0, 100)


def test_line_holds_its_first_and_last_day_alone() -> None:
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [YEAR.holds(day) for day in days] == [False, True, True, False]


def test_stretch_goes_from_morning_to_evening() -> None:
    assert YEAR.stretch(date(2026, 4, 1), date(2026, 6, 30)) == Stretch(25, 25)
    assert YEAR.stretch(date(2027, 4, 1), date(2026, 6, 30)).width == 0


def test_month_before_january_is_december() -> None:
    assert (Month(2026, 1).previous, Month(2026, 12).next) == (Month(2025, 12), Month(2027, 1))
    weeks = Month(2026, 2).weeks()
    assert (weeks[0][0], weeks[-1][-1], Month(2028, 2).last) == (
        date(2026, 1, 26),
        date(2026, 3, 1),
        date(2028, 2, 29),
    )


def test_parts_stand_right_below_their_task_in_its_clause() -> None:
    rows = [(1, None, 10), (2, None, 20), (3, 1, 20), (4, 3, None), (5, 1, 10)]
    assert nested(rows) == [
        Placed(1, 10, 0),
        Placed(3, 10, 1),
        Placed(4, 10, 2),
        Placed(5, 10, 1),
        Placed(2, 20, 0),
    ]


def test_part_without_its_whole_stands_by_itself() -> None:
    assert nested([(7, 99, None), (8, None, 1)]) == [Placed(7, None, 0), Placed(8, 1, 0)]
