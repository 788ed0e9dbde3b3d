"""Identity numbers, mobile numbers and masks.

The numbers are the published example of GB 11643 and invented ones with a birth date to come.
"""

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xietong.areas.people.rules.identity import (
    IdentityError,
    IdentityFault,
    IdentityNumber,
    PhoneError,
    Sex,
    check_character,
    mask_identity,
    mask_phone,
    parse_phone,
)

INVENTED = "36012320991231001X"

seventeen = st.builds(
    lambda region, birth_on, order: f"{region}{birth_on:%Y%m%d}{order:03}",
    st.from_regex(r"[1-8][0-9]{5}", fullmatch=True),
    st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    st.integers(0, 999),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("370101190102039973", ("370101", date(1901, 2, 3), Sex.MALE)),
        ("36012320991231001X", ("360123", date(2099, 12, 31), Sex.MALE)),
        ("360123209912310028", ("360123", date(2099, 12, 31), Sex.FEMALE)),
        ("360123209912310036", ("360123", date(2099, 12, 31), Sex.MALE)),
    ],
)
def test_parse_reads_region_birth_and_sex(text: str, expected: tuple[str, date, Sex]) -> None:
    number = IdentityNumber.parse(text)

    assert number.text == text
    assert (number.region, number.birth_on, number.sex) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "36012320991231001x",
        "３６０１２３２０９９１２３１００１Ｘ",
        "３６０１２３２０９９１２３１００１ｘ",
        " 360123 2099 1231 001X\n",
        "360123\u30002099\u00a01231\t001X",
        "\u202d36012320991231001X\u202c",
    ],
    ids=["small x", "full width", "full-width small x", "spaces", "other spaces", "invisible"],
)
def test_parse_accepts_what_people_type(typed: str) -> None:
    assert IdentityNumber.parse(typed) == IdentityNumber.parse(INVENTED)


def test_check_character_of_the_published_example() -> None:
    assert check_character("37010119010203997") == "3"


@pytest.mark.parametrize(
    ("text", "fault", "message"),
    [
        ("", IdentityFault.LENGTH, "身份证号应为18位，现为0位。"),
        ("360123991231001", IdentityFault.LENGTH, "身份证号应为18位，现为15位。"),
        ("36012320991231001XX", IdentityFault.LENGTH, "身份证号应为18位，现为19位。"),
        ("X6012320991231001X", IdentityFault.CHARACTERS, "身份证号前17位应为数字，末位应为数字或X。"),
        ("36012320991231001Y", IdentityFault.CHARACTERS, "身份证号前17位应为数字，末位应为数字或X。"),
        ("36012320991231001٣", IdentityFault.CHARACTERS, "身份证号前17位应为数字，末位应为数字或X。"),
        ("36012320990229001X", IdentityFault.DATE, "身份证号中的出生日期不存在，请核对第7至14位。"),
        ("36012320991301001X", IdentityFault.DATE, "身份证号中的出生日期不存在，请核对第7至14位。"),
        ("36012318991231001X", IdentityFault.DATE, "身份证号中的出生日期不存在，请核对第7至14位。"),
        ("360123209912310010", IdentityFault.CHECKSUM, "身份证号校验位不符，请核对是否有数字输错。"),
    ],
)
def test_parse_refuses_with_a_reason_that_never_repeats_the_number(
    text: str, fault: IdentityFault, message: str
) -> None:
    with pytest.raises(IdentityError) as refusal:
        IdentityNumber.parse(text)

    assert (refusal.value.code, str(refusal.value)) == (fault, message)


def test_parse_accepts_the_first_day_of_1900() -> None:
    digits = "36012319000101001"

    assert IdentityNumber.parse(digits + check_character(digits)).birth_on == date(1900, 1, 1)


@given(digits=seventeen)
def test_parse_accepts_one_check_character_of_eleven(digits: str) -> None:
    right = check_character(digits)

    assert IdentityNumber.parse(digits + right).text == digits + right
    for wrong in set("0123456789X") - {right}:
        with pytest.raises(IdentityError) as refusal:
            IdentityNumber.parse(digits + wrong)
        assert refusal.value.code == IdentityFault.CHECKSUM


@given(digits=seventeen, place=st.integers(0, 16), other=st.sampled_from("0123456789"))
def test_parse_notices_any_single_wrong_digit(digits: str, place: int, other: str) -> None:
    assume(digits[place] != other)

    with pytest.raises(IdentityError):
        IdentityNumber.parse(digits[:place] + other + digits[place + 1 :] + check_character(digits))


@given(digits=seventeen, place=st.integers(0, 15))
def test_parse_notices_two_neighbours_swapped(digits: str, place: int) -> None:
    assume(digits[place] != digits[place + 1])
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]

    with pytest.raises(IdentityError):
        IdentityNumber.parse(swapped + check_character(digits))


def test_identity_number_keeps_the_person_out_of_its_repr() -> None:
    assert repr(IdentityNumber.parse(INVENTED)) == "IdentityNumber(sex=<Sex.MALE: '1'>, region='360123')"


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        " 138 0013 8000 ",
        "138-0013-8000",
        "１３８００１３８０００",
        "+8613800138000",
        "+86 138-0013-8000",
        "8613800138000",
        "008613800138000",
        "＋86－13800138000",
        "\u202d13800138000\u202c",
    ],
)
def test_parse_phone_accepts_what_people_type(typed: str) -> None:
    assert parse_phone(typed) == "13800138000"


@pytest.mark.parametrize(
    "typed",
    ["", "1380013800", "138001380000", "12800138000", "0791-83412345", "+852 6123 4567", "1380013800a"],
)
def test_parse_phone_refuses_what_is_no_mobile_number(typed: str) -> None:
    with pytest.raises(PhoneError) as refusal:
        parse_phone(typed)

    assert str(refusal.value) == "手机号应为11位数字，以13至19开头。"


@pytest.mark.parametrize(
    ("text", "masked", "strict"),
    [
        (INVENTED, "360123********001X", "3****************X"),
        (" 360123 20991231 001X", "360123********001X", "3****************X"),
        ("12345678901234", "123456****1234", "1************4"),
        ("1234567890123", "*************", "1***********3"),
        ("E12345678", "*********", "E*******8"),
        ("E1234", "*****", "*****"),
        ("", "", ""),
    ],
)
def test_mask_identity_shows_six_and_four_or_one_and_one(text: str, masked: str, strict: str) -> None:
    assert (mask_identity(text), mask_identity(text, strict=True)) == (masked, strict)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13800138000", "138****8000"),
        ("138 0013 8000", "138****8000"),
        ("079183412345", "079*****2345"),
        ("83412345", "********"),
        ("", ""),
    ],
)
def test_mask_phone_shows_three_and_four(text: str, masked: str) -> None:
    assert mask_phone(text) == masked


@given(text=st.from_regex(r"[0-9A-Z]{0,30}", fullmatch=True))
def test_masks_keep_the_length_and_hide_at_least_four_or_all(text: str) -> None:
    for masked in (mask_identity(text), mask_identity(text, strict=True), mask_phone(text)):
        assert len(masked) == len(text)
        assert masked.count("*") >= min(4, len(text))
        assert re.fullmatch(r"[0-9A-Z]*\**[0-9A-Z]*", masked)
