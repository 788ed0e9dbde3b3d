"""The Chinese words of a formula, marked for the catalogue: whoever knows the reader's language says them."""

from collections.abc import Mapping
from gettext import NullTranslations

from xietong.areas.indicators.rules.formula.nodes import Function, Stage

gettext_noop = NullTranslations().gettext

STAGE_WORDS: Mapping[str, str] = {
    Stage.KINDERGARTEN: gettext_noop("幼儿园"),
    Stage.PRIMARY: gettext_noop("小学"),
    Stage.MIDDLE: gettext_noop("初中"),
    Stage.HIGH: gettext_noop("高中"),
    Stage.SPECIAL: gettext_noop("特殊教育"),
}
FUNCTION_WORDS: Mapping[str, str] = {
    Function.MIN: gettext_noop("最小值"),
    Function.MAX: gettext_noop("最大值"),
    Function.ABS: gettext_noop("绝对值"),
    Function.PREVIOUS: gettext_noop("上期"),
    Function.BASELINE: gettext_noop("基期"),
    Function.SHARE: gettext_noop("学校占比"),
    Function.COUNT: gettext_noop("学校数"),
    Function.CV: gettext_noop("校际差异系数"),
    Function.SUM: gettext_noop("各校合计"),
    Function.LOWEST: gettext_noop("各校最低值"),
    Function.HIGHEST: gettext_noop("各校最高值"),
}
SIGN_WORDS: Mapping[str, str] = {
    "and": gettext_noop("且"),
    "or": gettext_noop("或"),
    "not": gettext_noop("非"),
}
