"""What a text in a cell means: its canonical form, or what is wrong with it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from xietong.kit.marking import gettext_noop
from xietong.kit.sheets.declare import Choice, Day, Kind, Number, Rule, Text, YesNo

TOO_LONG = gettext_noop("%(cell)s：“%(header)s”最多 %(longest)s 字，现有 %(length)s 字。")
FORMULA_FAULTS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
FORMULA_FAULT = gettext_noop("%(cell)s：公式出错（%(found)s）；请改正公式，或者直接填写内容。")
LOST_DIGITS = gettext_noop("%(cell)s：“%(header)s”的末尾数字已被 Excel 舍去；请把该列设为文本格式后重新填写。")
NO_NUMBER = gettext_noop("%(cell)s：“%(found)s”不是数字。")
TOO_FINE = gettext_noop("%(cell)s：“%(found)s”小数位过多，最多 %(decimals)s 位。")
TOO_LITTLE = gettext_noop("%(cell)s：“%(found)s”不能小于 %(least)s。")
TOO_MUCH = gettext_noop("%(cell)s：“%(found)s”不能大于 %(most)s。")
NO_DAY = gettext_noop("%(cell)s：“%(found)s”不是日期；请写成 2026-12-31 的样子。")
NO_SUCH_DAY = gettext_noop("%(cell)s：日历上没有“%(found)s”这一天。")
NOT_YES_NO = gettext_noop("%(cell)s：“%(found)s”请填“是”或“否”。")
NO_CHOICE = gettext_noop("%(cell)s：“%(found)s”不在可选范围内，可填：%(some)s。")

_YES, _NO = {"是", "有", "√", "y", "yes", "true", "1", "对"}, {"否", "无", "×", "n", "no", "false", "0", "不"}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s+00:00(?::00)?(?:\.0+)?)?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_FLOAT = re.compile(r"(\d+)\.0+")
_BETWEEN = re.compile(r"[、,，;；\n]+")
_EPOCH = date(1899, 12, 30)
EXACT_DIGITS = 15
"""Excel keeps so many digits of a number; the rest become zeros."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A marked sentence and its values; whoever tells it adds cell, header and what was found."""

    sentence: str
    values: dict[str, str]


def read(words: str, kind: Kind, rule: Rule | None) -> str | Fault:
    """This function will return the canonical form of a text that is not empty, or what is wrong with it."""
    if words in FORMULA_FAULTS:
        return Fault(FORMULA_FAULT, {})
    found = as_kind(words, kind)
    if isinstance(found, str) and rule and (wrong := rule(found)):
        return Fault(LOST_DIGITS, {}) if has_lost_digits(found) else Fault(*wrong)
    return found


def has_lost_digits(words: str) -> bool:
    """Whether a code that is wrong anyway looks as if Excel had taken it for a number: zeros, or what the reader
    makes of the nearest float."""
    if not words.isdecimal() or len(words) <= EXACT_DIGITS + 1:
        return False
    kept = round(int(words), EXACT_DIGITS - len(words))
    return int(words) in (kept, int(float(kept)))


def as_kind(words: str, kind: Kind) -> str | Fault:
    if isinstance(kind, Text):
        return text(words, kind)
    if isinstance(kind, Number):
        return number(words, kind)
    if isinstance(kind, Day):
        return day(words)
    if isinstance(kind, YesNo):
        return yes_no(words)
    return choice(words, kind)


def text(words: str, kind: Text) -> str | Fault:
    if kind.digits:
        words = unicodedata.normalize("NFKC", words).replace(" ", "").upper().lstrip("'")
        whole = _FLOAT.fullmatch(words)
        words = whole[1] if whole else words
        if "E+" in words:
            return Fault(LOST_DIGITS, {})
    if len(words) > kind.longest:
        return Fault(TOO_LONG, {"longest": str(kind.longest), "length": str(len(words))})
    return words


def number(words: str, kind: Number) -> str | Fault:
    plain = unicodedata.normalize("NFKC", words).replace(",", "").replace(" ", "")
    percent = plain.endswith("%")
    try:
        value = Decimal(plain.rstrip("%")) / (100 if percent else 1)
    except InvalidOperation:
        return Fault(NO_NUMBER, {})
    if not value.is_finite():
        return Fault(NO_NUMBER, {})
    if round(value, kind.decimals) != value:
        return Fault(TOO_FINE, {"decimals": str(kind.decimals)})
    if kind.least is not None and value < Decimal(str(kind.least)):
        return Fault(TOO_LITTLE, {"least": f"{kind.least:g}"})
    if kind.most is not None and value > Decimal(str(kind.most)):
        return Fault(TOO_MUCH, {"most": f"{kind.most:g}"})
    return f"{round(value, kind.decimals):f}"


def day(words: str) -> str | Fault:
    plain = unicodedata.normalize("NFKC", words).strip()
    found = _DAY.fullmatch(plain) or _PACKED.fullmatch(plain)
    if found:
        try:
            return date(*map(int, found.groups())).isoformat()
        except ValueError:
            return Fault(NO_SUCH_DAY, {})
    if _SERIAL.fullmatch(plain):
        return (_EPOCH + timedelta(days=int(float(plain)))).isoformat()
    return Fault(NO_DAY, {})


def yes_no(words: str) -> str | Fault:
    plain = unicodedata.normalize("NFKC", words).strip().lower()
    if plain in _YES:
        return "是"
    return "否" if plain in _NO else Fault(NOT_YES_NO, {})


def choice(words: str, kind: Choice) -> str | Fault:
    """The value of the word, or those of several in the order of their keys, joined by line feeds."""
    parts = [part.strip() for part in _BETWEEN.split(words) if part.strip()] if kind.several else [words]
    unknown = [part for part in parts if part not in kind.options]
    if unknown:
        return Fault(NO_CHOICE, {"found": "、".join(unknown)[:60], "some": "、".join(kind.shown[:8])})
    return "\n".join(sorted({kind.options[part] for part in parts}))
