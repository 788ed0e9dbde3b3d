"""文号 as official documents write them: code of the office, year in 〔 〕, number without 第 and leading zeros."""

import re

NUMBER = re.compile(r"^\S{0,30}〔\d{4}〕[1-9]\d{0,4}号$")
OTHER_BRACKETS = str.maketrans("[]【】［］()（）", "〔〕〔〕〔〕〔〕〔〕")


def official_number(typed: str) -> str | None:
    """What was typed, as it is printed; None for what is no such number."""
    number = "".join(typed.split()).translate(OTHER_BRACKETS)
    return number if NUMBER.match(number) else None
