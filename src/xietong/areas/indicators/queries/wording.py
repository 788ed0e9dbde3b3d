"""What is wrong with a formula, in words that say what to do."""

from typing import Any

from django.utils.translation import gettext as _

from xietong.areas.indicators.rules.formula import FormulaError
from xietong.kit.marking import gettext_noop
from xietong.kit.words import said

SENTENCES = {
    "too_long": gettext_noop("公式太长，最多 %(most)s 个字符。"),
    "too_deep": gettext_noop("公式的括号或引用层数太多，最多 %(most)s 层；请拆成几个指标。"),
    "bad_character": gettext_noop("公式里不能有“%(character)s”。"),
    "bad_number": gettext_noop("数字太长，最多 %(most)s 位。"),
    "unexpected": gettext_noop("“%(found)s”这里应当是%(expected)s。"),
    "unknown_function": gettext_noop("没有函数“%(name)s”。%(likely)s"),
    "wrong_arguments": gettext_noop("函数 %(function)s 的参数个数不对，写了 %(given)s 个。"),
    "number_expected": gettext_noop("这里应当是一个数，而不是条件。"),
    "condition_expected": gettext_noop("这里应当是一个条件，例如 a / b >= 5%%。"),
    "unknown_stage": gettext_noop("没有学段“%(name)s”。%(likely)s"),
    "unknown_measure": gettext_noop("没有名为“%(name)s”的数据项。%(likely)s"),
    "unknown_indicator": gettext_noop("没有编码为“%(name)s”的指标。%(likely)s"),
    "bad_unit": gettext_noop("“%(unit)s”不是计量单位。"),
    "unit_mismatch": gettext_noop("单位不一致：这里是“%(found)s”，应当是“%(wanted)s”。"),
    "ambiguous_number": gettext_noop("这个数旁边以“%(unit)s”计，请写明是百分数（如 85%%）还是小数。"),
    "divides_by_zero": gettext_noop("分母恒为零，无法计算。"),
    "nested_aggregate": gettext_noop("%(function)s 不能放在另一个汇总函数里。"),
    "nothing_to_count": gettext_noop("%(function)s 里没有按学校统计的数据项。"),
    "stages_apart": gettext_noop("%(function)s 里的各项没有共同的学段。"),
    "not_by_row": gettext_noop("“%(name)s”没有分学校的数值，不能放在按学校汇总的函数里。"),
    "not_additive": gettext_noop("“%(name)s”不能相加，只能放在按学校汇总的函数里。"),
    "no_stages": gettext_noop("“%(name)s”是全县的数据，没有分学段。"),
    "cycle": gettext_noop("指标互相引用成了一个圈：%(codes)s。"),
    "broken_indicator": gettext_noop("引用的指标 %(indicator)s 的公式有问题：%(why)s"),
}
EXPECTED = {
    "operand": gettext_noop("数据项、数字或括号"),
    "operator": gettext_noop("运算符号"),
    "stage": gettext_noop("学段"),
}


def wording(error: FormulaError, text: str = "") -> str:
    """This function will say what is wrong, and show the part of the formula that it is about."""
    sentence = said(SENTENCES[error.code], {name: shown(name, value) for name, value in error.values.items()})
    part = text[error.start : error.end]
    return _("%(sentence)s（第 %(at)d 个字起：%(part)s）") % {
        "sentence": sentence, "at": error.start + 1, "part": part,
    } if part else sentence  # fmt: skip


def shown(name: str, value: Any) -> str:
    if isinstance(value, FormulaError):
        return wording(value)
    if name == "likely":
        return _("是不是：%(names)s？") % {"names": _("、").join(value)} if value else ""
    if name == "codes":
        return " → ".join(value)
    if name == "expected":
        return said(EXPECTED[value]) if value in EXPECTED else f"“{value}”"
    if name == "found" and not value:
        return _("公式结尾")
    return str(value)
