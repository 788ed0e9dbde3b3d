"""How the files of a package are called, and who is drawn by lot; both without a database."""

from collections import Counter
from datetime import date

import pytest

from xietong.areas.plans.rules.packing import extension, packed_name, safe
from xietong.areas.plans.rules.sampling import drawn, label

DAY = date(2026, 9, 8)


def name(number: int = 7, **parts: str) -> str:
    given = {"clause": "三(一) 学校", "task": "制定教研制度", "unit": "一小", "ending": ".pdf"} | parts
    return packed_name(number, on=DAY, **given)


def test_packed_name_says_number_clause_task_unit_and_day() -> None:
    assert name() == "0007-三(一) 学校-制定教研制度-一小-20260908.pdf"
    assert name(ending=".jpg", what="签字页") == "0007-三(一) 学校-制定教研制度-一小-签字页-20260908.jpg"
    assert name(12345).startswith("12345-")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a<b>:"c"|d?*\\e', "a_b___c__d___e"),
        ("第一\n行\x00\u202e第二", "第一 行第二"),
        (" . ", "_"),
        ("", "_"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_safe_leaves_nothing_that_a_system_forbids(text: str, said: str) -> None:
    assert safe(text, 40) == said


def test_packed_name_fits_a_file_system_whatever_the_words() -> None:
    longest = name(99999, clause="条" * 300, task="务" * 300, unit="校" * 300, what="签" * 30, ending=".docx")
    assert len(longest.encode()) <= 255
    assert longest.endswith("-20260908.docx")


@pytest.mark.parametrize(
    ("file", "found"),
    [("总结.PDF", ".pdf"), ("总结", ""), ("a.tar.gz", ".gz"), ("a.坏", ""), ("a.verylongone", "")],
)
def test_extension_is_one_that_every_system_takes(file: str, found: str) -> None:
    assert extension(file) == found


def test_drawn_gives_the_same_again_whatever_the_order() -> None:
    first = drawn("20260901-20260930-5-ab12cd", range(100), 5)
    assert drawn("20260901-20260930-5-ab12cd", reversed(range(100)), 5) == first
    assert len(set(first)) == 5
    assert drawn("20260901-20260930-5-ab12ce", range(100), 5) != first


def test_drawn_takes_all_if_there_are_fewer_and_none_if_none_is_asked_for() -> None:
    assert sorted(drawn("s", [3, 1, 2, 2], 9)) == [1, 2, 3]
    assert drawn("s", [], 5) == []
    assert drawn("s", [1], -1) == []


def test_drawn_is_fair_to_everybody() -> None:
    """Each of 20 is drawn with the chance 1/4: 4,000 draws of 5, five standard deviations about 1,000."""
    found = Counter(item for seed in range(4000) for item in drawn(f"draw-{seed}", range(20), 5))
    deviation = (4000 * 0.25 * 0.75) ** 0.5
    assert set(found) == set(range(20))
    assert max(abs(count - 1000) for count in found.values()) < 5 * deviation


def test_drawn_does_not_favour_neighbours() -> None:
    """Two given items are drawn together as often as chance has it: 5/20 × 4/19."""
    together = sum({6, 7} <= set(drawn(f"pair-{seed}", range(20), 5)) for seed in range(4000))
    chance = 5 / 20 * 4 / 19
    assert abs(together - 4000 * chance) < 5 * (4000 * chance * (1 - chance)) ** 0.5


def test_label_names_period_and_number_and_fits_its_column() -> None:
    made = label(date(2026, 9, 1), date(2026, 9, 30), 200, "ab12cd")
    assert made == "20260901-20260930-200-ab12cd"
    assert len(made) <= 40
