"""A count in the number formats of WordprocessingML."""

from collections.abc import Callable

CHINESE = "零一二三四五六七八九"
CHINESE_UNITS = ("", "十", "百", "千")
LEGAL = "零壹贰叁肆伍陆柒捌玖"
LEGAL_UNITS = ("", "拾", "佰", "仟")
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
LARGEST = 9999
"""Counts beyond are printed in plain digits: nobody numbers that far but a hostile file."""


def counted(count: int, number_format: str) -> str:
    """The count as printed; unknown formats print digits, as Word does."""
    convert = FORMATS.get(number_format)
    return convert(count) if convert and 0 < count <= LARGEST else str(count)


def _chinese(count: int) -> str:
    text = _positional(count, CHINESE, CHINESE_UNITS)
    return text[1:] if text.startswith("一十") else text


def _legal(count: int) -> str:
    return _positional(count, LEGAL, LEGAL_UNITS)


def _positional(count: int, digits: str, units: tuple[str, ...]) -> str:
    text = ""
    for power, digit in zip(reversed(range(len(str(count)))), str(count), strict=True):
        text += digits[int(digit)] + (units[power] if digit != "0" else "")
    while digits[0] * 2 in text:
        text = text.replace(digits[0] * 2, digits[0])
    return text.rstrip(digits[0])


def _digitwise(count: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(count))


def _letter(count: int) -> str:
    repeats, place = divmod(count - 1, 26)
    return chr(ord("A") + place) * (repeats + 1)


def _roman(count: int) -> str:
    text = ""
    for value, letters in ROMAN:
        repeats, count = divmod(count, value)
        text += letters * repeats
    return text


def _from(signs: str) -> Callable[[int], str]:
    return lambda count: signs[count - 1] if count <= len(signs) else str(count)


FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "chineseLegalSimplified": _legal,
    "ideographDigital": _digitwise,
    "taiwaneseDigital": _digitwise,
    "ideographTraditional": _from("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _from("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalFullWidth": lambda count: str(count).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalZero": lambda count: f"{count:02}",
    "lowerLetter": lambda count: _letter(count).lower(),
    "upperLetter": _letter,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperRoman": _roman,
}
