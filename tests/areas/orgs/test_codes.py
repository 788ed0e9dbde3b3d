"""Codes of schools and places."""

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xietong.areas.orgs.rules import codes
from xietong.areas.orgs.rules.codes import CodeError, CodeFault

TABLES = (
    codes.CATEGORIES,
    codes.PROVINCES,
    codes.SCHOOL_TYPES,
    codes.SETTLEMENTS,
    codes.ZONES,
    codes.TOWNSHIP_KINDS,
)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_tables_hold_codes_of_one_length_and_chinese_names(table: codes.CodeTable) -> None:
    assert len({len(code) for code in table.names}) == 1
    assert [c for c in table.names if not re.fullmatch("[0-9]+", c)] == []
    assert [n for n in table.names.values() if not re.fullmatch("[一-龥、]+", n)] == []
    assert table.source


def test_tables_have_the_published_number_of_rows() -> None:
    assert [len(table.names) for table in TABLES] == [16, 34, 24, 7, 4, 6]


def test_tables_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        codes.CATEGORIES.names["99"] = "别的"  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        codes.CATEGORIES.name = "别的"  # type: ignore[misc]
    with pytest.raises(TypeError):
        codes.CATEGORIES.names["99"] = "别的"  # type: ignore[index]


def test_table_of_refuses_a_code_without_a_name() -> None:
    with pytest.raises(ValueError, match="shorter"):
        codes.CodeTable.of("x", "1 甲 2", source="x", confidence="D")


@pytest.mark.parametrize(
    ("text", "category", "province", "institution"),
    [
        ("4136013774", "普通高等学校", "江西省", "13774"),
        ("4136010414", "普通高等学校", "江西省", "10414"),
        ("4211051162", "成人高等学校", "北京市", "51162"),
        ("2136000001", "小学", "江西省", None),
        ("3436012345", "普通高中、完全中学", "江西省", None),
        (" ２１３６ ００００ ０１", "小学", "江西省", None),
    ],
)
def test_parse_school_code_tells_category_province_and_institution(
    text: str, category: str, province: str, institution: str | None
) -> None:
    code = codes.parse_school_code(text)

    assert (code.category_name, code.province_name, code.institution) == (category, province, institution)


@pytest.mark.parametrize(
    ("text", "fault", "message"),
    [
        ("", CodeFault.LENGTH, "学校标识码应为10位，现为0位。"),
        ("213600001", CodeFault.LENGTH, "学校标识码应为10位，现为9位。"),
        ("21360000A1", CodeFault.CHARACTERS, "学校标识码只能是数字。"),
        ("21360000٣1", CodeFault.CHARACTERS, "学校标识码只能是数字。"),
        ("2336000001", CodeFault.CATEGORY, "学校标识码前2位“23”不是学校类别。"),
        ("2138000001", CodeFault.PROVINCE, "学校标识码第3至4位“38”不是省级行政区代码。"),
        ("4136113774", CodeFault.SERIAL, "高等学校的标识码第5位应为0，后5位为原学校代码。"),
        ("4236113774", CodeFault.SERIAL, "高等学校的标识码第5位应为0，后5位为原学校代码。"),
    ],
)
def test_parse_school_code_refuses_with_a_reason(text: str, fault: CodeFault, message: str) -> None:
    with pytest.raises(CodeError) as refusal:
        codes.parse_school_code(text)

    assert (refusal.value.code, str(refusal.value)) == (fault, message)


@given(
    category=st.sampled_from(sorted(set(codes.CATEGORIES.names) - codes.HIGHER)),
    province=st.sampled_from(sorted(codes.PROVINCES.names)),
    serial=st.integers(0, 999_999),
)
def test_parse_school_code_returns_the_parts_it_was_made_of(category: str, province: str, serial: int) -> None:
    code = codes.parse_school_code(f"{category}{province}{serial:06}")

    assert (code.category, code.province, code.text[4:]) == (category, province, f"{serial:06}")


def test_school_code_fits_the_types_of_its_category() -> None:
    code = codes.parse_school_code("3136000001")

    assert [t for t in codes.SCHOOL_TYPES.names if code.fits(t)] == ["311", "312", "319"]


def test_every_school_type_has_a_category() -> None:
    assert {school_type[:2] for school_type in codes.SCHOOL_TYPES.names} - set(codes.CATEGORIES.names) == set()


def test_every_settlement_has_a_zone() -> None:
    assert {settlement[:2] for settlement in codes.SETTLEMENTS.names} == set(codes.ZONES.names)


def test_parse_county_code_tells_city_and_province() -> None:
    code = codes.parse_county_code("360123")
    assert code.province_name == "江西省"

    assert (code.text, code.city, code.province) == ("360123", "360100", "36")


@pytest.mark.parametrize(
    ("text", "fault", "message"),
    [
        ("36012", CodeFault.LENGTH, "县级区划代码应为6位，现为5位。"),
        ("36O123", CodeFault.CHARACTERS, "县级区划代码只能是数字。"),
        ("380123", CodeFault.PROVINCE, "县级区划代码前2位“38”不是省级行政区代码。"),
        ("360000", CodeFault.LEVEL, "“360000”不是县级区划代码：第3至4位、第5至6位都不应为00。"),
        ("360100", CodeFault.LEVEL, "“360100”不是县级区划代码：第3至4位、第5至6位都不应为00。"),
        ("360023", CodeFault.LEVEL, "“360023”不是县级区划代码：第3至4位、第5至6位都不应为00。"),
    ],
)
def test_parse_county_code_refuses_with_a_reason(text: str, fault: CodeFault, message: str) -> None:
    with pytest.raises(CodeError) as refusal:
        codes.parse_county_code(text)

    assert (refusal.value.code, str(refusal.value)) == (fault, message)


def test_parse_county_code_reads_a_zero_that_spans_two_parts() -> None:
    assert codes.parse_county_code("511002").city == "511000"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("360123001", "街道"),
        ("360123100", "镇"),
        ("360123200", "乡"),
        ("360123399", "乡"),
        ("360123402", "政企合一单位"),
        ("360123501", "政企合一单位"),
    ],
)
def test_parse_township_code_tells_kind_and_county(text: str, kind: str) -> None:
    code = codes.parse_township_code(text)

    assert (code.text, code.kind_name, code.county) == (text, kind, codes.parse_county_code("360123"))


@pytest.mark.parametrize(
    ("text", "fault", "message"),
    [
        ("36012310", CodeFault.LENGTH, "乡级区划代码应为9位，现为8位。"),
        ("360100100", CodeFault.LEVEL, "“360100”不是县级区划代码：第3至4位、第5至6位都不应为00。"),
        ("360123000", CodeFault.TOWNSHIP, "乡级区划代码后3位应在001至599之间，现为000。"),
        ("360123600", CodeFault.TOWNSHIP, "乡级区划代码后3位应在001至599之间，现为600。"),
    ],
)
def test_parse_township_code_refuses_with_a_reason(text: str, fault: CodeFault, message: str) -> None:
    with pytest.raises(CodeError) as refusal:
        codes.parse_township_code(text)

    assert (refusal.value.code, str(refusal.value)) == (fault, message)
