"""Titles and headings: the short words in front, and what chapter they announce."""

import re

from xietong.areas.plans.rules.reader.characters import PAUSES, STOPS, first_of, line_starts
from xietong.areas.plans.rules.reader.spans import Span
from xietong.areas.plans.rules.reader.values import Kind

LONGEST = 40
_TITLE_ENDS = re.compile(r"(?:方案|意见|通知|办法|计划|规划|要点|细则|规定)(?:\([^()]*\))?$")
_DECORATION = "#*_ \n"

# The first row with a word of the heading decides: 保障措施 is a guarantee before it is a measure.
_KINDS = (
    (Kind.GUARANTEE, ("保障", "组织领导", "组织实施", "工作要求")),
    (Kind.PHASE, ("进度", "步骤", "阶段", "时间安排")),
    (Kind.GOAL, ("目标",)),
    (Kind.FRAMEWORK, ("框架", "总体要求", "总体思路", "指导思想", "基本原则")),
    (Kind.TASK, ("任务", "工作安排", "举措", "措施", "工作内容", "重点工作")),
)


def kind(heading: str, parent: Kind | None) -> Kind:
    """A chapter decides for all below it, save one that only frames: there each section speaks for itself."""
    if parent is not None and parent not in {Kind.FRAMEWORK, Kind.OTHER}:
        return parent
    for found, words in _KINDS:
        if any(word in heading for word in words):
            return found
    return parent or Kind.OTHER


def heading(folded: str, start: int, end: int) -> Span:
    """The first sentence after a number when it is short enough to be a heading, else an empty span."""
    line_end = folded.find("\n", start, end)
    line_end = end if line_end < 0 else line_end
    stop = first_of(STOPS + ":", folded, start, line_end)
    span = stripped(folded, start, line_end if stop is None else stop)
    return span if span.end - span.start <= LONGEST else Span(span.start, span.start)


def stripped(folded: str, start: int, end: int) -> Span:
    """The stretch without blanks and marks of a plain .md file at both ends."""
    while start < end and folded[start] in _DECORATION:
        start += 1
    while end > start and folded[end - 1] in _DECORATION:
        end -= 1
    return Span(start, end)


def title_end(folded: str, begins: int, limit: int) -> int:
    """Where the title stops: after the line that ends in 方案 or the like, else after the first line.

    A title stands before any sentence; where there is none it stops where it begins.
    """
    after_first = begins
    for start in (begins + one for one in line_starts(folded[begins:limit])):
        end = folded.find("\n", start) + 1 or len(folded)
        line = stripped(folded, start, end).of(folded)
        if start >= limit or (line and (line[-1] in PAUSES or len(line) > LONGEST)):
            break
        if _TITLE_ENDS.search(line):
            return end
        if line and after_first == begins:
            after_first = end
    return after_first
