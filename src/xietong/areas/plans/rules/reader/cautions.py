"""What a reader wants a person to look at: nothing here has been repaired."""

from dataclasses import dataclass
from enum import StrEnum


class CautionCode(StrEnum):
    EMPTY = "empty"
    NO_TITLE = "no_title"
    NO_NUMBERING = "no_numbering"
    NO_TASKS = "no_tasks"
    NUMBER_SKIPS = "number_skips"
    NUMBER_REPEATS = "number_repeats"
    DATE_UNREADABLE = "date_unreadable"
    PHASE_UNDATED = "phase_undated"
    PHASE_BACKWARDS = "phase_backwards"


MESSAGES = {
    CautionCode.EMPTY: "文本为空",
    CautionCode.NO_TITLE: "未找到标题",
    CautionCode.NO_NUMBERING: "未找到任何编号，全文作为前言保留",
    CautionCode.NO_TASKS: "未找到工作任务一章，不能据此提出任务",
    CautionCode.NUMBER_SKIPS: "编号不连续：原文为“{found}”，按顺序应为“{expected}”",
    CautionCode.NUMBER_REPEATS: "编号重复：“{found}”此前已出现",
    CautionCode.DATE_UNREADABLE: "日期不存在：“{found}”",
    CautionCode.PHASE_UNDATED: "阶段“{found}”没有写明起止时间",
    CautionCode.PHASE_BACKWARDS: "阶段“{found}”的结束时间早于开始时间",
}


@dataclass(frozen=True, slots=True)
class Caution:
    """One remark: a code, the line it is about and the words found there."""

    code: CautionCode
    line: int
    found: str = ""
    expected: str = ""

    @property
    def message(self) -> str:
        words = MESSAGES[self.code].format(found=self.found, expected=self.expected)
        return f"第{self.line}行：{words}"
