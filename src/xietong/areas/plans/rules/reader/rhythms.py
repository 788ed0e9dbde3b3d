"""How often: 每学期, 每两年, 每月25日前, 按季度, 常态化."""

import re
from collections.abc import Iterator

from xietong.areas.plans.rules.reader.numbers import parse
from xietong.areas.plans.rules.reader.spans import Span
from xietong.areas.plans.rules.reader.values import Every, Rhythm

_UNITS = {
    "学年": Every.SCHOOL_YEAR, "学期": Every.TERM, "季度": Every.QUARTER, "季": Every.QUARTER, "半年": Every.HALF,
    "年度": Every.YEAR, "年": Every.YEAR, "月度": Every.MONTH, "月": Every.MONTH, "周": Every.WEEK,
    "星期": Every.WEEK, "日": Every.DAY, "天": Every.DAY,
}  # fmt: skip
_STANDING = {"常态化": Every.STANDING, "长期坚持": Every.STANDING}
_IRREGULAR = {"定期": Every.IRREGULAR, "不定期": Every.IRREGULAR, "适时": Every.IRREGULAR}
_COUNT = "[0-9]{1,2}|[二三四五六两]"
# 每生每年600元 says for whom a figure is meant, not how often something is done.
_RHYTHM = re.compile(
    rf"""
    (?<!每[生校人班县])每(?:隔(?P<gap>一|{_COUNT})|(?P<count>{_COUNT}))?个?(?P<unit>学年|学期|季度|半年|年度?|月|周|星期|日|天)(?!人均)
      (?P<month>(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}})月)?
      (?:(?P<day>[0-9]{{1,2}})[日号](?:之?前|以前)?|[底末初](?:之?前)?|前)?
    |按(?P<by>学年|学期|季度|季|年度?|月度?|周)(?![计度])
    |(?<![0-9一二三四五六七八九十每])(?P<bare>月)(?=工作调度|调度|通报|报告制度)
    |(?P<word>不定期|定期|常态化|长期坚持|适时)
    """,
    re.VERBOSE,
)


def find(text: str, folded: str) -> Iterator[Rhythm]:
    """This function will return every word for how often, in order; clauses are given later."""
    for match in _RHYTHM.finditer(folded):
        span = Span(*match.span())
        word = match["word"]
        unit = match["unit"] or match["by"] or match["bare"]
        every = (_STANDING | _IRREGULAR)[word] if word else _UNITS[unit]
        yield Rhythm(
            text=span.of(text),
            every=every,
            interval=parse(match["gap"]) + 1 if match["gap"] else parse(match["count"] or "1"),
            day=int(match["day"]) if match["day"] else None,
            clause=None,
            span=span,
        )
