"""What a reader wants a person to look at: nothing here has been repaired."""

from dataclasses import dataclass
from enum import StrEnum
from gettext import NullTranslations


class CautionCode(StrEnum):
    EMPTY = "empty"
    NO_TITLE = "no_title"
    NO_NUMBERING = "no_numbering"
    NO_TASKS = "no_tasks"
    NUMBER_SKIPS = "number_skips"
    NUMBER_REPEATS = "number_repeats"
    NUMBERING_MIXED = "numbering_mixed"
    DATE_UNREADABLE = "date_unreadable"
    PHASE_UNDATED = "phase_undated"
    PHASE_BACKWARDS = "phase_backwards"


# Marks a sentence for the catalogue; whoever knows the reader's language says it.
gettext_noop = NullTranslations().gettext

SENTENCES = {
    CautionCode.EMPTY: gettext_noop("第%(line)s行：文本为空"),
    CautionCode.NO_TITLE: gettext_noop("第%(line)s行：未找到标题"),
    CautionCode.NO_NUMBERING: gettext_noop("第%(line)s行：未找到任何编号，全文作为前言保留"),
    CautionCode.NO_TASKS: gettext_noop("第%(line)s行：未找到工作任务一章，不能据此提出任务"),
    CautionCode.NUMBER_SKIPS: gettext_noop("第%(line)s行：编号不连续：原文为“%(found)s”，按顺序应为“%(expected)s”"),
    CautionCode.NUMBER_REPEATS: gettext_noop("第%(line)s行：编号重复：“%(found)s”此前已出现"),
    CautionCode.NUMBERING_MIXED: gettext_noop(
        "第%(line)s行：同一层次用了两种编号：前面是“%(expected)s”，这里是“%(found)s”"
    ),
    CautionCode.DATE_UNREADABLE: gettext_noop("第%(line)s行：日期不存在：“%(found)s”"),
    CautionCode.PHASE_UNDATED: gettext_noop("第%(line)s行：阶段“%(found)s”没有写明起止时间"),
    CautionCode.PHASE_BACKWARDS: gettext_noop("第%(line)s行：阶段“%(found)s”的结束时间早于开始时间"),
}


@dataclass(frozen=True, slots=True)
class Caution:
    """One remark: a code, the line it is about and the words found there."""

    code: CautionCode
    line: int
    found: str = ""
    expected: str = ""

    @property
    def sentence(self) -> str:
        """To be said with the values, in the reader's language."""
        return SENTENCES[self.code]

    @property
    def values(self) -> dict[str, str]:
        return {"line": str(self.line), "found": self.found, "expected": self.expected}

    @property
    def message(self) -> str:
        """In Chinese, for listings on the command line."""
        return self.sentence % self.values
