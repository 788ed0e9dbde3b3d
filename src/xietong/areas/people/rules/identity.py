"""Identity numbers, mobile numbers and names: what they say, and how much of them is shown.

Sources: GB 11643-1999 (weights and check characters, B2), GB/T 2261.1 (sex, B), masks after common practice
(B2). Messages never repeat the number, so that they may stand in logs and in an import's annotated file.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from gettext import NullTranslations
from typing import Self

# Marks a sentence for the catalogue; whoever knows the reader's language says it.
gettext_noop = NullTranslations().gettext

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
LENGTH = 18
EARLIEST_YEAR = 1900

# Forms filled with a Chinese input method, and cells copied out of Word or a chat.
HALF_WIDTH = str.maketrans(
    "０１２３４５６７８９Ｘｘ＋－", "0123456789Xx+-", "\u200b\u200e\u200f\u202a\u202c\u202d\ufeff"
)
CHARACTERS = re.compile(r"[0-9]{17}[0-9X]")
MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")

# Fewer hidden characters than this can be guessed or tried out, so shorter texts are hidden whole.
FEWEST_HIDDEN = 4


class Sex(StrEnum):
    """GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    UNSTATED = "9"


class IdentityFault(StrEnum):
    LENGTH = "length"
    CHARACTERS = "characters"
    DATE = "date"
    CHECKSUM = "checksum"


class IdentityError(ValueError):
    """The text is no identity number; ``code`` tells why, sentence and values tell the person who typed it."""

    def __init__(self, code: IdentityFault, sentence: str, **values: str) -> None:
        super().__init__(sentence % values)
        self.code, self.sentence, self.values = code, sentence, values


class PhoneError(ValueError):
    """The text is no mobile number of the mainland."""

    sentence = gettext_noop("手机号应为11位数字，以13至19开头。")

    def __init__(self) -> None:
        super().__init__(self.sentence)


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number of 18 characters that passed every check. Its repr keeps the person private."""

    text: str = field(repr=False)
    birth_on: date = field(repr=False)
    sex: Sex
    region: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number as people type it: full-width digits, spaces and a small x are accepted.

        A birth date to come is accepted, because rules know no clock; invented numbers for
        demonstrations use one, so that they belong to nobody.

        Raises IdentityError.
        """
        number = _plain(text).upper()
        if len(number) != LENGTH:
            sentence = gettext_noop("身份证号应为18位，现为%(length)s位。")
            raise IdentityError(IdentityFault.LENGTH, sentence, length=str(len(number)))
        if not CHARACTERS.fullmatch(number):
            sentence = gettext_noop("身份证号前17位应为数字，末位应为数字或X。")
            raise IdentityError(IdentityFault.CHARACTERS, sentence)
        birth_on = _birth_date(number[6:14])
        if check_character(number[:17]) != number[17]:
            sentence = gettext_noop("身份证号校验位不符，请核对是否有数字输错。")
            raise IdentityError(IdentityFault.CHECKSUM, sentence)
        sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
        return cls(number, birth_on, sex, number[:6])


def fault_of_identity(text: str) -> tuple[str, dict[str, str]] | None:
    """What is wrong with a number, as a sentence and its values."""
    try:
        IdentityNumber.parse(text)
    except IdentityError as error:
        return error.sentence, error.values
    return None


def fault_of_phone(text: str) -> tuple[str, dict[str, str]] | None:
    """What is wrong with a mobile number, as a sentence and its values."""
    try:
        parse_phone(text)
    except PhoneError as error:
        return error.sentence, {}
    return None


def check_character(digits: str) -> str:
    """The 18th character that belongs to the first 17."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return CHECK_CHARACTERS[total % 11]


def parse_phone(text: str) -> str:
    """The eleven digits of a mainland mobile number, typed with or without 86, spaces and hyphens.

    Raises PhoneError.
    """
    found = MOBILE.fullmatch(_plain(text).replace("-", ""))
    if not found:
        raise PhoneError
    return found[1]


def mask_identity(text: str, *, strict: bool = False) -> str:
    """Show the first 6 and last 4 characters; strict, for pupils, the first and the last."""
    return _masked(_plain(text), 1, 1) if strict else _masked(_plain(text), 6, 4)


def mask_phone(text: str) -> str:
    """Show the first 3 and last 4 characters."""
    return _masked(_plain(text), 3, 4)


def _plain(text: str) -> str:
    return "".join(text.translate(HALF_WIDTH).split())


def _birth_date(digits: str) -> date:
    sentence = gettext_noop("身份证号中的出生日期不存在，请核对第7至14位。")
    impossible = IdentityError(IdentityFault.DATE, sentence)
    if int(digits[:4]) < EARLIEST_YEAR:
        raise impossible
    try:
        return date.fromisoformat(digits)
    except ValueError:
        raise impossible from None


def _masked(text: str, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    if hidden < FEWEST_HIDDEN:
        return "*" * len(text)
    return text[:head] + "*" * hidden + text[-tail:]
