import pytest

from xietong.areas.people.rules.pinyin import LONGEST, MOST_INITIALS, SURNAMES, spelling

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("李兰", ("li lan", "ll")),
        ("曾小雨", ("zeng xiao yu", "zxy")),
        ("单一鸣", ("shan yi ming", "sym")),
        ("单于丹", ("chan yu dan", "cyd")),
        ("仇英", ("qiu ying", "qy")),
        ("欧阳明", ("ou yang ming", "oym")),
        (" 王单 ", ("wang dan", "wd")),
        ("阿依古丽·买买提", ("a yi gu li mai mai ti", "aygl" + "mmt")),
        ("Anna", ("anna", "a")),
        ("", ("", "")),
    ],
)
def test_spelling_reads_names(name: str, expected: tuple[str, str]) -> None:
    assert spelling(name) == expected


def test_spelling_holds_only_surnames_that_the_library_reads_otherwise() -> None:
    from pypinyin import lazy_pinyin

    assert [one for one, reading in SURNAMES.items() if lazy_pinyin(one) == [reading]] == []


def test_spelling_keeps_to_the_columns_that_store_it() -> None:
    pinyin, initials = spelling("庄" * 60)

    assert (len(pinyin), initials) == (LONGEST, "z" * MOST_INITIALS)
