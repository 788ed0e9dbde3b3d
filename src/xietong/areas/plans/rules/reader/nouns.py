"""The noun right behind a place in the text, where a boundary shows its end."""

import re

from xietong.areas.plans.rules.reader.characters import HAN
from xietong.areas.plans.rules.reader.spans import Span

# A verb, a particle (but not the second half of 参与, 普及, 行为, 存在, 自由) or a mark ends a noun.
_ENDS = (
    "之间|达到|具有|以上|以下|左右|予以|给予|提供|开展|进行|参加|承担|担任|组成|组织|建立|形成|完成|"
    rf"[的和或]|(?<!参)与|(?<!普)及|(?<![现存所实])在|(?<![自理])由|(?<![行作])为|$|[^{HAN}]"
)
_NOUN = re.compile(
    rf"的?(?!以上|以下|以内|左右|执行|计算|安排|达到|用于|举办|提交|具有)(?P<noun>[{HAN}]{{1,12}}?)(?={_ENDS})"
)


def noun_after(folded: str, position: int) -> Span | None:
    """This function will return the noun next to the position, None when it has no clear end."""
    match = _NOUN.match(folded, position)
    return Span(*match.span("noun")) if match else None
