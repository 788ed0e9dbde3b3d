"""Chinese numerals in and out."""

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1_000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
NUMERAL = "零〇一二两三四五六七八九十百千万亿"
SMALL = "一二三四五六七八九十"


def parse(text: str) -> int:
    """This function will return the whole number written as 12, 十二, 二〇二三 or 三千零五十.

    Raises ValueError for anything else.
    """
    if text.isascii():
        return int(text)
    if all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text))
    return _multiplied(text)


def _multiplied(text: str) -> int:
    total = section = digit = largest = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in TENS:
            section, digit = section + (digit or 1) * TENS[char], 0
        elif char in MYRIADS:
            factor = MYRIADS[char]
            # 一万亿 multiplies what stands before it; 一亿二千万 adds to it.
            if factor > largest:
                total = (total + section + digit) * factor
            else:
                total += (section + digit) * factor
            section, digit, largest = 0, 0, factor
        else:
            raise ValueError(f"不是数字：{text}")
    return total + section + digit


_ORDER = {
    **dict(zip("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", range(1, 11), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖拾", range(1, 11), strict=True)),
    **{chr(ord("①") + number): number + 1 for number in range(20)},
    "首先": 1,
    "其次": 2,
    "再次": 3,
}


def ordinal(text: str) -> int:
    """This function will return the place in an order: 十二, 12, Ⅳ, 肆, ④ or 其次.

    Raises ValueError for anything else.
    """
    return _ORDER[text] if text in _ORDER else parse(text)


def spelled(value: int) -> str:
    """The numeral of a clause number: 十二; arabic from one hundred on and for nought."""
    if not 0 < value < TENS["百"]:
        return str(value)
    tens, ones = divmod(value, 10)
    words = "" if tens == 0 else "十" if tens == 1 else f"{SMALL[tens - 1]}十"
    return words if ones == 0 else words + SMALL[ones - 1]
