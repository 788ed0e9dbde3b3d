"""National codes of schools and places: the tables, and what a code says by itself.

Every table carries its source and a confidence mark: A the rule's own text, B2 two independent sources,
B one source, C unverified, D derived here. Codes are text: leading zeros count, and nobody adds them up.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from gettext import NullTranslations
from types import MappingProxyType
from typing import Literal, Self

# Marks words for the catalogue; whoever knows the reader's language says them.
gettext_noop = NullTranslations().gettext

Confidence = Literal["A", "B2", "B", "C", "D"]


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A closed list of codes with their Chinese names, in the order of the standard."""

    name: str
    source: str
    confidence: Confidence
    names: Mapping[str, str]

    @classmethod
    def of(cls, name: str, names: str, *, source: str, confidence: Confidence) -> Self:
        """Build a table from ``"11 幼儿园 21 小学"``, the form in which the standards print them."""
        words = names.split()
        pairs = dict(zip(words[::2], words[1::2], strict=True))
        return cls(name, source, confidence, MappingProxyType(pairs))


# 各级各类学校(机构)代码编制规则, first segment; the higher-education rows use the old five-digit code.
CATEGORIES = CodeTable.of(
    "学校（机构）类别",
    """
    11 幼儿园 21 小学 22 成人小学 31 普通初中 32 职业初中 33 成人初中 34 普通高中、完全中学 35 成人高中
    36 中等职业学校 37 工读学校 41 普通高等学校 42 成人高等学校 51 特殊教育学校 91 培养研究生的科研机构
    92 民办的其他高等教育机构 93 中等职业培训机构
    """,
    source="教育部《学校（机构）代码管理办法》（2011）及编制规则",
    confidence="B2",
)

PROVINCES = CodeTable.of(
    "省级行政区",
    """
    11 北京市 12 天津市 13 河北省 14 山西省 15 内蒙古自治区 21 辽宁省 22 吉林省 23 黑龙江省 31 上海市
    32 江苏省 33 浙江省 34 安徽省 35 福建省 36 江西省 37 山东省 41 河南省 42 湖北省 43 湖南省 44 广东省
    45 广西壮族自治区 46 海南省 50 重庆市 51 四川省 52 贵州省 53 云南省 54 西藏自治区 61 陕西省 62 甘肃省
    63 青海省 64 宁夏回族自治区 65 新疆维吾尔自治区 71 台湾省 81 香港特别行政区 82 澳门特别行政区
    """,
    source="GB/T 2260",
    confidence="B2",
)

# Values of 2012; JY/T 0633-2022 replaced the standard, its own table was not seen.
SCHOOL_TYPES = CodeTable.of(
    "办学类型（BXLX）",
    """
    111 幼儿园 119 附设幼儿班 211 小学 218 小学教学点 219 附设小学班 311 初级中学 312 九年一贯制学校
    319 附设普通初中班 341 完全中学 342 高级中学 345 十二年一贯制学校 349 附设普通高中班
    361 调整后中等职业学校 362 中等技术学校 363 中等师范学校 364 成人中等专业学校 365 职业高中学校
    366 技工学校 511 盲人学校 512 聋人学校 513 弱智学校 514 其他特教学校 411 大学 412 学院
    """,
    source="JY/T 1001-2012",
    confidence="B",
)

SETTLEMENTS = CodeTable.of(
    "城乡类型（SZDCXLX）",
    "111 主城区 112 城乡结合区 121 镇中心区 122 镇乡结合区 123 特殊区域 210 乡中心区 220 村庄",
    source="JY/T 1001-2012，国家统计局《统计用城乡划分代码》",
    confidence="B",
)

# The first two digits of a settlement; 21 and 22 are both countryside.
ZONES = CodeTable.of(
    "城乡划分",
    "11 城区 12 镇区 21 乡村 22 乡村",
    source="国家统计局《统计用城乡划分代码》",
    confidence="C",
)

# The first of the three digits after the county.
TOWNSHIP_KINDS = CodeTable.of(
    "乡级行政区类别",
    "0 街道 1 镇 2 乡 3 乡 4 政企合一单位 5 政企合一单位",
    source="GB/T 10114-2003",
    confidence="B2",
)


class CodeFault(StrEnum):
    LENGTH = "length"
    CHARACTERS = "characters"
    CATEGORY = "category"
    PROVINCE = "province"
    SERIAL = "serial"
    LEVEL = "level"
    TOWNSHIP = "township"


class CodeError(ValueError):
    """The text is no such code; ``code`` tells why, sentence and values tell the person who typed it.

    A value is what was typed, or a marked word.
    """

    def __init__(self, code: CodeFault, sentence: str, **values: str) -> None:
        super().__init__(sentence % values)
        self.code, self.sentence, self.values = code, sentence, values


