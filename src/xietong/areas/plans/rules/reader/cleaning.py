"""What a page adds to a text, and what copying breaks in it: taken out before the text is read, and told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

from xietong.areas.plans.rules.reader.characters import STOPS, fold
from xietong.areas.plans.rules.reader.lines import SourceLine
from xietong.areas.plans.rules.reader.markers import openings

_PAGE_NUMBER = re.compile(
    r"[-—–·]+ *[0-9]{1,3} *[-—–·]+|第 *[0-9]{1,3} *页(?: *[,/]? *共 *[0-9]{1,3} *页)?|[0-9]{1,3} */ *[0-9]{1,3}"
)
_NAVIGATION = re.compile(
    r"""
    (?:当前|您(?:现在)?的?)位置.*|(?:网站)?首页(?:\ *[>»›/|].*|\ +\S.*)|\[?\ *字[体号].*大.*小.*
    |.*打印.*(?:关闭|分享|收藏).*|分享到.*|扫一扫.*|返回(?:顶部|首页).*|(?:上|下)一[篇条页].*
    |(?:打印本页|关闭窗口|网站地图|联系我们|无障碍浏览)(?:[\ |].*)?
    |.*版权所有.*|主办单位[:].*技术支持.*|.*ICP备.*|.*公网安备.*
    |(?:发布(?:时间|日期)|(?:信息|文章)?来源|浏览次数|点击数|阅读次数|访问量|责任编辑|作者|索引号)[:].*
    """,
    re.VERBOSE,
)
_LONGEST_NAVIGATION = 80
_FIRST, _LAST = 40, 30
"""Among so many lines at both ends of a page navigation stands."""

_WIDEST_LINE = 140
_SHORT_BY = 4
"""A line of print is at most so wide, and full when it lacks at most so much, in half-width characters."""

_SURELY = 4
"""So many full lines that break off inside a sentence make a text one that was broken by copying."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The lines to be read; the words of those left out; how many were joined to the one before."""

    lines: tuple[SourceLine, ...]
    dropped: tuple[str, ...]
    joined: int


def clean(lines: Sequence[SourceLine]) -> Cleaned:
    """This function will take out page numbers and navigation, and put together sentences broken over lines."""
    kept, dropped = [], []
    for number, line in enumerate(lines):
        near_edge = number < _FIRST or number >= len(lines) - _LAST
        if line.cell is None and _is_furniture(fold(line.text).strip(), near_edge=near_edge):
            dropped.append(line.text.strip())
        else:
            kept.append(line)
    whole = list(_joined(kept))
    return Cleaned(tuple(whole), tuple(dropped), len(kept) - len(whole))


def _is_furniture(words: str, *, near_edge: bool) -> bool:
    if _PAGE_NUMBER.fullmatch(words):
        return True
    return near_edge and len(words) <= _LONGEST_NAVIGATION and _NAVIGATION.fullmatch(words) is not None


def _joined(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """Lines as they are, or put together where a full line breaks off and the next goes on."""
    broken = _broken(lines)
    held: SourceLine | None = None
    for number, line in enumerate(lines):
        held = line if held is None else replace(held, text=held.text.rstrip() + line.text.lstrip())
        if number not in broken:
            yield held
            held = None


def _broken(lines: Sequence[SourceLine]) -> set[int]:
    """The lines that go on in the next; none where the text does not look broken."""
    widths = [_width(line.text) for line in lines]
    if not lines or max(widths) > _WIDEST_LINE:
        return set()
    full = max(widths) - _SHORT_BY
    opening = {each.line - 1 for each in openings(fold("\n".join(line.text for line in lines)), {})}
    found = {
        number
        for number in range(len(lines) - 1)
        if widths[number] >= full
        and fold(lines[number].text).rstrip()[-1:] not in STOPS + ":"
        and number + 1 not in opening
        and _goes_on(lines[number], lines[number + 1])
    }
    return found if len(found) >= _SURELY else set()


def _goes_on(line: SourceLine, following: SourceLine) -> bool:
    plain = not (line.cell or following.cell or line.level or following.level)
    return plain and bool(following.text.strip()) and not fold(following.text).startswith("  ")


def _width(text: str) -> int:
    """In half-width characters, without blanks at the end."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text.rstrip())