# Categories whose serial is 0 and the five digits that admissions have always used.
HIGHER = frozenset({"41", "42"})
DIGITS = re.compile(r"[0-9]*")
HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class SchoolCode:
    """学校（机构）标识码: 2 digits of category, 2 of province, 6 of serial. It never changes."""

    text: str

    @property
    def category(self) -> str:
        return self.text[:2]

    @property
    def province(self) -> str:
        return self.text[2:4]

    @property
    def category_name(self) -> str:
        return CATEGORIES.names[self.category]

    @property
    def province_name(self) -> str:
        return PROVINCES.names[self.province]

    @property
    def institution(self) -> str | None:
        """The five-digit code of a higher-education institution; None for a school."""
        return self.text[5:] if self.category in HIGHER else None

    def fits(self, school_type: str) -> bool:
        """Whether a 办学类型 belongs to this category: its first two digits name it (D)."""
        return school_type[:2] == self.category


@dataclass(frozen=True, slots=True)
class CountyCode:
    """GB/T 2260 code of a county, county-level city or district."""

    text: str

    @property
    def city(self) -> str:
        """The six digits of the city above it."""
        return f"{self.text[:4]}00"

    @property
    def province(self) -> str:
        return self.text[:2]

    @property
    def province_name(self) -> str:
        return PROVINCES.names[self.province]


@dataclass(frozen=True, slots=True)
class TownshipCode:
    """A county code and three digits for the township, town or street within it."""

    text: str

    @property
    def county(self) -> CountyCode:
        return CountyCode(self.text[:6])

    @property
    def kind_name(self) -> str:
        return TOWNSHIP_KINDS.names[self.text[6]]


def fault_of_school_code(text: str) -> tuple[str, dict[str, str]] | None:
    """What is wrong with a 学校标识码, as a sentence and its values."""
    try:
        parse_school_code(text)
    except CodeError as error:
        return error.sentence, error.values
    return None


def parse_school_code(text: str) -> SchoolCode:
    """Read a 学校标识码; full-width digits and spaces are accepted. Raises CodeError."""
    code = _digits(text, length=10, name=gettext_noop("学校标识码"))
    if code[:2] not in CATEGORIES.names:
        sentence = gettext_noop("学校标识码前2位“%(found)s”不是学校类别。")
        raise CodeError(CodeFault.CATEGORY, sentence, found=code[:2])
    _check_province(code[2:4], where=gettext_noop("学校标识码第3至4位"))
    if code[:2] in HIGHER and code[4] != "0":
        sentence = gettext_noop("高等学校的标识码第5位应为0，后5位为原学校代码。")
        raise CodeError(CodeFault.SERIAL, sentence)
    return SchoolCode(code)


def parse_county_code(text: str) -> CountyCode:
    """Read the six digits of a county; those of a province or a city are refused. Raises CodeError."""
    code = _digits(text, length=6, name=gettext_noop("县级区划代码"))
    _check_province(code[:2], where=gettext_noop("县级区划代码前2位"))
    if "00" in (code[2:4], code[4:]):
        sentence = gettext_noop("“%(found)s”不是县级区划代码：第3至4位、第5至6位都不应为00。")
        raise CodeError(CodeFault.LEVEL, sentence, found=code)
    return CountyCode(code)


def parse_township_code(text: str) -> TownshipCode:
    """Read the nine digits of a township. Raises CodeError."""
    code = _digits(text, length=9, name=gettext_noop("乡级区划代码"))
    parse_county_code(code[:6])
    if code[6:] == "000" or code[6] not in TOWNSHIP_KINDS.names:
        sentence = gettext_noop("乡级区划代码后3位应在001至599之间，现为%(found)s。")
        raise CodeError(CodeFault.TOWNSHIP, sentence, found=code[6:])
    return TownshipCode(code)


def _digits(text: str, *, length: int, name: str) -> str:
    code = "".join(text.translate(HALF_WIDTH).split())
    if not DIGITS.fullmatch(code):
        raise CodeError(CodeFault.CHARACTERS, gettext_noop("%(name)s只能是数字。"), name=name)
    if len(code) != length:
        sentence = gettext_noop("%(name)s应为%(length)s位，现为%(found)s位。")
        raise CodeError(CodeFault.LENGTH, sentence, name=name, length=str(length), found=str(len(code)))
    return code


def _check_province(province: str, *, where: str) -> None:
    if province not in PROVINCES.names:
        sentence = gettext_noop("%(where)s“%(found)s”不是省级行政区代码。")
        raise CodeError(CodeFault.PROVINCE, sentence, where=where, found=province)
